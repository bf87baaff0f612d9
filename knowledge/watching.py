"""A folder that is kept in the library: what is put into it goes in, as long as it is watched.

look at the folder → what has come to rest → ingest → report → wait for the next change
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from watchfiles import watch

from knowledge.catalog import Catalog
from knowledge.documents import PolicyDocument
from knowledge.embedding import Embedder
from knowledge.errors import (
    CatalogError,
    CatalogLockedError,
    KnowledgeError,
    LoadError,
    ModelMismatchError,
    SearchIndexError,
)
from knowledge.folder_state import FolderChange, FolderState
from knowledge.ingest_report import GoneFile, IngestReport, Report
from knowledge.ingestion import catalog_path, ingest_sources
from knowledge.writer_lock import writer_lock

# A copy over a slow network pauses for less than this.
REST_SECONDS = 2.0
# Network drives report no events: the folder is looked at this often in any case.
_LOOK_MILLISECONDS = 5000
# How long one attempt waits for another writer, and the pause after a full disk.
_LOCK_SECONDS = 1.0
_PAUSE_SECONDS = 10.0
_SHORTEST_WAIT = 0.02


@dataclass(frozen=True, slots=True)
class WatchRound:
    """What came of one change of the folder."""

    report: IngestReport
    gone: tuple[GoneFile, ...] = ()


@dataclass(slots=True)
class FolderWatch:
    """Watches one folder; `run()` returns when `stop` is set or on KeyboardInterrupt."""

    folder: Path
    home: Path
    embedder: Embedder
    on_round: Callable[[WatchRound], None]
    """Called after each change, the first time with what stood in the folder."""
    on_problem: Callable[[KnowledgeError], None] = lambda error: None
    """Called once for each thing that has to be waited for: a lock, a full disk."""
    report: Report = lambda progress: None
    mirror: bool = False
    """Whether a file that is deleted leaves the library, too."""
    stop: threading.Event = field(default_factory=threading.Event)
    rest_seconds: float = REST_SECONDS
    _problem: str = ""
    _left: list[GoneFile] = field(default_factory=list)
    """Not reported yet."""
    _copies: dict[str, set[Path]] = field(default_factory=dict)
    """Id of a document → files that were not taken in because they hold the same text."""

    def run(self) -> None:
        """Take in what is there, then what comes.

        Raises LoadError if the folder does not exist, ModelMismatchError if the library belongs
        to another model.
        """
        self.folder = self.folder.expanduser().resolve()
        if not self.folder.is_dir():
            raise _no_folder(self.folder, waiting=False)
        state = FolderState(self.folder, self.rest_seconds)
        with suppress(KeyboardInterrupt):
            state.expected = {file for file, _ in self._library_files()}
            changes, first = self._changes(), True
            while not self.stop.is_set():
                change = self._look(state)
                if change is not None and (first or change.arrived or self._left):
                    if not self._take(state, change):
                        continue
                    first = False
                if change is None or change.unsettled:
                    self.stop.wait(max(self.rest_seconds, _SHORTEST_WAIT))
                    continue
                try:
                    next(changes)
                except (StopIteration, OSError):  # the folder has gone: wait for its return
                    changes = self._changes()
                    self.stop.wait(max(self.rest_seconds, _SHORTEST_WAIT))

    # Inner steps --------------------------------------------------------------------------

    def _changes(self) -> Iterator[object]:
        """Wakes when the system reports a change, and now and then without one."""
        return watch(
            self.folder,
            stop_event=self.stop,
            rust_timeout=_LOOK_MILLISECONDS,
            yield_on_timeout=True,
            debounce=200,
        )

    def _look(self, state: FolderState) -> FolderChange | None:
        """What has changed, deleted files dealt with; None if it must be looked at again."""
        try:
            change = state.look()
            if self.mirror and len(change.gone) > 1 and state.is_empty:
                # Rather a drive that is not mounted than everything deleted at once.
                self._tell(_emptied(self.folder))
                return replace(change, gone=frozenset())
            if change.gone:
                self._let_go(state, change.gone)
                change = state.look()
        except OSError:
            self._tell(_no_folder(self.folder, waiting=True))
            return None
        except CatalogError as error:
            self._tell(error)
            return None
        return change

    def _let_go(self, state: FolderState, files: frozenset[Path]) -> None:
        """Note the documents of deleted files; with `mirror` they are taken out."""
        found = [document for file, document in self._library_files() if file in files]
        if self.mirror and found:
            with (
                writer_lock(self.home, "watch", wait_seconds=_LOCK_SECONDS),
                Catalog(catalog_path(self.home)) as catalog,
            ):
                for document in found:
                    catalog.remove_document(document.id)
        for document in found:
            self._left.append(GoneFile(document.id, document.title, document.source, self.mirror))
            if self.mirror:
                # What was a copy of a text that has been removed is now the only one.
                state.take_again(self._copies.pop(document.id, ()))
        state.let_go(files)

    def _take(self, state: FolderState, change: FolderChange) -> bool:
        """Take in what has arrived and report the round; False if it must be tried again."""
        stamps = state.stamps(change)
        try:
            report = ingest_sources(
                lambda: change.arrived,
                self.home,
                self.embedder,
                report=self.report,
                wait_seconds=_LOCK_SECONDS,
            )
        except ModelMismatchError:
            raise
        except CatalogLockedError as error:
            self._tell(error)
            return False
        except (CatalogError, SearchIndexError) as error:
            self._tell(error)
            self.stop.wait(_PAUSE_SECONDS)
            return False
        self._problem = ""
        for document in report.documents:
            if document.duplicate_of:
                copy = file_of(document.source)
                self._copies.setdefault(document.duplicate_of, set()).add(copy)
        state.taken(change, stamps)
        gone, self._left = tuple(self._left), []
        self.on_round(WatchRound(report, gone))
        if report.interrupted:
            raise KeyboardInterrupt
        return True

    def _library_files(self) -> list[tuple[Path, PolicyDocument]]:
        """The documents of the library that came from this folder, with their files."""
        if not catalog_path(self.home).exists():
            return []
        inside = str(self.folder) + os.sep
        with Catalog(catalog_path(self.home)) as catalog:
            return [
                (file_of(document.source), document)
                for document in catalog.documents()
                if document.source.startswith(inside)
            ]

    def _tell(self, error: KnowledgeError) -> None:
        kind = type(error).__name__
        if kind != self._problem:
            self._problem = kind
            self.on_problem(error)


def file_of(source: str) -> Path:
    """The file of a document's source, which may name an article or a line: `…#3`."""
    path = Path(source)
    before, mark, _ = source.rpartition("#")
    return path if not mark or path.exists() else Path(before)


def _no_folder(folder: Path, *, waiting: bool) -> LoadError:
    return LoadError(
        f"找不到文件夹“{folder}”，请检查路径或磁盘连接"
        + ("；恢复后会继续监视。" if waiting else "。"),
        f"There is no folder “{folder}”; check its path or the drive"
        + (". Watching goes on when it is back." if waiting else "."),
    )


def _emptied(folder: Path) -> LoadError:
    return LoadError(
        f"文件夹“{folder}”突然变空，可能是磁盘未连接，资料库中的文件没有移除；"
        "如确需移除，请用 policy-assistant documents remove。",
        f"The folder “{folder}” is suddenly empty, perhaps a drive that is not connected; nothing "
        "was removed. To remove documents, use policy-assistant documents remove.",
    )
