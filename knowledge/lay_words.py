"""What people say, in the words of statutes: `lay_words.yaml`, a file that anyone may extend."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.tokenization import fold, word_edges

# A question of a hundred lay words is none; its search would only drift.
_MOST = 12


@lru_cache(maxsize=1)
def _statute_words() -> dict[str, tuple[str, ...]]:
    text = resources.files("knowledge").joinpath("lay_words.yaml").read_text("utf-8")
    said: dict[str, tuple[str, ...]] = {}
    for group in yaml.safe_load(text).values():
        for alternatives, terms in group.items():
            for word in str(alternatives).split("|"):
                said[fold(word)] = said.get(fold(word), ()) + tuple(map(fold, terms))
    return said


@lru_cache(maxsize=1)
def _lay_words() -> re.Pattern[str]:
    # The longest first: of 不养老人 it is not the 养老 that is meant.
    words = sorted(_statute_words(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def lay_words(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lay words of `question`, folded, in its order, each with its terms of law.

    A lay word begins and ends where words do: in 三种地方 nobody farms (种地).
    """
    folded = fold(question)
    edges = word_edges(folded)
    return tuple(
        (match.group(), _statute_words()[match.group()])
        for match in _lay_words().finditer(folded)
        if {*match.span()} <= edges
    )


def statute_words(question: str) -> tuple[str, ...]:
    """Folded terms of law for the lay words of `question`, in its order, each once.

    Those that the question holds already are left out.
    """
    folded = fold(question)
    terms = (term for _, said in lay_words(question) for term in said if term not in folded)
    return tuple(dict.fromkeys(terms))[:_MOST]
