"""`policy-assistant ingest`: documents into the library, once or as long as a folder is watched."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from assistant.commands.base import DONE, FAILED, SOME_FAILED, Context
from assistant.commands.ingest_progress import ProgressLine
from assistant.errors import UsageError
from knowledge.embedding import Embedder
from knowledge.errors import KnowledgeError
from knowledge.ingest_report import GoneFile, IngestReport, Status
from knowledge.ingestion import ingest


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
        parser.add_argument(
            "--watch",
            action="store_true",
            help="持续监视一个文件夹，导入新增和修改的文件 / watch a folder and take in what comes",
        )
        parser.add_argument(
            "--mirror",
            action="store_true",
            help="与 --watch 合用：从文件夹删除的文件也从资料库移除"
            " / with --watch: files deleted from the folder leave the library, too",
        )

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Ingest, with progress on standard error, and report document by document."""
        from assistant.factory import build_embedder, check_home, prepare_home

        _check(arguments)
        check_home(context.settings.home)
        with _ended_like_ctrl_c():
            embedder = build_embedder(context.settings, context.notice)
            prepare_home(context.settings, embedder, context.notice)
            if arguments.watch:
                return _watch(Path(arguments.inputs[0]), arguments.mirror, embedder, context)
            progress = ProgressLine(context)
            report = ingest(
                arguments.inputs,
                context.settings.home,
                embedder,
                report=progress.show,
                allow_private=context.settings.allow_private_addresses,
            )
        progress.end()
        _show(report, None, context)
        if report.interrupted:
            context.notice(_stopped(report, context))
            return FAILED
        if not report.failed:
            return DONE
        return SOME_FAILED if report.documents else FAILED


def _check(arguments: argparse.Namespace) -> None:
    if arguments.mirror and not arguments.watch:
        raise UsageError(
            "--mirror 只能与 --watch 合用。", "--mirror can only be used together with --watch."
        )
    if arguments.watch and (len(arguments.inputs) != 1 or not Path(arguments.inputs[0]).is_dir()):
        raise UsageError(
            "--watch 需要且只能给出一个已存在的文件夹。",
            "--watch takes exactly one folder, which must exist.",
        )


def _watch(folder: Path, mirror: bool, embedder: Embedder, context: Context) -> int:
    """Watch until Ctrl-C; a report for each change."""
    from knowledge.watching import FolderWatch, WatchRound

    progress = ProgressLine(context)

    def on_round(found: WatchRound) -> None:
        progress.end()
        if context.as_json or found.gone or found.report.failed or _news(found.report):
            _show(found.report, found.gone, context)

    def on_problem(error: KnowledgeError) -> None:
        progress.end()
        context.notice(error.message(context.language))

    context.notice(
        context.text(f"正在监视 {folder}，按 Ctrl-C 结束。", f"Watching {folder}; Ctrl-C ends it.")
    )
    FolderWatch(
        folder,
        context.settings.home,
        embedder,
        on_round=on_round,
        on_problem=on_problem,
        report=progress.show,
        mirror=mirror,
    ).run()
    progress.end()
    context.notice(
        context.text(
            "已停止监视，已导入的内容均已保存。", "No longer watching; what went in is safe."
        )
    )
    return DONE


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Let SIGTERM end the work in order, as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield  # Only the main thread is sent signals.
        return
    former = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def _stopped(report: IngestReport, context: Context) -> str:
    known = len(report.documents)
    return context.text(
        f"已中断：{known} 份文件已在资料库中，不会丢失；再次运行同一命令即可继续。",
        f"Interrupted: {known} documents are in the library and safe; "
        "run the same command again to go on.",
    )


def _news(report: IngestReport) -> bool:
    return any(document.status != "unchanged" for document in report.documents)


def _show(report: IngestReport, gone: Sequence[GoneFile] | None, context: Context) -> None:
    """A report; `gone` is None where no folder is watched."""
    if not context.as_json:
        context.say(_render(report, gone or (), context))
        return
    fields = _fields(report)
    if gone is not None:
        fields["gone"] = [asdict(file) for file in gone]
    context.json(fields)


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
        "interrupted": report.interrupted,
    }


def _render(report: IngestReport, gone: Sequence[GoneFile], context: Context) -> str:
    words: dict[Status, str] = {
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
    for file in gone:
        fate = (
            context.text("移除", "removed")
            if file.removed
            else context.text("文件已删除，仍在资料库中", "file deleted, still in the library")
        )
        lines.append(f"{fate}  {file.title}  [{file.id}]")
    counts = context.text("，", ", ").join(f"{words[key]} {report.count(key)}" for key in words)
    lines.append(counts + context.text("，失败 ", ", failed ") + str(len(report.failed)))
    return "\n".join(lines)
