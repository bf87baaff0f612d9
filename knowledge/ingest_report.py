"""What an ingestion tells: how far it has come, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from knowledge.cleaning import writable_line
from knowledge.documents import PolicyDocument
from knowledge.errors import KnowledgeError

Status = Literal["added", "updated", "unchanged", "duplicate"]
Stage = Literal["read", "embed", "index"]


@dataclass(frozen=True, slots=True)
class IngestedDocument:
    """One document of a report."""

    id: str
    title: str
    source: str
    region: str | None
    status: Status
    """`updated` is a new text, a new title or corrected metadata."""
    passages: int
    """Passages written; 0 where only metadata changed."""
    duplicate_of: str | None = None
    """Id of the document that already holds the same text."""


@dataclass(frozen=True, slots=True)
class FailedInput:
    """One input that did not go in, with the reason and the remedy."""

    source: str
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class GoneFile:
    """A document whose file has been deleted from a watched folder."""

    id: str
    title: str
    source: str
    removed: bool
    """True if it was taken out of the library, too."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of an ingestion."""

    documents: tuple[IngestedDocument, ...]
    failed: tuple[FailedInput, ...]
    seconds: float
    interrupted: bool = False
    """True if the user stopped it; what it names is in, and the same inputs go on from there."""

    def count(self, status: Status) -> int:
        """Number of documents with this status."""
        return sum(document.status == status for document in self.documents)


@dataclass(frozen=True, slots=True)
class IngestProgress:
    """How far an ingestion has come."""

    files_done: int
    """Files read, skipped or refused."""
    files_total: int
    """0 while unknown."""
    passages: int
    """Passages with a vector, those of the batch in work included."""
    seconds: float
    stage: Stage
    source: str = ""
    page: tuple[int, int] | None = None
    """Pages of `source` read, and its pages; None where it is not read page by page."""
    documents: int = 0
    """Documents that are in the catalogue now and cannot be lost any more."""
    seconds_left: float | None = None
    """Estimated from the bytes still to read and the passages still to embed; None while
    nothing is known."""


Report = Callable[[IngestProgress], None]


def entry(
    document: PolicyDocument, status: Status, passages: int = 0, duplicate_of: str | None = None
) -> IngestedDocument:
    """A document's line in the report."""
    return IngestedDocument(
        document.id,
        document.title,
        document.source,
        document.region,
        status,
        passages,
        duplicate_of,
    )


def failed_input(source: str, error: KnowledgeError) -> FailedInput:
    """An input's line in the report, in both languages."""
    return FailedInput(writable_line(source), error.message("zh"), error.message("en"))
