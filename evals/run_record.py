"""A run on disk: what was run, with what, and what came of it.

<run>/summary.json   commit, settings, model, seed, time, figures
<run>/cases.jsonl    one CaseResult a line
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.settings import Settings
from evals.report_files import write_files
from evals.result import CaseResult
from evals.summary import Summary, summarise

_NOT_RECORDED = {"home", "chat_api_key", "host", "port"}
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class RunConditions:
    """What another run needs to be the same run."""

    suite: str
    split: str
    seed: int
    gate: float
    cases_sha256: str
    model: str
    """Fingerprint of the embedding model."""
    settings: dict[str, Any]
    started: str
    """ISO 8601, UTC."""
    seconds: float
    version: str
    commit: str | None
    """Git commit of the program; None where it does not run from its repository."""
    uncommitted_changes: bool | None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Conditions and results of one run."""

    conditions: RunConditions
    results: tuple[CaseResult, ...]

    @property
    def summary(self) -> Summary:
        """The results in sum."""
        return summarise(self.results)

    @property
    def passed(self) -> bool:
        """Whether the run reached its gate."""
        return self.summary.passes(self.conditions.gate)

    def fields(self) -> dict[str, Any]:
        """What `summary.json` holds."""
        from evals.retrieval.sums import figure_fields

        return {
            "format": _FORMAT,
            "conditions": asdict(self.conditions),
            "passed": self.passed,
            "summary": self.summary.fields(),
            "figures": figure_fields(self.conditions.suite, self.results, self.conditions.seed),
        }


def conditions(
    suite: str,
    split: str,
    *,
    seed: int,
    gate: float,
    cases_sha256: str,
    model: str,
    settings: Settings,
    started: datetime,
    seconds: float,
) -> RunConditions:
    """The conditions of a run, completed with program version and commit."""
    commit, changed = _commit()
    return RunConditions(
        suite=suite,
        split=split,
        seed=seed,
        gate=gate,
        cases_sha256=cases_sha256,
        model=model,
        settings=settings.model_dump(mode="json", exclude=_NOT_RECORDED),
        started=started.astimezone(UTC).isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        version=version("policy-assistant"),
        commit=commit,
        uncommitted_changes=changed,
    )


def run_folder(home: Path, suite: str, started: datetime) -> Path:
    """A folder for a run that does not exist yet: `<home>/runs/<time>-<suite>`."""
    base = home / "runs" / f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{suite}"
    folder, number = base, 2
    while folder.exists():
        folder, number = base.with_name(f"{base.name}-{number}"), number + 1
    return folder


def check_free(folder: Path) -> None:
    """Raise UsageError if `folder` cannot take a run: a file, or a folder with something in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} 已存在且不为空。请用 --out 另选一个文件夹。",
            f"{folder} exists and is not empty. Choose another folder with --out.",
        )


def write_run(folder: Path, record: RunRecord) -> None:
    """Write `record`; `summary.json` comes last, so that a folder that has it is whole."""
    lines = (json.dumps(result.fields(), ensure_ascii=False) for result in record.results)
    summary = json.dumps(record.fields(), ensure_ascii=False, indent=1)
    write_files(
        folder,
        {"cases.jsonl": "".join(f"{line}\n" for line in lines), "summary.json": summary + "\n"},
        make=True,
    )


def read_run(folder: Path) -> RunRecord:
    """The run stored in `folder`. Raises UsageError if there is none that can be read."""
    try:
        head = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        # Not splitlines(): a text may hold U+2028, which ends no line of JSON.
        lines = (folder / "cases.jsonl").read_text(encoding="utf-8").split("\n")
        results = tuple(CaseResult.from_fields(json.loads(line)) for line in lines if line)
        return RunRecord(RunConditions(**head["conditions"]), results)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"{folder} 里没有可读的评测记录（需要 summary.json 和 cases.jsonl）。请检查路径。",
            f"{folder} holds no run that can be read (summary.json and cases.jsonl). "
            "Check the path.",
        ) from error


def _commit() -> tuple[str | None, bool | None]:
    """Commit of the repository that this file belongs to, and whether it has changes."""
    # An installed copy may lie inside some other repository: ask for this very file first.
    if _git("ls-files", "--error-unmatch", Path(__file__).name) is None:
        return None, None
    commit, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain", ":/")
    return commit, None if changes is None else bool(changes)


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", "-C", str(Path(__file__).parent), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
