"""What the evidence gives as the value asked for, and how many documents give it.

Each value of the kind asked for is weighed where it stands: by the words of the question around
it, the nearer the better, and by what speaks against it (another year, another 届, a plan where
a result is asked for, a sentence that itself asks). Equal values of several documents are one
candidate; the documents that give it are its support.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Statement
from assistant.needs import Need
from assistant.sufficiency_asked import AskedValue
from assistant.sufficiency_sentence import WeighedSentence, folded_text
from knowledge.values import Value, find_values, same_value

# Sentences further behind the best one are not looked at.
_LOOKED_AT = 60
# A word this near to the value counts in full; further off it loses, to no less than _FAR.
_NEAR, _FADE, _FAR = 6, 60, 0.3
# A person or a name proves nothing by being named: it must stand by the word it belongs to.
_APART = {"who": 0.75, "name": 0.6, "other": 0.6}
# Kinds whose values are written in a shorter and a longer way: 1月17日, 阿尔巴尼斯.
_ABBREVIATED = frozenset({"who", "date"})
# What a further document adds to a candidate, and from what share of the best weight on it
# counts as support.
_FURTHER, _SUPPORTS = 0.25, 0.6


@dataclass(frozen=True, slots=True)
class Vote:
    """One value in one sentence."""

    value: Value
    statement: Statement
    weight: float
    """How well it answers, 0 to 1."""
    head: float
    """How near the word stands that the value belongs to, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Equal values of one or several documents."""

    votes: tuple[Vote, ...]
    """The heaviest first."""
    score: float
    mass: float
    """Sum over the documents of how well each gives it."""
    support: int
    """Documents that give this value nearly as clearly as the clearest one."""

    @property
    def best(self) -> Vote:
        """The clearest sentence."""
        return self.votes[0]


def candidates(
    asked: AskedValue, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Candidate, ...]:
    """What the statements give as the value asked for, the best first."""
    groups: dict[tuple[object, ...], list[Vote]] = {}
    votes = [vote for s in statements[:_LOOKED_AT] for vote in _votes_of(asked, needs, s)]
    for vote in sorted(votes, key=lambda vote: -vote.weight):
        key = vote.value.key
        if key not in groups and asked.kind in _ABBREVIATED:
            same = (k for k, g in groups.items() if same_value(g[0].value, vote.value))
            key = next(same, key)
        groups.setdefault(key, []).append(vote)
    return tuple(sorted(map(_candidate, groups.values()), key=lambda found: -found.score))


def echoes(
    asked: AskedValue, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Candidate, ...]:
    """Words that are not in the question and keep coming back beside its words, the best first.

    Where several documents answer, they say the same; where none does, each says something else.
    """
    return candidates(replace(asked, kind="word"), needs, statements)


def _candidate(votes: list[Vote]) -> Candidate:
    by_document: dict[str, float] = {}
    for vote in votes:
        by_document.setdefault(vote.statement.document.id, vote.weight)
    best, *others = by_document.values()
    support = 1 + sum(weight > _SUPPORTS * best for weight in others)
    score = best + _FURTHER * sum(weight for weight in others if weight > best / 2)
    return Candidate(tuple(votes), score, sum(by_document.values()), support)


def _votes_of(asked: AskedValue, needs: Sequence[Need], statement: Statement) -> list[Vote]:
    folded = folded_text(statement.text)
    values = find_values(asked, folded)
    total = sum(need.weight for need in needs)
    if not values or not total:
        return []
    sentence = WeighedSentence(
        asked, folded, folded_text(statement.passage.text), folded_text(statement.passage.title)
    )
    standing = [(need, spots) for need in needs if (spots := sentence.places(need))]
    beyond = {need.word: sentence.beyond(need) for need in needs if not sentence.places(need)}
    elsewhere = sum(need.weight * beyond.get(need.word, 0.0) for need in needs)
    votes = []
    for value in values:
        near = {need.word: _nearness(value, spots) for need, spots in standing}
        weight = elsewhere + sum(need.weight * near[need.word] for need, _ in standing)
        weight /= total
        head = 0.0
        if asked.head:
            head = near.get(asked.head.word, beyond.get(asked.head.word, 0.0))
        weight *= value.fit * sentence.discount(value)
        if asked.kind in _APART:
            apart = _APART[asked.kind]
            weight *= apart + (1 - apart) * sentence.beside(value)
        votes.append(Vote(value, statement, weight, head))
    return votes


def _nearness(value: Value, spots: Sequence[tuple[int, int]]) -> float:
    distance = min(max(value.start - end, start - value.end, 0) for start, end in spots)
    return 1.0 if distance <= _NEAR else max(_FAR, 1 - (distance - _NEAR) / _FADE)
