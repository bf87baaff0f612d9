"""Answers that declined a question, told by the assistant's own sentences."""

from __future__ import annotations

import re
from functools import cache

from assistant.wording import say

# Every sentence that stands in place of an answer. A clarifying question is none of them: what
# follows it completes the question before.
_NOT_FOUND = (
    "no_region",
    "nothing",
    "nothing_in_region",
    "no_figure",
    "no_date",
    "no_list",
    "no_year",
    "no_year_in_region",
    "no_article",
    "no_document",
    "no_version",
)
# The same of a question that the library may answer in other words than were looked for.
_UNANSWERED = (
    "nothing",
    "nothing_in_region",
    "no_figure",
    "no_date",
    "no_list",
    "no_year",
    "no_year_in_region",
)
_NOT_A_QUESTION = ("small_talk", "instruction", "empty", "too_long", "changed", "library_empty")
_SLOT = "\x00"


def is_declined(answer: str) -> bool:
    """True if `answer` says that the library does not hold what was asked, or blocked it."""
    return is_not_found(answer) or bool(_pattern(_NOT_A_QUESTION).match(answer.strip()))


def is_not_found(answer: str) -> bool:
    """True if `answer` says that the library does not hold what was asked."""
    return bool(_pattern(_NOT_FOUND).match(answer.strip()))


def is_unanswered(answer: str) -> bool:
    """True if `answer` says that nothing was found that answers, though the place and text are there."""
    return bool(_pattern(_UNANSWERED).match(answer.strip()))


@cache
def _pattern(keys: tuple[str, ...]) -> re.Pattern[str]:
    sentences = [
        say(key, language, place=_SLOT, year=_SLOT, limit=_SLOT)
        for key in keys
        for language in ("zh", "en")
    ]
    return re.compile("|".join(re.escape(s).replace(re.escape(_SLOT), ".+?") for s in sentences))
