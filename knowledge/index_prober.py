"""Has index folders probed outside this process: a damaged one may crash its reader.

Importing Chroma takes two seconds, so the program that does it stays at hand for the next folder
and forks for each (`index_probe.serve`). It ends with this process, or when nothing was asked for
a while.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

# -P: a folder the user happens to stand in must not hide our modules.
_COMMAND = (sys.executable, "-P", "-m", "knowledge.index_probe")
# The program gives up on a folder before that.
_LIMIT_SECONDS = 660.0
PROBED = "policy_assistant.index_probe"
"""Audit event of each probe, with the folder."""


class _Program:
    """The running program and the lines that have come from it."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own program
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            # With what it forks it can be ended as one.
            start_new_session=True,
        )
        self._lines: SimpleQueue[str] = SimpleQueue()
        # A thread, since a pipe cannot be waited for with a time limit on every system.
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    def ask(self, folder: Path, passages: int) -> str | None:
        """What is wrong with `folder`, or an empty string; None if the program ended."""
        assert self._child.stdin is not None
        found: str | None = None
        try:
            self._child.stdin.write(json.dumps([str(folder), passages]) + "\n")
            self._child.stdin.flush()
            line = self._lines.get(timeout=_LIMIT_SECONDS)
            of_folder, problem = json.loads(line)
            found = str(problem) if of_folder == str(folder) else None
        except (OSError, ValueError, TypeError, Empty):
            pass
        finally:
            if found is None:
                # An answer that comes later would be taken for that to the next question.
                self.end()
        return found

    def end(self) -> None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._child.pid, signal.SIGKILL)
        self._child.kill()
        self._child.wait()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            self._lines.put(line)
        self._lines.put("")


_lock = threading.Lock()
_program: _Program | None = None


def probed(folder: Path, passages: int) -> str:
    """What is wrong with an index folder of `passages` passages, or an empty string.

    Raises OSError if no process can be started.
    """
    global _program
    sys.audit(PROBED, str(folder))
    with _lock:
        for _ in range(2):  # the one at hand may just be ending
            if _program is None or not _program.is_alive:
                _program = _Program()
            problem = _program.ask(folder, passages)
            if problem is not None:
                return problem
    return "the probe ended without an answer"
