"""How long a program that has been started before takes to its first answer."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from assistant.errors import AssistantError
from assistant.factory import prepare_home
from evals.benchmarks.measurement import Measurement
from evals.intervals import percentile
from evals.workspace import Workspace

_QUESTION = "宁夏三区计划一共投入多少钱"
_REPEATS = 3
_LIMIT_SECONDS = 300


class StartupBenchmark:
    """Process start → first answer, in a home folder that is prepared."""

    name = "startup"
    help = "启动到首次回答 / start to first answer"

    def run(self, workspace: Workspace) -> Iterator[Measurement]:
        """Median seconds; baseline: the start of a Python that imports numpy."""
        prepare_home(workspace.settings, workspace.embedder, workspace.notice)
        bare = [_seconds_to_line("-c", "import numpy; print('{}')") for _ in range(_REPEATS)]
        ask = ("-m", "assistant.cli", "ask", _QUESTION, "--json", "--home", str(workspace.home))
        starts = [_seconds_to_line(*ask) for _ in range(_REPEATS)]
        baseline = Measurement("start of Python with numpy", percentile(bare, 0.5), "s")
        yield baseline
        median = percentile(starts, 0.5)
        yield Measurement("start to first answer, median", median, "s").against(baseline)
        yield Measurement("start to first answer, longest", max(starts), "s").against(baseline)


def _seconds_to_line(*arguments: str) -> float:
    """Seconds from the start of a Python process to its first line, which must be JSON."""
    started = time.perf_counter()
    line, elapsed = _first_line([sys.executable, *arguments], started)
    try:
        json.loads(line)
    except ValueError as error:
        raise AssistantError(
            "启动测试的子进程没有给出回答。请运行 policy-assistant doctor 检查。",
            "The process started for the benchmark gave no answer. Run policy-assistant doctor.",
        ) from error
    return elapsed


def _first_line(command: Sequence[str], started: float) -> tuple[str, float]:
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    with process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - started
        try:
            process.wait(_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    return line, elapsed
