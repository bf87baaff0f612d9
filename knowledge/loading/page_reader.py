"""PDF files and pictures → their pages, read in a process of its own.

One process serves all files of this one, from any thread, one file at a time: recognition
uses all the threads that pay. It is started with the first file (0.3 s), ended when it has
had nothing to do for a minute (recognition holds 0.6 GB), when a file crashes it or takes too
long, and when this process ends.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import LoadError
from knowledge.loading import page_message as say
from knowledge.loading import page_problem as problem
from knowledge.loading.page_line import PageContent

PageProgress = Callable[[int, int], None]
"""Called with the number of pages that are read and the number of all pages of the file."""

_PROGRAM = (
    "import sys; sys.path[:0] = [x for x in sys.argv[3:] if x not in sys.path]; "
    "from knowledge.loading.page_process import main; main(int(sys.argv[1]), int(sys.argv[2]))"
)
_START_SECONDS = 120.0
_FOLDER = str(Path(__file__).parents[2])


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How long reading a file may take and how much memory it may use."""

    page_seconds: float = 120.0
    """To open a file, or for a page with text: the slowest real one took 2 s."""
    recognition_seconds: float = 600.0
    """For a page that is read from its picture: 16 s for a newspaper page on two idle cores,
    three times that if it lies sideways, and ten times if others use the machine."""
    document_seconds: float = 4 * 3600.0
    """For all pages of a file: 1,800 scanned pages at 8 s each."""
    idle_seconds: float = 60.0
    """After this long without a file the process is ended."""
    memory_bytes: int = 4 * 1024**3
    """Of address space (Linux only): recognition reserves 2 GiB of it and uses 0.9."""


class PageReader:
    """The one process that reads files for this one. Safe to use from several threads."""

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._idle: threading.Timer | None = None

    def read(
        self, kind: str, path: Path, progress: PageProgress | None = None
    ) -> tuple[PageContent, ...]:
        """The pages of the file at `path`, of kind "pdf" or "image", in order.

        Raises LoadError if the file cannot be read, crashes its reader, takes longer or needs
        more memory than the limits allow; the next file is read all the same.
        """
        with self._lock:
            if self._idle:
                self._idle.cancel()
            used = self._process is not None and self._process.is_alive
            try:
                try:
                    return self._pages(kind, path, progress)
                except _EndedError:
                    if not used:
                        raise
                    # It may have been the files before this one.
                    self._end()
                    return self._pages(kind, path, progress)
            except _EndedError as error:
                self._end()
                if not error.page:
                    raise problem.not_started(path.name, f"exit code {error.code}") from error
                raise problem.crashed(path.name, error.page, error.code) from error
            except LoadError:
                raise
            except BaseException:
                # What is left of this file must not be taken for the next one.
                self._end()
                raise
            finally:
                self._end_when_idle()

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        process = self._process
        return process.id if process else None

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._lock:
            self._end()

    def kill(self) -> None:
        """End the process even if a file is being read, without waiting for it."""
        if process := self._process:
            process.kill()

    def _pages(
        self, kind: str, path: Path, progress: PageProgress | None
    ) -> tuple[PageContent, ...]:
        if self._process is None or not self._process.is_alive:
            self._end()
            self._process = _Process(self._limits.memory_bytes, path.name)
            self._process.wait_until_ready()
        process, limits = self._process, self._limits
        process.send([say.READ, kind, str(path)])
        pages: list[PageContent] = []
        count, seconds = 0, limits.page_seconds
        end = time.monotonic() + limits.document_seconds
        while True:
            left = max(end - time.monotonic(), 0.0)
            try:
                name, *items = process.receive(min(seconds, left), len(pages) + 1)
            except queue.Empty:
                self._end()
                if left <= seconds:
                    raise problem.document_too_slow(path.name, len(pages), count) from None
                raise problem.page_too_slow(path.name, len(pages) + 1, seconds) from None
            seconds = limits.recognition_seconds if name == say.RECOGNISING else limits.page_seconds
            match name:
                case say.COUNT:
                    count = items[0]
                case say.PAGE:
                    pages.append(say.decoded_page(items))
                case say.DONE:
                    return tuple(pages)
                case say.REFUSED:
                    raise LoadError(items[0], items[1])
                case say.OUT_OF_MEMORY:
                    self._end()  # What it has reserved is not given back.
                    raise problem.out_of_memory(path.name, len(pages) + 1)
                case say.FAILED:
                    raise problem.unreadable(path.name) from RuntimeError(*items)
            if progress and name in (say.COUNT, say.PAGE):
                progress(len(pages), count)

    def _end(self) -> None:
        if self._process:
            self._process.end()
            self._process = None

    def _end_when_idle(self) -> None:
        if self._process:
            self._idle = threading.Timer(self._limits.idle_seconds, self._end_if_idle)
            self._idle.daemon = True
            self._idle.start()

    def _end_if_idle(self) -> None:
        # A file that is being read now, or was read since, has set another timer.
        if self._lock.acquire(blocking=False):
            try:
                if threading.current_thread() is self._idle:
                    self._end()
            finally:
                self._lock.release()


class _EndedError(Exception):
    """The process has ended while it read `page`; 0: before it read anything."""

    def __init__(self, page: int, code: int) -> None:
        super().__init__(f"page {page}, exit code {code}")
        self.page, self.code = page, code


class _Process:
    """The running process and the messages that have come from it."""

    def __init__(self, memory_bytes: int, name: str) -> None:
        arguments = (str(os.getpid()), str(memory_bytes), _FOLDER)
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                # -P: a file in the folder the user works in must not pass for a module.
                (sys.executable, "-P", "-c", _PROGRAM, *arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise problem.not_started(name, error.strerror or str(error)) from error
        self._messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        # A thread, since a pipe cannot be waited for with a time limit on every system.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    def wait_until_ready(self) -> None:
        try:
            self.receive(_START_SECONDS, 0)
        except queue.Empty:
            self.kill()
            raise _EndedError(0, self._child.wait()) from None

    def send(self, message: say.Message) -> None:
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(say.encoded(message))
            self._child.stdin.flush()
        except OSError as error:
            raise _EndedError(1, self._child.wait()) from error

    def receive(self, seconds: float, page: int) -> say.Message:
        """The next message. Raises queue.Empty if none comes within `seconds`."""
        line = self._messages.get(timeout=seconds)
        try:
            return say.decoded(line)
        except ValueError as error:
            # The end of the stream, or of a line: nothing more will come.
            self._child.kill()
            raise _EndedError(page, self._child.wait()) from error

    @property
    def id(self) -> int:
        return self._child.pid

    def kill(self) -> None:
        self._child.kill()

    def end(self) -> None:
        self.kill()
        self._child.wait()
        self._listener.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # A request that it no longer took.
                    pipe.close()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        while line := self._child.stdout.readline(say.MAX_BYTES):
            self._messages.put(line)
        self._messages.put(b"")


_reader = PageReader()


def read_pages(
    kind: str, path: Path, progress: PageProgress | None = None
) -> tuple[PageContent, ...]:
    """`PageReader.read` by the one reader of this process."""
    return _reader.read(kind, path, progress)


def _start_anew() -> None:
    """A forked process has no part in its parent's reader, whose lock may be held for ever."""
    global _reader
    _reader = PageReader()


atexit.register(lambda: _reader.kill())
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
