"""Whether a sentence can be an answer at all: it holds what is asked for, of the place and the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked_end import asks_end, tells_end
from assistant.asked_figure import ASKS_SHARE
from assistant.compound import is_of_other_kind
from assistant.evidence import Statement
from assistant.figure_choice import best_figure
from assistant.fitting import dates_nothing
from assistant.needs import Need
from assistant.question import ParsedQuestion
from assistant.question_ranking import ASKS_PAPERS, PAPERS
from assistant.question_terms import place_names
from assistant.quoted_words import within_bounds
from assistant.rule_scope import asks_sanction, is_sanction
from assistant.sentence_ranking import RankedSentence
from assistant.spoken_of import (
    asks_absence,
    asks_names,
    names_them,
    says_absence,
    speaks_of_act,
    speaks_of_money,
    speaks_of_object,
)
from knowledge.regions import COUNTRY, applies_to
from knowledge.tokenization import fold

_ASKS_SUM = re.compile(
    r"[补给发赔罚贷领拿交缴花投奖][^，。？?]{0,4}多少(?![人名个家次天年月日])|多少钱|几[块元]"
)
# 第一责任人是谁, 碰到冒充的怎么处理: nobody's breach is asked about. What a notice threatens it says in wider words.
_NO_SANCTION = re.compile(r"责任(?:人|部门|单位|主体)|(?:怎么|如何|什么)处理")
_SANCTIONED = re.compile(
    r"追究|追责|问责|惩戒|处罚|处分|查处|通报批评|严肃处理|取消|失信|吊销|撤销|关停"
)
# How like what people ask of a sentence, in tenths of cosine above the usual, it need not name the thing.
_ASKED_FOR = 0.3
_SUM_UNITS = frozenset({"元", "%", "成", "倍"})


def may_answer(
    question: ParsedQuestion,
    needs: Sequence[Need],
    places: Sequence[str],
    first: RankedSentence,
) -> bool:
    """False without the papers, the sanction, the sum of money or the year that are asked for.

    And for a figure in a sentence that shares no two characters with the question: 伙食补贴 for 船票. What
    a place's own document says must speak of all that is asked.
    """
    statement = first.statement
    asked, said = fold(question.text), fold(statement.text)
    if question.form == "figure" and not (first.signs["pairs"] or statement.own_coverage):
        return False
    if question.form in ("figure", "date") and is_of_other_kind(asked, statement):
        return False
    if ASKS_PAPERS.search(asked) and not PAPERS.search(said):
        return False
    if asks_sanction(_NO_SANCTION.sub("", asked)) and not (
        is_sanction(said) or _SANCTIONED.search(said)
    ):
        return False
    if asks_absence(question.text) and not says_absence((statement,)):
        return False
    is_sum = question.form == "figure" and question.measure == "money"
    if (is_sum or _ASKS_SUM.search(asked)) and not _holds_sum(statement):
        return False
    if ASKS_SHARE.search(asked) and not any(f.kind == "percent" for f in statement.all_figures):
        return False
    if not speaks_of_act(question, (statement,)):
        return False
    if not statement.has_years and any(str(year) in asked for year in question.years):
        return False
    if is_of_places(places, statement):
        is_asked_for = first.signs.get("asked", 0.0) >= _ASKED_FOR
        return _speaks_of(question, needs, places, statement, is_asked_for=is_asked_for)
    return _is_on_places(question, places, statement)


def is_of_places(places: Sequence[str], statement: Statement) -> bool:
    """True for a sentence of a document that is one of the places' own, or of the province around."""
    region = statement.document.region
    return region not in (None, COUNTRY) and any(applies_to(region, place) for place in places)


def _speaks_of(
    question: ParsedQuestion,
    needs: Sequence[Need],
    places: Sequence[str],
    statement: Statement,
    *,
    is_asked_for: bool,
) -> bool:
    """False where a sentence lacks what is asked for: the figure, the date, the names, the thing.

    The figure of a province is none of one of its cities. With `is_asked_for` people are known to ask for it
    in like words, so that it need not name the thing.
    """
    own = (statement,)
    if question.form == "figure" and best_figure(question, needs, own) is None:
        return False
    if question.form == "date" and (not statement.figures or dates_nothing(question, own)):
        return False
    if asks_end(question.text) and not tells_end(statement.text):
        return False
    if question.years and not statement.has_years:
        # 去年 too.
        return False
    if asks_names(question.text) and not names_them(question.text, own):
        return False
    if not within_bounds(question.text, own):
        return False
    if len(places) > 1 and not _names_places(question, statement):
        # 河北参与了天津基地吗.
        return False
    of_part = statement.document.region not in places
    if of_part and question.form in ("figure", "date") and not _names_places(question, statement):
        return False
    if not (is_asked_for or speaks_of_object(question, needs, own)):
        return False
    return speaks_of_money(question, own)


def _holds_sum(statement: Statement) -> bool:
    return any(
        figure.kind in ("money", "percent") or figure.unit in _SUM_UNITS
        for figure in statement.all_figures
    )


def _is_on_places(question: ParsedQuestion, places: Sequence[str], statement: Statement) -> bool:
    """True for a national document that names the places that are asked about, if any are.

    A place's own documents name it in every sentence or in none, and are found by their words. Where no
    place is asked about they tell what is done there, but no figure, which would be taken for all.
    """
    is_national = statement.document.region in (None, COUNTRY)
    if not places:
        of_country = any(region.level == "country" for region in question.regions)
        return is_national or not (of_country or question.form in ("figure", "date"))
    return is_national and _names_places(question, statement)


def _names_places(question: ParsedQuestion, statement: Statement) -> bool:
    """True if the passage of a sentence names all places that a question names."""
    passage = statement.passage
    said = fold("".join((passage.title, *passage.heading_path, passage.lead_in, passage.text)))
    names = (place_names(r) for r in question.regions if r.level != "country")
    return all(any(fold(name) in said for name in own) for own in names)
