"""The two indexes as one cache of the catalogue, in sealed folders.

    index/
      CURRENT            name of the folder that readers use
      g00000012/         one folder a generation: dense/, lexical/, SEAL

A folder is built aside, probed in a process of its own, sealed with the sizes of its files,
and only then named in CURRENT. Readers therefore never see a folder that is being written;
a killed build leaves a folder without a name, removed by the next build. A folder whose seal
does not fit its files is rebuilt from the catalogue, vectors included, without embedding.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.catalog_reader import Change
from knowledge.errors import SearchIndexError
from knowledge.lexical import LexicalIndex, write_lexical
from knowledge.tokenization import search_terms
from knowledge.vectors import DenseIndex, write_dense

Progress = Callable[[int, int], None]
# Bump when terms, fields or index parameters change: older folders are then rebuilt.
_FORMAT = 3
_ROWS_AT_ONCE = 2000
# Above this share of changed passages a fresh build is as quick as a copy and leaves no
# tombstones behind.
_REBUILD_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the indexes stand against the catalogue."""

    catalog_generation: int
    index_generation: int | None
    """None where there is no usable index."""
    catalog_passages: int
    dense_passages: int
    lexical_passages: int
    problem: str = ""
    """Empty, or what is wrong."""

    @property
    def in_step(self) -> bool:
        """True if both indexes hold exactly the catalogue's passages."""
        return not self.problem and self.catalog_generation == self.index_generation


class SearchIndex:
    """The index folder of one home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def generation(self) -> int | None:
        """Generation of the sealed folder that readers use, or None if there is none."""
        current = self._current()
        return None if current is None else int(self._seal(current)["generation"])

    def open(self) -> tuple[int, DenseIndex, LexicalIndex]:
        """The generation and both indexes of the current folder."""
        current = self._current()
        if current is None:
            raise SearchIndexError(
                "检索索引不存在或已损坏。请运行 policy-assistant index rebuild。",
                "The search index is missing or damaged. Run: policy-assistant index rebuild",
            )
        return (
            int(self._seal(current)["generation"]),
            DenseIndex(current / "dense"),
            LexicalIndex(current / "lexical"),
        )

    def synchronise(
        self, catalog: Catalog, *, rebuild: bool = False, progress: Progress | None = None
    ) -> bool:
        """Bring the indexes up to the catalogue; the caller holds the writer lock.

        Returns True if anything was written. A damaged or missing folder is rebuilt.
        """
        current = None if rebuild else self._current()
        known = None if current is None else int(self._seal(current)["generation"])
        if known is not None and known == catalog.generation:
            return False
        change = catalog.changes_since(known if known is not None else 0)
        if current is not None and len(change.added) > catalog.count() * _REBUILD_SHARE:
            current, change = None, catalog.changes_since(0)
        target = self._fresh_folder(change.generation)
        try:
            self._build(target, current, catalog, change, progress or (lambda done, total: None))
        except SearchIndexError:
            shutil.rmtree(target, ignore_errors=True)
            raise
        except Exception as error:  # tantivy and chromadb name a full disk in many classes
            shutil.rmtree(target, ignore_errors=True)
            raise _not_built(error) from error
        return True

    def _build(
        self,
        target: Path,
        current: Path | None,
        catalog: Catalog,
        change: Change,
        report: Progress,
    ) -> None:
        """Fill, probe and seal a new folder, then point the readers to it."""
        if current is not None:
            shutil.copytree(current / "dense", target / "dense")
            shutil.copytree(current / "lexical", target / "lexical")
        removed = change.removed if current is not None else ()
        write_lexical(target / "lexical", _term_rows(catalog, change.added, report), removed)
        write_dense(target / "dense", _vector_rows(catalog, change.added, report), removed)
        self._probe(target, catalog.count())
        self._seal_folder(target, change.generation)
        self._point_to(target)

    def check(self, catalog: Catalog) -> IndexState:
        """Compare both indexes with the catalogue, passage by passage."""
        keys, _ = catalog.passage_versions()
        try:
            generation, dense, lexical = self.open()
            dense_keys, lexical_keys = dense.keys(), lexical.keys()
        except SearchIndexError as error:
            return IndexState(catalog.generation, None, len(keys), 0, 0, error.message_zh)
        problem = ""
        for name, found in (("dense", dense_keys), ("lexical", lexical_keys)):
            if not np.array_equal(np.sort(found), keys):
                problem = f"{name}: {len(found)} ≠ {len(keys)}"
        return IndexState(
            catalog.generation, generation, len(keys), len(dense_keys), len(lexical_keys), problem
        )

    # Inner steps --------------------------------------------------------------------------

    def _current(self) -> Path | None:
        """The folder named in CURRENT if its seal fits its files, else None."""
        try:
            name = (self.folder / "CURRENT").read_text("utf-8").strip()
            path = self.folder / name
            seal = self._seal(path)
        except (OSError, ValueError):
            return None
        if not name or seal.get("format") != _FORMAT:
            return None
        return path if seal.get("files") == _sealed_sizes(path) else None

    @staticmethod
    def _seal(path: Path) -> dict[str, Any]:
        loaded = json.loads((path / "SEAL").read_text("utf-8"))
        return loaded if isinstance(loaded, dict) else {}

    def _fresh_folder(self, generation: int) -> Path:
        """An empty folder for a build; remains of killed builds are removed."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            keep = self._name_in_use()
            for old in self.folder.glob("g*"):
                if old.name != keep:
                    shutil.rmtree(old, ignore_errors=True)
            # Never a name used before: Chroma keeps a client for each path as long as the process
            # lives, and would write into the files that were deleted here.
            path = self.folder / f"g{generation:08d}-{os.getpid()}-{time.time_ns():x}"
            path.mkdir()
        except OSError as error:
            raise SearchIndexError(
                f"索引文件夹 {self.folder} 无法写入（{error}）。请检查权限与磁盘空间。",
                f"The index folder {self.folder} cannot be written ({error}). "
                "Check its permissions and disk space.",
            ) from error
        return path

    def _name_in_use(self) -> str:
        try:
            return (self.folder / "CURRENT").read_text("utf-8").strip()
        except (OSError, ValueError):
            return ""

    def _probe(self, path: Path, passages: int) -> None:
        """Open the new folder in a process of its own: a damaged one may crash its reader."""
        command = [sys.executable, "-m", "knowledge.index_probe", str(path), str(passages)]
        result = subprocess.run(command, capture_output=True, timeout=600, check=False)  # noqa: S603
        if result.returncode != 0:
            detail = result.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise _not_built(detail)

    def _seal_folder(self, path: Path, generation: int) -> None:
        seal = {"format": _FORMAT, "generation": generation, "files": _sealed_sizes(path)}
        _write_durably(path / "SEAL", json.dumps(seal))

    def _point_to(self, path: Path) -> None:
        _write_durably(self.folder / "CURRENT", path.name)


def _not_built(reason: object) -> SearchIndexError:
    return SearchIndexError(
        f"检索索引未能更新（{reason}），仍使用原来的索引；已导入的文件不会丢失。"
        "请检查磁盘空间后再运行一次。",
        f"The search indexes could not be updated ({reason}); the former ones stay in use and "
        "nothing that was ingested is lost. Check disk space and run the command again.",
    )


def _sealed_sizes(path: Path) -> dict[str, int]:
    """Sizes of the files that only a write changes (SQLite's own side files come and go)."""
    return {
        str(file.relative_to(path)): file.stat().st_size
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.suffix in {".bin", ".pickle", ".store", ".term", ".idx", ".pos",
                                              ".fast", ".fieldnorm", ".del", ".json", ".sqlite3"}
    }  # fmt: skip


def _write_durably(path: Path, text: str) -> None:
    """Replace a small file so that a crash leaves the old or the new content."""
    aside = path.with_name(path.name + f".{os.getpid()}")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _term_rows(
    catalog: Catalog, keys: tuple[int, ...], report: Progress
) -> Iterator[tuple[int, list[str]]]:
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        part = keys[start : start + _ROWS_AT_ONCE]
        for key, passage in catalog.passages(part).items():
            yield key, search_terms(passage.text_for_search)
        report(start // 2, len(keys))


def _vector_rows(
    catalog: Catalog, keys: tuple[int, ...], report: Progress
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        yield from catalog.vectors(keys[start : start + _ROWS_AT_ONCE]).items()
        report((len(keys) + start) // 2, len(keys))
