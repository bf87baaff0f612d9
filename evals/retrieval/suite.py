"""The retrieval suites of `policy-assistant eval`: articles, lay, floor, script, noise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evals.ingestion.check import split_of
from evals.result import CaseResult
from evals.retrieval.ablation import AblationRow, ablate, variants
from evals.retrieval.asking import ask, search_with
from evals.retrieval.dataset import Dataset
from evals.retrieval.metrics import require_metrics
from evals.retrieval.prepared_home import prepared_home
from evals.retrieval.question import RetrievalData, RetrievalQuestion
from evals.retrieval.sums import TARGETS
from evals.runner import Progress
from evals.workspace import Workspace
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever

if TYPE_CHECKING:
    from evals.suites import SplitChoice


class RetrievalSuite:
    """Ingests a data set, then asks its questions as `policy-assistant search` does.

    A case is right if the passage at rank 1 is of a document that answers. The halves are
    drawn by a digest of the question's id (`evals.ingestion.check.split_of`): the same in every
    run, on every machine, whatever other questions there are.
    """

    parts: tuple[str, ...] = ()

    def __init__(
        self, dataset: Dataset, folder: Path | None = None, kept: Path | None = None
    ) -> None:
        """`folder` holds the data, None for the usual place; `kept` the ingested libraries,
        None to ingest anew in the workspace."""
        self.name = dataset.name
        self.gate = TARGETS[dataset.name]["hit@1"]
        self._dataset = dataset
        self._folder = folder
        self._kept = kept
        self._data: RetrievalData | None = None

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> RetrievalSuite:
        """The same suite over the data in `folder`; None for those beside the repository.

        Raises UsageError, saying where it looked, if they are not there.
        """
        return RetrievalSuite(self._dataset, self._dataset.find(folder), self._kept)

    def kept_in(self, folder: Path) -> RetrievalSuite:
        """The same suite, its ingested library kept in `folder` and used again by later runs."""
        return RetrievalSuite(self._dataset, self._folder, folder)

    def data(self) -> RetrievalData:
        """The documents and questions, read once. Raises UsageError if they are not there."""
        if self._data is None:
            self._data = self._dataset.read(self._dataset.find(self._folder))
        return self._data

    def digest(self) -> str:
        """Of documents, questions and gold."""
        return self.data().digest()

    def questions(self, split: SplitChoice) -> tuple[RetrievalQuestion, ...]:
        """The questions of one half, or all."""
        return tuple(
            question
            for question in self.data().questions
            if split in ("all", split_of(question.id))
        )

    def prepared(self, workspace: Workspace, progress: Progress) -> Path:
        """The home folder with the documents in it; see `prepared_home`."""
        folder = self._kept or workspace.home / "eval-homes"
        return prepared_home(self.data(), workspace.embedder, folder, workspace.notice, progress)

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a question of `split`, in the order of the data.

        `progress` counts documents, then questions. Raises AssistantError if
        the extra `evals` is not installed, before anything is ingested.
        """
        require_metrics()
        home = self.prepared(workspace, progress)
        retriever = HybridRetriever(catalog_path(home), index_folder(home), workspace.embedder)
        return ask(
            self.data(),
            self.questions(split),
            search_with(retriever),
            seed=seed,
            progress=progress,
        )

    def ablation(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[AblationRow, ...]:
        """What each part of the retriever is worth over the questions of `split`.

        Raises AssistantError if the extra `evals` is not installed, before anything is ingested.
        """
        require_metrics()
        home = self.prepared(workspace, progress)
        return tuple(
            ablate(
                self.data(),
                self.questions(split),
                home,
                workspace.embedder,
                variants(),
                seed=seed,
                progress=progress,
            )
        )
