"""Cases → results: ask the assistant, time it, judge the answer, check what it rests on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.request import Question
from evals.cases import EvalCase
from evals.faithfulness import unfaithful
from evals.judging import judge
from evals.result import CaseResult, Duty
from knowledge.documents import PolicyDocument

_ANSWERING = frozenset({"answered", "partial"})
Progress = Callable[[int, int], None]
"""Cases done, cases in all."""


class Subject(Protocol):
    """What is evaluated: an assistant with its library (`PolicyAssistant` is one)."""

    def answer(self, question: Question) -> Answer:
        """The complete answer."""
        ...

    def document(self, document_id: str) -> PolicyDocument | None:
        """A document with its text."""
        ...


def run_cases(
    cases: Sequence[EvalCase],
    subject: Subject,
    *,
    seed: int = 0,
    clock: Callable[[], float] = time.perf_counter,
    progress: Progress = lambda done, total: None,
) -> tuple[CaseResult, ...]:
    """One result a case, in the order of `cases`.

    Questions are put in an order drawn with `seed`, so that neither latency nor a verdict
    hangs on what was asked just before. An exception fails its case, not the run. `clock`
    returns seconds.
    """
    order = list(range(len(cases)))
    random.Random(seed).shuffle(order)  # noqa: S311 - an order to repeat, not a secret
    results: dict[int, CaseResult] = {}
    for done, index in enumerate(order, start=1):
        results[index] = run_case(cases[index], subject, clock)
        progress(done, len(cases))
    return tuple(results[index] for index in range(len(cases)))


def run_case(
    case: EvalCase, subject: Subject, clock: Callable[[], float] = time.perf_counter
) -> CaseResult:
    """The result of one case."""
    started = clock()
    try:
        answer = subject.answer(as_question(case))
    except Exception as error:
        # Whatever it is, a user would have seen it: the case is wrong, the others go on.
        problem = f"the assistant raised {type(error).__name__}: {error}"
        return _result(case, None, (problem,), (), (clock() - started) * 1000)
    elapsed = (clock() - started) * 1000
    asked = "\n".join([case.question, *(turn[0] for turn in case.history)])
    loose = unfaithful(answer, asked, subject.document)
    return _result(case, answer, judge(case, answer), loose, elapsed)


def as_question(case: EvalCase) -> Question:
    """The case as it is put to the assistant."""
    return Question(case.question, history=case.history, region=case.region, as_of=case.as_of)


def duty_of(case: EvalCase) -> Duty:
    """What the case's acceptable statuses ask for."""
    answering = [status in _ANSWERING for status in case.expect.status]
    return "answer" if all(answering) else "either" if any(answering) else "decline"


def _result(
    case: EvalCase,
    answer: Answer | None,
    problems: tuple[str, ...],
    loose: tuple[str, ...],
    latency_ms: float,
) -> CaseResult:
    return CaseResult(
        id=case.id,
        split=case.split,
        tags=case.tags,
        question=case.question,
        right=not problems and not loose,
        problems=problems,
        unfaithful=loose,
        duty=duty_of(case),
        # An answer that never came has declined nothing: it failed.
        declined=answer is not None and answer.status not in _ANSWERING,
        latency_ms=round(latency_ms, 3),
        timings_ms=dict(answer.timings_ms) if answer else {},
        detail=_detail(answer) if answer else {},
    )


def _detail(answer: Answer) -> dict[str, Any]:
    """The answer without its evidence: long, and passage ids change with every new cut."""
    return {
        "status": answer.status,
        "mode": answer.mode,
        "text": answer.text,
        "standalone_question": answer.standalone_question,
        "citations": [
            {
                "number": citation.number,
                "document_id": citation.document_id,
                "quote": citation.quote,
                "start_char": citation.start_char,
                "end_char": citation.end_char,
            }
            for citation in answer.citations
        ],
    }
