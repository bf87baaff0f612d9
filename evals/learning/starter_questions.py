"""Makes `knowledge/starter_questions.npy`, the vectors of the questions of `….tsv` beside it.

    python -m evals.learning.starter_questions [--out FILE]

Takes half a minute. A test compares the number of questions, and some of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.factory import build_embedder
from assistant.settings import load_settings
from knowledge.packed_vectors import packed
from knowledge.starter_questions import VECTORS, asked_of_sentences, asked_vector


def main(arguments: Sequence[str] | None = None) -> int:
    """Embed the questions and write their vectors; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=VECTORS, help="the file to write (%(default)s)")
    given = parser.parse_args(arguments)
    embedder = build_embedder(load_settings(), print)
    questions = [question for asked in asked_of_sentences() for question in asked.questions]
    np.save(given.out, packed(np.stack([asked_vector(embedder, q) for q in questions])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
