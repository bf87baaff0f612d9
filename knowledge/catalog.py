"""The catalogue: one SQLite file that holds everything that must not be lost.

Documents with all their versions, passages, vectors and facts are written in transactions
that are durable when they return (write-ahead log, full synchronisation). The search indexes
are built from it. A `generation` counts the changes that the indexes must follow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog_reader import CatalogReader
from knowledge.catalog_rows import (
    document_to_row,
    fact_to_row,
    passage_to_row,
)
from knowledge.catalog_schema import SCHEMA, SCHEMA_VERSION
from knowledge.documents import Passage, PolicyDocument, PolicyFact
from knowledge.errors import CatalogError, ModelMismatchError


class Catalog(CatalogReader):
    """Reads and writes one catalogue file. Not shared between threads: open one per thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            # A commit survives power loss, not only a killed process.
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise _cannot_open(path, error) from error

    def close(self) -> None:
        """Release the file."""
        self._db.close()

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
        self._db.executemany(
            "INSERT OR IGNORE INTO vector (text_digest, vector) VALUES (?, ?)",
            ((digest, vector.astype(np.float16).tobytes()) for digest, vector in rows),
        )

    def add_document(
        self,
        document: PolicyDocument,
        passages: Sequence[Passage],
        digests: Sequence[str],
        facts: Sequence[PolicyFact] = (),
    ) -> None:
        """Write a document as the current version of its id; within `transaction()`.

        `digests` names each passage's vector, which must be stored already.
        """
        generation = self._next_generation()
        self._db.execute(
            "UPDATE version SET is_current = 0 WHERE document_id = ? AND is_current = 1",
            (document.id,),
        )
        row = document_to_row(document)
        texts = {name: row.pop(name) for name in ("text", "pages", "headings")}
        version = self._insert("version", {**row, "added_generation": generation, "is_current": 1})
        self._insert("version_text", {"version": version, **texts})
        for passage, digest in zip(passages, digests, strict=True):
            self._insert("passage", passage_to_row(passage, version, digest))
        for fact in facts:
            self._insert("fact", fact_to_row(fact, version))

    def update_metadata(self, document: PolicyDocument) -> None:
        """Change what is known of a document's current version, text and passages untouched."""
        row = document_to_row(document)
        for name in ("text", "pages", "headings", "sha256", "document_id"):
            row.pop(name)
        sets = ", ".join(f"{name} = ?" for name in row)
        self._db.execute(
            f"UPDATE version SET {sets} WHERE document_id = ? AND is_current = 1",  # noqa: S608
            (*row.values(), document.id),
        )

    def remove_document(self, document_id: str) -> bool:
        """Take a document with all its versions out of retrieval; False if there is none."""
        with self.transaction():
            if self.current_digest(document_id) is None:
                return False
            self._db.execute(
                "UPDATE version SET removed = 1, is_current = 0, removed_generation = ? "
                "WHERE document_id = ? AND removed = 0",
                (self._next_generation(), document_id),
            )
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; durable when the block ends without an error."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._rollback()
            raise CatalogError(
                f"资料库写入失败（{error}），没有写入任何内容。请检查磁盘空间与文件夹权限后重试。",
                f"The catalogue could not be written ({error}); nothing was changed. Check disk "
                "space and the folder's permissions, then try again.",
            ) from error
        except BaseException:
            self._rollback()
            raise

    # Inner steps --------------------------------------------------------------------------

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise CatalogError(
                "资料库由更新版本的程序写成，请先升级本程序。",
                "The catalogue was written by a newer version of this program; upgrade it first.",
            )
        if version < SCHEMA_VERSION:
            self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")

    def _rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _set_meta(self, name: str, value: str) -> None:
        self._db.execute(
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
        cursor = self._db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names are ours
            tuple(row.values()),
        )
        return int(cursor.lastrowid or 0)


def _cannot_open(path: Path, error: Exception) -> CatalogError:
    return CatalogError(
        f"资料库 {path} 无法打开或写入（{error}）。请检查该文件夹是否存在、是否可写、磁盘是否已满，"
        "或用 POLICY_ASSISTANT_HOME 另选一个文件夹。",
        f"The catalogue {path} cannot be opened or written ({error}). Check that its folder "
        "exists, is writable and has space, or choose another with POLICY_ASSISTANT_HOME.",
    )
