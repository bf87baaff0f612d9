"""One writer at a time: a lock on the home folder that names its holder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import CatalogLockedError


@contextmanager
def writer_lock(home: Path, purpose: str, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the home folder's writer lock; the system releases it if the process dies.

    Raises CatalogLockedError, naming the holder, if another process has it for longer than
    `wait_seconds`.
    """
    home.mkdir(parents=True, exist_ok=True)
    holder = home / "writer.json"
    lock = FileLock(home / "writer.lock", timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise _locked(holder) from error
    try:
        note = {"pid": os.getpid(), "purpose": purpose, "since": f"{datetime.now():%Y-%m-%d %H:%M}"}
        holder.write_text(json.dumps(note, ensure_ascii=False), "utf-8")
        yield
    finally:
        lock.release()


def _locked(holder: Path) -> CatalogLockedError:
    try:
        note = json.loads(holder.read_text("utf-8"))
        who = f"{note['purpose']}, PID {note['pid']}, {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "?"
    return CatalogLockedError(
        f"另一个进程正在写入资料库（{who}）。请等它结束后再试。",
        f"Another process is writing to the library ({who}). Try again when it has finished.",
    )
