"""The catalogue's file: opened, brought to the present schema, and its failures in words.

SQLite's own errors end here: whoever uses the catalogue gets a CatalogError with a sentence.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from knowledge.catalog_schema import SCHEMA_VERSION, migration
from knowledge.errors import CatalogError, CatalogLockedError

# How long a statement waits for another process that is writing.
BUSY_SECONDS = 30.0
# Primary result codes, https://sqlite.org/rescode.html; extended ones share their low byte.
_BUSY, _LOCKED, _READONLY, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 11, 13, 14, 26


class CatalogDamagedError(CatalogError):
    """The file is no catalogue, or no longer one; it is left as it is."""


class CatalogFile:
    """An open catalogue file and its queries. Not shared between threads: open one per thread."""

    def __init__(self, path: Path) -> None:
        """Open `path`, made new where there is none.

        A file that may not be written is opened for reading. Raises CatalogDamagedError for
        a file that is no catalogue, CatalogError where it cannot be opened.
        """
        self.path = path
        try:
            if path.is_dir():
                raise IsADirectoryError(21, "Is a directory")
            path.parent.mkdir(parents=True, exist_ok=True)
            _refuse_emptied(path)
            self._db = _connect(path)
        except sqlite3.Error as error:
            raise told(path, error, opening=True) from error
        except OSError as error:
            raise _cannot_open(path, error) from error

    def close(self) -> None:
        """Release the file."""
        with suppress(sqlite3.Error):
            self._db.close()

    def check(self) -> None:
        """Read every page of the file; raises CatalogDamagedError if one is damaged."""
        problems = [row[0] for row in self._query("PRAGMA integrity_check(3)") if row[0] != "ok"]
        problems += [f"{row[0]} → {row[2]}" for row in self._query("PRAGMA foreign_key_check")]
        if problems:
            raise _damaged(self.path, "; ".join(problems[:3]))

    def copy_to(self, path: Path) -> None:
        """Write this moment's state into the file `path`; nobody waits for it, nor it for them."""
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as copy:
                # All pages in one step, which is one read transaction.
                self._db.backup(copy, pages=-1)
        except sqlite3.Error as error:
            raise told(path, error, writing=True) from error

    # Queries ------------------------------------------------------------------------------

    def _query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise told(self.path, error) from error

    def _named(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """All rows of a query, by column; of two columns of one name the later counts."""
        try:
            cursor = self._db.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
        except sqlite3.Error as error:
            raise told(self.path, error) from error

    def _first(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        return next(iter(self._query(sql, values)), None)

    def _meta(self, name: str) -> str | None:
        row = self._first("SELECT value FROM meta WHERE name = ?", (name,))
        return str(row[0]) if row else None

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One consistent state for several queries."""
        if self._db.in_transaction:
            yield
            return
        self._query("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._db.execute("COMMIT")


def told(
    path: Path, error: sqlite3.Error, *, writing: bool = False, opening: bool = False
) -> CatalogError:
    """What a failure of SQLite means to whoever uses the library, and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    nothing_zh = "没有写入任何内容。" if writing else ""
    nothing_en = " Nothing was changed." if writing else ""
    if code in (_CORRUPT, _NOTADB):
        return _damaged(path, error)
    if code in (_BUSY, _LOCKED):
        return CatalogLockedError(
            f"资料库 {path} 正被另一个进程占用（{error}），等待超时。{nothing_zh}请稍后重试。",
            f"The catalogue {path} is in use by another process ({error}); waiting for it timed "
            f"out.{nothing_en} Try again later.",
        )
    if code == _FULL:
        return CatalogError(
            f"磁盘已满，资料库 {path} 无法写入（{error}）。{nothing_zh}请清理磁盘空间后重试。",
            f"The disk is full: the catalogue {path} cannot be written ({error}).{nothing_en} "
            "Make room, then try again.",
        )
    if code == _READONLY:
        return CatalogError(
            f"资料库 {path} 只能读取，不能写入（{error}）。{nothing_zh}请检查文件与文件夹权限后重试。",
            f"The catalogue {path} is read-only ({error}).{nothing_en} Check the permissions of "
            "the file and its folder, then try again.",
        )
    if opening:
        return _cannot_open(path, error)
    if writing:
        return CatalogError(
            f"资料库写入失败（{error}），没有写入任何内容。请检查磁盘空间与文件夹权限后重试。",
            f"The catalogue could not be written ({error}); nothing was changed. Check disk "
            "space and the folder's permissions, then try again.",
        )
    return CatalogError(
        f"资料库 {path} 读取失败（{error}）。请检查磁盘后重试；仍不行时用 policy-assistant restore "
        "恢复备份。",
        f"The catalogue {path} could not be read ({error}). Check the disk and try again; if it "
        "fails again, restore a backup: policy-assistant restore FILE",
    )


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that writes, or one that only reads where the file allows no more."""
    try:
        return _prepared(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in (_READONLY, _CANTOPEN) or not path.is_file():
            raise
        wal = path.with_name(path.name + "-wal")
        # Without its side files nobody has the catalogue open, and none can be made beside it.
        how = "mode=ro" if wal.exists() else "mode=ro&immutable=1"
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?{how}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        if _user_version(db) != SCHEMA_VERSION:
            db.close()
            raise
        return db


def _prepared(db: sqlite3.Connection) -> sqlite3.Connection:
    """Settings, and the tables of the present schema; closes `db` when that fails."""
    try:
        _refuse_newer(db)
        _use_write_ahead_log(db)
        # A commit survives power loss, not only a killed process.
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        if _user_version(db) < SCHEMA_VERSION:
            _migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _use_write_ahead_log(db: sqlite3.Connection) -> None:
    """Switch the log; SQLite does not wait by itself while another process switches it."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (_BUSY, _LOCKED)
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _migrate(db: sqlite3.Connection) -> None:
    """Bring the tables up to date in one transaction; another process may have been quicker."""
    db.execute("BEGIN IMMEDIATE")
    try:
        for statement in migration(_user_version(db)):
            db.execute(statement)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _user_version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(db: sqlite3.Connection) -> None:
    if _user_version(db) > SCHEMA_VERSION:
        raise CatalogError(
            "资料库由更新版本的程序写成，请先升级本程序。",
            "The catalogue was written by a newer version of this program; upgrade it first.",
        )


def _refuse_emptied(path: Path) -> None:
    """An empty file is a new catalogue, but not beside indexes that were built from one."""
    wal = path.with_name(path.name + "-wal")
    if (
        path.exists()
        and not path.stat().st_size
        and (path.parent / "index" / "CURRENT").exists()
        and not (wal.exists() and wal.stat().st_size)
    ):
        raise _damaged(path, "0 bytes")


def _damaged(path: Path, reason: object) -> CatalogDamagedError:
    return CatalogDamagedError(
        f"资料库文件 {path} 已损坏（{reason}），文件原样保留。请用 policy-assistant restore 备份文件 "
        "恢复最近的备份；没有备份时，把它移到别处后重新导入文件。",
        f"The catalogue {path} is damaged ({reason}); the file is kept as it is. Restore the "
        "latest backup with: policy-assistant restore FILE. Without a backup, move the file away "
        "and ingest the documents again.",
    )


def _cannot_open(path: Path, error: Exception) -> CatalogError:
    return CatalogError(
        f"资料库 {path} 无法打开或写入（{error}）。请检查该文件夹是否存在、是否可写、磁盘是否已满，"
        "或用 POLICY_ASSISTANT_HOME 另选一个文件夹。",
        f"The catalogue {path} cannot be opened or written ({error}). Check that its folder "
        "exists, is writable and has space, or choose another with POLICY_ASSISTANT_HOME.",
    )
