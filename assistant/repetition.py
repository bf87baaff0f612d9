"""Whether two texts say nearly the same: a regulation repeats its statute, a report its source."""

from __future__ import annotations

from itertools import pairwise

# Share of the shorter one's pairs of characters that stand in the other.
_SAME = 0.7


def says_the_same(text: str, other: str) -> bool:
    """True if most of the shorter text stands in the other; False where one has no letters."""
    mine, theirs = _pairs(text), _pairs(other)
    return bool(mine) and len(mine & theirs) > _SAME * min(len(mine), len(theirs))


def _pairs(text: str) -> set[str]:
    letters = [char for char in text if char.isalnum()]
    return {first + second for first, second in pairwise(letters)}
