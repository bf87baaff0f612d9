"""Makes `knowledge/everyday_questions.npy`, the vectors of the lines of `….tsv` beside it.

    python -m evals.learning.everyday_questions [--out FILE]

Takes some three minutes. A test compares the number of lines, and some of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.factory import build_embedder
from assistant.settings import load_settings
from knowledge.embedding import Embedder
from knowledge.everyday_questions import VECTORS, Asked, asked_articles
from knowledge.packed_vectors import packed
from knowledge.question_vector import question_vector


def main(arguments: Sequence[str] | None = None) -> int:
    """Embed the questions and write their vectors; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=VECTORS, help="the file to write (%(default)s)")
    given = parser.parse_args(arguments)
    embedder = build_embedder(load_settings(), print)
    np.save(given.out, packed(np.stack([mean(embedder, line) for line in asked_articles()])))
    return 0


def mean(embedder: Embedder, line: Asked) -> NDArray[np.float32]:
    """The mean direction of a line's questions, shape (dimension,)."""
    total = np.sum([question_vector(embedder, text) for text in line.questions], axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


if __name__ == "__main__":
    sys.exit(main())
