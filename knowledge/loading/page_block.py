"""The lines of a page → blocks: lines that follow each other in one column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.loading.page_gutter import Gutter, shared_width
from knowledge.loading.page_line import TextLine, body_em, joined_row
from knowledge.loading.table import Cell


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one column that follow each other in one size of type, or a table."""

    lines: tuple[TextLine, ...]
    """At least one; those of a table are only its frame."""
    rows: tuple[str, ...] = ()
    """The lines of a table, as Markdown; empty for text."""
    cells: tuple[tuple[Cell, ...], ...] = ()
    """What a table with rules was made of."""
    columns: tuple[float, ...] = ()
    """The places of its upright rules."""

    @property
    def left(self) -> float:
        """Of its leftmost line."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Of its rightmost line."""
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        """Of its first line."""
        return min(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        """Of its last line."""
        return max(line.bottom for line in self.lines)

    @property
    def em(self) -> float:
        """The size of its type."""
        return body_em(self.lines)

    @property
    def size(self) -> int:
        """How many characters it holds."""
        return sum(len(text) for text in self.rows) or sum(len(line.text) for line in self.lines)


def find_blocks(
    lines: Sequence[TextLine], gutters: Sequence[Gutter], tables: Sequence[Block] = ()
) -> tuple[Block, ...]:
    """The blocks of a page in no order, its `tables` among them."""
    chains = _chains(_whole_lines(lines, gutters))
    blocks = [*(Block(tuple(chain)) for chain in chains), *tables]
    return tuple(blocks)


def _whole_lines(lines: Sequence[TextLine], gutters: Sequence[Gutter]) -> list[TextLine]:
    """Pieces of one line that stand apart without a gutter between them, made one."""
    whole: list[TextLine] = []
    for line in sorted(lines, key=lambda one: (one.left, one.top)):
        for i, other in enumerate(whole):
            em = min(line.em, other.em)
            if (
                abs(line.middle - other.middle) < 0.4 * em
                and line.left >= other.right - 0.5 * em
                and max(line.em, other.em) < 1.3 * em
                and not _parted(other, line, gutters)
            ):
                whole[i] = joined_row([other, line])
                break
        else:
            whole.append(line)
    return whole


def _parted(left: TextLine, right: TextLine, gutters: Sequence[Gutter]) -> bool:
    middle = (left.middle + right.middle) / 2
    return any(
        gutter.top < middle < gutter.bottom
        and left.right <= gutter.left + left.em * 0.5
        and right.left >= gutter.right - right.em * 0.5
        for gutter in gutters
    )


def _chains(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines that follow each other, one below the other, without a fork."""
    ordered = sorted(lines, key=lambda line: (line.middle, line.left))
    above: list[list[int]] = []
    children: dict[int, list[int]] = {}
    for i, line in enumerate(ordered):
        over = [
            j
            for j in range(i)
            if shared_width(ordered[j], line) > 0.3 * line.em
            and line.middle - ordered[j].middle > 0.4 * line.em
        ]
        near = max((ordered[j].middle for j in over), default=0.0)
        parents = [j for j in over if near - ordered[j].middle < 0.6 * line.em]
        above.append(parents)
        for j in parents:
            children.setdefault(j, []).append(i)
    chains: list[list[TextLine]] = []
    chain_of: dict[int, list[TextLine]] = {}
    for i, line in enumerate(ordered):
        parents = above[i]
        if len(parents) == 1 and len(children[parents[0]]) == 1:
            parent = ordered[parents[0]]
            if _follows(parent, line):
                chain_of[parents[0]].append(line)
                chain_of[i] = chain_of[parents[0]]
                continue
        chain_of[i] = [line]
        chains.append(chain_of[i])
    return chains


def _follows(before: TextLine, after: TextLine) -> bool:
    em = max(before.em, after.em)
    return 0.82 < before.em / after.em < 1.22 and after.top - before.bottom < 1.6 * em
