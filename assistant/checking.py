"""The last look at an answer: every quote verbatim, every mark known, every figure quoted."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.wording import Language, say
from knowledge.catalog import Catalog


def checked(answer: Answer, catalog: Catalog, language: Language = "zh") -> Answer:
    """`answer` unchanged if each quote is the document's text at its place.

    A document can be replaced between retrieval and this look; then the answer is withdrawn
    rather than shown with a quote that no longer stands where it says.
    """
    if all(is_verbatim(citation, catalog) for citation in answer.citations):
        return answer
    return replace(
        answer,
        status="no_evidence",
        text=say("changed", language),
        claims=(),
        citations=(),
    )


def is_verbatim(citation: Citation, catalog: Catalog) -> bool:
    """True if the citation's quote is the document's text between its positions."""
    return (
        catalog.excerpt(citation.document_id, citation.start_char, citation.end_char)
        == citation.quote
    )
