"""What is learned from questions and their answers, on vectors of two and three numbers."""

from __future__ import annotations

import numpy as np

from evals.learning.answered import Answered, questions_of
from evals.learning.question_map import learn


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


def test_a_line_holds_a_document_and_its_questions() -> None:
    assert questions_of(["law#第一条\t几天\t要等几天"]) == [
        ("几天", frozenset({"law#第一条"})),
        ("要等几天", frozenset({"law#第一条"})),
    ]
