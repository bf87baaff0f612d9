"""Learning the weights of `knowledge/ranking.yaml` from the tune halves of the suites.

A pairwise logistic loss: each passage that answers a question against the candidates that do
not, every suite counting the same, with a small ridge. The weights are a dozen plain numbers,
written with where they come from; nothing is learned at run time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from knowledge.ranking import FEATURES, features
from knowledge.retrieval import HybridRetriever, SearchQuery

# Of a question with many right passages only so many count: they are often near-copies.
_RIGHT = 5


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question."""

    table: NDArray[np.float64]
    """Features, shape (candidates, len(FEATURES))."""
    right: NDArray[np.bool_]
    """Which candidates answer it, shape (candidates,)."""


def example(retriever: HybridRetriever, question: str, gold: frozenset[str]) -> Example:
    """The candidates of a question whose answer stands in one of the documents `gold`."""
    terms, candidates = retriever.candidates(SearchQuery(question))
    lexical = retriever.snapshot().lexical
    table = features(question, terms, candidates, lexical.document_frequency, lexical.size)
    right = np.array([c.passage.document_id in gold for c in candidates], dtype=np.bool_)
    return Example(table, right)


def learn(suites: Mapping[str, Sequence[Example]], ridge: float = 1.0) -> dict[str, float]:
    """Weights by feature; each suite counts as much as a hundred questions."""
    pairs: list[tuple[NDArray[np.float64], float]] = []
    for examples in suites.values():
        usable = [e for e in examples if e.right.any() and not e.right.all()]
        for one in usable:
            right, wrong = one.table[one.right][:_RIGHT], one.table[~one.right]
            pairs += [(row - wrong, 100 / len(usable) / len(right)) for row in right]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for difference, share in pairs:
            # log(1 + sum exp(-d·w)): the right one against all wrong ones at once.
            margins = -(difference @ weights)
            top = max(float(margins.max()), 0.0)
            raised = np.exp(margins - top)
            whole = float(np.exp(-top) + raised.sum())
            total += share * (top + float(np.log(whole)))
            slope = slope - share * ((raised / whole) @ difference)
        return total, slope

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return {name: round(float(w), 3) for name, w in zip(FEATURES, found.x, strict=True)}
