"""Reading the catalogue: documents, versions, passages, vectors, facts and changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog_rows import document_from_row, fact_from_row, passage_from_row
from knowledge.documents import Passage, PolicyDocument, PolicyFact

# SQLite's limit on variables in one statement is 32,766; stay well below.
_MANY = 500


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a document in the catalogue."""

    version: int
    """Number over the whole catalogue, in the order of writing."""
    document: PolicyDocument
    """Without its text, pages and headings."""
    is_current: bool
    """False for a version that a newer one of the same source replaced."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the indexes must do to follow the catalogue from one generation to another."""

    generation: int
    added: tuple[int, ...]
    """Keys of passages to add; a key that an index already holds is replaced."""
    removed: tuple[int, ...]
    """Keys of passages to remove."""


class CatalogReader:
    """What may be asked of an open catalogue. Not shared between threads."""

    _db: sqlite3.Connection

    @property
    def generation(self) -> int:
        """Counts the changes to what may be retrieved."""
        return int(self._meta("generation") or 0)

    @property
    def data_version(self) -> int:
        """Changes whenever another connection has committed."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def versions(self) -> tuple[VersionInfo, ...]:
        """Every version of every document that has not been removed, without texts."""
        rows = self._db.execute(
            "SELECT *, '' AS text, '[]' AS pages, '[]' AS headings FROM version "
            "WHERE removed = 0 ORDER BY version"
        )
        return tuple(
            VersionInfo(row["version"], document_from_row(row), bool(row["is_current"]))
            for row in self._named(rows)
        )

    def documents(self) -> tuple[PolicyDocument, ...]:
        """The current version of every document, without texts, in the order of writing."""
        return tuple(info.document for info in self.versions() if info.is_current)

    def document(self, document_id: str, version: int | None = None) -> PolicyDocument | None:
        """One document with its text: its current version, or the version asked for."""
        where, values = "is_current = 1", (document_id,)
        if version is not None:
            where, values = "version = ?", (document_id, version)  # type: ignore[assignment]
        rows = self._db.execute(
            f"SELECT v.*, t.text, t.pages, t.headings FROM version v "  # noqa: S608
            f"JOIN version_text t USING (version) "
            f"WHERE document_id = ? AND removed = 0 AND {where}",
            values,
        )
        found = next(self._named(rows), None)
        return document_from_row(found) if found else None

    def excerpt(self, document_id: str, start_char: int, end_char: int) -> str | None:
        """The current text of a document between two positions, or None without the document."""
        row = self._db.execute(
            # SQLite counts characters from 1.
            "SELECT substr(t.text, ?1 + 1, ?2 - ?1) FROM version v "
            "JOIN version_text t USING (version) "
            "WHERE v.document_id = ?3 AND v.is_current = 1 AND v.removed = 0",
            (start_char, end_char, document_id),
        ).fetchone()
        return str(row[0]) if row else None

    def history(self, document_id: str) -> tuple[VersionInfo, ...]:
        """All versions of a document, the oldest first, removed ones included."""
        rows = self._db.execute(
            "SELECT *, '' AS text, '[]' AS pages, '[]' AS headings FROM version "
            "WHERE document_id = ? ORDER BY version",
            (document_id,),
        )
        return tuple(
            VersionInfo(row["version"], document_from_row(row), bool(row["is_current"]))
            for row in self._named(rows)
        )

    def document_with_content(self, sha256: str) -> str | None:
        """Id of the document whose current text has this digest, or None."""
        row = self._db.execute(
            "SELECT document_id FROM version WHERE sha256 = ? AND is_current = 1 AND removed = 0",
            (sha256,),
        ).fetchone()
        return str(row[0]) if row else None

    def document_of_source(self, source: str) -> tuple[str, str] | None:
        """Id and text digest of the current document that came from `source`, or None."""
        row = self._db.execute(
            "SELECT document_id, sha256 FROM version "
            "WHERE source = ? AND is_current = 1 AND removed = 0",
            (source,),
        ).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def current_digest(self, document_id: str) -> str | None:
        """Text digest of the current version of a document, or None."""
        row = self._db.execute(
            "SELECT sha256 FROM version WHERE document_id = ? AND is_current = 1 AND removed = 0",
            (document_id,),
        ).fetchone()
        return str(row[0]) if row else None

    def passages(self, keys: Sequence[int]) -> dict[int, Passage]:
        """Passages by key; keys of removed documents are left out."""
        found: dict[int, Passage] = {}
        for part in _parts(keys):
            marks = ",".join("?" * len(part))
            rows = self._db.execute(
                f"SELECT p.*, v.title AS title FROM passage p JOIN version v USING (version) "  # noqa: S608
                f"WHERE p.key IN ({marks}) AND v.removed = 0",
                part,
            )
            found.update((row["key"], passage_from_row(row)) for row in self._named(rows))
        return found

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document's current version, in reading order."""
        rows = self._db.execute(
            "SELECT p.*, v.title AS title FROM passage p JOIN version v USING (version) "
            "WHERE v.document_id = ? AND v.is_current = 1 AND v.removed = 0 "
            "ORDER BY p.start_char, p.key",
            (document_id,),
        )
        return tuple(passage_from_row(row) for row in self._named(rows))

    def keys_of_article(self, version: int, articles: Sequence[str]) -> tuple[int, ...]:
        """Keys of the passages of these articles in one version, in reading order."""
        marks = ",".join("?" * len(articles))
        rows = self._db.execute(
            f"SELECT key FROM passage WHERE version = ? AND article IN ({marks}) "  # noqa: S608
            "ORDER BY start_char",
            (version, *articles),
        )
        return tuple(row[0] for row in rows)

    def keys_of_version(self, version: int) -> tuple[int, ...]:
        """Keys of all passages of one version, in reading order."""
        rows = self._db.execute(
            "SELECT key FROM passage WHERE version = ? ORDER BY start_char", (version,)
        )
        return tuple(row[0] for row in rows)

    def passage_versions(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Key and version number of every passage that may be retrieved, shapes (n,), (n,)."""
        rows = self._db.execute(
            "SELECT p.key, p.version FROM passage p JOIN version v USING (version) "
            "WHERE v.removed = 0 ORDER BY p.key"
        ).fetchall()
        pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0].copy(), pairs[:, 1].copy()

    def vectors(self, keys: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Unit vectors of passages by key, shape (dimension,) each."""
        found: dict[int, NDArray[np.float32]] = {}
        for part in _parts(keys):
            marks = ",".join("?" * len(part))
            rows = self._db.execute(
                f"SELECT p.key, v.vector FROM passage p JOIN vector v USING (text_digest) "  # noqa: S608
                f"WHERE p.key IN ({marks})",
                part,
            )
            found.update((key, _vector(blob)) for key, blob in rows)
        return found

    def known_vectors(self, digests: Sequence[str]) -> set[str]:
        """Which of these text digests have a vector already."""
        known: set[str] = set()
        for part in _parts(digests):
            marks = ",".join("?" * len(part))
            rows = self._db.execute(
                f"SELECT text_digest FROM vector WHERE text_digest IN ({marks})",  # noqa: S608
                part,
            )
            known.update(row[0] for row in rows)
        return known

    def facts(self, kind: str | None = None, region: str | None = None) -> tuple[PolicyFact, ...]:
        """Facts of current documents, filtered by kind and exact region where given."""
        rows = self._db.execute(
            "SELECT f.* FROM fact f JOIN version v USING (version) "
            "WHERE v.is_current = 1 AND v.removed = 0 "
            "AND (?1 IS NULL OR f.kind = ?1) AND (?2 IS NULL OR f.region = ?2) "
            "ORDER BY v.version, f.start_char",
            (kind, region),
        )
        return tuple(fact_from_row(row) for row in self._named(rows))

    def changes_since(self, generation: int) -> Change:
        """What an index of `generation` must add and remove to follow the catalogue."""
        with self._reading():
            now = self.generation
            added = self._db.execute(
                "SELECT p.key FROM passage p JOIN version v USING (version) "
                "WHERE v.removed = 0 AND v.added_generation > ? ORDER BY p.key",
                (generation,),
            ).fetchall()
            removed = self._db.execute(
                "SELECT p.key FROM passage p JOIN version v USING (version) "
                "WHERE v.removed = 1 AND v.removed_generation > ? AND v.added_generation <= ?",
                (generation, generation),
            ).fetchall()
        return Change(now, tuple(row[0] for row in added), tuple(row[0] for row in removed))

    def count(self) -> int:
        """Number of passages that may be retrieved."""
        row = self._db.execute(
            "SELECT count(*) FROM passage p JOIN version v USING (version) WHERE v.removed = 0"
        ).fetchone()
        return int(row[0])

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One consistent state for several queries."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    def _meta(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    @staticmethod
    def _named(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _vector(blob: bytes) -> NDArray[np.float32]:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def _parts(values: Sequence[object]) -> Iterator[list[object]]:
    items = [int(v) if isinstance(v, np.integer) else v for v in values]
    for start in range(0, len(items), _MANY):
        yield items[start : start + _MANY]
