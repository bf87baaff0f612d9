"""The rules that a conversation is on: those the latest answers quote.

「可以口头申请吗」 after a question on labour arbitration is asked of that law, though other laws have
a rule in like words. What an answer quotes stands in it word for word, and is found again by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents import Passage, ScoredPassage
from knowledge.regions import COUNTRY
from knowledge.tokenization import fold

# So many answers back, and of each so many quotes.
_ANSWERS, _QUOTES = 2, 3
# A quote, of which so many characters are looked for.
_SHORTEST, _LOOKED_FOR, _MATCHED = 12, 100, 24
_MARKS = re.compile(r"\[\d+\]|\*\*|\\|（[一-鿿]{2,12}）(?=\s*$|\[)")
_PLACE_MARK = re.compile(r"\[\d+\]（([一-鿿]{2,12})）\s*$")
_SPACE = re.compile(r"\s+")

Search = Callable[[str], Sequence[ScoredPassage]]


@dataclass(frozen=True, slots=True)
class RulesInFocus:
    """Finds the rules that earlier answers quote."""

    search: Search
    region_of: Callable[[str], str | None]
    """The place that a document, by its id, is of."""
    of_articles: bool = True
    """False for documents without articles."""

    def documents(self, answers: Sequence[str], places: Sequence[str]) -> tuple[str, ...]:
        """The ids of the documents with articles that the latest of `answers` quote, latest first."""
        return tuple({p.document_id: None for p in self.passages(answers[-_ANSWERS:], places)})

    def passages(self, answers: Sequence[str], places: Sequence[str]) -> Iterator[Passage]:
        """The passages of articles that `answers` quote, those of the last answer first.

        Where several rules say it in the same words, that of `places` or of the country.
        """
        for answer in reversed(answers):
            for quote, marked in _quoted(answer):
                start = unspaced(quote)[:_MATCHED]
                held = [
                    result.passage
                    for result in self.search(quote[:_LOOKED_FOR])
                    if bool(result.passage.article) == self.of_articles
                    and start in unspaced(result.passage.text)
                ]
                regions = [self.region_of(passage.document_id) for passage in held]
                wanted = [marked] if marked else [*places, COUNTRY]
                region = next((place for place in wanted if place in regions), None)
                yield from (
                    passage
                    for passage, own in zip(held, regions, strict=True)
                    if region is None or own == region
                )


def quotes_of(answer: str) -> tuple[str, ...]:
    """What the first paragraphs of an answer quote."""
    return tuple(quote for quote, _ in _quoted(answer))


def _quoted(answer: str) -> list[tuple[str, str]]:
    """The first paragraphs of an answer that quote something, each with the place it is marked with."""
    paragraphs = [p for p in answer.split("\n\n") if re.search(r"\[\d+\]", p)]
    quotes = [(_MARKS.sub("", p).strip(), _PLACE_MARK.search(p)) for p in paragraphs]
    return [(q, mark[1] if mark else "") for q, mark in quotes if len(q) >= _SHORTEST][:_QUOTES]


def unspaced(text: str) -> str:
    """Folded, without white space: as quotes are compared."""
    return _SPACE.sub("", fold(text))
