"""Vectors of texts that are compared again and again: those of the paragraphs of a rule in focus."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import Embedder


class RememberedVectors:
    """Embeds passages and keeps the vectors of the latest. Safe to use from several threads."""

    def __init__(self, embedder: Embedder, most: int) -> None:
        """Keeps `most` vectors, in memory alone."""
        self._embedder = embedder
        self._most = most
        self._held: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The unit vectors of some passages, shape (passages, dimension)."""
        with self._lock:
            known = {text: self._held[text] for text in texts if text in self._held}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            # Copies: a row of a batch would keep all of it.
            rows = (row.copy() for row in self._embedder.embed_passages(new))
            known.update(zip(new, rows, strict=True))
        with self._lock:
            for text in texts:
                self._held[text] = known[text]
                self._held.move_to_end(text)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return np.stack([known[text] for text in texts])
