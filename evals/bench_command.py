"""`policy-assistant bench`: how fast is it, as ratios to baselines of the same run?"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Sequence

from assistant.commands.base import DONE, FAILED, Context
from evals.benchmarks.measurement import Benchmark, Measurement

# The last two take minutes, and run only where they are named.
NAMES = ("answers", "startup", "embedding", "index", "durability", "scale")


class BenchCommand:
    """Measures speed in a throw-away home folder."""

    name = "bench"
    help = "测速 / measure speed"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which benchmarks."""
        parser.add_argument(
            "benchmark",
            nargs="?",
            choices=NAMES,
            help="只测一项 / one only (default: all but durability and scale)",
        )
        parser.add_argument(
            "--kills",
            type=_positive,
            default=200,
            help="durability: 中断次数 / how many kills (default: 200)",
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=20261124,
            help="durability: 随机种子 / seed of the moments (default: 20261124)",
        )

        parser.add_argument(
            "--large",
            action="store_true",
            help="scale: 测到 100 万段 / up to 1 million passages (over an hour, 10 GiB of disk)",
        )

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Print a table a benchmark, each as soon as it is measured.

        Exit code 1 if a kill lost or doubled anything, or needed a hand; or if retrieval grows
        beyond its limits.
        """
        # Imported here: the program lists its commands without opening the benchmarks' parts.
        from evals.benchmarks.answers import AnswersBenchmark
        from evals.benchmarks.durability import DurabilityBenchmark
        from evals.benchmarks.embedding import EmbeddingBenchmark
        from evals.benchmarks.index import IndexBenchmark
        from evals.benchmarks.scale import LARGE, SIZES, ScaleBenchmark
        from evals.benchmarks.startup import StartupBenchmark
        from evals.workspace import fresh_workspace

        durability = DurabilityBenchmark(arguments.kills, arguments.seed)
        scale = ScaleBenchmark((*SIZES, LARGE) if arguments.large else SIZES)
        all_benchmarks: tuple[Benchmark, ...] = (
            AnswersBenchmark(),
            StartupBenchmark(),
            EmbeddingBenchmark(),
            IndexBenchmark(),
            *(one for one in (durability, scale) if arguments.benchmark == one.name),
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
        failures = [*durability.failures, *scale.failures]
        for failure in failures:
            context.notice(failure)
        if context.as_json:
            report = {"machine": _machine(), "benchmarks": measured}
            context.json({**report, "failures": failures})
        return FAILED if failures else DONE


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


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
