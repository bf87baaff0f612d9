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
from dataclasses import dataclass
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
LIKELY = Path(__file__).with_name("likely_reading.npz")
"""Made by `python -m evals.learning.close_reading --likely`."""
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
    """Reads a question and texts together. Safe to use from several threads."""

    def __init__(
        self, embedder: TokenEmbedder, weights: Mapping[str, Floats] | None = None
    ) -> None:
        """Without `weights` those of the bundled model: with the tokens of another they mean nothing.

        By name: of layers `….weight`, shape (inputs, outputs), and `….bias`; and what the cosine counts.
        """
        self._embedder = embedder
        self._weights = _kept(FILE) if weights is None else weights

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question.

        Between the texts of one question a difference is about that of the logarithms of the odds; of two
        questions nothing but that is comparable.
        """
        return self.scores_of([question], texts)[0]

    def scores_of(self, questions: Sequence[str], texts: Sequence[str]) -> list[list[float]]:
        """The same of each of some questions; the texts are embedded once."""
        if not texts or not questions:
            return [[] for _ in questions]
        asked = self._embedder.token_vectors(questions, of_questions=True)
        put = [self._put(tokens[:TOKENS]) for tokens in asked]
        read = [tokens[:TOKENS] for tokens in self._embedder.token_vectors(texts)]
        return [[self._score(one, text) for text in read] for one in put]

    def _put(self, tokens: Floats) -> _Asked:
        sought, own = _by_head(self._linear("query", tokens)), self._linear("own", tokens)
        return _Asked(_unit(tokens.mean(axis=0)), sought, own)

    def _score(self, asked: _Asked, text: Floats) -> float:
        keys, values = (_by_head(self._linear(name, text)) for name in ("key", "value"))
        likeness = asked.sought @ keys.transpose(0, 2, 1) / math.sqrt(keys.shape[-1])
        highest = likeness.max(axis=-1, keepdims=True)
        raised = np.exp(likeness - highest)
        total = raised.sum(axis=-1, keepdims=True)
        # Shape (heads, tokens): how much each token finds, above what any text would give it.
        found = (np.log(total) + highest)[..., 0] - math.log(len(text))
        own = asked.own
        like = ((raised @ values) / total).transpose(1, 0, 2).reshape(own.shape)
        signs = np.concatenate((like, own * like, np.abs(own - like), found.T), axis=1)
        told = _gelu(self._linear("second", _gelu(self._linear("first", signs))))
        weight = self._linear("gate", np.concatenate((told, own), axis=1))
        weight = np.exp(weight - weight.max())
        weight /= weight.sum()
        together = np.concatenate(((told * weight).sum(axis=0), told.max(axis=0)))
        near = float(asked.mean @ _unit(text.mean(axis=0)))
        steepness, usual, shift = (float(value) for value in self._weights["cosine"])
        said = self._linear("score", _gelu(self._linear("third", together[None])))
        return float(said[0, 0]) + steepness * (near - usual) + shift

    def _linear(self, name: str, rows: Floats) -> Floats:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return np.asarray(rows @ weight + bias, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class BesideReading:
    """Reads texts beside questions with the tokens of a model; all 0 with another than the bundled one."""

    embedder: Embedder

    def closely(self, question: str, texts: Sequence[str]) -> list[float]:
        """As `CloseReader.scores`, in simplified script."""
        return self.closely_for([question], texts)[0]

    def closely_for(self, questions: Sequence[str], texts: Sequence[str]) -> list[list[float]]:
        """The same for each of some questions, by question."""
        return _read(self.embedder, FILE, questions, texts)

    def likely(self, question: str, texts: Sequence[str]) -> list[float]:
        """How likely each text answers a question, as logarithms of odds.

        Unlike those of `closely` they can be compared between questions: the weights were learned to tell
        what answers from what nearly does, and not only which of some texts is the best.
        """
        return _read(self.embedder, LIKELY, [question], texts)[0]


def _read(
    embedder: Embedder, file: Path, questions: Sequence[str], texts: Sequence[str]
) -> list[list[float]]:
    if not (is_bundled(embedder.fingerprint) and isinstance(embedder, TokenEmbedder)):
        return [[0.0] * len(texts) for _ in questions]
    reader = CloseReader(embedder, _kept(file))
    return reader.scores_of(list(map(simplify, questions)), list(map(simplify, texts)))


class _Asked(NamedTuple):
    """A question as it is put to each text."""

    mean: Floats
    sought: Floats
    """What each token looks for, by heads."""
    own: Floats
    """What each token is compared with once it has found its like."""


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
def _kept(file: Path) -> Mapping[str, Floats]:
    with np.load(file, allow_pickle=False) as held:
        return {name: held[name].astype(np.float32) for name in held.files}
