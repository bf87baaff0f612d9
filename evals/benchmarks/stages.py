"""How long one retrieval spends in each of its stages, watched at the parts it calls."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.benchmarks.synthetic import DIMENSION, MODEL, SyntheticQuestion
from knowledge.embedding import Embedder
from knowledge.retrieval import HybridRetriever, SearchQuery

EMBED, DENSE, LEXICAL, FETCH, RANK, WHOLE = (
    "embed question",
    "dense",
    "lexical",
    "fetch",
    "terms, fusion, ranking",
    "whole",
)
STAGES = (EMBED, DENSE, LEXICAL, FETCH, RANK, WHOLE)
TOP_K = 10
_WARM = 20


class StageClock:
    """Adds up the time that is spent in the methods it watches."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = defaultdict(float)

    def watch(self, owner: object, method: str, stage: str) -> None:
        """Count what calls of `owner.method` take for `stage`, from now on."""
        call = getattr(owner, method)

        def timed(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*arguments, **named)
            finally:
                self._spent[stage] += time.perf_counter() - started

        setattr(owner, method, timed)

    def lap(self) -> dict[str, float]:
        """Milliseconds by stage since the last call."""
        spent = {stage: seconds * 1000 for stage, seconds in self._spent.items()}
        self._spent.clear()
        return spent


class QuestionEmbedder:
    """An `Embedder` that runs the real model on a question and then hands out the made vector."""

    def __init__(self, model: Embedder, questions: Iterable[SyntheticQuestion]) -> None:
        self._model = model
        self._vectors = {question.text: question.vector for question in questions}

    @property
    def fingerprint(self) -> str:
        """Of the made vectors."""
        return MODEL

    @property
    def dimension(self) -> int:
        """Of the made vectors."""
        return DIMENSION

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector made for a question; zeros, as near to all, for any other text."""
        self._model.embed_query(text)
        vector = self._vectors.get(text)
        return np.zeros(DIMENSION, np.float32) if vector is None else vector

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """As `embed_query`, a row a text."""
        return np.stack([self.embed_query(text) for text in texts])


def stage_times(
    retriever: HybridRetriever, embedder: Embedder, questions: Sequence[SyntheticQuestion]
) -> tuple[dict[str, list[float]], float]:
    """Milliseconds of each of STAGES for each question, and the share found at rank 1.

    `embedder` is the one that `retriever` uses. The first questions are asked once untimed.
    """
    snapshot = retriever.snapshot()
    clock = StageClock()
    clock.watch(embedder, "embed_query", EMBED)
    clock.watch(snapshot.dense, "search", DENSE)
    clock.watch(snapshot.lexical, "search", LEXICAL)
    for method in ("passages", "vectors"):
        clock.watch(snapshot.catalog, method, FETCH)
    for question in questions[:_WARM]:
        retriever.retrieve(SearchQuery(question.text), TOP_K)
    clock.lap()
    times: dict[str, list[float]] = {stage: [] for stage in STAGES}
    first = 0
    for question in questions:
        started = time.perf_counter()
        found = retriever.retrieve(SearchQuery(question.text), TOP_K)
        whole = (time.perf_counter() - started) * 1000
        lap = clock.lap()
        for stage in (EMBED, DENSE, LEXICAL, FETCH):
            times[stage].append(lap.get(stage, 0.0))
        times[RANK].append(whole - sum(lap.values()))
        times[WHOLE].append(whole)
        first += bool(found) and found[0].passage.id == question.passage_id
    return times, first / max(1, len(questions))
