"""Of several rules that say something: the nearest, of the place asked for or else the national one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.rule_blocks import Block
from knowledge.regions import COUNTRY

# Chosen on the tuning half of evals/laws/cases.yaml.
_OWN_RULE, _NATIONAL_FOR_A_PLACE, _LOCAL_FOR_NONE = 0.0, 0.35, 0.3
_NAMED, _RANK = 0.25, 0.012
_RANKS = 12
# What a paragraph loses for each unit of cosine that it is further from the question.
_DISTANCE = 3.0
_STRAYS, _MEETS = 0.2, 0.15


def place_bonus(block: Block, places: Sequence[str], named: frozenset[str]) -> float:
    """What a rule gains or loses by its place, its name, its rank in the search and its meaning.

    `named` holds the ids of the documents that the question names.
    """
    region = block.document.region
    bonus = -_RANK * min(block.rank, _RANKS) - _DISTANCE * block.distance
    bonus += _MEETS * block.meets - _STRAYS * block.strays
    if block.document.id in named:
        bonus += _NAMED
    if places:
        return bonus - (_OWN_RULE if region in places else _NATIONAL_FOR_A_PLACE)
    return bonus - (0.0 if region in (None, COUNTRY) else _LOCAL_FOR_NONE)
