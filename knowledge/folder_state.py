"""What stands in a watched folder, and which of its files have come to rest."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.sources import FailedSource, FileSource, find_sources

Stamp = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class FolderChange:
    """What has changed and come to rest."""

    arrived: tuple[FileSource | FailedSource, ...] = ()
    """New and changed files, and what cannot be read, each once."""
    gone: frozenset[Path] = frozenset()
    """Files that stood here and do no longer."""
    unsettled: bool = False
    """True if something is still changing: look again soon."""


@dataclass(slots=True)
class FolderState:
    """Compares a folder with what has been taken from it.

    The listing is the truth; the system's events only say when to look, so that none that is
    lost (a network drive, a full queue) loses a file.
    """

    folder: Path
    rest_seconds: float
    """A file that has not changed for this long is complete: a copy in progress is not read."""
    expected: set[Path] = field(default_factory=set)
    """Files that are in the library and should stand here."""
    _taken: dict[Path, Stamp] = field(default_factory=dict)
    _complained: set[str] = field(default_factory=set)
    _since: dict[Path, tuple[Stamp | None, float]] = field(default_factory=dict)
    """The state in which a file was last seen to change, and when that was noticed."""

    def look(self) -> FolderChange:
        """List the folder. Raises FileNotFoundError or NotADirectoryError if it has gone."""
        with os.scandir(self.folder):
            pass
        files: dict[Path, FileSource] = {}
        problems: list[FailedSource] = []
        for source in find_sources([str(self.folder)]):
            if isinstance(source, FileSource):
                files[source.path] = source
            elif isinstance(source, FailedSource) and Path(source.source) != self.folder:
                problems.append(source)  # That the folder is empty is no problem here.
        stamps = {path: stamp for path in files if (stamp := _stamp(path)) is not None}
        changed = [path for path, stamp in stamps.items() if self._taken.get(path) != stamp]
        gone = (self.expected | self._taken.keys()) - stamps.keys()
        ready = [path for path in changed if self._rests(path, stamps[path])]
        left = [path for path in gone if self._rests(path, None)]
        new = [source for source in problems if source.source not in self._complained]
        return FolderChange(
            arrived=(*(files[path] for path in ready), *new),
            gone=frozenset(left),
            unsettled=len(ready) < len(changed) or len(left) < len(gone),
        )

    @property
    def is_empty(self) -> bool:
        """True if nothing readable stands in the folder now."""
        return not any(isinstance(s, FileSource) for s in find_sources([str(self.folder)]))

    def stamps(self, change: FolderChange) -> dict[Path, Stamp]:
        """The files of a change with their present state, to be passed to `taken()`.

        To be called before they are read: what changes meanwhile is taken again.
        """
        found: dict[Path, Stamp] = {}
        for source in change.arrived:
            if isinstance(source, FileSource) and (stamp := _stamp(source.path)):
                found[source.path] = stamp
        return found

    def taken(self, change: FolderChange, stamps: dict[Path, Stamp]) -> None:
        """Note what has arrived as dealt with."""
        self._taken.update(stamps)
        self.expected.update(stamps)
        self._complained.update(s.source for s in change.arrived if isinstance(s, FailedSource))
        for path in stamps:
            self._since.pop(path, None)

    def let_go(self, files: Iterable[Path]) -> None:
        """Note deleted files as dealt with."""
        for path in files:
            self._taken.pop(path, None)
            self._since.pop(path, None)
            self.expected.discard(path)

    def take_again(self, paths: Iterable[Path]) -> None:
        """Forget that these files have been taken."""
        for path in paths:
            self._taken.pop(path, None)

    def _rests(self, path: Path, stamp: Stamp | None) -> bool:
        now = time.monotonic()
        known, since = self._since.get(path, (None, -1.0))
        if since < 0 or known != stamp:
            since = now
            # Written long before the watch began: there is nothing to wait for.
            if stamp is not None and time.time() - stamp[1] / 1e9 > self.rest_seconds:
                since = now - self.rest_seconds
            self._since[path] = (stamp, since)
        return now - since >= self.rest_seconds


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
