"""`policy-assistant eval`: is it any good, and what changed?"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.base import DONE, FAILED, Context
from assistant.errors import UsageError

if TYPE_CHECKING:
    from evals.suites import Suite


class EvalCommand:
    """Runs a suite, or compares two runs."""

    name = "eval"
    help = "评测 / evaluate"

    def __init__(self, suites: Mapping[str, Suite] | None = None) -> None:
        """`suites` by name; None for those of `evals.suites`."""
        self._suites = suites

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Suite, split, gate, folder; or two runs."""
        parser.add_argument(
            "suite",
            nargs="?",
            metavar="SUITE",
            help="评测集，默认 starter / suite, by default starter",
        )
        parser.add_argument(
            "--split",
            choices=("tune", "report", "all"),
            default="all",
            help="只用一半用例 / one half of the cases",
        )
        parser.add_argument(
            "--gate", type=float, metavar="SHARE", help="通过率门槛，0–1 / least share right, 0–1"
        )
        parser.add_argument(
            "--out", type=Path, metavar="FOLDER", help="记录文件夹 / where the run is stored"
        )
        parser.add_argument(
            "--data",
            type=Path,
            metavar="FOLDER",
            help="评测数据文件夹，默认为代码库旁的 shared/data / data to measure against, by "
            "default shared/data beside the repository",
        )
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            metavar="PART",
            help="只评测数据的一部分 / one part of the data (messy, gov_html, laws)",
        )
        parser.add_argument(
            "--ablation",
            action="store_true",
            help="逐项去掉检索的各部分（检索评测集）或各项核对（hostile）再测 / measure again without "
            "each part of the retriever (retrieval suites), or each check (hostile)",
        )
        parser.add_argument("--seed", type=int, default=0, help="提问顺序 / order of questions")
        parser.add_argument(
            "--compare",
            nargs=2,
            metavar=("A", "B"),
            help="比较两次记录（文件夹，或 runs 中的名称） / two runs: folders, or names in runs",
        )

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Exit code 0 if the run reaches its gate; 1 if not."""
        if arguments.compare:
            if arguments.suite:
                raise UsageError(
                    "--compare 不需要评测集名称。请只给出两次记录。",
                    "--compare takes no suite. Give the two runs only.",
                )
            return _compare(arguments.compare, context)
        return _evaluate(arguments, context, self._suites)


def _evaluate(
    arguments: argparse.Namespace, context: Context, suites: Mapping[str, Suite] | None
) -> int:
    # Imported here: the program lists its commands without opening the evaluation's parts.
    from evals.hostile.suite import HostileSuite
    from evals.report import render_run
    from evals.retrieval.ablation import AblationRow, render_ablation
    from evals.retrieval.html_report import write_report
    from evals.retrieval.suite import RetrievalSuite
    from evals.retrieval.sums import is_retrieval, render_figures
    from evals.run_record import RunRecord, check_free, conditions, run_folder, write_run
    from evals.suites import SUITES, KeptSuite, ReportingSuite
    from evals.workspace import fresh_workspace

    known = SUITES if suites is None else suites
    name = arguments.suite or "starter"
    suite = known.get(name)
    if suite is None:
        raise UsageError(
            f"没有名为 {name} 的评测集。可用：{'、'.join(known)}。",
            f"There is no suite {name}. Known suites: {', '.join(known)}.",
        )
    suite = _over_data(suite, arguments.data, tuple(arguments.only))
    if isinstance(suite, KeptSuite):
        suite = suite.kept_in(context.settings.home / "eval-homes")
    if arguments.ablation and not isinstance(suite, (RetrievalSuite, HostileSuite)):
        raise UsageError(
            "--ablation 只用于检索评测集（articles、lay、floor、script、noise）和 hostile。",
            "--ablation is for the retrieval suites (articles, lay, floor, script, noise) and "
            "hostile.",
        )
    gate = suite.gate if arguments.gate is None else arguments.gate
    if not 0 <= gate <= 1:
        raise UsageError("--gate 应在 0 到 1 之间。", "--gate must be between 0 and 1.")
    started = datetime.now(UTC)
    folder = arguments.out or run_folder(context.settings.home, suite.name, started)
    check_free(folder)
    clock = time.perf_counter()
    with fresh_workspace(context.settings, context.notice) as workspace:
        results = tuple(
            suite.run(
                workspace,
                split=arguments.split,
                seed=arguments.seed,
                progress=_show_progress,
            )
        )
        model = workspace.embedder.fingerprint
        rows: tuple[AblationRow, ...] = ()
        again = {"split": arguments.split, "seed": arguments.seed, "progress": _show_progress}
        if isinstance(suite, RetrievalSuite) and arguments.ablation:
            rows = suite.ablation(workspace, **again)
        elif isinstance(suite, HostileSuite) and arguments.ablation:
            suite.ablation(workspace, **again)
    record = RunRecord(
        conditions(
            suite.name,
            arguments.split,
            seed=arguments.seed,
            gate=gate,
            cases_sha256=suite.digest(),
            model=model,
            settings=context.settings,
            started=started,
            seconds=time.perf_counter() - clock,
        ),
        results,
    )
    write_run(folder, record)
    if is_retrieval(results):
        write_report(folder, record, context.language, rows)
    if isinstance(suite, ReportingSuite):
        suite.write_pages(folder, context.language)
    if context.as_json:
        failures = [result.fields() for result in results if not result.right]
        context.json({**record.fields(), "failures": failures, "folder": str(folder)})
    else:
        context.say(render_run(record, context.language))
        if is_retrieval(results):
            context.say("\n".join(render_figures(suite.name, results, arguments.seed)))
        if isinstance(suite, ReportingSuite) and (table := suite.rendered(context.language)):
            context.say(table)
        if rows:
            context.say(render_ablation(rows))
        context.say(context.text("记录：", "Stored in ") + str(folder))
    return DONE if record.passed else FAILED


def _over_data(suite: Suite, folder: Path | None, parts: tuple[str, ...]) -> Suite:
    """The suite over the data it is to measure; a suite that has its own takes none."""
    from evals.suites import DataSuite

    if isinstance(suite, DataSuite):
        for part in parts:
            if part not in suite.parts:
                raise UsageError(
                    f"--only 没有 {part} 这一部分。可用：{'、'.join(suite.parts)}。",
                    f"--only knows no part {part}. Known parts: {', '.join(suite.parts)}.",
                )
        return suite.over(folder, parts)
    if folder is not None or parts:
        raise UsageError(
            f"评测集 {suite.name} 自带数据，不需要 --data 和 --only。请去掉后重试。",
            f"The suite {suite.name} has its own data and takes no --data and no --only. "
            "Leave them out.",
        )
    return suite


def _compare(names: list[str], context: Context) -> int:
    from evals.comparison import compare
    from evals.report import render_comparison
    from evals.run_record import read_run

    before, after = (read_run(_run_named(name, context.settings.home)) for name in names)
    if before.conditions.suite != after.conditions.suite:
        raise UsageError(
            f"两次记录的评测集不同（{before.conditions.suite}、{after.conditions.suite}），"
            "无法比较。",
            f"The runs are of different suites ({before.conditions.suite}, "
            f"{after.conditions.suite}) and cannot be compared.",
        )
    comparison = compare(before.results, after.results)
    if context.as_json:
        context.json(comparison.fields())
    else:
        context.say(render_comparison(before, after, comparison, context.language))
    return DONE


def _run_named(name: str, home: Path) -> Path:
    """A run's folder, by path or by its name among the home folder's runs."""
    path, stored = Path(name).expanduser(), home / "runs" / name
    return stored if not path.is_dir() and stored.is_dir() else path


def _show_progress(done: int, total: int) -> None:
    """Cases done, on standard error, rewritten in place; silent where nobody watches."""
    if sys.stderr.isatty():
        end = "\r\x1b[2K" if done == total else ""
        sys.stderr.write(f"\r{done}/{total}{end}")
        sys.stderr.flush()
