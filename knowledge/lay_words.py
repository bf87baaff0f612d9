"""What people say, in the words of statutes: `lay_words.yaml`, a file that anyone may extend."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.tokenization import fold, word_edges

# A question of a hundred lay words is none; its search would only drift.
_MOST = 12
_GAP = "…"
"""In a line of the file: up to five other characters (孩子…判给: 孩子以后会判给)."""
_ANYTHING = "[^，。；？！、,.;?!\\s]{0,5}?"
# Folding would make three full stops of the gap.
_GAP_WHILE_FOLDED = "\ue000"


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Folded: the alternatives of each line of the file, and its terms of law."""
    text = resources.files("knowledge").joinpath("lay_words.yaml").read_text("utf-8")
    folded = fold(text.replace(_GAP, _GAP_WHILE_FOLDED)).replace(_GAP_WHILE_FOLDED, _GAP)
    # The parser in C where there is one: the file is long.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(folded)
    return tuple(
        (tuple(str(words).split("|")), tuple(map(str, terms)))
        for group in loader.get_single_data().values()
        for words, terms in group.items()
    )


@lru_cache(maxsize=1)
def _statute_words() -> dict[str, tuple[str, ...]]:
    said: dict[str, tuple[str, ...]] = {}
    for words, terms in _lines():
        for word in words:
            said[word] = said.get(word, ()) + terms
    return said


@lru_cache(maxsize=1)
def _with_gap() -> dict[str, tuple[str, ...]]:
    """The phrases with a gap by their first character, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(_statute_words(), key=len, reverse=True):
        if _GAP in word:
            found[word[0]].append(word)
    return {first: tuple(words) for first, words in found.items()}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _statute_words()))


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(_ANYTHING.join(map(re.escape, word.split(_GAP))))


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
        for end, word in _at(folded, start, edges):
            if end > taken:
                found.append((folded[start:end], _statute_words()[word]))
                if _GAP not in word:
                    taken = end
    return tuple(found)


def _at(folded: str, start: int, edges: frozenset[int]) -> Iterator[tuple[int, str]]:
    """The lay words that begin at `start`: where each ends and its line. One with a gap first."""
    for word in _with_gap().get(folded[start : start + 1], ()):
        match = _pattern(word).match(folded, start)
        if match and match.end() in edges:
            yield match.end(), word
            break
    # The longest first: of 不养老人 it is not the 养老 that is meant.
    for end in range(min(len(folded), start + _longest()), start, -1):
        if end in edges and folded[start:end] in _statute_words():
            yield end, folded[start:end]
            return


def statute_words(question: str) -> tuple[str, ...]:
    """Folded terms of law for the lay words of `question`, in its order, each once.

    Those that the question holds already are left out.
    """
    folded = fold(question)
    terms = (term for _, said in lay_words(question) for term in said if term not in folded)
    return tuple(dict.fromkeys(terms))[:_MOST]
