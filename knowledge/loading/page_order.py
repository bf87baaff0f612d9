"""The order in which the blocks of a page are read.

Gutters say which block is read before which; pages without gutters are read from top to
bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.loading.page_block import Block
from knowledge.loading.page_gutter import Gutter, shared_width

_MAX_BLOCKS = 250
_INFINITE = 1e9


def in_reading_order(blocks: Sequence[Block], gutters: Sequence[Gutter]) -> tuple[Block, ...]:
    """`blocks` from the first to be read to the last. Deterministic; none is lost."""
    by_height = sorted(blocks, key=lambda block: (block.top, block.left))
    if not gutters or len(blocks) > _MAX_BLOCKS:
        return tuple(by_height)
    bands = _bands(by_height, gutters)
    return tuple(block for band in bands for block in _ordered(band, gutters))


def _bands(blocks: Sequence[Block], gutters: Sequence[Gutter]) -> list[list[Block]]:
    """Parts of the page, one below the other, each with columns of its own.

    They are told by white space from edge to edge with a block below it that stands across a
    gutter from above.
    """
    bands: list[list[Block]] = []
    end = -_INFINITE
    for block in blocks:
        clear = block.top >= end - 0.3 * block.em
        crossing = any(
            gutter.top < end and abs(gutter.bottom - block.top) < block.em
            for gutter in gutters
            if shared_width(gutter, block) > 0.5 * (gutter.right - gutter.left)
        )
        if not bands or (clear and crossing):
            bands.append([])
        bands[-1].append(block)
        end = max(end, block.bottom)
    return bands


class _Frame(NamedTuple):
    """The place of a block, worked out once: it is compared with all the others."""

    left: float
    top: float
    right: float
    bottom: float
    em: float


def _ordered(by_height: Sequence[Block], gutters: Sequence[Gutter]) -> list[Block]:
    frames = [_Frame(b.left, b.top, b.right, b.bottom, b.em) for b in by_height]
    count = len(frames)
    waits: list[set[int]] = [set() for _ in range(count)]
    for i in range(count):
        for j in range(count):
            if i != j and _is_read_before(frames[i], frames[j], frames, gutters):
                waits[j].add(i)
    ordered: list[Block] = []
    left = set(range(count))
    while left:
        free = [i for i in sorted(left) if not waits[i] & left]
        # Blocks that overlap may wait for each other: then the upper one goes first.
        chosen = free[0] if free else min(left)
        ordered.append(by_height[chosen])
        left.remove(chosen)
    return ordered


def _is_read_before(
    first: _Frame, second: _Frame, frames: Sequence[_Frame], gutters: Sequence[Gutter]
) -> bool:
    em = min(first.em, second.em)
    if shared_width(first, second) > 0.5 * em:
        return first.top < second.top
    if first.left >= second.left:
        return False
    parted = any(
        first.right <= gutter.right + 0.3 * em
        and second.left >= gutter.left - 0.3 * em
        and _runs_beside(first, gutter)
        and _runs_beside(second, gutter)
        for gutter in gutters
    )
    if not parted:
        return False
    # A block across both columns, between them in height, parts the page there.
    start = min(first.bottom, second.bottom) - 0.5 * em
    end = max(first.top, second.top) + 0.5 * em
    return not any(
        start <= frame.top
        and frame.bottom <= end
        and shared_width(frame, first) > 0.5 * em
        and shared_width(frame, second) > 0.5 * em
        for frame in frames
    )


def _runs_beside(frame: _Frame, gutter: Gutter) -> bool:
    shared = min(frame.bottom, gutter.bottom) - max(frame.top, gutter.top)
    return shared > 0.5 * (frame.bottom - frame.top)
