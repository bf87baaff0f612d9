"""Check index folders from outside: `python -m knowledge.index_probe`.

Run as a process of its own, because a damaged Chroma folder can crash whoever opens it. A line
`[FOLDER, PASSAGES]` asks; `[FOLDER, PROBLEM]` answers, with an empty text where all is well: both
indexes and the file of vectors open, hold the same PASSAGES passages, and a search reaches them.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import TextIO

import numpy as np

from knowledge.errors import SearchIndexError
from knowledge.lexical import LexicalIndex
from knowledge.vector_file import VectorFile
from knowledge.vectors import DenseIndex, load_engine

# The approximate search may miss a few of the passages it holds.
_REACHED_SHARE = 0.95
_ASKED = 200
# Cosine of a vector with itself, in float16.
_SAME = 0.99
_IDLE_SECONDS = 120.0
"""Nobody has asked for so long that the next one may wait for a new process."""
_LIMIT_SECONDS = 600
"""Opening a million passages takes seconds; longer is a hang."""


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
        if not np.array_equal(np.sort(dense.keys()), vectors.keys()):
            return "the file of vectors holds other passages than the dense index"
        (nearest,) = vectors.search(vector / np.linalg.norm(vector), 1)[1]
        if nearest < _SAME:
            return f"the file of vectors lost one: {nearest:.3f}"
    return ""


def serve(questions: TextIO, answers: TextIO) -> None:
    """Answer line by line, until there are no more, or none has come for two minutes."""
    load_engine()
    while _is_asked(questions) and (line := questions.readline()):
        folder, passages = json.loads(line)
        answers.write(json.dumps([folder, _in_a_fork(Path(folder), int(passages))]) + "\n")
        answers.flush()


def _is_asked(questions: TextIO) -> bool:
    """Wait for a line, or for the end; False if neither came in time."""
    if os.name == "nt":  # a pipe cannot be waited for there
        return True
    return bool(select.select([questions], [], [], _IDLE_SECONDS)[0])


def _in_a_fork(folder: Path, passages: int) -> str:
    """As `probe`, in a process of its own where the system has such."""
    if not hasattr(os, "fork"):
        return probe(folder, passages)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            # What it prints is no answer, and nobody waits for it when the program is gone.
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 0)
            os.dup2(nothing, 1)
            signal.alarm(_LIMIT_SECONDS)
            os.write(writing, probe(folder, passages).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        problem = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    return problem if problem or not status else f"its reader died ({status})"


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
