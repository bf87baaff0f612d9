"""Hands inputs to a worker process, with a hard bound on the time of each."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
HANG_SECONDS = 240.0
"""By the clock, on a machine that does much else: the process stopped answering."""
SLOW_SECONDS = 20.0
"""Of processor time: no input of these tests is larger than a few megabytes."""


class Runner:
    """One worker, started when needed and again after it died."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outcomes: Counter[str] = Counter()
        self.slowest = (0.0, "")
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def file(self, name: str, data: bytes, label: str = "") -> str:
        """Take in `data` under `name` and check what is promised; "taken" or "refused".

        AssertionError names `label`, which is how to make the input again.
        """
        path = self.folder / name
        path.write_bytes(data)
        return self.path(path, label or f"{name}: {data[:2000]!r}")

    def path(self, path: Path, label: str = "") -> str:
        """As `file`, of a path that is there."""
        return self._asked({"kind": "file", "path": str(path)}, label or str(path))

    def question(self, home: Path, text: str, earlier: str = "") -> str:
        """The status of the answer to `text` from the library in `home`."""
        job = {"kind": "question", "home": str(home), "text": text, "earlier": earlier}
        return self._asked(job, f"question {text!r} after {earlier!r}")

    def seconds(self, step: str, text: str, label: str) -> float:
        """Processor seconds that `step` takes for `text`."""
        return float(self._asked({"kind": "growth", "step": step, "text": text}, label))

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
        self._process = None

    def _asked(self, job: dict[str, str], label: str) -> str:
        process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        try:
            line = self._answers.get(timeout=HANG_SECONDS)
        except queue.Empty:
            self.close()
            raise AssertionError(f"no answer within {HANG_SECONDS:g} s: {label}") from None
        if not line:
            code = process.wait()
            self.close()
            raise AssertionError(f"the process died ({code}): {label}")
        answer = json.loads(line)
        if "broken" in answer:
            raise AssertionError(f"{label}\n{answer['broken']}")
        seconds = float(answer["seconds"])
        self.slowest = max(self.slowest, (seconds, label[:200]))
        if job["kind"] != "growth":
            self.outcomes[answer["outcome"]] += 1
            assert seconds <= SLOW_SECONDS, f"{seconds:.1f} s of processor time: {label}"
        return str(answer["outcome"])

    def _start(self) -> subprocess.Popen[str]:
        self._answers = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        threading.Thread(
            target=_forward, args=(self._process.stdout, self._answers), daemon=True
        ).start()
        return self._process


def _forward(lines: IO[str], answers: queue.Queue[str]) -> None:
    try:
        for line in lines:
            answers.put(line)
    except ValueError:
        pass  # closed
    answers.put("")
