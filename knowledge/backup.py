"""The whole library in one file, taken while the server runs and other processes write.

A backup is a ZIP archive of two members: `catalog.sqlite3`, one moment's state of the
catalogue, and `manifest.json`, which says what it holds and carries its digest. Settings, keys,
the model and the indexes are not in it: indexes are rebuilt from the catalogue.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from knowledge.catalog_copy import CatalogSummary, copy_catalog
from knowledge.catalog_schema import SCHEMA_VERSION
from knowledge.errors import KnowledgeError

FORMAT, PRODUCT = 1, "policy-assistant"
_MANIFEST, _CATALOG = "manifest.json", "catalog.sqlite3"
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 1 << 16
_NOTE = "last-backup.json"
# What the reader of a ZIP archive raises over a damaged or a foreign one.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, TypeError),
)


class BackupError(KnowledgeError):
    """A backup cannot be written, read or restored."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, by its own manifest."""

    format: int
    created_at: datetime
    size: int
    """Bytes of the catalogue in it."""
    sha256: str
    """Hex digest of the catalogue in it."""
    summary: CatalogSummary


def back_up(catalog: Path, target: Path, *, overwrite: bool = False) -> Backup:
    """Write the library of `catalog` to the file `target`, checked before it gets its name.

    Raises BackupError if `target` exists (unless `overwrite`) or cannot be written, and
    CatalogError if the catalogue cannot be read; `target` is then as it was.
    """
    _check_target(catalog, target, overwrite)
    with _aside(target) as folder:
        copy, archive = folder / _CATALOG, folder / "backup.zip"
        summary = copy_catalog(catalog, copy)
        backup = Backup(
            FORMAT,
            datetime.now(UTC).replace(microsecond=0),
            copy.stat().st_size,
            _digest(copy),
            summary,
        )
        _write_archive(archive, copy, backup)
        if read_catalog(archive, folder / "checked.sqlite3") != backup:
            raise _damaged(target, "read back differently")
        if target.exists() and not overwrite:
            raise _exists(target)
        archive.replace(target)
        _sync_folder(target.parent)
    return backup


def read_manifest(file: Path) -> Backup:
    """What a backup holds; raises BackupError if it is none, damaged, or of a newer program."""
    with _reading(file), zipfile.ZipFile(file) as archive:
        if archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
            raise ValueError("manifest")
        fields: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        if fields["product"] != PRODUCT:
            raise ValueError("product")
        if int(fields["format"]) > FORMAT or int(fields["summary"]["schema"]) > SCHEMA_VERSION:
            raise _newer(file)
        return Backup(
            int(fields["format"]),
            datetime.fromisoformat(fields["created_at"]),
            int(fields["size"]),
            str(fields["sha256"]),
            CatalogSummary(**fields["summary"]),
        )


def read_catalog(file: Path, target: Path) -> Backup:
    """Write the catalogue of a backup to `target` and compare its digest.

    Raises BackupError if the backup is damaged. No more is written than the manifest announces.
    """
    backup = read_manifest(file)
    digest, size = hashlib.sha256(), 0
    with _writing(target), target.open("wb") as out:
        for chunk in _catalog_chunks(file):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            if size > backup.size:
                break
        out.flush()
        os.fsync(out.fileno())
    if size != backup.size or digest.hexdigest() != backup.sha256:
        raise _damaged(file, "sha256")
    return backup


def note_backup(home: Path, file: Path, backup: Backup) -> None:
    """Remember the latest backup of a home folder; a folder that is read-only remembers none."""
    note = {
        "file": str(file.absolute()),
        "created_at": backup.created_at.isoformat(),
        "generation": backup.summary.generation,
    }
    with suppress(OSError):
        (home / _NOTE).write_text(json.dumps(note, ensure_ascii=False), "utf-8")


def last_backup(home: Path) -> tuple[str, datetime, int] | None:
    """File, time and generation of the latest backup of a home folder, or None."""
    try:
        note = json.loads((home / _NOTE).read_text("utf-8"))
        return (
            str(note["file"]),
            datetime.fromisoformat(note["created_at"]),
            int(note["generation"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


# Inner steps ------------------------------------------------------------------------------


def _catalog_chunks(file: Path) -> Iterator[bytes]:
    with _reading(file), zipfile.ZipFile(file) as archive, archive.open(_CATALOG) as source:
        while chunk := source.read(_CHUNK):
            yield chunk


def _check_target(catalog: Path, target: Path, overwrite: bool) -> None:
    if not catalog.is_file():
        raise BackupError(
            f"{catalog.parent} 里还没有资料库，没有可备份的内容。",
            f"There is no library in {catalog.parent} yet: nothing to back up.",
        )
    if target.is_dir() or not target.parent.is_dir():
        raise BackupError(
            f"备份应写入一个文件，而 {target} 是文件夹，或其所在文件夹不存在。",
            f"A backup is a file, but {target} is a folder or lies in a folder that does not "
            "exist.",
        )
    if (
        target.exists()
        and target.resolve().parent == catalog.resolve().parent
        and (target.name.startswith(catalog.name))
    ):
        raise BackupError(
            f"{target} 是资料库本身，不能用备份覆盖它。请另选文件名。",
            f"{target} is the library itself; a backup cannot replace it. Choose another name.",
        )
    if target.exists() and not overwrite:
        raise _exists(target)


def _write_archive(archive: Path, copy: Path, backup: Backup) -> None:
    manifest = {"product": PRODUCT, **asdict(backup)}
    manifest["created_at"] = backup.created_at.isoformat()
    with _writing(archive), archive.open("wb") as file:
        # Vectors hardly shrink; the first level already takes what there is to take from texts.
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
            pack.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
            pack.write(copy, _CATALOG)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A folder beside `target`, on the same disk, removed at the end."""
    folder = target.parent / f".{target.name}.{os.getpid()}.partial"
    with _writing(target):
        folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"{target} 无法写入（{error.strerror or error}），没有改动任何内容。"
            "请检查磁盘空间与权限后重试。",
            f"{target} cannot be written ({error.strerror or error}); nothing was changed. Check "
            "disk space and permissions, then try again.",
        ) from error


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"备份文件 {file} 无法读取（{error.strerror or error}）。请检查路径与权限。",
            f"The backup {file} cannot be read ({error.strerror or error}). Check its path and "
            "permissions.",
        ) from error
    except _UNREADABLE as error:
        raise _damaged(file, error) from error


def _digest(path: Path) -> str:
    with _reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make a new name in `folder` durable, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _exists(target: Path) -> BackupError:
    return BackupError(
        f"文件 {target} 已存在。请另选文件名，或加 --force 覆盖。",
        f"The file {target} exists. Choose another name, or overwrite it with --force.",
    )


def _damaged(file: Path, reason: object) -> BackupError:
    return BackupError(
        f"{file} 不是本程序的备份，或已损坏（{reason}）。资料库没有改动；请换一份备份。",
        f"{file} is no backup of this program, or it is damaged ({reason}). The library was not "
        "changed; use another backup.",
    )


def _newer(file: Path) -> BackupError:
    return BackupError(
        f"备份 {file} 由更新版本的程序写成，请先升级本程序。资料库没有改动。",
        f"The backup {file} was written by a newer version of this program; upgrade it first. "
        "The library was not changed.",
    )
