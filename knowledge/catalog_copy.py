"""Whole copies of a catalogue: taken while others write, and put in place while others read."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.catalog_file import BUSY_SECONDS, CatalogDamagedError, told
from knowledge.catalog_schema import SCHEMA_VERSION, migration

_SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class CatalogSummary:
    """What a catalogue holds, in numbers."""

    schema: int
    model: str | None
    """Fingerprint of the embedding model; None for a catalogue that was never filled."""
    generation: int
    documents: int
    versions: int
    passages: int


def copy_catalog(source: Path, target: Path) -> CatalogSummary:
    """Write a checked copy of `source` to the new file `target`, one moment's state of it.

    Other processes may read and write `source` meanwhile; they neither wait nor are waited for.
    Raises CatalogDamagedError if `source` is damaged, CatalogError if it cannot be copied.
    """
    with Catalog(source) as catalog:
        catalog.copy_to(target)
    with Catalog(target) as catalog:
        catalog.check()
        summary = _summary(catalog)
    make_single_file(target)
    return summary


def check_copy(path: Path) -> CatalogSummary:
    """Check a copy through and through and bring it to the present schema.

    Raises CatalogDamagedError if it is damaged or is not a catalogue of this program.
    """
    with Catalog(path) as catalog:
        catalog.check()
        summary = _summary(catalog)
    make_single_file(path)
    with closing(_open(path)) as db:
        found = set(db.execute("SELECT type, name FROM sqlite_master"))
    # A trigger or a view that this program did not write would run with its rights.
    if strange := found ^ _own_objects():
        raise CatalogDamagedError(
            f"文件 {path} 不是本程序的资料库（{sorted(strange)[:3]}）。",
            f"The file {path} is no catalogue of this program ({sorted(strange)[:3]}).",
        )
    return summary


def give_new_numbers(path: Path, *, generation: int, first_key: int) -> None:
    """Number a copy's passages anew, so that no index of another catalogue fits it.

    Every passage counts as added in `generation`, and no passage has a key below `first_key`: an
    index that does not know of the copy yet then finds nothing rather than something else.
    """
    try:
        with closing(_open(path)) as db:
            db.execute("BEGIN IMMEDIATE")
            lowest, highest = db.execute(
                "SELECT coalesce(min(key), 0), coalesce(max(key), 0) FROM passage"
            ).fetchone()
            if lowest < first_key:
                # Past its own keys too: SQLite would meet one that is still taken half way.
                shift = max(first_key, highest + 1) - lowest
                db.execute("UPDATE passage SET key = key + ?", (shift,))
                db.execute(
                    "UPDATE sqlite_sequence SET seq = ? WHERE name = 'passage'", (highest + shift,)
                )
            db.execute(
                "UPDATE version SET changed_generation = NULL, added_generation = "
                "CASE removed WHEN 0 THEN ? ELSE added_generation END",
                (generation,),
            )
            db.execute(
                "INSERT INTO meta (name, value) VALUES ('generation', ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (str(generation),),
            )
            db.execute("COMMIT")
    except sqlite3.Error as error:
        raise told(path, error, writing=True) from error


def highest_key(path: Path) -> int:
    """The highest passage key that this catalogue has ever given out."""
    try:
        with closing(_open(path)) as db:
            row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passage'").fetchone()
    except sqlite3.Error as error:
        raise told(path, error) from error
    return int(row[0]) if row else 0


def put_in_place(copy: Path, live: Path) -> None:
    """Make `copy` the content of the catalogue `live`, in one transaction.

    The file stays the same file: whoever has it open reads the former content up to that
    moment and the new one from it. Raises CatalogError with nothing changed.
    """
    try:
        with closing(_open(copy)) as origin, closing(_open(live)) as catalog:
            catalog.execute("PRAGMA synchronous = FULL")
            origin.backup(catalog, pages=-1)
    except sqlite3.Error as error:
        raise told(live, error, writing=True) from error


def shorten_log(path: Path) -> None:
    """Take the log, as long as a library that was put in place, into the file, unless in use."""
    with suppress(sqlite3.Error), closing(_open(path)) as db:
        db.execute("PRAGMA busy_timeout = 200")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_single_file(path: Path) -> None:
    """Move what stands in the write-ahead log into the file itself; nobody else has it open."""
    try:
        with closing(_open(path)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise told(path, error, writing=True) from error


def side_files(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a catalogue while it is open or after a crash."""
    return tuple(side for end in _SIDE_FILES if (side := path.with_name(path.name + end)).exists())


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _summary(catalog: Catalog) -> CatalogSummary:
    versions = catalog.versions()
    return CatalogSummary(
        SCHEMA_VERSION,
        catalog.model,
        catalog.generation,
        sum(info.is_current for info in versions),
        len(versions),
        catalog.count(),
    )


def _own_objects() -> set[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as db:
        for statement in migration(0):
            db.execute(statement)
        return set(db.execute("SELECT type, name FROM sqlite_master"))
