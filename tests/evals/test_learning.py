"""What is learned from questions and their answers, on vectors of two and three numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.cases import EvalCase, Expectation
from evals.learning.answered import Answered, answered_by, answered_cases
from evals.learning.question_map import learn
from evals.retrieval.prepared_home import prepared_home
from evals.retrieval.question import RetrievalData, SourceText
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever
from tests.fakes import HashEmbedder

TEXTS = ("活动室由社区管理。", "食堂供应热汤。", "运动会七月三日举行。")
DATA = RetrievalData(
    "small", tuple(SourceText(f"d{at}", f"文件{at}", text) for at, text in enumerate(TEXTS)), ()
)


@pytest.fixture
def retriever(tmp_path: Path) -> HybridRetriever:
    embedder = HashEmbedder()
    home = prepared_home(DATA, embedder, tmp_path, lambda text: None)
    return HybridRetriever(catalog_path(home), index_folder(home), embedder)


def test_each_question_has_the_passages_of_the_documents_that_answer_it(
    retriever: HybridRetriever,
) -> None:
    asked = [("食堂供应什么", {"d1"}), ("没有答案的问题", {"d9"}), ("运动会哪天", {"d2"})]

    answered = answered_by(asked, retriever, 0.5)

    assert len(answered.questions) == 2 and answered.weight == 0.5
    assert answered.answers.sum(axis=1).tolist() == [1, 1]
    soup, games = (answered.passages[row] for row in answered.answers.argmax(axis=1))
    embedder = HashEmbedder()
    assert soup @ embedder.embed_query("食堂供应热汤") > soup @ embedder.embed_query("运动会")
    assert games @ embedder.embed_query("运动会七月") > games @ embedder.embed_query("食堂")


def test_a_case_is_answered_by_the_passages_that_hold_all_it_requires(
    retriever: HybridRetriever,
) -> None:
    def case(id: str, *required: str) -> EvalCase:
        expect = Expectation(status=("answered",), required=tuple((r,) for r in required))
        return EvalCase(id, "tune", ("figure",), "运动会七月几日举行", expect)

    answered = answered_cases(
        [case("both", "七月", "三日"), case("one", "七月", "热汤"), case("none")], retriever, 1.0
    )

    assert len(answered.questions) == 1 and answered.answers.sum() == 1


def test_the_map_moves_questions_to_their_answers() -> None:
    # All questions lie at (1, 0); the passage that answers lies elsewhere, at (0, 1).
    answered = Answered(
        questions=np.array([[1, 0], [1, 0]], dtype=np.float32),
        passages=np.array([[1, 0], [0, 1]], dtype=np.float32),
        answers=np.array([[False, True], [False, True]]),
        weight=1.0,
    )
    question = answered.questions[0]

    moved = question + question @ learn([answered], seed=0, steps=200)

    assert question @ answered.passages[0] > question @ answered.passages[1]
    near = answered.passages @ moved / np.linalg.norm(moved)
    assert near[1] > question @ answered.passages[1]
    assert near[0] < question @ answered.passages[0]


def test_the_same_seed_learns_the_same_map() -> None:
    answered = Answered(
        questions=np.array([[1, 0, 0]], dtype=np.float32),
        passages=np.eye(3, dtype=np.float32),
        answers=np.array([[False, True, False]]),
        weight=1.0,
    )

    first, again = (learn([answered], seed=3, steps=5) for _ in range(2))

    assert np.array_equal(first, again)
