"""A question and a text read together, with the bundled model and with others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.close_reading import BesideReading, CloseReader, Floats
from knowledge.embedding import SentenceTransformerEmbedder
from knowledge.retrieval import HybridRetriever
from tests.fakes import HashEmbedder

LEAVE = "第四十条 职工结婚的，用人单位应当给予婚假，婚假期间工资照发。"
FINE = "第四十一条 用人单位拒不给予婚假的，由劳动行政部门责令改正，处五千元以下罚款。"
STAMP = "第四十二条 印章由办公室保管，用印应当登记。"


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("我下个月办婚礼，请假扣不扣钱", LEAVE),
        ("老板不让休婚假会怎么罚", FINE),
        ("公章平时放谁那里", STAMP),
    ],
)
def test_the_text_that_answers_scores_highest(model_home: Path, question: str, answer: str) -> None:
    embedder = SentenceTransformerEmbedder.load(None, model_home)
    texts = [LEAVE, FINE, STAMP]
    scores = BesideReading(embedder).closely(question, texts)
    assert texts[scores.index(max(scores))] == answer


@pytest.mark.model
def test_what_is_asked_at_the_end_of_a_long_question_counts(model_home: Path) -> None:
    embedder = SentenceTransformerEmbedder.load(None, model_home)
    before = (
        "我在一家做服装的工厂上班，已经做了三年了，一直没有请过什么长假，去年家里给介绍了对象，"
    )
    scores = BesideReading(embedder).closely(
        f"{before}老板不让休婚假会怎么罚", [LEAVE, FINE, STAMP]
    )
    assert scores[1] == max(scores)


@pytest.mark.model
def test_both_scripts_are_read_alike(model_home: Path) -> None:
    embedder = SentenceTransformerEmbedder.load(None, model_home)
    simplified, traditional = (
        BesideReading(embedder).closely(asked, [LEAVE, FINE]) for asked in ("结婚请假", "結婚請假")
    )
    assert simplified == traditional


def test_questions_are_embedded_as_questions_and_texts_as_texts() -> None:
    class Noting:
        def __init__(self) -> None:
            self.seen: list[tuple[bool, tuple[str, ...]]] = []

        def token_vectors(
            self, texts: Sequence[str], *, of_questions: bool = False
        ) -> list[Floats]:
            self.seen.append((of_questions, tuple(texts)))
            return [np.ones((3, 384), dtype=np.float32) for _ in texts]

    embedder = Noting()
    CloseReader(embedder).scores("甲", ["乙", "丙"])
    assert embedder.seen == [(True, ("甲",)), (False, ("乙", "丙"))]


def test_with_another_model_no_text_is_ahead(tmp_path: Path) -> None:
    retriever = HybridRetriever(tmp_path / "catalog.sqlite3", tmp_path, HashEmbedder())
    assert retriever.reading.closely("甲", [LEAVE, FINE]) == [0.0, 0.0]
