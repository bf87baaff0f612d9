"""A claim beside its evidence: which sentences and clauses say the same.

Likeness is the share of a clause's character pairs that the other one holds, figures and words
of modality left out: word order and small words hardly matter, another subject does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.figures import find_figures
from knowledge.sentences import clauses, sentences
from knowledge.tokenization import fold

_WORD = re.compile(r"[0-9a-z㐀-鿿]")
_FILLER = re.compile(
    r"[的了和与及在对为等中将已其该并且也而于以]|应当|应该|必须|可以|不得|不能|禁止"
)
_MAX_WINDOW = 5


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text with its place in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AlignedClause:
    """A clause of a claim with the clause of the evidence that says most of the same."""

    said: Clause
    found: Clause
    likeness: float
    """Share of the claim's pairs that the evidence's clause holds, 0 to 1."""


def split_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, in order."""
    found = []
    for sentence in sentences(text):
        for span in clauses(text, sentence.start, sentence.end):
            found.append(Clause(span.of(text), span.start, span.end))
    return tuple(found)


def sentence_clauses(text: str) -> list[Clause]:
    """The sentences of `text` with their places."""
    return [Clause(span.of(text), span.start, span.end) for span in sentences(text)]


def best_window(claim: str, evidence: str) -> tuple[Clause, ...]:
    """The sentences of `evidence` that together hold most of the claim, best first; at most five.

    Each further one must add something that the ones before lack.
    """
    wanted = set(pairs(claim))
    options = sentence_clauses(evidence)
    held = {option: wanted & set(pairs(option.text)) for option in options}
    chosen: list[Clause] = []
    covered: set[str] = set()
    while options and len(chosen) < _MAX_WINDOW:
        best = max(options, key=lambda option: (len(held[option] - covered), -option.start))
        gain = held[best] - covered
        if not gain or (chosen and len(gain) < 2):
            break
        chosen.append(best)
        covered |= gain
        options.remove(best)
    return tuple(chosen)


def align_clauses(claim: str, window: Sequence[Clause]) -> tuple[AlignedClause, ...]:
    """For each clause of `claim` the most like clause of the window; none for bare ones."""
    offered = [
        Clause(part.text, sentence.start + part.start, sentence.start + part.end)
        for sentence in window
        for part in split_clauses(sentence.text)
    ]
    aligned = []
    for said in split_clauses(claim):
        wanted = set(pairs(said.text))
        if not wanted or not offered:
            continue
        best = max(offered, key=lambda clause: _likeness(wanted, clause.text))
        aligned.append(AlignedClause(said, best, _likeness(wanted, best.text)))
    return tuple(aligned)


def _likeness(wanted: set[str], text: str) -> float:
    held = set(pairs(text))
    shared = len(wanted & held)
    # Mostly: does it hold the claim's pairs; a little: does it hold not much else.
    return 0.85 * shared / len(wanted) + 0.15 * shared / max(len(held), 1)


@lru_cache(maxsize=8192)
def pairs(text: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters of `text` without its figures, filler and punctuation."""
    folded = _FILLER.sub("", fold(without_figures(text)))
    kept = "".join(char for char in folded if _WORD.match(char))
    if len(kept) == 1:
        return (kept,)
    return tuple(dict.fromkeys(kept[i : i + 2] for i in range(len(kept) - 1)))


@lru_cache(maxsize=8192)
def without_figures(text: str) -> str:
    """`text` with a blank in the place of each figure: 自2021年起 holds no word 自起."""
    parts, position = [], 0
    for figure in find_figures(text):
        parts.append(text[position : figure.start])
        position = figure.end
    return " ".join((*parts, text[position:]))
