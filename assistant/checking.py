"""The last look at an answer: every quote verbatim, every mark known, every figure quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.wording import Language, say
from knowledge.catalog import Catalog


def checked(
    answer: Answer,
    catalog: Catalog,
    language: Language = "zh",
    former: Mapping[int, int] | None = None,
) -> Answer:
    """`answer` unchanged if each quote is the document's text at its place.

    `former` names by citation number the version that a quote was taken from on purpose, where
    that is not the document's present text.

    A document can be replaced between retrieval and this look; then the answer is withdrawn
    rather than shown with a quote that no longer stands where it says.
    """
    if all(
        is_verbatim(citation, catalog, (former or {}).get(citation.number))
        for citation in answer.citations
    ):
        leads = tuple(lead for lead in answer.leads if is_verbatim(lead, catalog))
        return answer if len(leads) == len(answer.leads) else replace(answer, leads=leads)
    return replace(
        answer,
        status="no_evidence",
        text=say("changed", language),
        claims=(),
        citations=(),
        leads=(),
    )


def is_verbatim(citation: Citation, catalog: Catalog, version: int | None = None) -> bool:
    """True if the quote is the text between its positions, of the present text or `version`."""
    start, end = citation.start_char, citation.end_char
    return catalog.excerpt(citation.document_id, start, end, version) == citation.quote


def quoted_version(citation: Citation, catalog: Catalog) -> int | None:
    """The version that a citation quotes: the latest that has its words at its place.

    None if there is none any more, because the document has been removed.
    """
    history = reversed(catalog.history(citation.document_id))
    return next(
        (info.version for info in history if is_verbatim(citation, catalog, info.version)), None
    )
