"""A part of a question that is answered by the sentence quoted for another part: 何时前报，报给谁."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked_units import asked_units
from assistant.question import ParsedQuestion
from assistant.share_named import share_named
from knowledge.figures import find_figures
from knowledge.tokenization import fold

# So much of what the part names the quote says.
_ENOUGH = 0.5
_ASKS_TO_WHOM = re.compile(
    r"(?:报|交|送|递交?|提交|寄)(?:给|到|去)?(?:谁|哪)|(?:向|给)谁(?:报|交|送|提)"
)
_TO_WHOM = re.compile(
    r"(?:报|交|送|递交|提交|寄|向)(?:送|至|到|给)?[^，。；]{0,16}(?:部|局|委|办|厅|政府|科|股|室|中心|处|站|窗口)"
)


def is_told_beside(question: ParsedQuestion, quotes: Sequence[str]) -> bool:
    """True if one of the quotes says what a part asks for: an amount, or to whom something goes."""
    asked = fold(question.text)
    units = asked_units(asked)
    for quote in quotes:
        said = fold(quote)
        share = share_named(question.text, said, frozenset())
        if share is not None and share < _ENOUGH:
            continue
        if units and any(figure.unit in units for figure in find_figures(quote)):
            return True
        if _ASKS_TO_WHOM.search(asked) and _TO_WHOM.search(said):
            return True
    return False
