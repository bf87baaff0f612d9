"""Questions with the passages that answer them, as vectors: what a map is learned from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evals.cases import EvalCase
from knowledge.documents import Passage
from knowledge.retrieval import HybridRetriever, SearchQuery

_FOUND = 60
"""Passages found for each question: the wrong ones that come nearest."""
# A case names strings, not a passage: those found so deep that hold all of them answer it.
_DEEP = 300

Answers = Callable[[Passage], bool]


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
    told = ((text, partial(_is_of, ids), _FOUND) for text, ids in asked)
    return _answered(told, retriever, weight)


def answered_cases(
    cases: Iterable[EvalCase], retriever: HybridRetriever, weight: float
) -> Answered:
    """Cases that name what the answer must hold, with the passages that hold all of it."""
    told = ((case.question, partial(_holds, case), _DEEP) for case in cases if case.expect.required)
    return _answered(told, retriever, weight)


def _answered(
    asked: Iterable[tuple[str, Answers, int]], retriever: HybridRetriever, weight: float
) -> Answered:
    snapshot = retriever.snapshot()
    keys, _ = snapshot.catalog.passage_versions()
    library = snapshot.catalog.passages([int(key) for key in keys])
    key_of = {passage.id: key for key, passage in library.items()}
    vectors: list[NDArray[np.float32]] = []
    right: list[list[int]] = []
    pool: dict[int, None] = {}
    for text, answers, deep in asked:
        hits = [hit.passage for hit in retriever.retrieve(SearchQuery(text), deep)]
        searched = hits if deep == _DEEP else library.values()
        gold = [key_of[passage.id] for passage in searched if answers(passage)]
        if not gold:
            continue
        vectors.append(retriever.question_vector(text))
        right.append(gold)
        pool.update(dict.fromkeys([*(key_of[passage.id] for passage in hits[:_FOUND]), *gold]))
    place = {key: column for column, key in enumerate(pool)}
    answers_of = np.zeros((len(right), len(pool)), dtype=np.bool_)
    for row, gold in enumerate(right):
        answers_of[row, [place[key] for key in gold]] = True
    found = snapshot.catalog.vectors(list(pool))
    return Answered(np.stack(vectors), np.stack([found[key] for key in pool]), answers_of, weight)


def _is_of(documents: Collection[str], passage: Passage) -> bool:
    return passage.document_id in documents


def _holds(case: EvalCase, passage: Passage) -> bool:
    text = "".join(passage.text.split())
    return all(
        any("".join(option.split()) in text for option in options)
        for options in case.expect.required
    )


def questions_of(rows: Sequence[str]) -> list[tuple[str, frozenset[str]]]:
    """Lines of `document id, tab, question, tab, question` → question and its document."""
    asked = []
    for row in rows:
        document, *questions = row.split("\t")
        asked += [(question, frozenset({document})) for question in questions]
    return asked
