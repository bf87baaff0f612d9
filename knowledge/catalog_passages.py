"""Reading the catalogue's passages: their texts, vectors and changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog_file import CatalogFile
from knowledge.catalog_rows import passage_from_row
from knowledge.documents import Passage

# SQLite's limit on variables in one statement is 32,766; stay well below.
_MANY = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What the indexes must do to follow the catalogue from one generation to another."""

    generation: int
    added: tuple[int, ...]
    """Keys of passages to add, after the removals."""
    removed: tuple[int, ...]
    """Keys of passages to remove; a passage that is now searched by other words is in both."""


class PassageReader(CatalogFile):
    """What may be asked about passages. Not shared between threads."""

    @property
    def generation(self) -> int:
        """Counts the changes to what may be retrieved."""
        return int(self._meta("generation") or 0)

    def passages(self, keys: Sequence[int]) -> dict[int, Passage]:
        """Passages by key; keys of removed documents are left out."""
        found: dict[int, Passage] = {}
        for part in _parts(keys):
            marks = ",".join("?" * len(part))
            rows = self._named(
                f"SELECT p.*, v.title AS title FROM passage p JOIN version v USING (version) "  # noqa: S608
                f"WHERE p.key IN ({marks}) AND v.removed = 0",
                part,
            )
            found.update((row["key"], passage_from_row(row)) for row in rows)
        return found

    def passages_of(self, document_id: str, version: int | None = None) -> tuple[Passage, ...]:
        """The passages of a document's current version, or of `version`, in reading order."""
        rows = self._named(
            "SELECT p.*, v.title AS title FROM passage p JOIN version v USING (version) "
            "WHERE v.document_id = ?1 AND v.removed = 0 "
            "AND (v.version = ?2 OR (?2 IS NULL AND v.is_current = 1)) "
            "ORDER BY p.start_char, p.key",
            (document_id, version),
        )
        return tuple(passage_from_row(row) for row in rows)

    def keys_of_article(self, version: int, articles: Sequence[str]) -> tuple[int, ...]:
        """Keys of the passages of these articles in one version, in reading order."""
        return tuple(key for _, key in self.keys_of_articles((version,), articles))

    def keys_of_articles(
        self, versions: Sequence[int], articles: Sequence[str]
    ) -> list[tuple[int, int]]:
        """(version, key) of the passages of these articles, each version's in reading order."""
        wanted = ",".join("?" * len(articles))
        found: list[tuple[int, int]] = []
        for part in _parts(versions):
            marks = ",".join("?" * len(part))
            found += self._query(
                f"SELECT version, key FROM passage WHERE version IN ({marks}) "  # noqa: S608
                f"AND article IN ({wanted}) ORDER BY version, start_char, key",
                (*part, *articles),
            )
        return found

    def keys_of_version(self, version: int) -> tuple[int, ...]:
        """Keys of all passages of one version, in reading order."""
        rows = self._query(
            "SELECT key FROM passage WHERE version = ? ORDER BY start_char, key", (version,)
        )
        return tuple(row[0] for row in rows)

    def passage_versions(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Key and version number of every passage that may be retrieved, shapes (n,), (n,)."""
        rows = self._query(
            "SELECT p.key, p.version FROM passage p JOIN version v USING (version) "
            "WHERE v.removed = 0 ORDER BY p.key"
        )
        pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0].copy(), pairs[:, 1].copy()

    def changed_passages(self, version: int, earlier: int) -> tuple[int, int]:
        """Passages of `version` whose text `earlier` does not hold, and the other way round."""
        count = (
            "SELECT count(*) FROM passage WHERE version = ?1 "
            "AND text NOT IN (SELECT text FROM passage WHERE version = ?2)"
        )
        new, gone = self._query(count, (version, earlier)), self._query(count, (earlier, version))
        return int(new[0][0]), int(gone[0][0])

    def vectors(self, keys: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Unit vectors of passages by key, shape (dimension,) each."""
        found: dict[int, NDArray[np.float32]] = {}
        for part in _parts(keys):
            marks = ",".join("?" * len(part))
            rows = self._query(
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
            rows = self._query(
                f"SELECT text_digest FROM vector WHERE text_digest IN ({marks})",  # noqa: S608
                part,
            )
            known.update(row[0] for row in rows)
        return known

    def changes_since(self, generation: int) -> Change:
        """What an index of `generation` must add and remove to follow the catalogue."""
        with self._reading():
            now = self.generation
            added = self._query(
                "SELECT p.key FROM passage p JOIN version v USING (version) WHERE v.removed = 0 "
                "AND (v.added_generation > ?1 OR v.changed_generation > ?1) ORDER BY p.key",
                (generation,),
            )
            removed = self._query(
                "SELECT p.key FROM passage p JOIN version v USING (version) "
                "WHERE v.added_generation <= ?1 AND ((v.removed = 1 AND v.removed_generation > ?1)"
                " OR (v.removed = 0 AND v.changed_generation > ?1)) ORDER BY p.key",
                (generation,),
            )
        return Change(now, tuple(row[0] for row in added), tuple(row[0] for row in removed))

    def count(self) -> int:
        """Number of passages that may be retrieved."""
        row = self._first(
            "SELECT count(*) FROM passage p JOIN version v USING (version) WHERE v.removed = 0"
        )
        return int(row[0]) if row else 0


def _vector(blob: bytes) -> NDArray[np.float32]:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def _parts(values: Sequence[object]) -> Iterator[list[object]]:
    items = [int(v) if isinstance(v, np.integer) else v for v in values]
    for start in range(0, len(items), _MANY):
        yield items[start : start + _MANY]
