"""Is the evidence enough? Decides before an answer is written, and says why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.evidence import Statement, is_of_form
from assistant.figure_choice import best_figure
from assistant.followup_words import COURTESY
from assistant.injection import is_instruction as is_instruction
from assistant.needs import Need
from assistant.question import ParsedQuestion, year_words
from assistant.question_terms import place_names
from assistant.spoken_of import (
    asks_names,
    names_them,
    speaks_of_act,
    speaks_of_money,
    speaks_of_object,
)
from assistant.sufficiency import is_sufficient
from knowledge.documents import PolicyDocument
from knowledge.regions import COUNTRY, applies_to
from knowledge.tokenization import fold

Reason = Literal["", "no_region", "nothing", "nothing_in_region", "no_figure", "no_list", "no_year"]

# Share of the question's weighted subject words that the best sentence and its surroundings
# must carry. Chosen on the tuning half of evals/cases/starter.yaml.
ENOUGH_COVERAGE = 0.5
# Cosine of an on-topic passage with the bundled model, and how much a difference from it moves
# the threshold. Chosen on the same cases: off-topic questions stay below .85, most others above.
_USUAL_SIMILARITY, _EASE, _MOST_LENIENT, _MOST_STRICT = 0.885, 6.0, 0.2, 0.25
# Share of the subject words, each counted once, that must stand there.
ENOUGH_BREADTH = 0.34

_SMALL_TALK = re.compile(
    r"^(?:你好|您好|嗨|哈喽|早上好|晚上好|下午好|谢谢|多谢|感谢|辛苦|再见|拜拜|在吗|你是谁|你叫什么|你会什么|你能(?:做|干)(?:什么|啥|嘛)|哈+|嗯+|哦+|噢+|好的?吧?|行(?![政业为动贿使])吧?|(?:那就?|没有?就?)?算了|没事了?|不用了|ok|okay|thx"
    r"|hi|hello|hey|thanks?|thank you|bye|good (?:morning|evening|afternoon)|who are you|how are you)"
    r"[^，,。]{0,8}[，,。！!？?\s]*(?:$|谢谢|辛苦|麻烦|thanks?|nice|i'm)"
)
_CHAT = re.compile(
    r"陪我(?:聊|说|玩)|聊聊天|聊天吧|讲个?笑话|唱首?歌|写首?诗|我(?:好|很)?(?:无聊|开心|难过)|你(?:喜欢|觉得自己)|tell me a joke|write (?:me )?a poem|chat with me"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence carries an answer, and if not, why not."""

    enough: bool
    reason: Reason = ""
    place: str = ""
    year: str = ""


def is_small_talk(text: str) -> bool:
    """True for greetings, thanks and chat."""
    folded = COURTESY.sub("", fold(text).strip())
    return bool(_SMALL_TALK.search(folded) or _CHAT.search(folded))


def is_enough(statement: Statement, coverage: float = ENOUGH_COVERAGE) -> bool:
    """True if the sentence with its surroundings carries enough of the question to be quoted.

    Where the embedding model finds the passage near, other words may say the same and fewer
    need to match; where it finds it far, more must.
    """
    ease = 0.0
    if statement.similarity is not None:
        ease = (statement.similarity - _USUAL_SIMILARITY) * _EASE
    ease = min(max(ease, -_MOST_STRICT), _MOST_LENIENT)
    return statement.coverage >= coverage - ease and statement.breadth >= ENOUGH_BREADTH - ease / 2


def judge_region(
    question: ParsedQuestion, asked: Sequence[str], documents: Sequence[PolicyDocument]
) -> Verdict:
    """Does the library hold any rule that applies in one of the `asked` regions?"""
    if not asked:
        return Verdict(True)
    for place in asked:
        if any(
            document.region is None or applies_to(document.region, place) for document in documents
        ):
            return Verdict(True)
    return Verdict(False, "no_region", place="、".join(asked))


def _names_all(question: ParsedQuestion, statement: Statement) -> bool:
    texts = fold("".join((statement.text, statement.passage.title, *statement.above)))
    return all(
        any(fold(name) in texts for name in place_names(region)) for region in question.regions
    )


def judge_evidence(
    question: ParsedQuestion,
    needs: Sequence[Need],
    statements: Sequence[Statement],
    places: Sequence[str],
    covered_places: bool,
    among: Sequence[Statement] = (),
) -> Verdict:
    """Do the best sentences carry what is asked?

    `among` are all statements, where `statements` are only those that carry what tells a part of
    a question from its other parts. `covered_places` is False where only general rules (of no
    place) apply to the places asked for: then the sentence itself must name the place.
    """
    place = "、".join(places)
    # A national document may be on the very place: then it is not for want of rules.
    named = bool(place and question.regions) and any(
        s.document.region in (None, COUNTRY) and _names_all(question, s) for s in statements
    )
    lacking: Reason = (
        "nothing_in_region"
        if place and (covered_places or named)
        else ("no_region" if place else "nothing")
    )
    fitting = [statement for statement in statements if is_enough(statement)]
    if question.form == "yes_no" and len(places) > 1:
        # 河北参与了天津基地吗: a sentence on one of them says nothing of the other.
        fitting = [s for s in fitting if _names_all(question, s)]
    if not fitting:
        return Verdict(False, lacking, place)
    if not (speaks_of_object(question, needs, fitting) and speaks_of_act(question, fitting)):
        return Verdict(False, lacking, place)
    if not speaks_of_money(question, fitting):
        return Verdict(False, lacking, place)
    if question.asks_served and not any(is_of_form(question, s.text) for s in fitting):
        return Verdict(False, lacking, place)
    in_time = [statement for statement in fitting if statement.has_years]
    if question.years and not in_time:
        return Verdict(False, "no_year", place, year_words(question))
    if question.form == "figure" and best_figure(question, needs, in_time or fitting) is None:
        return Verdict(False, "no_figure", place)
    if asks_names(question.text) and not names_them(question.text, in_time or fitting):
        return Verdict(False, "no_list", place)
    if not is_sufficient(question, needs, among or statements):
        return Verdict(False, lacking, place)
    return Verdict(True)
