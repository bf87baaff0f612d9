"""The suites over the statutes of the data folder's `laws`.

laws       questions in all forms
regions    questions that name a place, whose answers may come from nowhere else
worded     questions in short or everyday words
turns      conversations, every turn of them (evals/laws/turns.py)
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.factory import build_assistant, prepare_home
from evals.cases import EvalCase, Split, load_cases
from evals.ingestion.data_folder import data_folder
from evals.result import CaseResult
from evals.runner import Progress, run_cases
from evals.workspace import Workspace
from knowledge.ingestion import ingest

if TYPE_CHECKING:
    from evals.suites import SplitChoice

GATE = 0.92


def half_of(case_id: str) -> Split:
    """The half that a case belongs to, by its id alone: nobody chose it."""
    return "report" if hashlib.sha256(case_id.encode()).digest()[0] % 2 else "tune"


@dataclass(frozen=True, slots=True)
class LawsSuite:
    """Every case put to the real assistant over all statutes and the starter policies.

    The statutes may not be copied into the repository. Without them the suite is skipped, and a
    notice says so.
    """

    folder: Path | None = None
    """The data folder; None for the one beside the repository, if it is there."""
    parts: tuple[str, ...] = ("laws",)
    name: str = "laws"
    gate: float = GATE
    path: Path = Path(__file__).parent / "cases.yaml"
    subfolder: str = "laws"
    pattern: str = "*.md"
    what: tuple[str, str] = ("法规", "statutes")
    """What the files are, in both languages."""

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> LawsSuite:
        """The suite over the statutes in `folder`.

        Raises UsageError if a folder is named that holds none.
        """
        chosen = replace(self, folder=folder, parts=parts or self.parts)
        if folder is not None and not chosen._statutes():
            raise UsageError(
                f"没有找到评测数据：{chosen._laws} 中没有{self.what[0]}。请用 --data 指明数据文件夹。",
                f"The data to measure against are not there: {chosen._laws} holds no {self.what[1]}. "
                "Name their folder with --data.",
            )
        return chosen

    def digest(self) -> str:
        """Of the cases, and of the statutes that are read."""
        total = hashlib.sha256(self.path.read_bytes())
        for file in self._statutes():
            total.update(file.relative_to(self._laws).as_posix().encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
        return total.hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a case of `split`, in the order of the file; none without the statutes."""
        if not self.ingested(workspace):
            return ()
        cases = [case for case in self._cases() if split in ("all", case.split)]
        assistant = build_assistant(workspace.settings, workspace.notice)
        return run_cases(cases, assistant, seed=seed, progress=progress)

    def ingested(self, workspace: Workspace) -> bool:
        """True once the statutes are in the library; False, with a notice, if none are at hand."""
        statutes = self._statutes()
        if not statutes:
            workspace.notice(
                f"缺少{self.what[0]}数据，略去本套评测 / no {self.what[1]} at hand: the suite is skipped"
            )
            return False
        prepare_home(workspace.settings, workspace.embedder, workspace.notice)
        count = len(statutes)
        workspace.notice(f"导入 {count} 份{self.what[0]} / ingesting {count} {self.what[1]}")
        ingest([str(self._laws)], workspace.home, workspace.embedder)
        return True

    def _cases(self) -> Sequence[EvalCase]:
        return load_cases(self.path)

    @property
    def _laws(self) -> Path:
        return data_folder(self.folder) / self.subfolder

    def _statutes(self) -> list[Path]:
        return sorted(self._laws.rglob(self.pattern)) if self._laws.is_dir() else []


LAWS_SUITE = LawsSuite()
WORDED_SUITE = LawsSuite(name="worded", path=Path(__file__).parent / "worded.yaml", gate=0.7)
REGIONS_SUITE = LawsSuite(name="regions", path=Path(__file__).parent / "regions.yaml", gate=0.95)
