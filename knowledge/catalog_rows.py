"""Documents, passages and facts ↔ rows of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from knowledge.documents import Heading, PageSpan, Passage, PolicyDocument, PolicyFact
from knowledge.metadata_edits import DATES, LISTS, Value

Row = Mapping[str, Any]


def document_to_row(document: PolicyDocument) -> dict[str, object]:
    """Columns of `version` and `version_text` for a document."""
    return {
        "document_id": document.id,
        "title": document.title,
        "issuers": _dump(document.issuers),
        "document_number": document.document_number,
        "region": document.region,
        "published_on": _iso(document.published_on),
        "effective_from": _iso(document.effective_from),
        "effective_until": _iso(document.effective_until),
        "status": document.status,
        "supersedes": _dump(document.supersedes),
        "source": document.source,
        "source_note": document.source_note,
        "retrieved_at": _iso(document.retrieved_at),
        "sha256": document.sha256,
        "text": document.text,
        "pages": _dump([asdict(page) for page in document.pages]),
        "headings": _dump([asdict(heading) for heading in document.headings]),
    }


def document_from_row(row: Row) -> PolicyDocument:
    """The document of a row of `version` joined with `version_text`."""
    return PolicyDocument(
        id=row["document_id"],
        title=row["title"],
        issuers=tuple(json.loads(row["issuers"])),
        document_number=row["document_number"],
        region=row["region"],
        published_on=_date(row["published_on"]),
        effective_from=_date(row["effective_from"]),
        effective_until=_date(row["effective_until"]),
        status=row["status"],
        supersedes=tuple(json.loads(row["supersedes"])),
        source=row["source"],
        retrieved_at=datetime.fromisoformat(row["retrieved_at"]) if row["retrieved_at"] else None,
        sha256=row["sha256"],
        text=row["text"],
        pages=tuple(PageSpan(**page) for page in json.loads(row["pages"])),
        headings=tuple(Heading(**heading) for heading in json.loads(row["headings"])),
        source_note=row["source_note"],
    )


def value_to_column(value: Value) -> str | None:
    """A corrected value as its column of `version` holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return _dump(value) if isinstance(value, tuple) else value


def value_from_column(field: str, column: str | None) -> Value:
    """The value of a column of `version` that may be corrected."""
    if field in LISTS:
        return tuple(json.loads(column or "[]"))
    return _date(column) if field in DATES else column


def passage_to_row(passage: Passage, version: int, text_digest: str) -> dict[str, object]:
    """Columns of `passage`."""
    return {
        "id": passage.id,
        "version": version,
        "document_id": passage.document_id,
        "text": passage.text,
        "lead_in": passage.lead_in,
        "heading_path": _dump(passage.heading_path),
        "article": passage.article,
        "start_char": passage.start_char,
        "end_char": passage.end_char,
        "page": passage.page,
        "text_digest": text_digest,
    }


def passage_from_row(row: Row) -> Passage:
    """The passage of a row of `passage` with its document's title."""
    return Passage(
        id=row["id"],
        document_id=row["document_id"],
        text=row["text"],
        heading_path=tuple(json.loads(row["heading_path"])),
        article=row["article"],
        start_char=row["start_char"],
        end_char=row["end_char"],
        page=row["page"],
        title=row["title"],
        lead_in=row["lead_in"],
    )


def fact_to_row(fact: PolicyFact, version: int) -> dict[str, object]:
    """Columns of `fact`."""
    return {**asdict(fact), "figures": _dump(fact.figures), "version": version}


def fact_from_row(row: Row) -> PolicyFact:
    """The fact of a row of `fact`."""
    values = {name: row[name] for name in PolicyFact.__dataclass_fields__ if name != "figures"}
    return PolicyFact(**values, figures=tuple(json.loads(row["figures"])))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
