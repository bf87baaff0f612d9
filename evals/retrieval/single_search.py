"""One half of the retriever alone: what fusion is measured against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Origin, ScoredPassage
from knowledge.embedding import Embedder
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.tokenization import query_terms, simplify

# Texts that a later one replaces fall away afterwards, as in the retriever.
_SPARE = 40


class DenseSearch:
    """Nearest passages by the embedding model, nothing else."""

    def __init__(self, hybrid: HybridRetriever, embedder: Embedder) -> None:
        self._hybrid = hybrid
        self._embedder = embedder

    def retrieve(self, query: SearchQuery, top_k: int) -> tuple[ScoredPassage, ...]:
        """The nearest `top_k` passages; filters of `query` are not applied."""
        snapshot = self._hybrid.snapshot()
        vector = self._embedder.embed_query(simplify(query.text))
        keys, scores = snapshot.dense.search(vector, top_k + _SPARE)
        return _passages(snapshot, keys, scores, top_k, "dense")


class LexicalSearch:
    """BM25 over words and character pairs, nothing else."""

    def __init__(self, hybrid: HybridRetriever) -> None:
        self._hybrid = hybrid

    def retrieve(self, query: SearchQuery, top_k: int) -> tuple[ScoredPassage, ...]:
        """The best `top_k` passages; filters of `query` are not applied."""
        snapshot = self._hybrid.snapshot()
        terms = query_terms(query.text)
        keys, scores = snapshot.lexical.search(terms, top_k + _SPARE)
        return _passages(snapshot, keys, scores, top_k, "lexical")


def _passages(
    snapshot: Snapshot,
    keys: NDArray[np.int64],
    scores: NDArray[np.float64],
    top_k: int,
    origin: Origin,
) -> tuple[ScoredPassage, ...]:
    # What is in force today, as the retriever has it.
    kept = snapshot.keep(keys, snapshot.allowed())
    ranking = list(zip(keys[kept].tolist(), scores[kept].tolist(), strict=True))[:top_k]
    passages = snapshot.catalog.passages([key for key, _ in ranking])
    found = [(passages[key], score) for key, score in ranking if key in passages]
    return tuple(
        ScoredPassage(passage, score, rank, origin)
        for rank, (passage, score) in enumerate(found, start=1)
    )
