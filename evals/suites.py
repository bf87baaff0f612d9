"""The suites of `policy-assistant eval`, by name.

A new suite (retrieval over statutes, ingestion, …) is a class with these four members and a
line in `SUITES`; records, comparison and report take it as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from assistant.factory import build_assistant
from assistant.wording import Language
from evals.briefs.suite import BRIEF_TURNS_SUITE, BRIEFS_SUITE
from evals.cases import load_cases
from evals.dialogue.suite import DIALOGUE_SUITE
from evals.evidence.suite import EvidenceSuite
from evals.figures.suite import FiguresSuite
from evals.hostile.suite import HOSTILE_SUITE
from evals.ingestion.suite import IngestionSuite
from evals.injection.suite import InjectionSuite
from evals.laws.suite import LAWS_SUITE, REGIONS_SUITE, WORDED_SUITE
from evals.laws.turns import FIRSTS_SUITE, TURNS_SUITE
from evals.notices.suite import NOTICE_TURNS_SUITE, NOTICES_SUITE
from evals.peers.suite import PeersSuite
from evals.privacy.suite import PrivacySuite
from evals.result import CaseResult
from evals.retrieval import RETRIEVAL_SUITES
from evals.runner import Progress, run_cases
from evals.workspace import Workspace

SplitChoice = Literal["tune", "report", "all"]
GATE = 0.95
"""The share of starter cases that must be right; CI fails below it."""
REPORT_GATE = 0.80
"""The same for the cases that were not looked at while the assistant was made (39 of 45 at the
first measurement, 95 % interval .74 to .94)."""


class Suite(Protocol):
    """Questions with a way to put them and to judge what comes back."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        ...

    @property
    def gate(self) -> float:
        """The least share right that passes."""
        ...

    def digest(self) -> str:
        """Hex SHA-256 of the cases: runs over different cases are not alike."""
        ...

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> Sequence[CaseResult]:
        """One result a case of `split`, in the order of the suite."""
        ...


@runtime_checkable
class DataSuite(Suite, Protocol):
    """A suite over data that do not come with the installation."""

    parts: tuple[str, ...]
    """What of the data can be measured alone."""

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> Suite:
        """The suite over the data in `folder`, None for the usual place; empty `parts` for all.

        Raises UsageError, saying where it looked, if they are not there.
        """
        ...


@runtime_checkable
class KeptSuite(Suite, Protocol):
    """A suite whose ingested library is kept for later runs."""

    def kept_in(self, folder: Path) -> Suite:
        """The same suite, its library in `folder`."""
        ...


@runtime_checkable
class ReportingSuite(Suite, Protocol):
    """A suite with a table of its own beside the cases."""

    def write_pages(self, folder: Path, language: Language) -> None:
        """Of the last run, into its folder. Raises AssistantError if that cannot be written."""
        ...

    def rendered(self, language: Language) -> str:
        """The same for a terminal."""
        ...


@dataclass(frozen=True, slots=True)
class StarterSuite:
    """Questions on the four policies that come with the installation."""

    name: str = "starter"
    gate: float = GATE
    path: Path = Path(__file__).parent / "cases" / "starter.yaml"

    def digest(self) -> str:
        """Of the file of cases."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """Every case put to the real assistant over the starter policies alone."""
        cases = [case for case in load_cases(self.path) if split in ("all", case.split)]
        assistant = build_assistant(workspace.settings, workspace.notice)
        return run_cases(cases, assistant, seed=seed, progress=progress)


_ALL: tuple[Suite, ...] = (
    StarterSuite(),
    StarterSuite("everyday", 0.85, Path(__file__).parent / "cases" / "everyday.yaml"),
    IngestionSuite(),
    *RETRIEVAL_SUITES,
    EvidenceSuite(),
    FiguresSuite(),
    DIALOGUE_SUITE,
    HOSTILE_SUITE,
    PrivacySuite(),
    InjectionSuite(),
    LAWS_SUITE,
    REGIONS_SUITE,
    WORDED_SUITE,
    TURNS_SUITE,
    FIRSTS_SUITE,
    NOTICES_SUITE,
    NOTICE_TURNS_SUITE,
    BRIEFS_SUITE,
    BRIEF_TURNS_SUITE,
    PeersSuite(),
)
SUITES: dict[str, Suite] = {suite.name: suite for suite in _ALL}
