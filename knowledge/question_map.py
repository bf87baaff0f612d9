"""From where a question lies to where its answer lies, among the bundled model's vectors.

The model puts a question in everyday words near other everyday words. A linear map, learned from
questions and the passages that answer them (docs/decisions/0015), moves it towards the rules. Only
the search for passages uses it: what a cosine says about nearness stays as the model has it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.bundled_model import is_bundled

FILE = Path(__file__).with_name("question_map.npy")
"""Made by `python -m evals.learning.question_map`."""


def moved(vector: NDArray[np.float32], fingerprint: str) -> NDArray[np.float32]:
    """The question's unit vector where its answers are looked for.

    Shape (dimension,), or (questions, dimension) for several.

    `fingerprint` is the model's: vectors of any other than the bundled one stay where they are.
    """
    if not is_bundled(fingerprint):
        return vector
    there = vector + vector @ _map()
    length = np.linalg.norm(there, axis=-1, keepdims=True)
    return np.asarray(there / length, dtype=np.float32)


@cache
def _map() -> NDArray[np.float32]:
    """What is added to a vector, as a matrix, shape (dimension, dimension)."""
    return np.asarray(np.load(FILE, allow_pickle=False), dtype=np.float32)
