"""The paragraphs of the articles that were found, each whole with the items it introduces.

Retrieval finds passages of a few hundred characters. A rule is read as its article stands: a
list without its last items, or an item without the words above it, says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.article_parts import PartReference, paragraph_count, part_span
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

READ = 200
"""Characters of a paragraph by which its meaning is known."""
# An article of more paragraphs is a document in itself.
_PARAGRAPHS, _ITEMS = 30, 40


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a document at their place."""

    start: int
    """In the document's text."""
    text: str
    """Verbatim."""

    @property
    def end(self) -> int:
        """Where the words end in the document's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of an article with its items."""

    document: PolicyDocument
    """Without its text."""
    passages: tuple[Passage, ...]
    """All those of the article, in reading order."""
    whole: Piece
    lead: Piece
    """The first line: the paragraph itself, or the words that introduce the items."""
    items: tuple[Piece, ...]
    above: str
    """Folded title and headings."""
    article: str
    """Folded text of the article."""
    rank: int
    """Of the best passage of its article, from 0."""
    distance: float = 0.0
    """Cosine between question and paragraph, below that of the nearest paragraph; 0 or more."""
    similarity: float | None = None
    """The cosine itself, where the model is one whose cosines are known; else None."""
    strays: bool = False
    """True if it rules a group or a sanction that the question does not name."""
    meets: bool = False
    """True if it is a sanction, and one is asked for."""
    number: int = 0
    """Of the paragraph in its article, from 1."""

    @property
    def opening(self) -> str:
        """The title and the beginning, by which the paragraph's meaning is known."""
        return f"{self.document.title} {self.whole.text[:READ]}"

    def passage_at(self, start: int) -> Passage:
        """The passage that holds a position."""
        return next(
            (p for p in self.passages if p.start_char <= start < p.end_char), self.passages[0]
        )

    def sentences(self) -> Iterator[tuple[Piece, str]]:
        """The sentences, each with the folded words above it that it belongs to."""
        for index, part in enumerate((self.lead, *self.items)):
            lead = fold(self.lead.text) if index else ""
            for span in sentences(part.text):
                yield Piece(part.start + span.start, span.of(part.text)), lead


def blocks_of(snapshot: Snapshot, found: Sequence[ScoredPassage]) -> tuple[Block, ...]:
    """The paragraphs of all articles that `found` has a passage of, the best article first."""
    blocks: list[Block] = []
    seen: set[tuple[int, str]] = set()
    for rank, result in enumerate(found):
        article = result.passage.article
        version = snapshot.version_of_passage(result.passage)
        if article is None or not version or (version, article) in seen:
            continue
        seen.add((version, article))
        keys = snapshot.catalog.keys_of_article(version, (article,))
        held = snapshot.catalog.passages(keys)
        passages = _together(sorted(held.values(), key=lambda p: p.start_char), result.passage)
        blocks += _blocks_of_article(snapshot, version, passages, rank)
    return tuple(blocks)


def looked_up(passages: Iterable[Passage]) -> tuple[ScoredPassage, ...]:
    """Passages that no search found, as if one had."""
    return tuple(ScoredPassage(passage, 1.0, 1, "dense") for passage in passages)


def measured(
    blocks: Sequence[Block], similarities: Sequence[float], is_known: bool = False
) -> tuple[Block, ...]:
    """The blocks with how much further than the nearest each is, by its cosine to the question.

    `is_known` where a cosine of the model is known to mean near or far.
    """
    nearest = max(similarities, default=0.0)
    return tuple(
        replace(block, distance=nearest - similarity, similarity=similarity if is_known else None)
        for block, similarity in zip(blocks, similarities, strict=True)
    )


def _together(passages: Sequence[Passage], hit: Passage) -> tuple[Passage, ...]:
    """The passages under the heading of `hit`: a code's books each have an article of a number."""
    return tuple(p for p in passages if p.heading_path == hit.heading_path) or (hit,)


def _blocks_of_article(
    snapshot: Snapshot, version: int, passages: tuple[Passage, ...], rank: int
) -> Iterator[Block]:
    first = passages[0]
    begin, end = first.start_char, passages[-1].end_char
    text = snapshot.catalog.excerpt(first.document_id, begin, end, version) or ""
    above = fold(" ".join((first.title, *first.heading_path)))
    name, folded = first.article or "", fold(text)
    for number in range(1, min(paragraph_count(text), _PARAGRAPHS) + 1):
        span = part_span(text, PartReference(name, number))
        if span is None:
            continue
        start, stop = (0 if number == 1 else span[0]), span[1]
        items = _items(text, name, number)
        lead_end = items[0][0] if items else stop
        yield Block(
            snapshot.described(first),
            passages,
            _piece(text, begin, start, stop),
            _piece(text, begin, start, lead_end),
            tuple(_piece(text, begin, *item) for item in items),
            above,
            folded,
            rank,
            number=number,
        )


def _items(text: str, article: str, paragraph: int) -> list[tuple[int, int]]:
    items: list[tuple[int, int]] = []
    for number in range(1, _ITEMS):
        span = part_span(text, PartReference(article, paragraph, number))
        if span is None:
            break
        items.append(span)
    return items if len(items) > 1 else []


def _piece(text: str, begin: int, start: int, stop: int) -> Piece:
    """Without the blanks around it."""
    raw = text[start:stop]
    lead = len(raw) - len(raw.lstrip())
    return Piece(begin + start + lead, raw.strip())
