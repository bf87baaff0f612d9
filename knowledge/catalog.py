"""The catalogue: one SQLite file that holds everything that must not be lost.

Documents with all their versions, passages, vectors and facts are written in transactions
that are durable when they return (write-ahead log, full synchronisation). The search indexes
are built from it. A `generation` counts the changes that the indexes must follow.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog_file import told
from knowledge.catalog_reader import CatalogReader
from knowledge.catalog_rows import (
    document_to_row,
    fact_to_row,
    passage_to_row,
    value_to_column,
)
from knowledge.documents import Passage, PolicyDocument, PolicyFact
from knowledge.errors import ModelMismatchError
from knowledge.metadata_edits import EDITABLE, Value

_TEXTS = ("text", "pages", "headings")


class Catalog(CatalogReader):
    """Reads and writes one catalogue file. Not shared between threads: open one per thread."""

    def __enter__(self) -> Catalog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Writing ------------------------------------------------------------------------------

    def use_model(self, fingerprint: str) -> None:
        """Bind the catalogue to one embedding model, or refuse another than the bound one."""
        known = self._meta("model_fingerprint")
        if known is None:
            with self.transaction():
                self._set_meta("model_fingerprint", fingerprint)
        elif known != fingerprint:
            raise ModelMismatchError(
                f"资料库是用另一个向量模型建立的（{known}），现在的模型是 {fingerprint}。"
                "请换回原来的模型，或换一个新的资料文件夹后重新导入。",
                f"The library was built with another embedding model ({known}); the current one "
                f"is {fingerprint}. Go back to that model, or use a new home folder and ingest "
                "again.",
            )

    def add_vectors(self, rows: Iterable[tuple[str, NDArray[np.float32]]]) -> None:
        """Store vectors by text digest; in a transaction of the caller or its own."""
        values = [(digest, vector.astype(np.float16).tobytes()) for digest, vector in rows]
        with self._writing():
            self._db.executemany(
                "INSERT OR IGNORE INTO vector (text_digest, vector) VALUES (?, ?)", values
            )

    def add_document(
        self,
        document: PolicyDocument,
        passages: Sequence[Passage],
        digests: Sequence[str],
        facts: Sequence[PolicyFact] = (),
    ) -> None:
        """Write a document as the current version of its id; within `transaction()`.

        The user's corrections of its id are applied here: `document` is what its source says.
        `digests` names each passage's vector, which must be stored already; where the title was
        corrected, they are of passages with the title of `edited(document)`.
        """
        generation = self._next_generation()
        self._write(
            "UPDATE version SET is_current = 0 WHERE document_id = ? AND is_current = 1",
            (document.id,),
        )
        row = self._described(document)
        texts = {name: row.pop(name) for name in _TEXTS}
        version = self._insert("version", {**row, "added_generation": generation, "is_current": 1})
        self._insert("version_text", {"version": version, **texts})
        for passage, digest in zip(passages, digests, strict=True):
            self._insert("passage", passage_to_row(passage, version, digest))
        for fact in facts:
            self._insert("fact", fact_to_row(fact, version))

    def update_metadata(self, document: PolicyDocument) -> bool:
        """Change what is known of a document's current version, text and passages untouched.

        `document` is what its source says now; the user's corrections are applied here. Returns
        whether anything is different now that a reader of the library can see.
        """
        row = self._described(document)
        for name in (*_TEXTS, "sha256", "document_id"):
            row.pop(name)
        before = self._current_row(document.id)
        if before is None:
            return False
        changed = {name for name in row if row[name] != before[name]} - {"retrieved_at", "found"}
        with self._within():
            self._update_current(document.id, row)
            if changed:
                self._note_change(document.id, searched="title" in changed)
        return bool(changed)

    def edit_metadata(self, document_id: str, changes: Mapping[str, Value]) -> None:
        """Correct fields (of EDITABLE) of a document, for this and every later version."""
        now = datetime.now(UTC).replace(microsecond=0).isoformat()
        with self._within():
            for field, value in changes.items():
                self._write(
                    "INSERT INTO edit (document_id, field, value, edited_at) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (document_id, field) DO UPDATE "
                    "SET value = excluded.value, edited_at = excluded.edited_at",
                    (document_id, field, value_to_column(value), now),
                )
            self._apply_edits(document_id)

    def reset_metadata(self, document_id: str, fields: Sequence[str]) -> None:
        """Take corrections of a document back: its fields are again what its source says."""
        with self._within():
            for field in fields:
                self._write(
                    "DELETE FROM edit WHERE document_id = ? AND field = ?", (document_id, field)
                )
            self._apply_edits(document_id)

    def use_vectors(self, document_id: str, digests: Sequence[str]) -> None:
        """Point the current passages, in reading order, to other vectors, stored already."""
        keys = self._query(
            "SELECT p.key FROM passage p JOIN version v USING (version) "
            "WHERE v.document_id = ? AND v.is_current = 1 ORDER BY p.start_char, p.key",
            (document_id,),
        )
        with self._within():
            for (key,), digest in zip(keys, digests, strict=True):
                self._write("UPDATE passage SET text_digest = ? WHERE key = ?", (digest, key))

    def remove_document(self, document_id: str) -> bool:
        """Take a document with all its versions out of retrieval; False if there is none."""
        with self.transaction():
            if self.current_digest(document_id) is None:
                return False
            self._write(
                "UPDATE version SET removed = 1, is_current = 0, removed_generation = ? "
                "WHERE document_id = ? AND removed = 0",
                (self._next_generation(), document_id),
            )
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; durable when the block ends without an error."""
        self._write("BEGIN IMMEDIATE")
        try:
            yield
            self._write("COMMIT")
        except sqlite3.Error as error:
            self._rollback()
            raise told(self.path, error, writing=True) from error
        except BaseException:
            self._rollback()
            raise

    # Inner steps --------------------------------------------------------------------------

    @contextmanager
    def _within(self) -> Iterator[None]:
        """The caller's transaction, or one of its own."""
        if self._db.in_transaction:
            yield
        else:
            with self.transaction():
                yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise told(self.path, error, writing=True) from error

    def _write(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        with self._writing():
            return self._db.execute(sql, values)

    def _rollback(self) -> None:
        # SQLite has rolled back by itself after some failures, and refuses it after others.
        with suppress(sqlite3.Error):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _described(self, document: PolicyDocument) -> dict[str, object]:
        """The columns of a document with its corrections, and in `found` what those replace."""
        source = document_to_row(document)
        row = document_to_row(self.edited(document))
        edits = self.edits(document.id)
        found = {
            name: source[name] for name in EDITABLE if name in edits or row[name] != source[name]
        }
        return {**row, "found": json.dumps(found, ensure_ascii=False)}

    def _apply_edits(self, document_id: str) -> None:
        """Describe the current version anew: by its source, then by the corrections."""
        document = self.document(document_id)
        if document is None:
            return
        found = self.found(document_id)
        before = document_to_row(document)
        row = self._described(replace(document, **found))  # type: ignore[arg-type]
        columns = {name: row[name] for name in (*EDITABLE, "found")}
        self._update_current(document_id, columns)
        self._note_change(document_id, searched=row["title"] != before["title"])

    def _current_row(self, document_id: str) -> dict[str, object] | None:
        rows = self._named(
            "SELECT * FROM version WHERE document_id = ? AND is_current = 1", (document_id,)
        )
        return rows[0] if rows else None

    def _update_current(self, document_id: str, row: Mapping[str, object]) -> None:
        sets = ", ".join(f"{name} = ?" for name in row)
        self._write(
            f"UPDATE version SET {sets} WHERE document_id = ? AND is_current = 1",  # noqa: S608
            (*row.values(), document_id),
        )

    def _note_change(self, document_id: str, *, searched: bool) -> None:
        """Let readers follow; the indexes too where the passages are searched by other words."""
        generation = self._next_generation()
        if searched:
            self._update_current(document_id, {"changed_generation": generation})

    def _set_meta(self, name: str, value: str) -> None:
        self._write(
            "INSERT INTO meta (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def _next_generation(self) -> int:
        generation = self.generation + 1
        self._set_meta("generation", str(generation))
        return generation

    def _insert(self, table: str, row: dict[str, object]) -> int:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        cursor = self._write(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names are ours
            tuple(row.values()),
        )
        return int(cursor.lastrowid or 0)
