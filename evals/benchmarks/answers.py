"""How long an answer takes, after start-up, and each of its stages."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.factory import build_assistant
from assistant.serialization import answer_fields, dumps
from evals.benchmarks.measurement import Measurement
from evals.cases import EvalCase, load_cases
from evals.intervals import percentile
from evals.runner import as_question
from evals.suites import StarterSuite
from evals.workspace import Workspace

_WARM_UP = 3
# The assistant's own sum of its stages; the whole answer is measured here, from outside.
_SUM = "total"


class AnswersBenchmark:
    """The starter questions in one process, as `ask --batch` works them off."""

    name = "answers"
    help = "回答用时 / time of an answer"

    def __init__(self, cases: Sequence[EvalCase] | None = None) -> None:
        """`cases` are asked; None for all of the starter suite."""
        self._cases = cases

    def run(self, workspace: Workspace) -> Iterator[Measurement]:
        """Milliseconds an answer, JSON included; baseline: the bare embedding of the question."""
        cases = self._cases or load_cases(StarterSuite().path)
        assistant = build_assistant(workspace.settings, workspace.notice)
        for case in cases[:_WARM_UP]:
            assistant.answer(as_question(case))
            workspace.embedder.embed_query(case.question)
        # In passes, not in turn: this embedder and the assistant's own each keep threads that
        # spin for a while after a call, and would slow each other. The baseline is taken before
        # and after, so that whatever else the machine does falls on both.
        bare = _embedding_times(workspace, cases)
        whole: list[float] = []
        stages: dict[str, list[float]] = defaultdict(list)
        for case in cases:
            started = time.perf_counter()
            answer = assistant.answer(as_question(case))
            dumps({"id": case.id, **answer_fields(answer)})
            whole.append((time.perf_counter() - started) * 1000)
            for stage, milliseconds in answer.timings_ms.items():
                stages[stage].append(milliseconds)
        bare += _embedding_times(workspace, cases)
        baseline = Measurement("embed question p50", percentile(bare, 0.5), "ms")
        yield baseline
        yield Measurement("embed question p95", percentile(bare, 0.95), "ms").against(baseline)
        yield from _middle_and_tail("answer", whole, baseline)
        for stage, times in stages.items():
            if stage != _SUM:
                yield from _middle_and_tail(f"stage {stage}", times, baseline)
        yield Measurement("questions", len(cases), "")


def _embedding_times(workspace: Workspace, cases: Sequence[EvalCase]) -> list[float]:
    """Milliseconds for the embedding of each question."""
    times = []
    for case in cases:
        started = time.perf_counter()
        workspace.embedder.embed_query(case.question)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _middle_and_tail(
    name: str, milliseconds: Sequence[float], baseline: Measurement
) -> Iterator[Measurement]:
    for label, share in (("p50", 0.5), ("p95", 0.95)):
        value = percentile(milliseconds, share)
        yield Measurement(f"{name} {label}", value, "ms").against(baseline)
