"""What stands on one page, as reading it out of a PDF or by OCR gives it: lines and rules.

Coordinates run from the top left corner of the page as it is read, y downwards, in any one
unit (points of a text layer, pixels of an image): layout only compares them with the type.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_WIDE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3000-\u303f\U00020000-\U0003ffff“”‘’…—]"
)
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条]|[一二三四五六七八九十]{1,3}、|"
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A run of text on one baseline, never across a column gap."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    em: float
    """The size of its type: the width of one Chinese character."""

    @property
    def width(self) -> float:
        """From the left edge to the right one."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """The height at which the line runs."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Halfway between its ends."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on the page, level or upright."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page before its layout is known."""

    number: int
    """From 1."""
    width: float
    height: float
    lines: tuple[TextLine, ...]
    rules: tuple[Rule, ...] = ()
    by_ocr: bool = False


def text_units(text: str) -> float:
    """The width of `text` in ems as printed: Chinese characters and signs 1, others 0.5."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) * 0.5


def is_numbered(text: str) -> bool:
    """Whether `text` starts with a number of a list or of a part of a document."""
    return bool(_NUMBERED.match(text))


def body_em(lines: Sequence[TextLine]) -> float:
    """The size of type most of the text of `lines` is set in; 0 without lines."""
    if not lines:
        return 0.0
    weighted = sorted((line.em, max(len(line.text), 1)) for line in lines)
    half, total = sum(weight for _, weight in weighted) / 2, 0
    for em, weight in weighted:
        total += weight
        if total >= half:
            return em
    return weighted[-1][0]


def rows_of(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """`lines` by baseline, from the top; within a row from the left."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: one.middle):
        if rows:
            level = statistics.fmean(one.middle for one in rows[-1])
            smaller = min(line.em, min(one.em for one in rows[-1]))
            if line.middle - level < smaller * 0.5:
                rows[-1].append(line)
                continue
        rows.append([line])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def joined_row(lines: Sequence[TextLine], em_gap: float = 0.15) -> TextLine:
    """The `lines` of one row as one line: a space where they stand apart by `em_gap` ems."""
    text = lines[0].text
    for before, after in itertools.pairwise(lines):
        apart = after.left - before.right > em_gap * min(before.em, after.em)
        text += (" " if apart else "") + after.text
    return TextLine(
        text,
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
        body_em(lines),
    )
