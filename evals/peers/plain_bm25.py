"""Plain BM25 over jieba words, the yardstick of every comparison; no embedding model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.peers.system import Built, System, library
from evals.retrieval.coverage import Found
from evals.retrieval.question import SourceText
from knowledge.embedding import Embedder
from knowledge.sentences import sentences
from knowledge.tokenization import words

# The length that the product cuts at (DESIGN section 4): ranking is compared, not cutting.
_PIECE_CHARACTERS = 220


def build(documents: Sequence[SourceText], embedder: Embedder, folder: Path) -> Built:
    """Whole sentences up to 220 characters, each searched with its document's title."""
    bm25s = library("bm25s")
    pieces = [(document, piece) for document in documents for piece in _pieces(document.text)]
    index = bm25s.BM25()
    index.index(
        [words(f"{document.title}\n{piece}") for document, piece in pieces], show_progress=False
    )
    known: dict[str, int] = index.vocab_dict

    def search(text: str, top_k: int) -> list[Found]:
        asked = [word for word in words(text) if word in known]
        if not asked:
            return []
        found, scores = index.retrieve([asked], k=min(top_k, len(pieces)), show_progress=False)
        hits = [
            pieces[place] for place, score in zip(found[0], scores[0], strict=True) if score > 0
        ]
        return [Found(document.id, piece, document.title) for document, piece in hits]

    return Built(search, len(pieces))


def _pieces(text: str) -> Iterator[str]:
    start = end = 0
    for sentence in sentences(text):
        if end > start and sentence.end - start > _PIECE_CHARACTERS:
            yield text[start:end]
            start = sentence.start
        start = start if end > start else sentence.start
        end = sentence.end
    if end > start:
        yield text[start:end]


BM25 = System(
    "BM25", "bm25s over jieba words, whole sentences up to 220 characters", ("bm25s",), build
)
