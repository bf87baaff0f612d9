"""A question and a text read together, with the bundled model and with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.close_reading import CloseReader
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
    reader = CloseReader(SentenceTransformerEmbedder.load(None, model_home))
    texts = [LEAVE, FINE, STAMP]
    (scores,) = reader.scores([question], texts)
    assert texts[scores.index(max(scores))] == answer


def test_with_another_model_no_text_is_ahead(tmp_path: Path) -> None:
    retriever = HybridRetriever(tmp_path / "catalog.sqlite3", tmp_path, HashEmbedder())
    assert retriever.read_closely(["甲", "乙"], [LEAVE, FINE]) == [[0.0, 0.0], [0.0, 0.0]]
