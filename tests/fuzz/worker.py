"""The process that takes inputs in: one JSON line a job, one JSON line back.

Run as `python -m tests.fuzz.worker`. A hang or a crash of this process is a finding, and its
memory is bounded so that a bomb is one, too.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.growth import seconds_for
from tests.fuzz.journey import travel
from tests.fuzz.questions import ask

MEMORY = 6 * 1024**3
"""Bytes of address space; the models of text recognition alone map more than one gibibyte."""


def main() -> None:
    _bound_memory()
    logging.disable()
    for line in sys.stdin:
        job = json.loads(line)
        started = time.process_time()
        try:
            if job["kind"] == "file":
                outcome = travel(Path(job["path"]))
            elif job["kind"] == "question":
                outcome = ask(Path(job["home"]), job["text"], job["earlier"])
            else:
                outcome = f"{seconds_for(job['step'], job['text']):.6f}"
            answer = {"outcome": outcome}
        except BaseException:
            answer = {"broken": traceback.format_exc(limit=-6)}
        answer["seconds"] = f"{time.process_time() - started:.3f}"
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
