"""Answers, documents and results as JSON: exactly the fields of the types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from assistant.answer import Answer
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.metadata_edits import MetadataEdit, Value


def dumps(value: object) -> str:
    """`value` as one line of JSON; Chinese as it is, dates in ISO form."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def answer_fields(answer: Answer) -> dict[str, Any]:
    """An Answer with the fields of its type, less the leads, which are for readers."""
    fields = asdict(answer)
    del fields["leads"]
    return fields


def document_fields(document: PolicyDocument, *, with_text: bool = False) -> dict[str, Any]:
    """A document's fields; the text, pages and headings only where asked for."""
    fields = asdict(document)
    if not with_text:
        for name in ("text", "pages", "headings"):
            fields.pop(name)
    return fields


def edit_fields(
    edits: Mapping[str, MetadataEdit], found: Mapping[str, Value]
) -> dict[str, dict[str, Any]]:
    """The fields of a version that are not as its source has them: what it says, and since when.

    `edited_at` is None for a status that follows from edited dates.
    """
    return {
        field: {"found": value, "edited_at": edits[field].edited_at if field in edits else None}
        for field, value in found.items()
    }


def passage_fields(passage: Passage) -> dict[str, Any]:
    """A passage's fields with its text for search."""
    return {**asdict(passage), "text_for_search": passage.text_for_search}


def result_fields(result: ScoredPassage, source: str) -> dict[str, Any]:
    """One search result."""
    passage = result.passage
    return {
        "passage_id": passage.id,
        "document_id": passage.document_id,
        "source": source,
        "title": passage.title,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "score": round(result.score, 6),
        "rank": result.rank,
        "origin": result.origin,
    }


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value).__name__)
