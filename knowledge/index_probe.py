"""Check one index folder from outside: `python -m knowledge.index_probe FOLDER PASSAGES`.

Run as a process of its own, because a damaged Chroma folder can crash whoever opens it. Exit
code 0: both indexes and the file of vectors open, hold PASSAGES passages, and a search reaches
them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from knowledge.errors import SearchIndexError
from knowledge.lexical import LexicalIndex
from knowledge.vector_file import VectorFile
from knowledge.vectors import DenseIndex

# The approximate search may miss a few of the passages it holds.
_REACHED_SHARE = 0.95
_ASKED = 200


def probe(folder: Path, passages: int) -> str:
    """What is wrong with the folder, or an empty string."""
    try:
        dense, lexical = DenseIndex(folder / "dense"), LexicalIndex(folder / "lexical")
        vectors = VectorFile(folder / "vectors")
    except SearchIndexError as error:
        return error.message_en
    if {dense.size, lexical.size, vectors.size} != {passages}:
        sizes = f"dense {dense.size}, lexical {lexical.size}, vectors {vectors.size}"
        return f"{sizes}, catalogue {passages}"
    asked = min(_ASKED, passages)
    if asked:
        # A folder that lost its vectors still counts them, but a search no longer finds them.
        vector = dense.any_vector()
        reached, _ = dense.search(vector / np.linalg.norm(vector), asked)
        if len(set(reached.tolist())) < asked * _REACHED_SHARE:
            return f"a search reaches {len(reached)} of {asked} passages"
    return ""


if __name__ == "__main__":
    problem = probe(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stderr.write(problem)
    sys.exit(1 if problem else 0)
