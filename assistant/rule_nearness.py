"""Is a paragraph near enough in meaning to be an answer? Its cosine to the question tells.

Words alone let a question on the capital of companies be answered by that of agencies for
temporary work, and miss 离婚一岁的娃判给谁, no word of which stands in the rule. The bounds were chosen on
the tuning halves of evals/laws and on questions that no statute of the library answers; they
are cosines of the bundled model and say nothing of another's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Statement
from assistant.found import Found
from assistant.rule_blocks import Block
from knowledge.documents import PolicyDocument
from knowledge.regions import COUNTRY

# Below this a paragraph speaks of something else, whatever its words; a place's own rule, where
# no place is asked for, has to come nearer, and not much further than a national one.
_NEAR, _NEAR_LOCAL, _BEHIND = 0.87, 0.893, 0.015
# From here on a paragraph answers even if hardly a word of the question stands in it.
_ANSWERS, _ANSWERS_LOCAL = 0.9, 0.918
# What one loses that rules a group or a sanction nobody asked about.
_STRAYS = 0.005
# Others that come as near are quoted with it.
_BESIDE, _AS_NEAR, _LENGTH, _PARAGRAPH = 1, 0.004, 420, 900


def is_near(found: Found, places: Sequence[str], named: frozenset[str]) -> bool:
    """True if what was read is near enough in meaning; always true where that is not known."""
    block = found.block
    if block.similarity is None or block.document.id in named:
        return True
    if not is_elsewhere(block.document, places):
        return block.similarity >= _NEAR
    return block.similarity >= _NEAR_LOCAL and block.distance <= _BEHIND


def near_statements(
    statements: Sequence[Statement], places: Sequence[str]
) -> tuple[Statement, ...]:
    """The sentences without those of articles that are about something else."""
    return tuple(
        s
        for s in statements
        if s.passage.article is None
        or s.similarity is None
        or s.similarity >= (_NEAR_LOCAL if is_elsewhere(s.document, places) else _NEAR)
    )


def national(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Those of no place's own rules."""
    return tuple(block for block in blocks if not is_elsewhere(block.document, ()))


def nearest_paragraph(blocks: Sequence[Block], places: Sequence[str]) -> Found | None:
    """The paragraph nearest in meaning, with another that is as near; None if none is near enough.

    Of a place that is asked its own rules and the national ones are read alike.
    """
    known = [b for b in blocks if b.similarity is not None and len(b.whole.text) <= _PARAGRAPH]
    near = sorted(
        (Found(b, (b.whole,), (b.similarity or 0.0) - _STRAYS * b.strays) for b in known),
        key=lambda found: -found.score,
    )
    near = [
        found
        for found in near
        if found.score
        >= (_ANSWERS_LOCAL if is_elsewhere(found.block.document, places) else _ANSWERS)
    ]
    if not near:
        return None
    first = near[0]
    beside = [
        other
        for other in near[1 : 1 + _BESIDE]
        if other.score >= first.score - _AS_NEAR
        and other.block.document.region == first.block.document.region
        and len(other.block.whole.text) + len(first.block.whole.text) <= _LENGTH
    ]
    return replace(first, beside=tuple(beside), is_paragraph=True)


def is_elsewhere(document: PolicyDocument, places: Sequence[str]) -> bool:
    """True for a place's own rule where no place is asked for."""
    return not places and document.region not in (None, COUNTRY)
