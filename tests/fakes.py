"""Small real stand-ins, with results that can be worked out on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


class HashEmbedder:
    """An `Embedder` that counts characters.

    Character c adds 1 to position `ord(c) % dimension`; the vector is then brought to unit
    length. Two texts of the same characters have cosine 1, two without a common position 0:
    with the default dimension, "甲乙" against "甲丙" gives 1/2. White space is not counted;
    a text without characters is the first axis.
    """

    def __init__(self, dimension: int = 97) -> None:
        self._dimension = dimension
        self.texts_embedded = 0
        """Passages embedded so far: tells a test whether unchanged ones were embedded again."""

    @property
    def fingerprint(self) -> str:
        return f"hash-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self._dimension, np.float32)
        for character in "".join(text.split()):
            vector[ord(character) % self._dimension] += 1
        if not vector.any():
            vector[0] = 1
        return vector / np.float32(np.linalg.norm(vector))

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self._dimension), np.float32)
        for index, text in enumerate(texts):
            rows[index] = self.embed_query(text)
            if progress is not None:
                progress(index + 1)
        self.texts_embedded += len(texts)
        return rows
