"""What the assistant says: an answer, its claims and its citations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from knowledge.documents import PolicyFact, ScoredPassage

AnswerStatus = Literal[
    "answered", "partial", "no_evidence", "clarify", "out_of_scope", "blocked", "crisis"
]
AnswerMode = Literal["extractive", "generative"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: a verbatim quote and its place."""

    number: int
    """The [n] mark in the answer's text, from 1 in reading order."""
    document_id: str
    title: str
    document_number: str | None
    region: str | None
    heading_path: tuple[str, ...]
    article: str | None
    page: int | None
    quote: str
    """Equals `document.text[start_char:end_char]`."""
    start_char: int
    end_char: int
    source: str
    validity: str
    """Validity of the document: current, not_yet_in_force, amended, repealed, lapsed, unknown."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the answer with the citations that carry it."""

    text: str
    """Without citation marks."""
    citations: tuple[int, ...]
    """Numbers of the citations that carry the claim; never empty in an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The assistant's reply to one question."""

    status: AnswerStatus
    text: str
    """Markdown with [1] marks."""
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    facts: tuple[PolicyFact, ...] = ()
    evidence: tuple[ScoredPassage, ...] = ()
    """Passages the answer was made from, best first."""
    standalone_question: str = ""
    """The question with what it carries over from the conversation."""
    mode: AnswerMode = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    """Milliseconds by stage: question, retrieve, answer, total."""
    leads: tuple[Citation, ...] = ()
    """Where nothing answers, the sentences nearest to the question, best first, for a person to
    read on. They carry no claim, and are no part of the answer in JSON."""
