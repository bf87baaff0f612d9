"""`policy-assistant bench`: how fast is it, as ratios to baselines of the same run?"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Sequence

from assistant.commands.base import DONE, Context
from evals.benchmarks.measurement import Measurement

NAMES = ("answers", "startup", "embedding", "index")


class BenchCommand:
    """Measures speed in a throw-away home folder."""

    name = "bench"
    help = "测速 / measure speed"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which benchmarks."""
        parser.add_argument(
            "benchmark", nargs="?", choices=NAMES, help="只测一项 / one only (default: all)"
        )

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Print a table a benchmark, each as soon as it is measured."""
        # Imported here: the program lists its commands without opening the benchmarks' parts.
        from evals.benchmarks.answers import AnswersBenchmark
        from evals.benchmarks.embedding import EmbeddingBenchmark
        from evals.benchmarks.index import IndexBenchmark
        from evals.benchmarks.startup import StartupBenchmark
        from evals.workspace import fresh_workspace

        all_benchmarks = (
            AnswersBenchmark(),
            StartupBenchmark(),
            EmbeddingBenchmark(),
            IndexBenchmark(),
        )
        measured: dict[str, list[dict[str, object]]] = {}
        for benchmark in all_benchmarks:
            if arguments.benchmark not in (None, benchmark.name):
                continue
            with fresh_workspace(context.settings, context.notice) as workspace:
                measurements = list(benchmark.run(workspace))
            measured[benchmark.name] = [found.fields() for found in measurements]
            if not context.as_json:
                context.say(render(f"{benchmark.name}: {benchmark.help}", measurements))
        if context.as_json:
            context.json({"machine": _machine(), "benchmarks": measured})
        return DONE


def render(title: str, measurements: Sequence[Measurement]) -> str:
    """A table: name, value, ratio and what it is a ratio of."""
    width = max((len(found.name) for found in measurements), default=0)
    lines = [title]
    for found in measurements:
        value = f"{found.value:10.2f}" if found.unit else f"{found.value:7.0f}   "
        line = f"  {found.name:<{width}}  {value} {found.unit:<10}"
        if found.ratio is not None:
            line += f"  × {found.ratio:.2f} {found.baseline}"
        lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def _machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
