"""How an ingestion shows that it is going on."""

from __future__ import annotations

import sys
import time

from assistant.commands.base import Context
from knowledge.ingestion import IngestProgress


class ProgressLine:
    """One line on standard error, rewritten in place on a terminal."""

    _EVERY_SECONDS = 0.5
    _EVERY_SECONDS_IN_A_LOG = 10.0

    def __init__(self, context: Context) -> None:
        self._context = context
        self._live = sys.stderr.isatty()
        self._stage = ""
        # A log needs no line for what is done at once.
        self._last = 0.0 if self._live else time.monotonic()

    def show(self, progress: IngestProgress) -> None:
        """Show where the ingestion stands, now and then."""
        now = time.monotonic()
        every = self._EVERY_SECONDS if self._live else self._EVERY_SECONDS_IN_A_LOG
        changed = self._live and progress.stage != self._stage
        if now - self._last < every and not changed:
            return
        self._last, self._stage = now, progress.stage
        text = progress_text(progress, self._context)
        if self._live:
            sys.stderr.write("\r\x1b[2K" + text)
            sys.stderr.flush()
        else:
            self._context.notice(text)

    def end(self) -> None:
        """Clear the line."""
        if self._live:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def progress_text(progress: IngestProgress, context: Context) -> str:
    """读取 3/12 个文件 · 已入库 2 份 · 420 段 · 约剩 2 分钟."""
    text = context.text
    stage = {
        "read": text("读取", "reading"),
        "embed": text("计算向量", "embedding"),
        "index": text("建立索引", "indexing"),
    }[progress.stage]
    parts = [
        f"{stage} {progress.files_done}/{progress.files_total}" + text(" 个文件", " files"),
        text(f"已入库 {progress.documents} 份", f"{progress.documents} documents in"),
        text(f"{progress.passages} 段", f"{progress.passages} passages"),
    ]
    if progress.page and progress.page[1] > 1:
        page, pages = progress.page
        parts.insert(1, text(f"第 {page}/{pages} 页", f"page {page}/{pages}"))
    if progress.seconds_left is not None:
        parts.append(_left(progress.seconds_left, context))
    return " · ".join(parts)


def _left(seconds: float, context: Context) -> str:
    if seconds < 90:
        return context.text(f"约剩 {seconds:.0f} 秒", f"about {seconds:.0f} s left")
    minutes = seconds / 60
    if minutes < 90:
        return context.text(f"约剩 {minutes:.0f} 分钟", f"about {minutes:.0f} min left")
    return context.text(f"约剩 {minutes / 60:.1f} 小时", f"about {minutes / 60:.1f} h left")
