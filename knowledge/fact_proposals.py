"""What a second extractor proposes as facts, and the checks that rules and proposals share.

A proposal becomes a fact only if the document bears it out: its statement stands verbatim in one
passage, it speaks of its kind, and its subject and deadline stand in the statement. Figures are
never taken from a proposal; they are read from the statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.documents import FactKind, Passage, PolicyDocument, PolicyFact
from knowledge.figures import find_figures

_SHORTEST, _LONGEST = 8, 600


@dataclass(frozen=True, slots=True)
class FactProposal:
    """A fact as somebody other than the rules proposes it; nothing of it is trusted."""

    kind: FactKind
    statement: str
    subject: str = ""
    deadline: str | None = None


class FactExtractor(Protocol):
    """Proposes facts, such as a chat model does."""

    def propose(
        self, document: PolicyDocument, passages: Sequence[Passage]
    ) -> Sequence[FactProposal]:
        """Facts of a document; none where it cannot say. Never raises."""
        ...


def checked_fact(
    document: PolicyDocument, passages: Sequence[Passage], proposal: FactProposal
) -> PolicyFact | None:
    """The proposal as a fact of the document; None if the document does not bear it out."""
    statement = proposal.statement.strip()
    if not _SHORTEST < len(statement) <= _LONGEST:
        return None
    for passage in passages:
        found = passage.text.find(statement)
        if found < 0 or not _is_whole(passage.text, found, statement):
            continue
        return fact_of(
            document,
            passage,
            proposal.kind,
            passage.start_char + found,
            statement,
            proposal.subject if proposal.subject in statement else "",
            proposal.deadline if proposal.deadline and proposal.deadline in statement else None,
        )
    return None


def fact_of(
    document: PolicyDocument,
    passage: Passage,
    kind: FactKind,
    start: int,
    statement: str,
    subject: str,
    deadline: str | None,
) -> PolicyFact:
    """A fact with the figures that its own words hold."""
    return PolicyFact(
        kind=kind,
        region=document.region,
        subject=subject or statement[:_SHORTEST],
        statement=statement,
        figures=tuple(
            figure.text for figure in find_figures(statement) if figure.kind != "ordinal"
        ),
        deadline=deadline,
        passage_id=passage.id,
        document_id=document.id,
        start_char=start,
        end_char=start + len(statement),
    )


_OPENS = re.compile(r"(?:^|[。！？；\n])[\s　\"”’」）)]*(?:[-*•·]\s+)?$")


def _is_whole(text: str, start: int, statement: str) -> bool:
    """True if the words begin and end where a sentence or a clause of a list does.

    Words cut out of a sentence can say its opposite.
    """
    end = start + len(statement)
    closes = statement[-1] in "。！？；.!?;" or text[end : end + 1] in ("", "\n", "。", "；")
    return closes and bool(_OPENS.search(text[:start]))
