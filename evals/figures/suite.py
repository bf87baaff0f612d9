"""The suite `figures`: true claims accepted, altered ones flagged, and what each check is worth."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.claim_alignment import align_clauses, best_window
from assistant.claim_figures import figure_problems
from assistant.claim_polarity import act_problems, polarity_problems
from assistant.claim_references import reference_problems
from assistant.claim_roles import role_problems
from assistant.errors import UsageError
from assistant.grounding import Evidence, Verdict, ground
from assistant.wording import Language
from evals.ingestion.check import split_of
from evals.ingestion.data_folder import data_folder
from evals.json_lines import json_lines
from evals.report_files import write_files
from evals.result import CaseResult
from evals.runner import Progress
from evals.workspace import Workspace

if TYPE_CHECKING:
    from evals.suites import SplitChoice

CASES = Path(__file__).parent / "cases.yaml"
_CLAIMS = "number_faithfulness/claims.jsonl"
_CHECKS: dict[str, Callable[[str, str], object]] = {
    "figure, bound": lambda claim, text: list(figure_problems(claim, (text,))),
    "reference, region": lambda claim, text: list(reference_problems(claim, (text,), ())),
    "negation, modality": lambda claim, text: list(
        polarity_problems(align_clauses(claim, best_window(claim, text)))
    ),
    "opposite (acts)": lambda claim, text: list(act_problems(claim, [text])),
    "opposite (roles)": lambda claim, text: list(role_problems(claim, [text])),
    "all, with the words": lambda claim, text: [ground(claim, [Evidence(text)])],
}


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """One sentence with its evidence, and whether the evidence carries it."""

    id: str
    group: str
    evidence: str
    claim: str
    is_true: bool


class FiguresSuite:
    """Each claim is judged by its own evidence alone, as `policy-assistant check` does."""

    name = "figures"
    gate = 0.98
    parts: tuple[str, ...] = ()

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` holds the data, None for the usual place; own cases are always there."""
        self._folder = folder
        self._verdicts: list[tuple[FigureClaim, Verdict]] = []

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> FiguresSuite:
        """The same suite over the data in `folder`. Raises UsageError if they are not there."""
        suite = FiguresSuite(folder)
        if folder is not None and not suite._path.is_file():
            raise UsageError(
                f"没有找到评测数据：{suite._path}。请用 --data 指明数据文件夹。",
                f"The data to measure against are not there: {suite._path}. Name their folder "
                "with --data.",
            )
        return suite

    def digest(self) -> str:
        """Of all claims."""
        return hashlib.sha256(repr(self._claims()).encode()).hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a claim of `split`; without the data those of the own cases."""
        if not self._path.is_file():
            workspace.notice("缺少 number_faithfulness 数据，只评自带用例 / own cases only")
        chosen = [c for c in self._claims() if split in ("all", split_of(c.id))]
        self._verdicts = []
        results = []
        for done, claim in enumerate(chosen, 1):
            started = time.perf_counter()
            verdict = ground(claim.claim, [Evidence(claim.evidence)])
            elapsed = 1000 * (time.perf_counter() - started)
            self._verdicts.append((claim, verdict))
            results.append(_result(claim, verdict, elapsed))
            progress(done, len(chosen))
        return tuple(results)

    def write_pages(self, folder: Path, language: Language) -> None:
        """`checks.json`: what each check is worth. Raises AssistantError if it cannot be written."""
        text = json.dumps(self._rows(), ensure_ascii=False, indent=1)
        write_files(folder, {"checks.json": text + "\n"})

    def rendered(self, language: Language) -> str:
        """Of each kind of problem how many altered claims it alone finds, and true ones it costs;
        of each check the time it takes."""
        chinese = language == "zh"
        rows = self._rows()
        lines = ["逐项检查的作用" if chinese else "What each check is worth"]
        lines += [
            f"  {kind:<12} "
            + (
                f"找出 {row['found']}，仅由它找出 {row['alone']}；误判 {row['false_alarms']}"
                if chinese
                else f"found {row['found']}, alone {row['alone']}; "
                f"false alarms {row['false_alarms']}"
            )
            for kind, row in rows["kinds"].items()
        ]
        lines += [f"  {name:<20} {ms:.2f} ms" for name, ms in rows["milliseconds"].items()]
        return "\n".join(lines)

    def _rows(self) -> dict[str, Any]:
        found, alone, alarms = Counter[str](), Counter[str](), Counter[str]()
        for claim, verdict in self._verdicts:
            seen = {problem.kind for problem in verdict.problems}
            (alarms if claim.is_true else found).update(seen)
            if not claim.is_true and len(seen) == 1:
                alone.update(seen)
        kinds = {
            kind: {"found": found[kind], "alone": alone[kind], "false_alarms": alarms[kind]}
            for kind in sorted({*found, *alarms})
        }
        return {"kinds": kinds, "milliseconds": self._times()}

    def _times(self) -> dict[str, float]:
        """Milliseconds a claim, mean, each check alone."""
        times = {}
        for name, check in _CHECKS.items():
            started = time.perf_counter()
            for claim, _ in self._verdicts:
                check(claim.claim, claim.evidence)
            spent = 1000 * (time.perf_counter() - started)
            times[name] = round(spent / max(len(self._verdicts), 1), 3)
        return times

    def _claims(self) -> tuple[FigureClaim, ...]:
        own = yaml.safe_load(CASES.read_text("utf-8"))
        claims = [
            claim
            for row in own
            for claim in (
                FigureClaim(row["id"], "own", row["evidence"], row["right"], True),
                FigureClaim(row["id"], "own", row["evidence"], row["altered"], False),
            )
        ]
        if self._path.is_file():
            for row in json_lines(self._path):
                for name, is_true in (("claim_true", True), ("claim_false", False)):
                    claims.append(
                        FigureClaim(row["id"], row["source"], row["evidence"], row[name], is_true)
                    )
        return tuple(claims)

    @property
    def _path(self) -> Path:
        return data_folder(self._folder) / _CLAIMS


def _result(claim: FigureClaim, verdict: Verdict, elapsed: float) -> CaseResult:
    right = verdict.supported == claim.is_true
    kind = "true" if claim.is_true else "altered"
    problem = "taken for true" if verdict.supported else "taken for altered"
    return CaseResult(
        f"{claim.id}/{kind}",
        split_of(claim.id),
        (kind, claim.group),
        claim.claim[:200],
        right,
        () if right else (problem, *(p.message("en") for p in verdict.problems)),
        latency_ms=round(elapsed, 3),
    )
