"""The blocks of a newspaper page → its articles, each with its headline.

An article is a headline and the blocks below it, from column to column. A block at the top
of a column goes on where the column before it ended, or beside it, wherever a sentence is
still open. Where headlines stand below their articles, the page is read the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.line_breaks import SENTENCE_END
from knowledge.loading.page_block import Block
from knowledge.loading.page_gutter import Gutter
from knowledge.loading.page_headline import Headline, find_headlines, page_head
from knowledge.loading.page_line import body_em

_MIN_BODY = 30
"""Characters: less below a headline is no article."""


@dataclass(frozen=True, slots=True)
class PageArticle:
    """One article of a page."""

    title: str
    """On one line; empty where the page shows none."""
    blocks: tuple[Block, ...]
    """Its text in reading order."""


def find_articles(
    blocks: Sequence[Block], gutters: Sequence[Gutter], height: float
) -> tuple[PageArticle, ...]:
    """The articles of a page of that `height`; empty if it is no newspaper page.

    `blocks` are all blocks of the page in reading order. Every block stands in one article,
    but for the name of the paper and the line with date and page.
    """
    text_blocks = [block for block in blocks if not block.rows]
    em = body_em([line for block in text_blocks for line in block.lines])
    if not gutters or em <= 0:
        return ()
    furniture = page_head(text_blocks, em, height)
    rest = [block for block in blocks if block not in furniture]
    heads = find_headlines(rest, em)
    columns = len({round(gutter.left / (4 * em)) for gutter in gutters}) + 1
    if len(heads) < 2 or (columns < 3 and not furniture):
        return ()
    known = {block: head for head in heads for block in head.parts}
    before = _by_heads_before(rest, known)
    after = _by_heads_after(rest, known)
    articles = after if _flaws(after) < _flaws(before) else before
    return _without_scraps(articles)


def _by_heads_before(
    blocks: Sequence[Block], known: dict[Block, Headline]
) -> list[tuple[Headline | None, list[Block]]]:
    """Articles whose headline stands above."""
    owners: dict[Block, Headline | None] = dict(known)
    tails: dict[Headline | None, Block] = {}
    previous: Block | None = None
    for block in blocks:
        if block not in known:
            owners[block] = _owner(block, known, owners, tails, previous)
        tails[owners[block]] = block
        previous = block
    heads = list(dict.fromkeys(owners[block] for block in blocks))
    return [(head, [b for b in blocks if owners[b] is head and b not in known]) for head in heads]


def _owner(
    block: Block,
    known: dict[Block, Headline],
    owners: dict[Block, Headline | None],
    tails: dict[Headline | None, Block],
    previous: Block | None,
) -> Headline | None:
    em = block.em
    above = [
        other
        for other in owners
        if other.bottom <= block.top + 0.5 * em and _is_over(known.get(other, other), block)
    ]
    if above:
        return owners[max(above, key=lambda other: other.bottom)]
    if previous is None:
        return None
    beside = [
        other
        for other in owners
        if other not in known
        and other.right <= block.left + 0.5 * em
        and other.top < block.bottom
        and other.bottom > block.top
    ]
    choices = [owners[previous]]
    if beside:
        choices.append(owners[max(beside, key=lambda other: (other.right, -other.top))])
    # An article that has ended does not go on in the next column.
    for head in choices:
        if not _has_ended(tails.get(head)):
            return head
    return choices[0]


def _is_over(upper: Block | Headline, lower: Block) -> bool:
    return min(upper.right, lower.right) - max(upper.left, lower.left) > min(
        lower.em, 0.5 * (lower.right - lower.left)
    )


def _has_ended(tail: Block | None) -> bool:
    if tail is None or tail.rows:
        return tail is not None
    last = tail.lines[-1]
    short = last.right < max(line.right for line in tail.lines) - 2 * last.em
    return short or bool(SENTENCE_END.search(last.text))


def _by_heads_after(
    blocks: Sequence[Block], known: dict[Block, Headline]
) -> list[tuple[Headline | None, list[Block]]]:
    """Articles whose headline stands below them."""
    found: list[tuple[Headline | None, list[Block]]] = []
    body: list[Block] = []
    closed: list[Headline] = []
    for block in blocks:
        head = known.get(block)
        if head is None:
            body.append(block)
        elif head not in closed:
            found.append((head, body))
            closed.append(head)
            body = []
    if body:
        found.append((None, body))
    return found


def _flaws(articles: Sequence[tuple[Headline | None, list[Block]]]) -> int:
    """Texts without a headline and headlines without a text."""
    return sum(head is None or not body for head, body in articles)


def _without_scraps(
    articles: Sequence[tuple[Headline | None, list[Block]]],
) -> tuple[PageArticle, ...]:
    """The articles; a headline or a few words on their own go with their neighbour."""
    found: list[PageArticle] = []
    loose: list[Block] = []
    for head, body in articles:
        minor = head.minor if head else ()
        if sum(block.size for block in body) >= _MIN_BODY:
            found.append(PageArticle(head.title if head else "", (*loose, *minor, *body)))
            loose = []
        else:
            loose += [*(head.parts if head else ()), *body]
    if loose and found:
        found[-1] = PageArticle(found[-1].title, (*found[-1].blocks, *loose))
    return tuple(found) if len(found) > 1 else ()
