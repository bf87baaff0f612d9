"""The two indexes and their vectors as one cache of the catalogue, in sealed folders.

    index/
      CURRENT            name of the folder that readers use
      g00000012/         one folder a generation: dense/, lexical/, vectors/, SEAL

A folder is built aside, probed in a process of its own, sealed, and only then named in
CURRENT; from then on nobody writes to it. Readers therefore never see a folder that is being
written, and a folder that fits its seal is the one that passed the probe. A killed build leaves
a folder without a name, removed by the next build. A folder that does not fit its seal is
rebuilt from the catalogue, vectors included, without embedding.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.catalog_reader import Change
from knowledge.errors import SearchIndexError
from knowledge.index_prober import probed
from knowledge.index_seal import IndexSeal, read_seal, seal_folder, write_durably
from knowledge.lexical import LexicalIndex, write_lexical
from knowledge.reading_copy import ReadingCopy
from knowledge.tokenization import search_terms
from knowledge.vector_file import SMALL, VectorFile, stored
from knowledge.vectors import DenseIndex, write_dense

_log = logging.getLogger("policy_assistant")
Progress = Callable[[int, int], None]
Nearest = DenseIndex | VectorFile
"""What finds the nearest passages."""
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
        self._opened: tuple[str, int, Nearest, LexicalIndex, VectorFile] | None = None

    def generation(self) -> int | None:
        """Generation of the sealed folder that readers use, or None if there is none."""
        current = self._current()
        return None if current is None else current[1].generation

    def open(self) -> tuple[int, Nearest, LexicalIndex, VectorFile]:
        """The generation, both indexes and the vectors of the current folder, opened once.

        In a small library the vectors themselves are the dense index.

        They stay as they were opened, whatever happens to the folder: where it is lost or
        damaged later, the ones at hand go on. Raises SearchIndexError where there are none.
        """
        while self._opened is None or self._opened[0] != self._name_in_use():
            current = self._current()
            if current is None:
                if self._opened is None:
                    raise _damaged()
                break
            path, seal = current
            try:
                copy = ReadingCopy(path)
                lexical = LexicalIndex(copy.folder / "lexical", held=copy)
                vectors = VectorFile(copy.folder / "vectors", held=copy)
                dense: Nearest = vectors
                if vectors.size > SMALL:
                    dense = DenseIndex(copy.folder / "dense", held=copy)
            except SearchIndexError:
                if self._name_in_use() == path.name:
                    raise
                continue  # replaced, and then removed, while it was being opened
            self._opened = path.name, seal.generation, dense, lexical, vectors
        return self._opened[1:]

    def synchronise(
        self, catalog: Catalog, *, rebuild: bool = False, progress: Progress | None = None
    ) -> bool:
        """Bring the indexes up to the catalogue; the caller holds the writer lock.

        Returns True if anything was written. A damaged or missing folder is rebuilt.
        """
        current = None if rebuild else self._current()
        known = None if current is None else current[1].generation
        if known == catalog.generation:
            return False
        report = progress or (lambda done, total: None)
        # An index that is ahead belongs to a catalogue that an older copy has replaced.
        if current is not None and known is not None and known < catalog.generation:
            change = catalog.changes_since(known)
            if len(change.added) <= catalog.count() * _REBUILD_SHARE:
                try:
                    self._write(current[0], catalog, change, report)
                    return True
                except SearchIndexError:
                    # The copy does not add up, or Chroma cannot go on from it: begin afresh.
                    _log.info("an index could not be carried on; building it anew")
        self._write(None, catalog, catalog.changes_since(0), report)
        return True

    def _write(
        self, current: Path | None, catalog: Catalog, change: Change, report: Progress
    ) -> None:
        """Build a new folder from `current` or from nothing; leave no remains of a failure."""
        target = self._fresh_folder(change.generation)
        try:
            self._build(target, current, catalog, change, report)
        except SearchIndexError:
            shutil.rmtree(target, ignore_errors=True)
            raise
        except Exception as error:  # tantivy and chromadb name a full disk in many classes
            shutil.rmtree(target, ignore_errors=True)
            raise _not_built(error) from error

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
            for part in ("dense", "lexical", "vectors"):
                shutil.copytree(current / part, target / part)
        removed = change.removed if current is not None else ()
        write_lexical(target / "lexical", _term_rows(catalog, change.added, report), removed)
        rows = _vector_rows(catalog, change.added, report)
        rows = stored(target / "vectors", rows, {*removed, *change.added})
        write_dense(target / "dense", rows, removed)
        self._probe(target, catalog.count())
        seal_folder(target, change.generation)
        self._point_to(target)

    def check(self, catalog: Catalog) -> IndexState:
        """Compare both indexes with the catalogue, passage by passage, every byte read."""
        keys, _ = catalog.passage_versions()
        try:
            current = self._current(thorough=True)
            if current is None:
                raise _damaged()
            path, seal = current
            generation, copy = seal.generation, ReadingCopy(path)
            dense_keys = DenseIndex(copy.folder / "dense", held=copy).keys()
            lexical_keys = LexicalIndex(copy.folder / "lexical", held=copy).keys()
            vector_keys = VectorFile(copy.folder / "vectors", held=copy).keys()
        except SearchIndexError as error:
            return IndexState(catalog.generation, None, len(keys), 0, 0, error.message_zh)
        problem = ""
        held = {"dense": dense_keys, "lexical": lexical_keys, "vectors": vector_keys}
        for name, found in held.items():
            if not np.array_equal(np.sort(found), keys):
                problem = f"{name}: {len(found)} ≠ {len(keys)}"
        return IndexState(
            catalog.generation, generation, len(keys), len(dense_keys), len(lexical_keys), problem
        )

    # Inner steps --------------------------------------------------------------------------

    def _current(self, *, thorough: bool = False) -> tuple[Path, IndexSeal] | None:
        """The folder named in CURRENT and its seal, or None if it does not fit it."""
        while True:
            name = self._name_in_use()
            if name and not Path(name).is_absolute():
                path = self.folder / name
                seal = read_seal(path)
                if seal is not None and seal.fits(path, thorough=thorough):
                    return path, seal
            if name == self._name_in_use():
                return None
            # Replaced, and then removed, while it was being looked at.

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
        if problem := probed(path, passages):
            raise _not_built(problem)

    def _point_to(self, path: Path) -> None:
        write_durably(self.folder / "CURRENT", path.name)


def _damaged() -> SearchIndexError:
    return SearchIndexError(
        "检索索引不存在或已损坏。请运行 policy-assistant index rebuild。",
        "The search index is missing or damaged. Run: policy-assistant index rebuild",
    )


def _not_built(reason: object) -> SearchIndexError:
    return SearchIndexError(
        f"检索索引未能更新（{reason}），仍使用原来的索引；已导入的文件不会丢失。"
        "请检查磁盘空间后再运行一次。",
        f"The search indexes could not be updated ({reason}); the former ones stay in use and "
        "nothing that was ingested is lost. Check disk space and run the command again.",
    )


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
