"""An answer of some words of one document, as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.citing import Citations
from assistant.quotation import quoted
from assistant.work import Work
from knowledge.documents import PolicyDocument
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot


def told_spans(
    work: Work, document: PolicyDocument, spans: Sequence[Span], snapshot: Snapshot
) -> Answer | None:
    """The words in `spans` of `document.text`, cited; None if this version of it is gone."""
    version = snapshot.version_of_document(document)
    if version is None:
        return None
    citations = Citations()
    passages = snapshot.catalog.passages_of(document.id, version)
    described = snapshot.versions[version].document
    told = []
    for span in spans:
        passage = next((p for p in passages if p.end_char > span.start), passages[-1])
        told.append(quoted(described, passage, span.start, span.of(document.text), citations))
    work.timed("answer")
    return work.answer("answered", "\n\n".join(told), citations)
