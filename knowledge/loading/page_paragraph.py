"""Blocks in reading order → paragraphs, each on one line.

A paragraph ends where a line falls short of its column, where the next one is indented or
numbered, and where the size of type or the block changes. Edges and indents are measured
against the column, so that a line broken inside a sentence is always made whole.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.item_numbers import ItemNumbers
from knowledge.line_breaks import SENTENCE_END, join_two, tidy_spaces
from knowledge.loading.page_block import Block
from knowledge.loading.page_line import TextLine, is_numbered

_CLAUSE_END = re.compile(r"[；;：:]$")
_OPEN_END = re.compile(r"[，、,（(《“〔－—-]$")
_CLOSES = re.compile(r"^[，。、；：！？）》”’〕…,.;:!?)]")
_REFERENCE = re.compile(r"第[一二三四五六七八九十百零〇\d]+[编章节条](?![ \u3000])")
_INNER = re.compile(r"[，。；、！？]")
_DATE_LINE = re.compile(r"(?:\d{4}|[二〇○零一三四五六七八九]{4}) ?年.{1,10}日$")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the edges of the column that it stands in."""

    line: TextLine
    left: float
    right: float
    block: int
    gap: float
    """The usual space between two lines of its block."""

    @property
    def indent(self) -> float:
        return (self.line.left - self.left) / self.line.em

    @property
    def shortfall(self) -> float:
        return (self.right - self.line.right) / self.line.em

    @property
    def is_centred(self) -> bool:
        """Set in the middle of its column, with room on both sides: a heading."""
        return (
            self.indent > 2.6
            and self.shortfall > 2.6
            and abs(self.indent - self.shortfall) < max(2.0, 0.25 * self.indent)
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a heading or one table of a page."""

    text: str
    """One line; the rows of a table are a line each."""
    first: _Placed | None
    """None for a table."""
    last: _Placed | None


def find_paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The paragraphs of `blocks`, which are in reading order."""
    found: list[Paragraph] = []
    text_blocks = [block for block in blocks if not block.rows]
    gathered: list[_Placed] = []
    for number, block in enumerate(blocks):
        if block.rows:
            found += _paragraphs(gathered)
            gathered = []
            found.append(Paragraph("\n".join(block.rows), None, None))
            continue
        left, right = _edges(block, text_blocks)
        gap = _usual_gap(block)
        gathered += [_Placed(line, left, right, number, gap) for line in block.lines]
    return (*found, *_paragraphs(gathered))


def runs_on(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> bool:
    """Whether the last paragraph of a page or column goes on in the first of the next."""
    if not before or not after:
        return False
    last, first = before[-1].last, after[0].first
    if last is None or first is None:
        return False
    numbers = ItemNumbers()
    for paragraph in before:
        numbers.note(paragraph.text)
    if _opens(last, first, numbers, is_first=before[-1].first is last):
        return False
    return not _breaks(last, first, same_column=False)


def heading_text(lines: Sequence[TextLine]) -> str:
    """The lines of a headline on one line."""
    text = ""
    for line in lines:
        text = join_two(text, line.text.strip())
    return tidy_spaces(re.sub(r"[ \u3000]+", " ", text))


def _paragraphs(placed: Sequence[_Placed]) -> list[Paragraph]:
    found: list[Paragraph] = []
    numbers = ItemNumbers()
    start = 0
    for i, line in enumerate(placed):
        if i == start:
            numbers.note(line.line.text)
        last = i + 1 == len(placed)
        if (
            last
            or _breaks(line, placed[i + 1], same_column=line.block == placed[i + 1].block)
            or _opens(line, placed[i + 1], numbers, is_first=i == start)
        ):
            lines = placed[start : i + 1]
            found.append(Paragraph(heading_text([p.line for p in lines]), lines[0], lines[-1]))
            start = i + 1
    return found


def _edges(block: Block, blocks: Sequence[Block]) -> tuple[float, float]:
    """The edges of the column of `block`: those of the lines on the page that share it."""
    em = block.em
    lines = [
        line
        for other in blocks
        if min(other.right, block.right) - max(other.left, block.left) > 0
        and 0.82 < other.em / em < 1.22
        # A block of short lines may stand anywhere in its column; one much wider is no peer.
        and (_is_beside(other, block) or _is_beside(block, other))
        for line in other.lines
    ] or list(block.lines)
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    # One line that sticks out must not make all the others look indented or short.
    left = lefts[min(len(lefts) // 12, len(lefts) - 1)]
    right = rights[max(len(rights) - 1 - len(rights) // 12, 0)]
    return left, right


def _usual_gap(block: Block) -> float:
    gaps = [b.top - a.bottom for a, b in zip(block.lines, block.lines[1:], strict=False)]
    return statistics.median(gaps) if gaps else 0.0


def _is_beside(narrow: Block, wide: Block) -> bool:
    return narrow.left >= wide.left - wide.em and narrow.right <= wide.right + wide.em


def _breaks(before: _Placed, after: _Placed, *, same_column: bool) -> bool:
    """Whether a paragraph ends between two lines that are read one after the other."""
    a, b = before.line, after.line
    if not 0.85 < a.em / b.em < 1.18:
        return True
    if _CLOSES.match(b.text):
        return False
    if same_column and b.top - a.bottom > max(0.8 * max(a.em, b.em), before.gap + 0.4 * a.em):
        return True
    if before.is_centred or after.is_centred:
        return not (before.is_centred and after.is_centred and _one_heading(before, after))
    ended = bool(SENTENCE_END.search(a.text))
    indented = 1.2 <= after.indent <= 3.6
    short = before.shortfall > 1.9
    if after.indent > 6 and (ended or short or _DATE_LINE.search(b.text)):
        return True
    if ended:
        return indented or short or is_numbered(b.text)
    if _CLAUSE_END.search(a.text):
        return indented or short or (is_numbered(b.text) and not _REFERENCE.match(b.text))
    if _OPEN_END.search(a.text):
        return False
    # A line without its end: a heading, an entry of a list, or the middle of a sentence.
    numbered = is_numbered(b.text) and not _REFERENCE.match(b.text)
    if before.shortfall > 2.4 and (numbered or indented or not _INNER.search(a.text)):
        return True
    if indented and before.indent > 1.2 and before.shortfall > 1.0:
        return True
    if indented and before.indent < 0.8 and after.indent < 2.6:
        return before.shortfall > 0.8
    return before.shortfall > 4


def _opens(before: _Placed, after: _Placed, numbers: ItemNumbers, *, is_first: bool) -> bool:
    """Whether a paragraph begins with `after` though the line `before` is full and unfinished.

    Its last line may end at the very edge of the column.
    """
    if _CLOSES.match(after.line.text) or _OPEN_END.search(before.line.text):
        return False
    if numbers.is_next(after.line.text):
        return True
    # Only the first line of an item is out where its other lines are indented.
    return not is_first and before.indent < 0.8 and 1.6 <= after.indent < 2.6


def _one_heading(before: _Placed, after: _Placed) -> bool:
    """Whether two centred lines are one title, broken because it is long."""
    apart = after.line.top - before.line.bottom < 0.9 * before.line.em
    larger = before.line.width > 0.4 * (before.right - before.left)
    return apart and larger and before.block == after.block and not is_numbered(after.line.text)
