"""The suite `evidence`: does the assistant know what its texts hold, and what they do not?"""

from __future__ import annotations

import hashlib
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from assistant.sufficiency import watched
from assistant.wording import Language, say
from evals.cases import Split
from evals.evidence.calibration import Weighed, render_calibration, write_calibration
from evals.evidence.rgb import EVIDENCE, NoisyQuestion, noisy_questions
from evals.faithfulness import unfaithful
from evals.ingestion.check import split_of
from evals.result import CaseResult
from evals.retrieval.prepared_home import prepared_home
from evals.runner import Progress
from evals.workspace import Workspace
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever

if TYPE_CHECKING:
    from evals.suites import SplitChoice

GATE = 0.6


class EvidenceSuite:
    """Each question is asked over its own texts alone, as with a filter on documents.

    A question without an answer is right if it is declined; one with an answer if it is not and
    the answer holds it; one of two sources if both are cited; one of which only a part can be
    answered if that part is and the rest is said to be missing; one with falsified texts if both
    values stand and the reader is told that they differ.
    """

    name = "evidence"
    gate = GATE
    parts: tuple[str, ...] = ()

    def __init__(self, folder: Path | None = None, kept: Path | None = None) -> None:
        """`folder` holds the data, None for the usual place; `kept` the ingested library."""
        self._folder = folder
        self._kept = kept
        self.weighed: list[Weighed] = []
        """What the last run saw of the probability that the evidence is enough."""

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> EvidenceSuite:
        """The same suite over the data in `folder`. Raises UsageError if they are not there."""
        return EvidenceSuite(EVIDENCE.find(folder), self._kept)

    def kept_in(self, folder: Path) -> EvidenceSuite:
        """The same suite, its ingested library kept in `folder`."""
        return EvidenceSuite(self._folder, folder)

    def digest(self) -> str:
        """Of texts and questions."""
        total = hashlib.sha256(EVIDENCE.read(self._data).documents_digest().encode())
        total.update(repr(noisy_questions(self._data)).encode())
        return total.hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a question of `split`, in the order of the data."""
        home = prepared_home(
            EVIDENCE.read(self._data),
            workspace.embedder,
            self._kept or workspace.home / "eval-homes",
            workspace.notice,
            progress,
        )
        assistant = PolicyAssistant(
            HybridRetriever(catalog_path(home), index_folder(home), workspace.embedder)
        )
        questions = [q for q in noisy_questions(self._data) if split in ("all", _half(q))]
        order = list(range(len(questions)))
        random.Random(seed).shuffle(order)  # noqa: S311 - an order to repeat, not a secret
        results: dict[int, CaseResult] = {}
        self.weighed = []
        for done, index in enumerate(order, 1):
            results[index] = self._asked(assistant, questions[index])
            progress(done, len(order))
        return tuple(results[index] for index in range(len(questions)))

    def write_pages(self, folder: Path, language: Language) -> None:
        """The calibration of the last run, into its folder."""
        write_calibration(folder, self.weighed, language)

    def rendered(self, language: Language) -> str:
        """The same for a terminal."""
        return render_calibration(self.weighed, language)

    def _asked(self, assistant: PolicyAssistant, noisy: NoisyQuestion) -> CaseResult:
        seen: list[float] = []
        started = time.perf_counter()
        with watched(lambda signs, probability: seen.append(probability)):
            answer = assistant.answer(Question(noisy.text, document_ids=noisy.documents))
        elapsed = 1000 * (time.perf_counter() - started)
        if seen and noisy.kind in ("decline", "answer"):
            self.weighed.append(Weighed(seen[-1], noisy.kind == "answer"))
        loose = unfaithful(answer, noisy.text, assistant.document)
        problems = problems_of(noisy, answer)
        return CaseResult(
            noisy.id,
            _half(noisy),
            (noisy.kind,),
            noisy.text,
            right=not problems and not loose,
            problems=problems,
            unfaithful=loose,
            duty="decline" if noisy.kind == "decline" else "answer",
            declined=_is_declined(answer),
            latency_ms=round(elapsed, 3),
            timings_ms=dict(answer.timings_ms),
            detail={"status": answer.status, "text": answer.text},
        )

    @property
    def _data(self) -> Path:
        return EVIDENCE.find(self._folder)


def problems_of(noisy: NoisyQuestion, answer: Answer) -> tuple[str, ...]:
    """What is wrong with an answer; empty if it is right."""
    if noisy.kind == "decline":
        return () if _is_declined(answer) else ("answered from texts that do not answer",)
    if _is_declined(answer):
        return (f"declined: {answer.status}",)
    problems = [
        f"lacks {' or '.join(options)}"
        for options in noisy.answers
        if not any(_plain(option) in _plain(answer.text) for option in options)
    ]
    cited = {citation.document_id for citation in answer.citations}
    problems += [
        f"source {number} of {len(noisy.sources)} is not cited"
        for number, ids in enumerate(noisy.sources, 1)
        if not cited & ids
    ]
    if noisy.kind == "part" and answer.status != "partial":
        problems.append("what is missing is not told")
    if noisy.kind == "contradiction" and not answer.text.startswith(say("differ", "zh")):
        problems.append("the contradiction is not told")
    return tuple(problems)


def _is_declined(answer: Answer) -> bool:
    return answer.status not in ("answered", "partial")


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


def _half(noisy: NoisyQuestion) -> Split:
    """That of the question's id in the data: with and without an answer it is in one half."""
    return split_of(noisy.id.split("/")[1])
