"""Lay words by their meaning: what a question nearly says, in the words of statutes.

Few people say just what a line of `lay_words.yaml` says. The lines are embedded once for a model
and kept in its folder; a question is also searched with the terms of the lines nearest to it.
What that gains, and where it gains nothing, is in docs/decisions/0014.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.bundled_model import is_bundled
from knowledge.embedding import Embedder, SentenceTransformerEmbedder
from knowledge.lay_words import phrases

# Cosines of the bundled model: two short texts that have nothing in common have .85 to .89.
_NEAR = 0.90
_MOST = 4
"""Lines whose terms a question is searched with."""


class NearLayWords:
    """The lay phrases with their vectors. Safe to use from several threads at once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._vectors: NDArray[np.float32] | None = None
        self._terms: tuple[tuple[str, ...], ...] = ()

    def prepare(self, report: Callable[[str], None] = lambda text: None) -> None:
        """Read the vectors, or make them (some fifteen seconds, once for a model)."""
        with self._lock:
            if self._vectors is not None or not is_bundled(self._embedder.fingerprint):
                return
            said, self._terms = phrases()
            path = self._path(said)
            vectors = _read(path, len(said), self._embedder.dimension)
            if vectors is None:
                report("正在学习口语说法 / learning what people say (once)")
                vectors = self._embedder.embed_passages(said)
                _write(path, vectors)
            self._vectors = vectors.astype(np.float32)

    def terms(self, vector: NDArray[np.float32]) -> tuple[str, ...]:
        """Terms of law of the lines nearest to a question, shape (dimension,), each once."""
        self.prepare()
        if self._vectors is None:
            return ()
        cosines = self._vectors @ vector
        near = np.flatnonzero(cosines >= _NEAR)
        nearest = near[np.argsort(-cosines[near], kind="stable")]
        lines = dict.fromkeys(self._terms[place] for place in nearest.tolist())
        chosen = list(lines)[:_MOST]
        return tuple(dict.fromkeys(term for line in chosen for term in line))

    def _path(self, said: tuple[str, ...]) -> Path | None:
        if not isinstance(self._embedder, SentenceTransformerEmbedder):
            return None
        folder = self._embedder.folder
        told = "\n".join((self._embedder.fingerprint, *said))
        digest = hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]
        return folder / f"lay-words-{digest}.npy" if folder else None


def _read(path: Path | None, rows: int, dimension: int) -> NDArray[np.float32] | None:
    """The vectors kept in `path`; None if there are none or the file is damaged."""
    try:
        found: NDArray[np.float32] | None = np.load(path, allow_pickle=False) if path else None
    except (OSError, ValueError, EOFError):
        return None
    return found if found is not None and found.shape == (rows, dimension) else None


def _write(path: Path | None, vectors: NDArray[np.float32]) -> None:
    """Keep the vectors; where nothing may be written they are made again next time."""
    if path is None:
        return
    try:
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        with aside.open("wb") as file:
            # Half the size; the cosines differ by less than a thousandth.
            np.save(file, vectors.astype(np.float16))
        aside.replace(path)
        # Of former words, and what a killed process left.
        for other in path.parent.glob("lay-words-*"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError:
        return
