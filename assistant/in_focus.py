"""The rules that a conversation is on: those the latest answers quote.

「可以口头申请吗」 after a question on labour arbitration is asked of that law, though other laws have
a rule in like words. What an answer quotes stands in it word for word, and is found again by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.documents import ScoredPassage
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# So many answers back, and of each so many quotes.
_ANSWERS, _QUOTES = 2, 3
# A quote, of which so many characters are looked for.
_SHORTEST, _LOOKED_FOR, _MATCHED = 12, 100, 24
_MARKS = re.compile(r"\[\d+\]|\*\*|\\|（[一-鿿]{2,8}）(?=\s*$|\[)")
_SPACE = re.compile(r"\s+")

Search = Callable[[str], Sequence[ScoredPassage]]


@dataclass(frozen=True, slots=True)
class RulesInFocus:
    """Finds the rules that earlier answers quote."""

    search: Search

    def documents(self, answers: Sequence[str], snapshot: Snapshot) -> tuple[str, ...]:
        """The ids of the documents with articles that the latest of `answers` quote, latest first."""
        found: dict[str, None] = {}
        for answer in list(reversed(answers))[:_ANSWERS]:
            for quote in _quotes(answer):
                for result in self.search(quote[:_LOOKED_FOR]):
                    if result.passage.article and _bare(quote)[:_MATCHED] in _bare(
                        result.passage.text
                    ):
                        found[result.passage.document_id] = None
        return tuple(found)


def _quotes(answer: str) -> list[str]:
    """The paragraphs of an answer that quote something, the first of them."""
    paragraphs = [p for p in answer.split("\n\n") if re.search(r"\[\d+\]", p)]
    quotes = [_MARKS.sub("", paragraph).strip() for paragraph in paragraphs]
    return [quote for quote in quotes if len(quote) >= _SHORTEST][:_QUOTES]


def _bare(text: str) -> str:
    return _SPACE.sub("", fold(text))
