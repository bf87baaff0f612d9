"""How likely the evidence holds what is asked: a logistic model over a few readable signs.

The signs and their weights stand in `sufficiency.yaml`, with how they were learned.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources

import yaml

from assistant.evidence import Statement
from assistant.needs import Need
from assistant.question import ParsedQuestion
from assistant.sufficiency_asked import asked_value
from assistant.sufficiency_votes import Candidate, candidates, echoes
from knowledge.authority import is_official

# A document speaks of the subject if one of its sentences with its surroundings carries the
# first share of the question; it says all of it if a sentence alone carries the second.
_SPEAKS, _SAYS_ALL = 0.5, 0.85
FEWEST_DOCUMENTS = 5
"""From so many documents in the evidence on the model decides."""
# Forms that ask for no value: a rule, a way, a reason.
_NO_VALUE = frozenset({"yes_no", "procedure", "purpose", "clause", "comparison", "overview"})
# The nearest document stands out from as many further ones; as many echoes count.
_FURTHER, _ECHOES = 5, 5
# A cosine of the bundled model between a question and a passage on its subject, and the width
# that makes differences from it about one (see `assistant.refusal`).
_USUAL_SIMILARITY, _SIMILARITY_UNIT = 0.885, 0.1


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against the evidence; counts as logarithms, the rest about 0 to 1."""

    similarity: float
    """Cosine of the nearest passage above the usual one, in tenths."""
    gap: float
    """How much nearer the nearest document is than the next five, in tenths of cosine."""
    spread: float
    """Documents in the evidence."""
    crowd: float
    """Documents that speak of the subject."""
    full: float
    """Documents with a sentence that has nearly all words of the question."""
    typed: float
    """1 if the kind of value asked for is known."""
    weight: float
    """How well the best value answers where it stands."""
    head: float
    """How near to it the word stands that the value belongs to."""
    margin: float
    """Score of the best value above the second."""
    typed_weight: float
    typed_margin: float
    typed_mass: float
    """The three where the kind asked for is known: without one they say less."""
    mass: float
    """How many documents give the best value, each by how well it does."""
    crowd_mass: float
    """`crowd` times `mass`: of many documents that speak of it, several should give it."""
    echo: float
    """The same as `mass` for the word that comes back most, of whatever kind."""
    echo_weight: float
    """The same as `weight` for that word."""
    echo_five: float
    """Mean `mass` of the five words that come back most."""
    crowd_echo: float
    """`crowd` times `echo_five`."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the signs."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float
    """The least probability at which an answer is given."""

    def probability(self, signs: Signs) -> float:
        """The chance that the evidence answers, 0 to 1."""
        total = self.intercept + sum(
            weight * float(getattr(signs, name)) for name, weight in self.weights.items()
        )
        return 1 / (1 + math.exp(-total))


_WATCHER: ContextVar[Callable[[Signs, float], None] | None] = ContextVar("watcher", default=None)


@lru_cache(maxsize=1)
def model() -> Model:
    """The model that comes with the program."""
    text = (resources.files("assistant") / "sufficiency.yaml").read_text(encoding="utf-8")
    given = yaml.safe_load(text)
    names = {field.name for field in fields(Signs)}
    weights = {name: float(weight) for name, weight in given["weights"].items()}
    if set(weights) != names:
        raise ValueError(f"sufficiency.yaml and Signs differ: {sorted(set(weights) ^ names)}")
    return Model(float(given["intercept"]), weights, float(given["threshold"]))


def is_sufficient(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> bool:
    """True if the statements (best first) are likely enough to hold what is asked.

    Of few documents none need agree with another, a question for a rule has no value that could
    come back, and an official document speaks alone; there all is sufficient that the
    sentences' own coverage lets through.
    """
    documents = len({s.document.id for s in statements})
    if documents < FEWEST_DOCUMENTS or question.form in _NO_VALUE or _is_official(statements[0]):
        return True
    return sufficiency(question, needs, statements) >= model().threshold


def _is_official(statement: Statement) -> bool:
    return is_official(statement.document, statement.passage)


def sufficiency(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> float:
    """The chance that the statements (best first) hold what is asked, 0 to 1."""
    seen = signs(question, needs, statements)
    probability = model().probability(seen)
    if watcher := _WATCHER.get():
        watcher(seen, probability)
    return probability


@contextmanager
def watched(watcher: Callable[[Signs, float], None]) -> Iterator[None]:
    """Inside, `watcher` is shown the signs and the probability of each question weighed.

    For evaluations: the curve is drawn, and the weights are learned, from what it is shown.
    """
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


def signs(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> Signs:
    """The signs of one question; `statements` are the best first."""
    asked = asked_value(question, needs)
    found = candidates(asked, needs, statements)
    echoed = echoes(asked, needs, statements)
    speaking = {s.document.id for s in statements if s.coverage >= _SPEAKS}
    saying = {s.document.id for s in statements if s.own_coverage >= _SAYS_ALL}
    nearest = _nearest(statements)
    further = nearest[1 : 1 + _FURTHER]
    typed = float(asked.kind != "other")
    weight = found[0].best.weight if found else 0.0
    margin = found[0].score - (found[1].score if len(found) > 1 else 0.0) if found else 0.0
    crowd = math.log(max(len(speaking), 1))
    mass = _mass(found[0]) if found else 0.0
    echo_five = sum(map(_mass, echoed[:_ECHOES])) / _ECHOES
    return Signs(
        similarity=(nearest[0] - _USUAL_SIMILARITY) / _SIMILARITY_UNIT if nearest else -1.0,
        gap=(nearest[0] - sum(further) / len(further)) / _SIMILARITY_UNIT if further else 0.0,
        spread=math.log(max(len(nearest), 1)),
        crowd=crowd,
        full=math.log1p(len(saying)),
        typed=typed,
        weight=weight,
        head=max(vote.head for vote in found[0].votes) if found else 0.0,
        margin=margin,
        typed_weight=typed * weight,
        typed_margin=typed * margin,
        typed_mass=typed * mass,
        mass=mass,
        crowd_mass=crowd * mass,
        echo=_mass(echoed[0]) if echoed else 0.0,
        echo_weight=echoed[0].best.weight if echoed else 0.0,
        echo_five=echo_five,
        crowd_echo=crowd * echo_five,
    )


def _mass(candidate: Candidate) -> float:
    return math.log1p(candidate.mass)


def _nearest(statements: Sequence[Statement]) -> list[float]:
    """Of each document the cosine of its nearest passage, the greatest first."""
    by_document: dict[str, float] = {}
    for statement in statements:
        known = by_document.get(statement.document.id, 0.0)
        by_document[statement.document.id] = max(known, statement.similarity or 0.0)
    return sorted(by_document.values(), reverse=True)
