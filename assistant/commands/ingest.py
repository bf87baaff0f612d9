"""`policy-assistant ingest`: documents into the library."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict

from assistant.commands.base import DONE, FAILED, SOME_FAILED, Context
from knowledge.ingestion import IngestProgress, IngestReport, ingest


class IngestCommand:
    """Brings files, folders and JSON lines into the library."""

    name = "ingest"
    help = "导入文件 / bring documents in"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What to ingest."""
        parser.add_argument(
            "inputs",
            nargs="+",
            metavar="PATH",
            help="文件、文件夹、网址或 .jsonl / file, folder, address or .jsonl",
        )

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Ingest, with progress on standard error, and report document by document."""
        from assistant.factory import build_embedder, check_home, prepare_home

        check_home(context.settings.home)
        embedder = build_embedder(context.settings, context.notice)
        prepare_home(context.settings, embedder, context.notice)
        progress = _ProgressLine(context)
        report = ingest(
            arguments.inputs,
            context.settings.home,
            embedder,
            report=progress.show,
            allow_private=context.settings.allow_private_addresses,
        )
        progress.end()
        if context.as_json:
            context.json(_fields(report))
        else:
            context.say(_render(report, context))
        if not report.failed:
            return DONE
        return SOME_FAILED if report.documents else FAILED


class _ProgressLine:
    """One line on standard error, rewritten in place on a terminal."""

    _EVERY_SECONDS = 0.5

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last = 0.0
        self._live = sys.stderr.isatty()

    def show(self, progress: IngestProgress) -> None:
        now = time.monotonic()
        every = self._EVERY_SECONDS if self._live else 10.0
        if now - self._last < every:
            return
        self._last = now
        text = _progress_text(progress, self._context)
        if self._live:
            sys.stderr.write("\r\x1b[2K" + text)
            sys.stderr.flush()
        else:
            self._context.notice(text)

    def end(self) -> None:
        if self._live:
            sys.stderr.write("\r\x1b[2K")


def _progress_text(progress: IngestProgress, context: Context) -> str:
    stage = {
        "read": context.text("读取", "reading"),
        "embed": context.text("计算向量", "embedding"),
        "index": context.text("建立索引", "indexing"),
    }[progress.stage]
    text = f"{stage} {progress.files_done}/{progress.files_total} · "
    text += context.text(f"{progress.passages} 段", f"{progress.passages} passages")
    if 0 < progress.files_done < progress.files_total:
        left = progress.seconds / progress.files_done * (progress.files_total - progress.files_done)
        text += context.text(f" · 约剩 {left:.0f} 秒", f" · about {left:.0f} s left")
    return text


def _fields(report: IngestReport) -> dict[str, object]:
    return {
        "documents": [asdict(document) for document in report.documents],
        "failed": [asdict(failed) for failed in report.failed],
        "counts": {
            "added": report.count("added"),
            "updated": report.count("updated"),
            "unchanged": report.count("unchanged"),
            "duplicate": report.count("duplicate"),
            "failed": len(report.failed),
        },
        "seconds": round(report.seconds, 3),
    }


def _render(report: IngestReport, context: Context) -> str:
    words = {
        "added": context.text("新增", "added"),
        "updated": context.text("更新", "updated"),
        "unchanged": context.text("未变", "unchanged"),
        "duplicate": context.text("重复", "duplicate"),
    }
    lines = [
        f"{words[document.status]}  {document.title}  [{document.id}]"
        for document in report.documents
        if document.status != "unchanged"
    ]
    for failed in report.failed:
        reason = failed.reason_en if context.language == "en" else failed.reason
        lines.append(context.text("失败", "failed") + f"  {failed.source}\n      {reason}")
    counts = context.text("，", ", ").join(f"{words[key]} {report.count(key)}" for key in words)  # type: ignore[arg-type]
    lines.append(counts + context.text("，失败 ", ", failed ") + str(len(report.failed)))
    return "\n".join(lines)
