"""The gaps between the columns of a page.

A gutter is a gap between lines that goes on for several lines, with running text on both
sides; the gaps of tables and of stretched lines are none.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.loading.page_line import TextLine, body_em

_MIN_GAP = 0.75
"""Width of a gutter in ems; the columns of newspapers stand one to two ems apart."""
_MIN_ROWS = 4
_MIN_COLUMN = 5.5
"""Ems: narrower columns are those of a table."""
_INFINITE = 1e9


class HasSides(Protocol):
    """Anything with two sides."""

    @property
    def left(self) -> float:
        """The left side."""

    @property
    def right(self) -> float:
        """The right side."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """The gap between two columns, from where it begins to where a line crosses it."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(slots=True)
class _Gap:
    left: float
    right: float
    top: float
    bottom: float
    befores: list[float] = field(default_factory=list)
    afters: list[float] = field(default_factory=list)
    rows: int = 0


def find_gutters(lines: Sequence[TextLine]) -> tuple[Gutter, ...]:
    """The gutters between columns of running text, from the left."""
    em = body_em(lines)
    if len(lines) < 2 * _MIN_ROWS or em <= 0:
        return ()
    ordered = sorted(lines, key=lambda line: line.middle)
    gaps: list[_Gap] = []
    for line in ordered:
        for other in _right_neighbours(line, ordered, em):
            _extend(gaps, line, other, ordered, em)
    found = []
    for gap in gaps:
        running = (
            gap.rows >= _MIN_ROWS
            and statistics.median(gap.befores) >= _MIN_COLUMN * em
            and statistics.median(gap.afters) >= _MIN_COLUMN * em
        )
        if running:
            found.append(_to_its_ends(gap, lines))
    found.sort(key=lambda one: (one.left, one.top))
    kept: list[Gutter] = []
    for gutter in found:
        same = [k for k in kept if shared_width(k, gutter) > 0 and _touches(k, gutter)]
        if not same:
            kept.append(gutter)
    return tuple(kept)


def _right_neighbours(line: TextLine, lines: Sequence[TextLine], em: float) -> list[TextLine]:
    """The nearest line to the right at the same height, if it stands apart."""
    beside = [
        other
        for other in lines
        if other.left > line.right - 0.2 * em
        and min(other.bottom, line.bottom) - max(other.top, line.top) > 0.3 * em
    ]
    if not beside:
        return []
    nearest = min(beside, key=lambda other: other.left)
    return [nearest] if nearest.left - line.right >= _MIN_GAP * em else []


def _extend(
    gaps: list[_Gap], line: TextLine, other: TextLine, lines: Sequence[TextLine], em: float
) -> None:
    top, bottom = min(line.top, other.top), max(line.bottom, other.bottom)
    joined = False
    for gap in gaps:
        left, right = max(gap.left, line.right), min(gap.right, other.left)
        if right - left < 0.6 * em or top - gap.bottom > 6 * em:
            continue
        if any(gap.bottom < one.middle < top and _crosses(one, left, right) for one in lines):
            continue
        gap.left, gap.right = left, right
        gap.bottom = max(gap.bottom, bottom)
        gap.rows += 1
        gap.befores.append(line.width)
        gap.afters.append(other.width)
        joined = True
    if not joined:
        gaps.append(_Gap(line.right, other.left, top, bottom, [line.width], [other.width], 1))


def _crosses(line: TextLine, left: float, right: float) -> bool:
    """Whether `line` stands across a gap; single ones reach into it a little."""
    slack = 0.4 * (right - left)
    return line.left < right - slack and line.right > left + slack


def _to_its_ends(gap: _Gap, lines: Sequence[TextLine]) -> Gutter:
    """The gutter made longer up and down until a line crosses it."""
    crossing = [line for line in lines if _crosses(line, gap.left, gap.right)]
    above = [line.bottom for line in crossing if line.middle < gap.top]
    below = [line.top for line in crossing if line.middle > gap.bottom]
    return Gutter(
        gap.left,
        gap.right,
        min(max(above, default=-_INFINITE), gap.top),
        max(min(below, default=_INFINITE), gap.bottom),
    )


def shared_width(a: HasSides, b: HasSides) -> float:
    """How far two things stand over each other; negative where they stand apart."""
    return min(a.right, b.right) - max(a.left, b.left)


def _touches(a: Gutter, b: Gutter) -> bool:
    return a.top < b.bottom and b.top < a.bottom
