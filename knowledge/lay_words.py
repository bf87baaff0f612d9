"""What people say, in the words of statutes: `lay_words.yaml`, a file that anyone may extend."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.tokenization import fold, word_edges

# A question of a hundred lay words is none; its search would only drift.
_MOST = 12
_GAP = "…"
"""In a line of the file: up to five other characters (孩子…判给: 孩子以后会判给)."""
_ANYTHING = "[^，。；？！、,.;?!\\s]{0,5}?"


@lru_cache(maxsize=1)
def _statute_words() -> dict[str, tuple[str, ...]]:
    text = resources.files("knowledge").joinpath("lay_words.yaml").read_text("utf-8")
    said: dict[str, tuple[str, ...]] = {}
    for group in yaml.safe_load(text).values():
        for alternatives, terms in group.items():
            for alternative in str(alternatives).split("|"):
                # Folding would make three full stops of the gap.
                word = _GAP.join(map(fold, alternative.split(_GAP)))
                said[word] = said.get(word, ()) + tuple(map(fold, terms))
    return said


@lru_cache(maxsize=1)
def _lay_words() -> re.Pattern[str]:
    # The longest first: of 不养老人 it is not the 养老 that is meant.
    words = sorted(_statute_words(), key=len, reverse=True)
    return re.compile("|".join(map(_pattern, words)))


@lru_cache(maxsize=1)
def _with_gap() -> tuple[tuple[re.Pattern[str], str], ...]:
    words = sorted((word for word in _statute_words() if _GAP in word), key=len, reverse=True)
    return tuple((re.compile(_pattern(word)), word) for word in words)


def _pattern(word: str) -> str:
    return _ANYTHING.join(map(re.escape, word.split(_GAP)))


def _terms_of(said: str) -> tuple[str, ...]:
    """The terms of law for what the pattern of all lay words has found."""
    if terms := _statute_words().get(said):
        return terms
    word = next(word for pattern, word in _with_gap() if pattern.fullmatch(said))
    return _statute_words()[word]


@lru_cache(maxsize=256)
def lay_words(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lay words of `question`, folded, in its order, each with its terms of law.

    A lay word begins and ends where words do: in 三种地方 nobody farms (种地). One inside another
    counts only where that has a gap: in 不养老人 there is no 养老.
    """
    folded = fold(question)
    edges = word_edges(folded)
    found: list[tuple[str, tuple[str, ...]]] = []
    taken = 0
    for start in sorted(edges):
        match = _lay_words().match(folded, start)
        if match is None or match.end() not in edges or match.end() <= taken:
            continue
        said = match.group()
        found.append((said, _terms_of(said)))
        if said in _statute_words():
            taken = match.end()
    return tuple(found)


def statute_words(question: str) -> tuple[str, ...]:
    """Folded terms of law for the lay words of `question`, in its order, each once.

    Those that the question holds already are left out.
    """
    folded = fold(question)
    terms = (term for _, said in lay_words(question) for term in said if term not in folded)
    return tuple(dict.fromkeys(terms))[:_MOST]
