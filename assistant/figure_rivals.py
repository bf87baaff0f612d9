"""Figures of one article that fit a question about as well: the one that its words tell, or all of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.found import Found
from knowledge.figures import Figure, same_figure
from knowledge.synonyms import is_said

_WORDS, _AS_WELL, _TIED = 0.1, 0.12, 0.02
# A list of so many items, and of so many characters, is told whole.
_ITEMS, _LIST = 2, 500


@dataclass(frozen=True, slots=True)
class Rival:
    """A figure that may be the one, with the folded part of its sentence that it stands in."""

    found: Found
    figure: Figure
    segment: str


def told_apart(best: Found, rivals: Sequence[Rival], words: Sequence[str]) -> tuple[Found, bool]:
    """Of the figures of one article that fit about as well, the one with the words that tell them apart.

    二等功 is no 二等战功, and 中度失能 none of 轻度失能. And whether any words of the question do.
    """
    near = [
        rival
        for rival in rivals
        if rival.found.block.passages == best.block.passages
        and rival.found.score >= best.score - _WORDS
    ]
    said = {word: [is_said(word, rival.segment) for rival in near] for word in words}
    telling = [word for word in words if any(said[word]) and not all(said[word])]

    def fit(rival: Rival) -> float:
        stand = sum(is_said(word, rival.segment) for word in telling)
        return rival.found.score + _WORDS * stand / max(len(telling), 1)

    return max(near, key=fit).found, bool(telling)


def listed(best: Found, rivals: Sequence[Rival]) -> Found | None:
    """The whole list whose items set a figure each, where the question tells none of them from the others."""
    block = best.block
    tied = {
        rival.found.quotes[0].start
        for rival in rivals
        if rival.found.block == block and rival.found.score > best.score - _TIED
    }
    if len(tied) < _ITEMS or len(block.items) < _ITEMS or len(block.whole.text) > _LIST:
        return None
    return replace(best, quotes=(block.whole,), value="", value_start=-1)


def is_tied(best: Found, rivals: Sequence[Rival]) -> bool:
    """True if another figure of the sentence answers as well: 七级 has one sum for each of two aids."""
    if not best.value:
        return False
    own = next(rival for rival in rivals if rival.found == best)
    return any(
        rival.found.score > best.score - _TIED
        and rival.found.block.passages == best.block.passages
        and rival.found.quotes[0].start == best.quotes[0].start
        and rival.figure.unit == own.figure.unit
        and rival.found.value != best.value
        for rival in rivals
    )


def as_well(best: Found, rivals: Sequence[Rival]) -> Found | None:
    """What another paragraph of the article sets in the same unit, about as well for what is asked."""
    own = next((rival for rival in rivals if rival.found is best), None)
    near = [
        rival
        for rival in rivals
        if own
        and rival.found.block.passages == best.block.passages
        and rival.found.block != best.block
        and rival.figure.unit == own.figure.unit
        and not same_figure(rival.figure, own.figure)
        and rival.found.score > best.score - _AS_WELL
    ]
    return max(near, key=lambda rival: rival.found.score).found if near else None
