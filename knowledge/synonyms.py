"""Words of the field that mean the same: `synonyms.yaml`, a file that anyone may extend."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml

from knowledge.tokenization import fold


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    text = resources.files("knowledge").joinpath("synonyms.yaml").read_text("utf-8")
    return tuple(tuple(fold(word) for word in group) for group in yaml.safe_load(text)["groups"])


@lru_cache(maxsize=1)
def _by_word() -> dict[str, tuple[str, ...]]:
    others: dict[str, tuple[str, ...]] = {}
    for group in _groups():
        for word in group:
            others[word] = others.get(word, ()) + tuple(w for w in group if w != word)
    return others


def synonyms_of(word: str) -> tuple[str, ...]:
    """The other words of the groups that hold `word` (folded); empty if there is none."""
    return _by_word().get(word, ())


def synonyms_in(text: str) -> dict[str, tuple[str, ...]]:
    """The words of any group that stand in folded `text`, each with its synonyms.

    Only the longest of overlapping words counts: 社工站 does not also mean 社工.
    """
    found: dict[str, tuple[str, ...]] = {}
    taken = [False] * len(text)
    for word in sorted(_by_word(), key=len, reverse=True):
        start = text.find(word)
        while start >= 0:
            if not any(taken[start : start + len(word)]):
                found[word] = _by_word()[word]
                taken[start : start + len(word)] = [True] * len(word)
            start = text.find(word, start + 1)
    return found
