"""A backup back into the home folder, while a server goes on reading from it.

    read and check the backup → keep the former library aside → build the indexes beside it
           → the catalogue's content in one transaction → the indexes in one step

Up to the last two steps nothing that anyone reads has changed; killed between them, the next
start rebuilds the indexes by itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.backup import Backup, BackupError, back_up, read_catalog, read_manifest
from knowledge.catalog import Catalog
from knowledge.catalog_copy import (
    check_copy,
    give_new_numbers,
    highest_key,
    put_in_place,
    shorten_log,
    side_files,
)
from knowledge.catalog_file import CatalogDamagedError
from knowledge.errors import ModelMismatchError
from knowledge.ingestion import catalog_path, index_folder
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock

_STAGING = ".restore-*.partial"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restoration."""

    backup: Backup
    former: Path | None
    """Where the former library is kept: a backup of it, or its file where that was damaged."""
    generation: int


def restore(file: Path, home: Path, fingerprint: str, *, wait_seconds: float = 0.0) -> Restored:
    """Make the backup `file` the library under `home`; `fingerprint` is the model in use.

    Raises BackupError for a damaged, foreign or newer file, ModelMismatchError for one of
    another embedding model, CatalogLockedError while another process writes. The library is then
    as it was.
    """
    _check_model(file, read_manifest(file), fingerprint)
    with writer_lock(home, "restore", wait_seconds=wait_seconds), _staging(home) as folder:
        live, copy = catalog_path(home), folder / "catalog.sqlite3"
        backup = read_catalog(file, copy)
        _check_content(file, copy, backup)
        former, generation, key = _keep_former(live, home)
        index, staged = _RestoredIndex(index_folder(home)), SearchIndex(folder / "index")
        # Above everything that the catalogues and the indexes at hand have ever counted.
        generation = max(generation, backup.summary.generation, index.generation() or 0) + 1
        try:
            give_new_numbers(copy, generation=generation, first_key=key + 1)
            with Catalog(copy) as catalog:
                catalog.use_model(fingerprint)
                staged.synchronise(catalog, rebuild=True)
            _put_in_place(copy, live, is_damaged=former is not None and former.suffix != ".zip")
        except BaseException:
            # Nothing was changed, so the library itself is still where it was.
            if former is not None:
                former.unlink(missing_ok=True)
            raise
        # At once: between these two steps a reader finds nothing.
        if not index.adopt(staged):
            with Catalog(live) as catalog:
                index.synchronise(catalog, rebuild=True)
        shorten_log(live)
    return Restored(backup, former, generation)


class _RestoredIndex(SearchIndex):
    """The index folder that takes over indexes built elsewhere."""

    def adopt(self, staged: SearchIndex) -> bool:
        """Take the sealed folder of `staged` into use; False if it cannot be moved here."""
        name = (staged.folder / "CURRENT").read_text("utf-8").strip()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (staged.folder / name).rename(self.folder / name)
        except OSError:  # another disk
            return False
        self._point_to(self.folder / name)
        return True


def _check_model(file: Path, backup: Backup, fingerprint: str) -> None:
    known = backup.summary.model
    if known not in (None, fingerprint):
        raise ModelMismatchError(
            f"备份 {file} 是用另一个向量模型建立的（{known}），现在的模型是 {fingerprint}。"
            "请换回原来的模型后再恢复；资料库没有改动。",
            f"The backup {file} was built with another embedding model ({known}); the current one "
            f"is {fingerprint}. Go back to that model, then restore. The library was not changed.",
        )


def _check_content(file: Path, copy: Path, backup: Backup) -> None:
    """Raise BackupError unless the catalogue in the backup is whole and is what it is called."""
    try:
        summary = check_copy(copy)
    except CatalogDamagedError as error:
        raise BackupError(
            f"备份 {file} 里的资料库已损坏或不是本程序写成的。现有资料库没有改动；请换一份备份。",
            f"The library in the backup {file} is damaged or was not written by this program. The "
            "present library was not changed; use another backup.",
        ) from error
    if summary.model != backup.summary.model or summary.passages != backup.summary.passages:
        raise BackupError(
            f"备份 {file} 的内容与其说明不符。现有资料库没有改动；请换一份备份。",
            f"The backup {file} does not hold what it says. The present library was not changed; "
            "use another backup.",
        )


def _keep_former(live: Path, home: Path) -> tuple[Path | None, int, int]:
    """Keep the present library aside: where, its generation and its highest passage key."""
    if not live.exists():
        return None, 0, 0
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    try:
        kept = home / f"before-restore-{stamp}.zip"
        return kept, back_up(live, kept, overwrite=True).summary.generation, highest_key(live)
    except CatalogDamagedError:
        kept = home / f"damaged-catalog-{stamp}.sqlite3"
        try:
            for part in (live, *side_files(live)):
                shutil.copy2(part, kept.with_name(part.name.replace(live.name, kept.name, 1)))
        except OSError as error:
            raise BackupError(
                f"原资料库无法另存到 {kept}（{error.strerror}），没有改动任何内容。请检查磁盘空间。",
                f"The former library cannot be kept in {kept} ({error.strerror}); nothing was "
                "changed. Check disk space.",
            ) from error
        return kept, 0, 0


def _put_in_place(copy: Path, live: Path, *, is_damaged: bool) -> None:
    if live.exists() and not is_damaged:
        put_in_place(copy, live)
        return
    # Whoever has the damaged file open keeps it until it opens the library anew. The log of the
    # damaged file must not be applied to the new one.
    for side in side_files(copy):
        side.unlink()
    for side in side_files(live):
        side.unlink()
    copy.replace(live)


@contextmanager
def _staging(home: Path) -> Iterator[Path]:
    """A folder in `home` for the work, removed at the end; remains of killed ones go first."""
    for remains in home.glob(_STAGING):
        shutil.rmtree(remains, ignore_errors=True)
    folder = home / _STAGING.replace("*", str(os.getpid()))
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
