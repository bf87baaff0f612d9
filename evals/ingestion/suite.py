"""The suite `ingestion`: messy files, government pages and statutes, from file to citation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.factory import build_assistant, prepare_home
from evals.ingestion.data_folder import PARTS, DataFolder
from evals.ingestion.gov_html import check_gov_html, gov_pages
from evals.ingestion.laws import check_articles, check_files
from evals.ingestion.library import IngestedLibrary
from evals.ingestion.lookups import LOOKUPS, ask, random_lookups, version_lookups
from evals.ingestion.messy import check_messy, messy_files
from evals.ingestion.rate import RateMeasurement
from evals.ingestion.statutes import chains, read_statutes
from evals.result import CaseResult
from evals.runner import Progress
from evals.workspace import Workspace
from knowledge.ingestion import IngestProgress

if TYPE_CHECKING:
    from evals.suites import SplitChoice

Show = Callable[[IngestProgress], None]


@dataclass(frozen=True, slots=True)
class IngestionSuite:
    """Ingests the data and compares what came of it with what stands in them.

    The data are public and may not be copied into the repository: they lie in a folder that
    `over` finds.
    """

    data: DataFolder | None = None
    lookups: int = LOOKUPS
    name = "ingestion"
    parts = PARTS
    gate = 1.0
    """Every case holds a threshold of its own, so every case must be right."""

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> IngestionSuite:
        """The same suite over the data in `folder`; None for those beside the repository.

        Raises UsageError, saying where it looked, if they are not there.
        """
        return IngestionSuite(DataFolder.find(folder, parts), self.lookups)

    def digest(self) -> str:
        """Of all measured files."""
        return self._data.digest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a check of `split`; `seed` draws the articles that are asked for.

        `progress` counts the files that are read, then the questions. A split saves no
        ingestion: all files go in.
        """
        steps = {"messy": self._messy, "gov_html": self._gov_html, "laws": self._laws}
        results = [
            result for part in self._data.parts for result in steps[part](workspace, seed, progress)
        ]
        return tuple(result for result in results if split in ("all", result.split))

    @property
    def _data(self) -> DataFolder:
        return self.data or DataFolder.find()

    def _messy(self, workspace: Workspace, seed: int, progress: Progress) -> Iterator[CaseResult]:
        folder = self._data.path / "messy"
        # A home of its own: the same law in another part would be another version of it.
        home = workspace.home / "messy"
        yield from check_messy(_ingested(messy_files(folder), home, workspace, progress), folder)

    def _gov_html(
        self, workspace: Workspace, seed: int, progress: Progress
    ) -> Iterator[CaseResult]:
        folder = self._data.path / "gov_html"
        home = workspace.home / "gov_html"
        yield from check_gov_html(_ingested(gov_pages(folder), home, workspace, progress), folder)

    def _laws(self, workspace: Workspace, seed: int, progress: Progress) -> Iterator[CaseResult]:
        folder = self._data.path / "laws"
        statutes = read_statutes(folder)
        prepare_home(workspace.settings, workspace.embedder, workspace.notice)
        rate = RateMeasurement(workspace.embedder)
        workspace.notice("单独计算向量，作为对照 / embedding alone, for comparison")
        rate.before(statute.path for statute in statutes)
        workspace.notice("导入法规 / ingesting the statutes")
        library = IngestedLibrary.ingested(
            [folder], workspace.home, rate.recorder, _shown(progress)
        )
        yield rate.after(library.report.seconds)
        yield check_files(library, statutes)
        yield from check_articles(library, statutes)

        today, versions = date.today(), chains(statutes)
        questions = [
            *version_lookups(versions, today),
            *random_lookups(versions, seed, today, self.lookups),
        ]
        assistant = build_assistant(workspace.settings, workspace.notice)
        for done, result in enumerate(ask(questions, assistant, library), start=1):
            progress(done, len(questions))
            yield result


def _ingested(
    files: Sequence[Path], home: Path, workspace: Workspace, progress: Progress
) -> IngestedLibrary:
    workspace.notice(f"导入 {home.name} / ingesting {home.name}")
    return IngestedLibrary.ingested(files, home, workspace.embedder, _shown(progress))


def _shown(progress: Progress) -> Show:
    return lambda now: progress(now.files_done, now.files_total)
