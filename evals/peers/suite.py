"""The suite `peers`: the product against what people would otherwise use, in one run.

A case is one claim over one peer and one data set: at so many characters of context, an answer
is covered at least as often; and a search takes no longer than that of the fastest peer of equal
quality. The rows behind them are in `standings`, for the table and the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.factory import build_embedder
from assistant.settings import Settings
from assistant.wording import Language
from evals.ingestion.check import split_of
from evals.peers.haystack_pipeline import HAYSTACK
from evals.peers.langchain_chain import LANGCHAIN
from evals.peers.llamaindex_index import LLAMAINDEX
from evals.peers.measuring import Measured, OpenModel, measure_apart
from evals.peers.page import render_standings, write_standings
from evals.peers.plain_bm25 import BM25
from evals.peers.product import PRODUCT
from evals.peers.standing import COVERAGES, Standing, standings
from evals.peers.system import INSTALL, System
from evals.result import CaseResult
from evals.retrieval.dataset import DATASETS, Dataset
from evals.retrieval.metrics import require_metrics
from evals.retrieval.question import RetrievalQuestion
from evals.retrieval.suite import RetrievalSuite
from evals.runner import Progress
from evals.workspace import Notice, Workspace

if TYPE_CHECKING:
    from evals.suites import SplitChoice

PEERS: tuple[System, ...] = (LANGCHAIN, LLAMAINDEX, HAYSTACK, BM25)
QUESTIONS = 300
"""Questions of each data set that are asked, drawn by a digest of their ids."""
# Where no part is named: every system embeds all documents anew, an hour and more for the others.
_BY_DEFAULT = ("floor", "script", "noise")
OpenFor = Callable[[Settings], OpenModel]


class PeersSuite:
    """Every system over the same documents, questions and embedding model, each in a process."""

    name = "peers"
    gate = 1.0
    """Each case is a claim of its own, so every case must hold."""
    parts: tuple[str, ...] = tuple(dataset.name for dataset in DATASETS)

    def __init__(
        self,
        datasets: Sequence[Dataset] = DATASETS,
        folder: Path | None = None,
        *,
        systems: Sequence[System] = (PRODUCT, *PEERS),
        questions: int = QUESTIONS,
        open_for: OpenFor | None = None,
    ) -> None:
        """`systems` begin with the product; `open_for` opens the model of some settings."""
        self._datasets = tuple(datasets)
        self._folder = folder
        self._systems = tuple(systems)
        self._questions = questions
        self._open_for = open_for or _model_of
        self.standings: list[Standing] = []
        """The rows of the last run, the product's first for each data set."""

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> PeersSuite:
        """The same suite over the data in `folder`; empty `parts` for the three small data sets.

        Raises UsageError, saying where it looked, if they are not there.
        """
        chosen = [one for one in self._datasets if one.name in (parts or _BY_DEFAULT)]
        for dataset in chosen:
            dataset.find(folder)
        return PeersSuite(
            chosen,
            folder,
            systems=self._systems,
            questions=self._questions,
            open_for=self._open_for,
        )

    def digest(self) -> str:
        """Of documents, questions and gold of every data set."""
        total = hashlib.sha256(str(self._questions).encode())
        for suite in self._suites():
            total.update(suite.digest().encode())
        return total.hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """The claims over each data set; `split` chooses its questions, not the claims.

        A peer whose package is missing, or that fails, is left out with a notice. `progress`
        counts systems over data sets. Raises AssistantError if the extra `evals` is not
        installed, or if the product itself fails.
        """
        require_metrics()
        present = list(_present(self._systems, workspace.notice))
        open_model = self._open_for(workspace.settings)
        self.standings = []
        cases: list[CaseResult] = []
        done, total = 0, len(present) * len(self._datasets)
        for suite in self._suites():
            measured: list[Measured] = []
            questions = _drawn(suite.questions(split), self._questions)
            for system in present:
                workspace.notice(
                    f"{suite.name}：{system.name}（{len(questions)} 题）/ "
                    f"{len(suite.data().documents)} documents, {len(questions)} questions"
                )
                try:
                    measured.append(
                        measure_apart(system, suite.data(), questions, open_model, seed)
                    )
                except AssistantError as error:
                    if system is self._systems[0]:
                        raise
                    workspace.notice(f"{system.name}: {error.message_zh} / {error.message_en}")
                done += 1
                progress(done, total)
            rows = standings(suite.name, measured, seed)
            self.standings += rows
            cases += claims(rows)
        return tuple(cases)

    def write_pages(self, folder: Path, language: Language) -> None:
        """The table of the last run, into its folder."""
        write_standings(folder, self.standings, language)

    def rendered(self, language: Language) -> str:
        """The same for a terminal."""
        return render_standings(self.standings, language)

    def _suites(self) -> Iterator[RetrievalSuite]:
        return (RetrievalSuite(dataset, self._folder) for dataset in self._datasets)


def claims(rows: Sequence[Standing]) -> Iterator[CaseResult]:
    """The claims over the rows of one data set, the first of which is the product's."""
    ours, *peers = rows
    for peer in peers:
        for name in COVERAGES:
            mean, low, high = peer.margins[name]
            shown = f"{mean:+.3f} ({low:+.3f} – {high:+.3f})"
            problem = "" if mean >= 0 else f"covered less often: {shown}"
            subject = f"{name}: {ours.values[name][0]:.3f} / {peer.values[name][0]:.3f}, {shown}"
            yield _claim(f"{ours.suite}/{peer.system}/{name}", peer.system, subject, problem)
    equal = [peer for peer in peers if peer.is_equal]
    if equal:
        fastest = min(equal, key=lambda peer: peer.p50_ms)
        subject = (
            f"p50 {ours.p50_ms:.1f} ms / {fastest.p50_ms:.1f} ms ({fastest.system}); "
            f"of processors {ours.cpu_ms:.1f} / {fastest.cpu_ms:.1f}"
        )
        # By both clocks: the systems run one after the other, and other programs come and go.
        slower = ours.p50_ms > fastest.p50_ms and ours.cpu_ms > fastest.cpu_ms
        problem = f"slower: {subject}" if slower else ""
        yield _claim(f"{ours.suite}/time", "time", subject, problem)


def _claim(id: str, tag: str, subject: str, problem: str) -> CaseResult:
    problems = (problem,) if problem else ()
    return CaseResult(id, split_of(id), (tag,), subject, not problem, problems)


def _drawn(questions: Sequence[RetrievalQuestion], most: int) -> tuple[RetrievalQuestion, ...]:
    """`most` of the questions: the same ones in every run, whatever order they come in."""

    def place(question: RetrievalQuestion) -> bytes:
        return hashlib.sha256(f"drawn {question.id}".encode()).digest()

    return tuple(sorted(questions, key=place)[:most])


def _present(systems: Sequence[System], notice: Notice) -> Iterator[System]:
    for system in systems:
        if missing := system.missing():
            named = ", ".join(missing)
            notice(
                f"跳过 {system.name}：未安装 {named}。请运行：{INSTALL} / "
                f"Skipping {system.name}: {named} not installed. Run: {INSTALL}"
            )
        else:
            yield system


def _model_of(settings: Settings) -> OpenModel:
    return partial(build_embedder, settings, _silent)


def _silent(text: str) -> None:
    """Notices of the measuring processes are not wanted."""
