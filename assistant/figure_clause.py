"""The clause that a figure stands in, which tells it from the other figures of its sentence."""

from __future__ import annotations

from knowledge.figures import Figure
from knowledge.sentences import Span, clauses


def clause_of(figure: Figure, text: str) -> Span:
    """The clause of a text that a figure stands in."""
    return next(c for c in clauses(text, 0, len(text)) if c.start <= figure.start < c.end)


def with_lead(clause: Span, text: str) -> str:
    """A clause with the words that introduce it and those beside it: 护理补贴：一级160元，二级120元."""
    colon = max(text.find("：", 0, clause.start), text.find(":", 0, clause.start))
    lead = text[: colon + 1] if colon >= 0 and "。" not in text[colon : clause.start] else ""
    return lead + clause.of(text)
