"""One writer at a time: a lock on the home folder that names its holder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import CatalogError, CatalogLockedError


@contextmanager
def writer_lock(home: Path, purpose: str, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the home folder's writer lock; the system releases it if the process dies.

    Raises CatalogLockedError, naming the holder, if another process has it for longer than
    `wait_seconds`; CatalogError if the folder cannot be written.
    """
    holder = home / "writer.json"
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "writer.lock", timeout=wait_seconds)
        lock.acquire()
    except Timeout as error:
        raise _locked(holder) from error
    except OSError as error:
        raise _not_writable(home, error) from error
    try:
        _note(holder, purpose)
        yield
    finally:
        lock.release()


def _note(holder: Path, purpose: str) -> None:
    """Say who holds the lock. On a full disk nobody is told, rather than told another's name."""
    note = {"pid": os.getpid(), "purpose": purpose, "since": f"{datetime.now():%Y-%m-%d %H:%M}"}
    try:
        holder.write_text(json.dumps(note, ensure_ascii=False), "utf-8")
    except OSError:
        with suppress(OSError):
            holder.unlink()


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


def _not_writable(home: Path, error: OSError) -> CatalogError:
    return CatalogError(
        f"资料文件夹 {home} 无法写入（{error.strerror}）。请检查权限与磁盘空间，或用 "
        "POLICY_ASSISTANT_HOME 另选一个文件夹。",
        f"The home folder {home} cannot be written ({error.strerror}). Check its permissions and "
        "disk space, or choose another folder with POLICY_ASSISTANT_HOME.",
    )
