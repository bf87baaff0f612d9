"""Running headers, footers and page numbers: what stands in the margins of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.line_breaks import SENTENCE_END
from knowledge.loading.page_line import PageContent, TextLine, rows_of

_TOP, _BOTTOM = 0.12, 0.88
"""Shares of the height: the margins of GB/T 9704 paper are 37 mm and 35 mm of 297 mm."""
_STEPS = 40
"""A repeated line stands at the same height to within one of so many parts of the page."""
_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s~～|]*(?:第\s*)?(?:\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百]{1,4}(?=\s*页))"
    r"\s*(?:页)?(?:\s*[/／,，]?\s*(?:[共总]\s*)?\d{1,4}\s*页?)?[-—–－·•\s~～|]*"
    r"|[Pp](?:age|\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十百]+(?=页)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line in the margin of a page."""

    line: TextLine
    words: str
    """Numbers as #, so that those of pages do not matter."""
    step: int
    """Its height."""


def without_margins(pages: Sequence[PageContent]) -> tuple[PageContent, ...]:
    """`pages` less the lines repeated in their margins and their page numbers.

    A line is repeated if the same words, but for numbers, stand at the same height on both of
    two pages, or on a third of the pages of a longer file (eight are always enough).
    """
    edges = [_edges(page) for page in pages]
    counts: Counter[tuple[str, int]] = Counter()
    for found in edges:
        # Recognition and skew move a line a little: it counts for its neighbours, too.
        counts.update({(edge.words, edge.step + near) for edge in found for near in (-1, 0, 1)})
    least = min(max(2, -(-len(pages) // 3)), 8)
    return tuple(
        replace(page, lines=_kept(page, found, counts, least))
        for page, found in zip(pages, edges, strict=True)
    )


def _edges(page: PageContent) -> list[_Edge]:
    found = []
    for line in page.lines:
        place = line.middle / page.height
        words = _SPACES.sub("", _NUMBERS.sub("#", line.text))
        if words and not _TOP < place < _BOTTOM:
            found.append(_Edge(line, words, round(place * _STEPS)))
    return found


def _kept(
    page: PageContent, edges: Sequence[_Edge], counts: Counter[tuple[str, int]], least: int
) -> tuple[TextLine, ...]:
    dropped = {
        edge.line
        for edge in edges
        if counts[edge.words, edge.step] >= least
        # A sentence that differs in its numbers is text, such as a form filled in on each page.
        and not ("#" in edge.words and SENTENCE_END.search(edge.line.text))
    }
    rows = rows_of([line for line in page.lines if line not in dropped])
    for row in (*rows[:1], *rows[-2:]):
        place = row[0].middle / page.height
        text = " ".join(line.text for line in row)
        if not _TOP < place < _BOTTOM and _PAGE_NUMBER.fullmatch(text):
            dropped.update(row)
    return tuple(line for line in page.lines if line not in dropped)
