"""Questions with the passages that answer them, as vectors: what a map is learned from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.cases import EvalCase
from knowledge.documents import Passage
from knowledge.retrieval import HybridRetriever, SearchQuery

_FOUND = 60
"""Passages found for each question: the wrong ones that come nearest."""
# A case names strings, not a passage: those found so deep that hold all of them answer it.
_DEEP = 300


@dataclass(frozen=True, slots=True)
class Answered:
    """Questions on one library."""

    questions: NDArray[np.float32]
    """Shape (questions, dimension), unit length."""
    passages: NDArray[np.float32]
    """Shape (passages, dimension): whatever is found for any of the questions, and the answers."""
    answers: NDArray[np.bool_]
    """Which passage answers which question, shape (questions, passages)."""
    weight: float
    """What one mean loss over these questions counts."""


def answered_by(
    asked: Iterable[tuple[str, Collection[str]]], retriever: HybridRetriever, weight: float
) -> Answered:
    """Questions with the ids of the documents that answer them; those of none are left out."""
    library = _Library(retriever)
    told = (
        (text, library.found(text, _FOUND), [key for id in ids for key in library.of_document[id]])
        for text, ids in asked
    )
    return library.answered(told, weight)


def answered_cases(
    cases: Iterable[EvalCase], retriever: HybridRetriever, weight: float
) -> Answered:
    """Cases that name what the answer must hold, with the passages that hold all of it."""
    library = _Library(retriever)
    told = []
    for case in cases:
        if case.expect.required:
            near = library.found(case.question, _DEEP)
            right = [key for key in near if _holds(case, library.passages[key])]
            told.append((case.question, near[:_FOUND], right))
    return library.answered(told, weight)


class _Library:
    """All passages of a library by their keys."""

    def __init__(self, retriever: HybridRetriever) -> None:
        self._retriever = retriever
        self._catalog = retriever.snapshot().catalog
        keys, _ = self._catalog.passage_versions()
        self.passages = self._catalog.passages([int(key) for key in keys])
        self._key_of = {passage.id: key for key, passage in self.passages.items()}
        self.of_document: defaultdict[str, list[int]] = defaultdict(list)
        for key, passage in self.passages.items():
            self.of_document[passage.document_id].append(key)

    def found(self, text: str, most: int) -> list[int]:
        """Keys of what is found for a question, best first."""
        hits = self._retriever.retrieve(SearchQuery(text), most)
        return [self._key_of[hit.passage.id] for hit in hits]

    def answered(
        self, told: Iterable[tuple[str, Sequence[int], Sequence[int]]], weight: float
    ) -> Answered:
        """Questions with the keys of what is near and of what is right, as vectors."""
        kept = [(text, near, right) for text, near, right in told if right]
        pool = list(dict.fromkeys(key for _, near, right in kept for key in (*near, *right)))
        place = {key: column for column, key in enumerate(pool)}
        answers = np.zeros((len(kept), len(pool)), dtype=np.bool_)
        for row, (_, _, right) in enumerate(kept):
            answers[row, [place[key] for key in right]] = True
        vectors = self._catalog.vectors(pool)
        return Answered(
            np.stack([self._retriever.question_vector(text) for text, _, _ in kept]),
            np.stack([vectors[key] for key in pool]),
            answers,
            weight,
        )


def _holds(case: EvalCase, passage: Passage) -> bool:
    text = "".join(passage.text.split())
    return all(
        any("".join(option.split()) in text for option in options)
        for options in case.expect.required
    )
