"""How well a text answers a question: both are read together, token by token.

A cosine compares two vectors that were made apart. Here each token of the question looks for its
like among the tokens of the text, in four ways at once; what it finds is weighed, and so are the
tokens. The tokens are those of the bundled model, the weights were learned from what people ask about
each article (`everyday_questions.tsv`, docs/decisions/0022). After Parikh and others, A Decomposable
Attention Model for Natural Language Inference (2016).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from knowledge.bundled_model import is_bundled
from knowledge.embedding import Embedder
from knowledge.tokenization import simplify

Floats = NDArray[np.float32]

FILE = Path(__file__).with_name("close_reading.npz")
"""Made by `python -m evals.learning.close_reading`."""
HEADS = 4
"""Ways in which a token looks for its like; each has as many of the dimensions."""
TOKENS = 128
"""So many tokens of a question and of a text are read; what stands behind them is not."""


@runtime_checkable
class TokenEmbedder(Protocol):
    """A model whose single tokens have vectors."""

    def token_vectors(self, texts: Sequence[str], *, of_questions: bool = False) -> list[Floats]:
        """The vectors of the tokens of each text, shape (tokens, dimension)."""


class CloseReader:
    """Reads questions and texts together. Safe to use from several threads."""

    def __init__(
        self, embedder: TokenEmbedder, weights: Mapping[str, Floats] | None = None
    ) -> None:
        """Without `weights` those of the bundled model: with the tokens of another they mean nothing.

        By name: of layers `….weight`, shape (inputs, outputs), and `….bias`; and what the cosine counts.
        """
        self._embedder = embedder
        self._weights = _kept() if weights is None else weights

    def scores(self, questions: Sequence[str], texts: Sequence[str]) -> list[list[float]]:
        """Of each question how well each text answers it.

        Between the texts of one question a difference is about that of the logarithms of the odds; of two
        questions nothing but that is comparable.
        """
        if not texts:
            return [[] for _ in questions]
        asked = self._embedder.token_vectors(questions, of_questions=True)
        vectors = self._embedder.token_vectors(texts)
        read = [self._read(tokens[:TOKENS]) for tokens in vectors]
        return [[self._score(tokens[:TOKENS], text) for text in read] for tokens in asked]

    def _read(self, tokens: Floats) -> _Read:
        keys, values = self._linear("key", tokens), self._linear("value", tokens)
        return _Read(_unit(tokens.mean(axis=0)), _by_head(keys), _by_head(values))

    def _score(self, question: Floats, text: _Read) -> float:
        sought = _by_head(self._linear("query", question))
        likeness = sought @ text.keys.transpose(0, 2, 1) / math.sqrt(sought.shape[-1])
        highest = likeness.max(axis=-1, keepdims=True)
        raised = np.exp(likeness - highest)
        total = raised.sum(axis=-1, keepdims=True)
        # Shape (heads, tokens): how much each token finds, above what any text would give it.
        found = (np.log(total) + highest)[..., 0] - math.log(text.keys.shape[1])
        like = ((raised @ text.values) / total).transpose(1, 0, 2).reshape(len(question), -1)
        own = self._linear("own", question)
        signs = np.concatenate((like, own * like, np.abs(own - like), found.T), axis=1)
        told = _gelu(self._linear("second", _gelu(self._linear("first", signs))))
        weight = self._linear("gate", np.concatenate((told, own), axis=1))
        weight = np.exp(weight - weight.max())
        weight /= weight.sum()
        together = np.concatenate(((told * weight).sum(axis=0), told.max(axis=0)))
        near = float(_unit(question.mean(axis=0)) @ text.mean)
        steepness, usual, shift = (float(value) for value in self._weights["cosine"])
        said = self._linear("score", _gelu(self._linear("third", together[None])))
        return float(said[0, 0]) + steepness * (near - usual) + shift

    def _linear(self, name: str, rows: Floats) -> Floats:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return np.asarray(rows @ weight + bias, dtype=np.float32)


def read_closely(
    embedder: Embedder, questions: Sequence[str], texts: Sequence[str]
) -> list[list[float]]:
    """As `CloseReader.scores`, in simplified script; all 0 with another model than the bundled one."""
    if not (is_bundled(embedder.fingerprint) and isinstance(embedder, TokenEmbedder)):
        return [[0.0] * len(texts) for _ in questions]
    reader = CloseReader(embedder)
    return reader.scores([simplify(text) for text in questions], [simplify(text) for text in texts])


class _Read(NamedTuple):
    """A text as the tokens of a question find it."""

    mean: Floats
    keys: Floats
    values: Floats


def _by_head(rows: Floats) -> Floats:
    """Shape (tokens, dimension) → (heads, tokens, dimension ÷ heads)."""
    return rows.reshape(len(rows), HEADS, -1).transpose(1, 0, 2)


def _gelu(values: Floats) -> Floats:
    """Hendrycks and Gimpel, Gaussian Error Linear Units (2016), by its approximation."""
    inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**3)
    return np.asarray(0.5 * values * (1 + np.tanh(inner)), dtype=np.float32)


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)


@cache
def _kept() -> Mapping[str, Floats]:
    with np.load(FILE, allow_pickle=False) as held:
        return {name: held[name].astype(np.float32) for name in held.files}
