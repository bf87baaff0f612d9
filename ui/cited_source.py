"""The text that a citation quotes: the version it was taken from, newer ones or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Citation
from assistant.request import Library
from knowledge.documents import PolicyDocument
from ui.failure import log_failure


class CitedLibrary(Library, Protocol):
    """A library that keeps the former versions of its documents."""

    def cited_document(self, citation: Citation) -> PolicyDocument | None:
        """The version that holds the citation's words at their place, with its text, or None."""
        ...


@dataclass(frozen=True, slots=True)
class CitedSource:
    """What the source panel shows for a citation."""

    document: PolicyDocument | None = None
    """With its text; None where the document has been removed or cannot be read."""
    has_newer: bool = False
    """The library holds a newer version of this very document."""


def cited_source(library: CitedLibrary, citation: Citation) -> CitedSource:
    """The version that is quoted; where there is none any more, the document as it is now."""
    try:
        present = library.document(citation.document_id)
        cited = library.cited_document(citation)
    except Exception as error:
        log_failure(error)
        # The quote itself is in the answer, so it can still be shown.
        return CitedSource()
    if cited is None:
        return CitedSource(present)
    return CitedSource(cited, present is not None and present.sha256 != cited.sha256)
