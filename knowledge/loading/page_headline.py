"""The headlines of a newspaper page, and the name of the paper above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.line_breaks import SENTENCE_END
from knowledge.loading.page_block import Block
from knowledge.loading.page_line import is_numbered
from knowledge.loading.page_paragraph import heading_text

_HEADLINE = 1.22
"""A headline's type against that of the body; newspapers set theirs at 1.4 and more."""
_SAME_HEADLINE = 0.75
"""Against its largest line: smaller parts are no title."""
_MAX_HEADLINE_LINES = 6
_DATELINE = re.compile(
    r"第? ?[A-Z]?\d{1,2} ?版|星期[一二三四五六日天]|责任?编辑|责编|本版编辑|版式|美编|校对|"
    r"国内统一|CN ?\d|邮发代号|^(?:20|19)\d\d年\d{1,2}月\d{1,2}日.{0,12}$"
)
_MASTHEAD = re.compile(r"(?:报|刊|周刊|要闻|专版|专刊|新闻|版面|副刊|综合)[）)】]?$")


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline and the columns that it stands over."""

    title: str
    """On one line."""
    parts: tuple[Block, ...]
    minor: tuple[Block, ...] = ()
    """Those of its parts that are not in the title."""
    left: float = 0.0
    right: float = 0.0
    """The columns below it, which may be wider than its words."""


def page_head(blocks: Sequence[Block], em: float, height: float) -> list[Block]:
    """The name of the paper and the line with date, page and editors."""
    datelines = [
        block
        for block in blocks
        if (block.top < height * 0.15 or block.bottom > height * 0.93)
        and len(block.lines) <= 2
        and block.em < 1.6 * em
        and any(_DATELINE.search(line.text) for line in block.lines)
    ]
    found = list(datelines)
    head_end = max((b.bottom for b in datelines if b.top < height * 0.15), default=0.0)
    for block in blocks:
        if block in found or len(block.lines) > 2 or block.top > height * 0.15:
            continue
        title = heading_text(block.lines)
        named = len(title) <= 16 and bool(_MASTHEAD.search(title))
        above = block.bottom <= head_end + 0.5 * em
        if above or (named and not any(b.bottom < block.top for b in blocks if b not in found)):
            found.append(block)
    return found


def find_headlines(blocks: Sequence[Block], em: float) -> list[Headline]:
    """The headlines among `blocks`, on a page whose body is set in type of the size `em`.

    A smaller line right above or below one (肩题, 副题) is a part of it. Numbered headings
    belong to a document, not to a newspaper.
    """
    groups: list[list[Block]] = []
    for block in blocks:
        title = heading_text(block.lines)
        is_head = (
            not block.rows
            and block.em >= _HEADLINE * em
            and len(block.lines) <= _MAX_HEADLINE_LINES
            and not is_numbered(title)
            and not title.endswith(("。", "；", "，"))
            and len(title) >= 2
            # Large print with sentences is an introduction.
            and not (len(title) > 60 and SENTENCE_END.search(title))
        )
        if not is_head:
            continue
        group = next((g for g in reversed(groups) if _belong(g[-1], block)), None)
        if group is None:
            groups.append([block])
        else:
            group.append(block)
    return [_with_span(_head(group), blocks) for group in groups]


def _head(group: Sequence[Block]) -> Headline:
    """A headline whose smaller lines (肩题, 副题) open the text instead."""
    largest = max(block.em for block in group)
    main = [block for block in group if block.em >= _SAME_HEADLINE * largest]
    title = " ".join(heading_text(block.lines) for block in main)
    others = tuple(block for block in group if block not in main)
    return Headline(title, tuple(group), others)


def _with_span(head: Headline, blocks: Sequence[Block]) -> Headline:
    """`head` with its columns.

    A short headline over several columns is told by these beginning at one height, with
    nothing beside the headline.
    """
    left, right = min(b.left for b in head.parts), max(b.right for b in head.parts)
    top, bottom = min(b.top for b in head.parts), max(b.bottom for b in head.parts)
    em = min(block.em for block in blocks)
    others = [block for block in blocks if block not in head.parts]
    beside = [b for b in others if b.top < bottom - 0.3 * em and b.bottom > top + 0.3 * em]
    low = max((b.right for b in beside if b.right <= left + em), default=float("-inf"))
    high = min((b.left for b in beside if b.left >= right - em), default=float("inf"))
    below = [
        b
        for b in others
        if b.top >= bottom - 0.3 * em and b.left >= low - em and b.right <= high + em
    ]
    level = min((b.top for b in below), default=bottom)
    if level - bottom < 3 * max(b.em for b in head.parts):
        row = [b for b in below if b.top - level < 0.8 * em]
        left = min([left, *(b.left for b in row)])
        right = max([right, *(b.right for b in row)])
    return replace(head, left=left, right=right)


def _belong(above: Block, below: Block) -> bool:
    """Whether a line over or under a headline is part of it: 肩题, 副题."""
    shared = min(above.right, below.right) - max(above.left, below.left)
    narrower = min(above.right - above.left, below.right - below.left)
    gap = below.top - above.bottom
    return shared > 0.6 * narrower and -1 < gap / max(above.em, below.em) < 1.2
