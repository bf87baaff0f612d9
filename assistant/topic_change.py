"""Does a question go on with the one before, or begin another subject?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.document_name import named_documents
from assistant.english import is_english
from assistant.followup_words import (
    ALL_PLACES,
    ASPECTS,
    ENDS_OPEN,
    OPENING,
    POINTING,
    POINTS_AT_ARTICLE,
)
from assistant.question import ParsedQuestion
from assistant.question_terms import Term
from assistant.superlative import asked_of_each
from assistant.turn import Turn
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

# Nouns count one, verbs half: two make a question of its own.
_OWN_SUBJECT = 2.0
_LONG, _LONG_ENGLISH = 26, 70
_POINTS_ENGLISH = re.compile(
    r"\b(?:it|its|they|their|them|there|this|that|these|those|he|she)\b", re.IGNORECASE
)
# 村里也行吗.
_ALSO = re.compile(r"^.{1,8}?也(?:可以|行|能|算|要|得|有|是)(?:吗|么|不)?[？?]*$")
# 要公示吗, 能代办吗: of what was spoken of.
_WHETHER = re.compile(
    r"(?:要不要|需不需要|可不可以|能不能|会不会|需要|可以|要|用|得|能|会)(?P<done>[^，。？?吗么]{1,4})(?:吗|么|不)?[？?]*"
)
_LOOKED_BACK = 3
_ASKING_FORMS = frozenset({"figure", "date", "who", "where", "procedure", "yes_no"})
_BARE_LENGTH = 9
# What is asked of anything.
_ANY = frozenset(
    "结果 出结果 要钱 花钱 交钱 收费 费用 钱 手续 罚款 处罚 罚 不服 施行 生效 批准 同意 批 办 申请 办理 办好 答复".split()
)


def is_follow_up(text: str, now: ParsedQuestion, turns: Sequence[Turn]) -> bool:
    """True if `text` leaves out something that an earlier turn named."""
    if named_documents(text) or (ALL_PLACES.search(text) and not points_back(text)):
        return False
    if asked_of_each(now) and not points_back(text):
        return False
    if any(region.level != "country" for region in now.regions):
        return False
    if is_open(text) or _WHETHER.fullmatch(text):
        return True
    if sum(term.weight for term in new_words(now, turns)) >= _OWN_SUBJECT:
        return False
    last = turns[-1]
    longest = _LONG_ENGLISH if is_english(text) else _LONG
    # 可以延长吗: without a noun, what it speaks of was said before.
    lacks_noun = not any(term.weight >= 1 for term in subject(now))
    return len(text) <= longest and bool(last.places or last.documents or lacks_noun)


def whether(text: str) -> str:
    """What a turn of a few words asks whether it is done: 公示 of 要公示吗; '' for any other."""
    match = _WHETHER.fullmatch(fold(text.strip()))
    return match["done"] if match and len(match["done"]) > 1 else ""


def is_open(text: str) -> bool:
    """True if the words themselves show that `text` goes on: 那……, ……呢, 该计划."""
    return bool(
        OPENING.search(text) or ENDS_OPEN.search(text) or _ALSO.search(text) or points_back(text)
    )


def lacks_subject(question: ParsedQuestion) -> bool:
    """True for 多久出结果, 要花钱吗, 罚多少: of what, the question does not say."""
    if question.regions or question.years or question.references.articles or question.english:
        return False
    if question.form not in _ASKING_FORMS or len(question.text) > _BARE_LENGTH:
        return False
    if named_documents(question.text):
        return False
    return all(
        term.word in ASPECTS or term.word in _ANY or (len(term.word) == 1 and term.weight < 1)
        for term in question.terms
    )


def is_also(text: str) -> bool:
    """True for 村里也行吗: the same is asked of something else."""
    return bool(_ALSO.search(text))


def points_back(text: str) -> bool:
    """True if `text` points at what was said: 它, 该计划, 当地, it."""
    folded = fold(text)
    return bool(
        POINTING.search(folded) or POINTS_AT_ARTICLE.search(folded) or _POINTS_ENGLISH.search(text)
    )


def subject(question: ParsedQuestion) -> list[Term]:
    """The words of a question that name a subject rather than an aspect of one."""
    return [term for term in question.terms if term.weight >= 0.5 and term.word not in ASPECTS]


def new_words(now: ParsedQuestion, turns: Sequence[Turn]) -> list[Term]:
    """The subject words that none of the latest turns has said, in whatever words."""
    said = fold("\n".join(f"{turn.question}\n{turn.answer}" for turn in turns[-_LOOKED_BACK:]))
    said += " ".join(term.word for turn in turns[-_LOOKED_BACK:] for term in turn.parsed.terms)
    return [term for term in subject(now) if not is_said(term.word, said)]
