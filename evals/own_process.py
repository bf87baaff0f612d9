"""Work in a process of its own: its memory is its own, and so is what it imports."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.errors import AssistantError
from knowledge.errors import KnowledgeError

Result = TypeVar("Result")
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class _Failed:
    message_zh: str
    message_en: str


def in_own_process(function: Callable[..., Result], *arguments: object) -> Result:
    """What `function(*arguments)` returns, run in a fresh Python process.

    Function, arguments and result are pickled. Raises AssistantError with what went wrong if
    the function raises, or if its process dies.
    """
    # Spawned, not forked: the threads of the embedding model do not survive a fork.
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            result = pool.submit(_guarded, function, arguments).result()
    except BrokenProcessPool as error:
        raise AssistantError(
            "测量进程意外结束（多半是内存不足）。请关闭其他程序后重试。",
            "The process that measures ended unexpectedly, most likely for want of memory. "
            "Close other programs and try again.",
        ) from error
    if isinstance(result, _Failed):
        raise AssistantError(result.message_zh, result.message_en)
    return result


def resident_mib() -> float | None:
    """Memory of this process that is in RAM, in MiB; None where the system does not tell."""
    gc.collect()
    try:
        lines = _STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    line = next((line for line in lines if line.startswith("VmRSS:")), None)
    return int(line.split()[1]) / 1024 if line else None


def _guarded(function: Callable[..., Result], arguments: tuple[object, ...]) -> Result | _Failed:
    # Errors of two messages do not survive pickling, and many libraries' errors do not either.
    try:
        return function(*arguments)
    except KnowledgeError as error:
        return _Failed(error.message_zh, error.message_en)
    except Exception as error:
        return _Failed(*2 * (f"{type(error).__name__}: {error}",))
