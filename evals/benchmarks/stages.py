"""How long one retrieval spends in each of its stages, watched at the parts it calls."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one stage of one question."""

    wall: float = 0.0
    cpu: float = 0.0
    """Of processors, over all threads: what other programs do does not count."""

    @classmethod
    def since(cls, wall: float, cpu: float) -> Spent:
        """From readings of `perf_counter` and `process_time` until now."""
        return cls((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.cpu - other.cpu)


class StageClock:
    """Adds up the time that is spent in the methods it watches."""

    def __init__(self) -> None:
        self._spent: dict[str, Spent] = defaultdict(Spent)

    def watch(self, owner: object, method: str, stage: str) -> None:
        """Count what calls of `owner.method` take for `stage`, from now on."""
        call = getattr(owner, method)

        def timed(*arguments: Any, **named: Any) -> Any:
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                return call(*arguments, **named)
            finally:
                self._spent[stage] += Spent.since(wall, cpu)

        setattr(owner, method, timed)

    def lap(self) -> dict[str, Spent]:
        """What each stage has taken since the last call."""
        spent = dict(self._spent)
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
) -> tuple[dict[str, list[Spent]], float]:
    """What each of STAGES takes for each question, and the share found at rank 1.

    `embedder` is the one that `retriever` uses. All questions are asked in several rounds, and
    of each its fastest counts: what slows the others down is not the library.
    """
    snapshot = retriever.snapshot()
    clock = StageClock()
    clock.watch(embedder, "embed_query", EMBED)
    clock.watch(snapshot.dense, "search", DENSE)
    clock.watch(snapshot.lexical, "search", LEXICAL)
    clock.watch(snapshot.catalog, "passages", FETCH)
    clock.watch(snapshot.vectors, "cosines", FETCH)
    for question in questions[:_WARM]:
        retriever.retrieve(SearchQuery(question.text), TOP_K)
    clock.lap()
    fastest: dict[int, dict[str, Spent]] = {}
    first = 0
    for _ in range(_ROUNDS):
        for place, question in enumerate(questions):
            wall, cpu = time.perf_counter(), time.process_time()
            found = retriever.retrieve(SearchQuery(question.text), TOP_K)
            whole = Spent.since(wall, cpu)
            lap = clock.lap()
            if place not in fastest:
                first += bool(found) and found[0].passage.id == question.passage_id
            if place not in fastest or whole.wall < fastest[place][WHOLE].wall:
                # Words are looked up beside the embedding, which takes longer as a rule.
                in_turn = (spent for stage, spent in lap.items() if stage != LEXICAL)
                rest = whole - sum(in_turn, Spent())
                fastest[place] = {**lap, RANK: rest, WHOLE: whole}
    times = {stage: [laps.get(stage, Spent()) for laps in fastest.values()] for stage in STAGES}
    return times, first / max(1, len(questions))
