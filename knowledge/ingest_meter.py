"""How far an ingestion has come, and how long the rest will take.

What is left is counted in bytes to read, by kind of file, and in passages to embed: a folder's
files differ a thousandfold in size, and a megabyte of scans is one page where a megabyte of
text is two thousand passages. Both rates are learned from the run itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.ingest_report import IngestProgress, Report, Stage

# Assumed until the run has seen more: passages/s of the bundled model on two cores, and seconds
# to index a passage (measured over 15,038 passages of statutes).
_FIRST_PASSAGES, _FIRST_SECONDS = 80.0, 1.0
_INDEX_SECONDS = 0.001


@dataclass(slots=True)
class _Kind:
    """What is known of the files with one suffix."""

    bytes_left: int = 0
    bytes_read: int = 0
    """Of files that were new: known ones are skipped and tell nothing of the others."""
    seconds: float = 0.0
    passages: int = 0


@dataclass(slots=True)
class Meter:
    """Counts what an ingestion does and reports it."""

    report: Report
    files_total: int = 0
    files_done: int = 0
    documents: int = 0
    passages: int = 0
    waiting: int = 0
    """Passages that are prepared and not yet embedded."""
    started: float = field(default_factory=time.monotonic)
    _kinds: dict[str, _Kind] = field(default_factory=dict)
    _embedded: float = _FIRST_PASSAGES
    _embed_seconds: float = _FIRST_SECONDS
    _in_work: int = 0
    _batch_began: float = 0.0

    def plan(self, files: Iterable[tuple[str, int]]) -> None:
        """Add files to come, each as its suffix and its size in bytes."""
        for kind, size in files:
            self.files_total += 1
            self._kinds.setdefault(kind, _Kind()).bytes_left += size

    def read(self, kind: str, size: int, seconds: float, passages: int) -> None:
        """Note `size` bytes as read in `seconds`, with so many passages to embed in them."""
        seen = self._kinds.setdefault(kind, _Kind())
        seen.bytes_left = max(0, seen.bytes_left - size)
        if passages:
            seen.bytes_read += size
            seen.seconds += seconds
            seen.passages += passages

    def embedding(self, done: int) -> None:
        """Report that `done` passages of the batch in work are embedded."""
        if done == 0:
            self._batch_began = time.monotonic()
        self._in_work = done
        self.show("embed")

    def embedded(self, count: int, seconds: float) -> None:
        """Note what a batch took."""
        self._embedded += count
        self._embed_seconds += seconds

    def committed(self, documents: int, passages: int) -> None:
        """Note what is in the catalogue now."""
        self.documents += documents
        self.passages += passages
        self._in_work = 0

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    def show(self, stage: Stage, source: str = "", page: tuple[int, int] | None = None) -> None:
        """Report the state; `page` is how many pages of how many of `source` are read."""
        self.report(
            IngestProgress(
                files_done=self.files_done,
                files_total=self.files_total,
                passages=self.passages + self._in_work,
                seconds=self.seconds,
                stage=stage,
                source=source,
                page=page,
                documents=self.documents,
                seconds_left=None if stage == "index" else self.seconds_left(),
            )
        )

    def seconds_left(self) -> float | None:
        """Estimated seconds to the end; None before anything new was read."""
        seen = [kind for kind in self._kinds.values() if kind.bytes_read]
        total = sum(kind.bytes_read for kind in seen)
        if not total:
            return None
        # A kind that has not come up yet costs what the others cost on average.
        read_rate = sum(kind.seconds for kind in seen) / total
        density = sum(kind.passages for kind in seen) / total
        seconds, passages = 0.0, float(self.waiting - self._in_work)
        for kind in self._kinds.values():
            known = kind.bytes_read > 0
            rate = kind.seconds / kind.bytes_read if known else read_rate
            seconds += kind.bytes_left * rate
            per_byte = kind.passages / kind.bytes_read if known else density
            passages += kind.bytes_left * per_byte
        passages = max(0.0, passages)
        # The batch in work tells the pace too: the first one may take minutes.
        spent = time.monotonic() - self._batch_began if self._in_work else 0.0
        pace = (self._embed_seconds + spent) / (self._embedded + self._in_work)
        seconds += passages * pace
        return seconds + (self.passages + self._in_work + passages) * _INDEX_SECONDS
