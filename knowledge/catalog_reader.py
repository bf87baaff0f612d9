"""Reading the catalogue: documents, versions, edits and facts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.catalog_passages import Change as Change
from knowledge.catalog_passages import PassageReader
from knowledge.catalog_rows import document_from_row, fact_from_row, value_from_column
from knowledge.documents import PolicyDocument, PolicyFact
from knowledge.metadata_edits import MetadataEdit, Value, apply_edits

_WITHOUT_TEXT = "SELECT *, '' AS text, '[]' AS pages, '[]' AS headings FROM version "
# The current version of a document where none is asked for.
_ASKED = "AND (version = ?2 OR (?2 IS NULL AND is_current = 1)) "


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a document in the catalogue."""

    version: int
    """Number over the whole catalogue, in the order of writing."""
    document: PolicyDocument
    """Without its text, pages and headings."""
    is_current: bool
    """False for a version that a newer one of the same source replaced."""


class CatalogReader(PassageReader):
    """What may be asked of an open catalogue. Not shared between threads."""

    @property
    def data_version(self) -> int:
        """Changes whenever another connection has committed."""
        row = self._first("PRAGMA data_version")
        return int(row[0]) if row else 0

    @property
    def model(self) -> str | None:
        """Fingerprint of the embedding model that the vectors are of; None while there is none."""
        return self._meta("model_fingerprint")

    def versions(self) -> tuple[VersionInfo, ...]:
        """Every version of every document that has not been removed, without texts."""
        return self._infos("WHERE removed = 0 ORDER BY version")

    def documents(self) -> tuple[PolicyDocument, ...]:
        """The current version of every document, without texts, in the order of writing."""
        return tuple(info.document for info in self.versions() if info.is_current)

    def document(self, document_id: str, version: int | None = None) -> PolicyDocument | None:
        """One document with its text: its current version, or the version asked for."""
        rows = self._named(
            "SELECT v.*, t.text, t.pages, t.headings FROM version v "  # noqa: S608
            "JOIN version_text t USING (version) WHERE document_id = ?1 AND removed = 0 " + _ASKED,
            (document_id, version),
        )
        return document_from_row(rows[0]) if rows else None

    def excerpt(
        self, document_id: str, start_char: int, end_char: int, version: int | None = None
    ) -> str | None:
        """The text of a document between two positions, of its current version or `version`.

        None without that document or version.
        """
        row = self._first(
            # SQLite counts characters from 1.
            "SELECT substr(t.text, ?3 + 1, ?4 - ?3) FROM version v "  # noqa: S608
            "JOIN version_text t USING (version) WHERE document_id = ?1 AND removed = 0 " + _ASKED,
            (document_id, version, start_char, end_char),
        )
        return str(row[0]) if row else None

    def history(self, document_id: str) -> tuple[VersionInfo, ...]:
        """All versions of a document, the oldest first, removed ones included."""
        return self._infos("WHERE document_id = ? ORDER BY version", (document_id,))

    def document_with_content(self, sha256: str) -> str | None:
        """Id of the document whose current text has this digest, or None."""
        row = self._first(
            "SELECT document_id FROM version WHERE sha256 = ? AND is_current = 1 AND removed = 0",
            (sha256,),
        )
        return str(row[0]) if row else None

    def document_of_source(self, source: str) -> tuple[str, str] | None:
        """Id and text digest of the current document that came from `source`, or None."""
        row = self._first(
            "SELECT document_id, sha256 FROM version "
            "WHERE source = ? AND is_current = 1 AND removed = 0",
            (source,),
        )
        return (str(row[0]), str(row[1])) if row else None

    def current_digest(self, document_id: str) -> str | None:
        """Text digest of the current version of a document, or None."""
        row = self._first(
            "SELECT sha256 FROM version WHERE document_id = ? AND is_current = 1 AND removed = 0",
            (document_id,),
        )
        return str(row[0]) if row else None

    # Edits --------------------------------------------------------------------------------

    def edits(self, document_id: str) -> dict[str, MetadataEdit]:
        """What the user corrected of a document, by field; kept when the document is removed."""
        rows = self._query(
            "SELECT field, value, edited_at FROM edit WHERE document_id = ? ORDER BY field",
            (document_id,),
        )
        return {
            field: MetadataEdit(
                field, value_from_column(field, value), datetime.fromisoformat(edited_at)
            )
            for field, value, edited_at in rows
        }

    def edited(self, document: PolicyDocument) -> PolicyDocument:
        """`document`, as it was read from its source, with the user's corrections of its id."""
        return apply_edits(document, self.edits(document.id))

    def found(self, document_id: str, version: int | None = None) -> dict[str, Value]:
        """What the source itself says of the fields that were corrected, by field."""
        row = self._first(
            "SELECT found FROM version WHERE document_id = ?1 " + _ASKED,  # noqa: S608
            (document_id, version),
        )
        columns = json.loads(row[0]) if row else {}
        return {field: value_from_column(field, value) for field, value in columns.items()}

    # Facts --------------------------------------------------------------------------------

    def facts(self, kind: str | None = None, region: str | None = None) -> tuple[PolicyFact, ...]:
        """Facts of current documents, filtered by kind and exact region where given."""
        rows = self._named(
            # The document's region, which may have been corrected after the fact was found.
            "SELECT f.*, v.region AS region FROM fact f JOIN version v USING (version) "
            "WHERE v.is_current = 1 AND v.removed = 0 "
            "AND (?1 IS NULL OR f.kind = ?1) AND (?2 IS NULL OR v.region = ?2) "
            "ORDER BY v.version, f.start_char",
            (kind, region),
        )
        return tuple(fact_from_row(row) for row in rows)

    def _infos(self, where: str, values: Sequence[object] = ()) -> tuple[VersionInfo, ...]:
        return tuple(
            VersionInfo(row["version"], document_from_row(row), bool(row["is_current"]))
            for row in self._named(_WITHOUT_TEXT + where, values)
        )
