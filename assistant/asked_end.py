"""什么时候结束: when something ends is not told by when it began."""

from __future__ import annotations

import re

from knowledge.tokenization import fold

_WHEN = r"(?:什么时候|何时|几时|哪[一]?[天年月]|多久)"
_END = r"(?:结束|截止|到期|期满|为止)"
_ASKS = re.compile(
    rf"{_WHEN}[^，。？?]{{0,4}}{_END}|(?:结束|截止|到期)(?:时间|日期|年份?)|到{_WHEN}{_END}[？?]*$"
)
_SAID = re.compile(
    r"结束|截止|到期|期满|届满|为止|截至|(?:\d{1,2}[日月]|\d{4}年)底?(?:以|之)?前|至\d|[到至](?:\d{4}年)"
)
# How long something goes on tells its end with its beginning; of itself it is no date.
_LASTS = re.compile(r"为期|有效期|期限")


def asks_end(question: str) -> bool:
    """True if it is asked when something ends."""
    return bool(_ASKS.search(fold(question)))


def tells_end(text: str) -> bool:
    """True if a text speaks of an end, or of how long something goes on."""
    return says_end(text) or bool(_LASTS.search(text))


def says_end(text: str) -> bool:
    """True if a text, or a clause of one, speaks of an end."""
    return bool(_SAID.search(fold(text)))
