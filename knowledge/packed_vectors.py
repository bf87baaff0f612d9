"""Vectors of the bundled model as they are kept in a file: eight bits a component."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# No component of a vector of the bundled model is larger.
_LARGEST = 0.2


def packed(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Unit vectors as they are kept in the file, shape as given."""
    steps = np.rint(vectors * (127 / _LARGEST))
    return np.asarray(np.clip(steps, -127, 127), dtype=np.int8)


def unpacked(file: Path) -> NDArray[np.float32]:
    """The unit vectors that a file keeps, shape (vectors, dimension)."""
    rows = np.load(file, allow_pickle=False).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
