"""Vectors that are kept are not computed again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.remembered_vectors import RememberedVectors


class Counting:
    """Embeds a text as its length, and counts."""

    dimension = 1
    fingerprint = "counting"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self.embed_passages([text])[0]


def test_each_text_is_embedded_once() -> None:
    embedder = Counting()
    vectors = RememberedVectors(embedder, 3)
    assert vectors.of(["甲", "乙乙", "甲"])[:, 0].tolist() == [1, 2, 1]
    assert vectors.of(["乙乙", "丙丙丙"])[:, 0].tolist() == [2, 3]
    assert embedder.embedded == ["甲", "乙乙", "丙丙丙"]


def test_the_oldest_are_forgotten() -> None:
    embedder = Counting()
    vectors = RememberedVectors(embedder, 2)
    vectors.of(["甲", "乙"])
    vectors.of(["甲", "丙"])
    vectors.of(["甲", "乙"])
    assert embedder.embedded == ["甲", "乙", "丙", "乙"]
