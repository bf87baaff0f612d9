"""What goes into the assistant and what streams out before the answer is complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from assistant.answer import Answer
from knowledge.cleaning import writable
from knowledge.documents import PolicyDocument

Stage = Literal["question", "retrieve", "answer", "check"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the conversation and the filters it is asked under."""

    text: str
    history: tuple[tuple[str, str], ...] = ()
    """Earlier turns, oldest first: (question, answer)."""
    region: str | None = None
    """Only policies that apply in this region; any spelling of a place."""
    document_ids: tuple[str, ...] = ()
    """Only these documents; empty for all."""
    as_of: date | None = None
    """Rules as they stood on this day."""


def writable_question(question: Question) -> Question:
    """The question without what no encoding can write (a byte of the command line that is no text)."""
    history = tuple((writable(asked), writable(said)) for asked, said in question.history)
    return replace(question, text=writable(question.text), history=history)


@dataclass(frozen=True, slots=True)
class StageReached:
    """The assistant has begun a stage; for a progress line on the screen."""

    stage: Stage
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the answer's text."""

    text: str


Event = StageReached | TextDelta | Answer


class Assistant(Protocol):
    """What the command line, the page and the evaluations need of an assistant."""

    def stream(self, question: Question) -> Iterator[Event]:
        """Events in order; the last one is the complete `Answer`."""
        ...

    def answer(self, question: Question) -> Answer:
        """`stream()` drained."""
        ...


class Library(Protocol):
    """What the page needs of the document library."""

    def documents(self) -> Sequence[PolicyDocument]:
        """All current documents, without their text."""
        ...

    def document(self, document_id: str) -> PolicyDocument | None:
        """One document with its text, or None."""
        ...
