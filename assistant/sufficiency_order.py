"""Sentences that hold the value asked for come first.

A question without a word that asks (2022年特斯拉交付量, 《三体》的导演) names no form, so that a sentence
on the subject ranks like one that answers. The value that the evidence gives most clearly tells
them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Statement
from assistant.needs import Need
from assistant.question import ParsedQuestion
from assistant.sufficiency_asked import asked_value
from assistant.sufficiency_votes import candidates

# Forms that name no shape of answer; the others have their own way to it.
_OPEN_FORMS = frozenset({"general", "who", "where", "list"})
# What a sentence gains that holds the best value as clearly as the clearest one; the next values
# gain less, down to none.
_GAIN, _STEP, _RAISED = 0.5, 0.6, 3


def value_first(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """`statements`, those raised with a value that several documents give; the best first."""
    asked = asked_value(question, needs)
    if question.asks_served:
        # The agencies of 谁 serve; they are not those who are served.
        return tuple(statements)
    if question.form not in _OPEN_FORMS or asked.kind in ("name", "other", "word"):
        return tuple(statements)
    gains: dict[tuple[str, int], float] = {}
    share = _GAIN
    agreed = [c for c in candidates(asked, needs, statements) if c.support > 1]
    for candidate in agreed[:_RAISED]:
        for vote in candidate.votes:
            place = vote.statement.passage.id, vote.statement.start_char
            gains[place] = gains.get(place, 0.0) + share * vote.weight
        share *= _STEP
    raised = [
        replace(s, score=s.score + gains.get((s.passage.id, s.start_char), 0.0)) for s in statements
    ]
    return tuple(sorted(raised, key=lambda statement: -statement.score))
