"""A question as a vector: its own words, and those that statutes have for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import Embedder
from knowledge.lay_words import statute_words
from knowledge.tokenization import simplify


def question_vector(
    embedder: Embedder, text: str, said: Sequence[str] | None = None
) -> NDArray[np.float32]:
    """The unit vector of a question, shape (dimension,).

    `said` holds the words of statutes for its lay words; without it they are looked up.
    """
    words = statute_words(text) if said is None else said
    return embedder.embed_query(simplify(" ".join((text, "、".join(words))) if words else text))
