"""Paragraphs in the order in which their signs put them, and how sure that order is.

First by signs that are quickly had; then the first few are read beside the question, token by token
(`knowledge/close_reading.py`), and all are put in order anew, by other weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from assistant.rule_blocks import Block

Weights = Mapping[str, Mapping[str, float]]
"""By name, of the signs in `ranking`, in `rereading` and in `telling`."""
Closeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How well each of some texts answers a question."""

REREAD = 8
"""So many are read: to read one takes some five milliseconds, and twenty are ordered no better."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paragraph, and how well it answers."""

    block: Block
    score: float
    signs: Mapping[str, float]


@cache
def weights_in(file: Path) -> Weights:
    """The weights that a file holds."""
    weights: dict[str, dict[str, float]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return weights


def best_first(
    blocks: Sequence[Block], signs: Sequence[Mapping[str, float]], weights: Mapping[str, float]
) -> list[Ranked]:
    """Paragraphs by the weighed sums of their signs."""
    scored = (
        Ranked(block, weighed(own, weights), own) for block, own in zip(blocks, signs, strict=True)
    )
    return sorted(scored, key=lambda one: -one.score)


def reread(
    ranked: Sequence[Ranked], asked: str, closely: Closeness, weights: Mapping[str, float]
) -> list[Ranked]:
    """The paragraphs, best first, with the sign `closely`: how well each answers what is asked.

    Those that are not read have the least that one read has, and one of them may still come first.
    """
    first = ranked[:REREAD]
    read = closely(asked, [one.block.opening for one in first])
    again = []
    for place, one in enumerate(ranked):
        signs = {**one.signs, "closely": read[place] if place < len(first) else min(read)}
        again.append(replace(one, score=weighed(signs, weights), signs=signs))
    return sorted(again, key=lambda one: -one.score)


def probability(ranked: Sequence[Ranked], weights: Weights) -> float:
    """How probably the first of some paragraphs answers, 0 to 1."""
    telling, first = weights["telling"], ranked[0]
    lead = first.score - ranked[1].score if len(ranked) > 1 else 0.0
    signs = {**first.signs, "lead": lead, "intercept": 1.0}
    return 1 / (1 + math.exp(-weighed(signs, telling)))


def weighed(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of the signs that have weights."""
    return sum(weight * signs[name] for name, weight in weights.items())
