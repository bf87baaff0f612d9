"""Where a question is moved before its answers are looked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.embedding import SentenceTransformerEmbedder
from knowledge.question_map import moved

# Question and the rule that answers it, none of them among what the map was learned from.
ANSWERED = (
    (
        "老板一直不给签合同怎么办",
        "用工超过一个月未订立书面劳动合同的，用人单位每月支付二倍的工资。",
    ),
    ("家里揭不开锅了能找谁要钱", "家庭人均收入低于当地标准的，可以申请最低生活保障。"),
    ("老公打我，能不能不让他靠近我", "遭受家庭暴力的当事人可以申请人身安全保护令。"),
    ("打官司没钱请律师", "因经济困难没有委托代理人的公民，可以申请法律援助。"),
)


@pytest.mark.model
def test_questions_come_nearer_to_their_own_rules_than_to_others(fresh_home: Path) -> None:
    embedder = SentenceTransformerEmbedder.load(None, fresh_home)
    asked = np.stack([embedder.embed_query(question) for question, _ in ANSWERED])
    rules = embedder.embed_passages([rule for _, rule in ANSWERED])

    there = np.stack([moved(vector, embedder.fingerprint) for vector in asked])

    assert np.linalg.norm(there, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (ahead(there @ rules.T) > ahead(asked @ rules.T)).all()


def ahead(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each question's own rule is ahead of the mean of the others, shape (questions,)."""
    own = cosines.diagonal()
    others: NDArray[np.float32] = (cosines.sum(axis=1) - own) / (len(own) - 1)
    return own - others


def test_a_vector_of_another_model_stays_where_it_is() -> None:
    vector = np.array([0.6, 0.8], dtype=np.float32)

    assert moved(vector, "another-model-0123") is vector
