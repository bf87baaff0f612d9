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


@lru_cache(maxsize=4096)
def synonyms_for(word: str) -> tuple[str, ...]:
    """What else may stand for folded `word`; empty if nothing is known.

    A compound also finds its part's synonyms (平均工资 → 平均薪酬, 老人家 → 老年人): the longest part
    that a group holds is put in its place, or stands alone if the rest is one character.
    """
    known = _by_word()
    if word in known:
        return known[word]
    parts = (
        word[start : start + length]
        for length in range(len(word) - 1, 1, -1)
        for start in range(len(word) - length + 1)
    )
    part = next((part for part in parts if part in known), None)
    if part is None:
        return ()
    if len(word) - len(part) == 1:
        return (part, *known[part])
    return tuple(word.replace(part, other) for other in known[part])


def is_synonym(word: str) -> bool:
    """True if a group holds folded `word` itself."""
    return word in _by_word()


def is_said(word: str, folded: str) -> bool:
    """True if folded `word`, or what may stand for it, is in the folded text."""
    return any(name in folded for name in (word, *synonyms_for(word)))


def compounds_in(folded: str) -> tuple[str, ...]:
    """The words of four characters and more that groups hold and a folded text says, longest first."""
    found = (word for word in _by_word() if len(word) > 3 and word in folded)
    return tuple(sorted(found, key=len, reverse=True))
