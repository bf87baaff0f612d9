"""The process in which PDF files and pictures are read; `page_reader` starts and stops it.

Their libraries are written in C and read what strangers made: a file that crashes them, or
keeps them busy for ever, must not take the ingestion with it.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from knowledge.errors import LoadError
from knowledge.loading import page_message as say
from knowledge.loading.page_line import PageContent

Step = int | PageContent | tuple[str, int]
"""What reading a file yields: the number of its pages, then each page; before a page whose
picture is to be read, `(page_message.RECOGNISING, number)`."""

_PARENT_POLL_SECONDS = 1.0


def main(parent: int, memory_bytes: int) -> None:
    """Serve the process `parent` with at most `memory_bytes` of address space, until it ends."""
    _stay_in_the_background()
    _bound_memory(memory_bytes)
    out = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not come between the messages.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _send(out, [say.READY])
    while True:
        _, kind, path = say.decoded(requests.get())
        for message in _answers(kind, Path(path)):
            _send(out, message)


def _send(out: IO[bytes], message: say.Message) -> None:
    out.write(say.encoded(message))
    out.flush()


def _answers(kind: str, path: Path) -> Iterator[say.Message]:
    try:
        for step in _steps(kind, path):
            if isinstance(step, int):
                yield [say.COUNT, step]
            elif isinstance(step, PageContent):
                yield [say.PAGE, *say.encoded_page(step)]
            else:
                yield list(step)
    except LoadError as error:
        yield [say.REFUSED, error.message_zh, error.message_en]
    except MemoryError:
        yield [say.OUT_OF_MEMORY]
    except Exception as error:  # Any failure of a library is one of the file.
        yield [say.FAILED, f"{type(error).__name__}: {error}"]
    else:
        yield [say.DONE]


def _steps(kind: str, path: Path) -> Iterator[Step]:
    if kind == "pdf":
        from knowledge.loading.pdf_pages import read_pdf_pages

        return read_pdf_pages(path)
    from knowledge.loading.page_image import read_image_pages

    return read_image_pages(path)


def _listen(source: IO[bytes], requests: queue.SimpleQueue[bytes]) -> None:
    for line in source:
        requests.put(line)
    os._exit(0)  # The parent closed its end, perhaps while a page was being read.


def _end_with(parent: int) -> None:
    """End when the parent has ended, even if another of its children keeps the pipe open."""
    if sys.platform == "win32":
        return  # A process keeps the id of its first parent there; the pipe tells.
    while os.getppid() == parent:
        time.sleep(_PARENT_POLL_SECONDS)
    os._exit(0)


def _bound_memory(limit: int) -> None:
    # Elsewhere the limit is not enforced (macOS) or does not exist (Windows).
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def _stay_in_the_background() -> None:
    """Leave Ctrl+C to the parent, which then ends this process."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
