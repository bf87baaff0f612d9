"""The subject words of a question, weighted by how rare they are in this library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.question import ParsedQuestion
from assistant.question_terms import VERB_WEIGHT, WEAK_WEIGHT
from knowledge.rarity import rarity
from knowledge.synonyms import synonyms_for
from knowledge.tokenization import compound_parts

_STAFF = "人员"
_SYNONYM = 0.9
_PARTIAL = 0.7


@dataclass(frozen=True, slots=True)
class Need:
    """A subject word of the question with its weight in this library."""

    word: str
    weight: float
    others: tuple[str, ...]
    """Words that mean the same."""
    is_weak: bool = False
    """True for a word that stands in every policy and proves nothing."""
    rarity: float = 1.0
    """How rare the word is in this library, 0.5 to 1, whatever its part of speech."""
    parts: tuple[tuple[str, ...], ...] = ()
    """The words a compound is made of, each with what means the same."""


Frequency = Callable[[str], int]


def question_needs(
    question: ParsedQuestion, frequency: Frequency, passages: int
) -> tuple[Need, ...]:
    """The question's subject words, weighted by rarity among `passages` passages."""
    needs = []
    for term in question.terms:
        others = synonyms_for(term.word)
        seen = max((frequency(word) for word in (term.word, *others)), default=0)
        # The inverse document frequency of BM25 as a share of its greatest value. Half is kept
        # for every word: in a small library it is chance how often a word stands.
        rare = 0.5 + 0.5 * rarity(seen, passages) / rarity(0, passages)
        weight = term.weight * rare
        if not seen and term.weight == VERB_WEIGHT:
            # The library may say the same with another verb.
            weight *= 0.4
        parts = tuple((part, *synonyms_for(part)) for part in compound_parts(term.word))
        is_weak = term.weight <= WEAK_WEIGHT
        needs.append(Need(term.word, weight, others, is_weak, rare, parts))
    return tuple(needs)


def need_hit(need: Need, text: str) -> float:
    """How far one word stands in folded `text`: 1 itself, less for a synonym or a part."""
    if not text:
        return 0.0
    if _stands(need.word, text):
        return 1.0
    if any(_stands(word, text) for word in need.others):
        return _SYNONYM
    if need.parts:
        found = sum(any(word in text for word in part) for part in need.parts)
        return _SYNONYM * found / len(need.parts)
    if len(need.word) > 2 and not need.word.isascii():
        pairs = [need.word[i : i + 2] for i in range(len(need.word) - 1)]
        return _PARTIAL * sum(pair in text for pair in pairs) / len(pairs)
    return 0.0


def _stands(word: str, text: str) -> bool:
    """True if `word` stands in `text` other than in the name of those who work there.

    医务人员 are no 医务.
    """
    if word not in text:
        return False
    staff = word + _STAFF
    return staff not in text or word in text.replace(staff, "")
