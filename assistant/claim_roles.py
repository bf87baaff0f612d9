"""Who does it, and which way: actors and directions of a claim against those of its evidence.

The words of a claim may all stand in its evidence and still be put together wrongly: what one
body must do is said of another, a change from one thing to another is turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claim_alignment import pairs, split_clauses
from assistant.claim_problem import Problem

_ACTOR = re.compile(
    r"^((?:(?!应当|应该|必须|不得|可以|或者|需要)[^，。；：:]){2,34}?)(?:还|也|都|均)?"
    r"(?:(?<![需主重只])要(?![求点素件])|应当|应该|负责|可以|不得|必须|有权)(?=[一-鿿])"
)
_TURN = re.compile(
    r"从([^，。；]{2,24}?)(?:转向|转为|转变为|变为|改为|过渡到|上升到|下降到|提高到|增加到|降低到|到|至)([^，。；]{2,24})"
)
# Share of an actor's pairs that make another phrase the same actor.
_SAME_ACTOR = 0.5


def role_problems(claim: str, sentences: Sequence[str]) -> Iterator[Problem]:
    """Acts that the evidence gives to another actor, and changes that it tells the other way."""
    yield from _actors(claim, sentences)
    yield from _turns(claim, sentences)


def _actors(claim: str, sentences: Sequence[str]) -> Iterator[Problem]:
    said = _actor(claim)
    if said is None:
        return
    act = set(pairs(claim[claim.find(said) + len(said) :]))
    named = [(actor, text) for text in sentences if (actor := _actor(text))]
    if not act or len(named) < 2:
        return
    actor, text = max(named, key=lambda found: len(act & set(pairs(found[1]))))
    if _share(said, text) >= _SAME_ACTOR:
        return
    others = [other for other, where in named if where != text]
    if any(_share(said, other) >= _SAME_ACTOR for other in others):
        yield Problem("opposite", said, actor)


def _actor(sentence: str) -> str | None:
    """Who must or may do something, in the first clause that says so."""
    found = (_ACTOR.match(clause.text) for clause in split_clauses(sentence))
    return next((match.group(1) for match in found if match), None)


def _turns(claim: str, sentences: Sequence[str]) -> Iterator[Problem]:
    for said in _TURN.finditer(claim):
        for text in sentences:
            for found in _TURN.finditer(text):
                straight = _share(said[1], found[1]) + _share(said[2], found[2])
                turned = _share(said[1], found[2]) + _share(said[2], found[1])
                if turned > straight + 0.3:
                    yield Problem("opposite", said.group(), found.group())


def _share(wanted: str, text: str) -> float:
    """Share of the pairs of `wanted` that `text` holds."""
    held = set(pairs(wanted))
    return len(held & set(pairs(text))) / len(held) if held else 0.0
