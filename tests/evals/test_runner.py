"""Cases put to an assistant whose answers are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.answer import AnswerStatus
from evals.cases import EvalCase, Expectation
from evals.runner import duty_of, run_case, run_cases
from tests.evals.fakes import Clock, FakeAssistant, case

CASES = (
    case("rooms", "几间活动室", "answered"),
    case("money", "多少钱", "answered", tags="figure funding"),
    case("moon", "月亮多远", "no_evidence", tags="declined"),
    case("days", "每天开放吗", "answered", tags="when"),
    case("boom", "boom", "answered"),
)


def test_each_verdict_with_its_reasons() -> None:
    results = {found.id: found for found in run_cases(CASES, FakeAssistant())}
    assert list(results) == [one.id for one in CASES]
    assert [id for id, found in results.items() if found.right] == ["rooms", "moon"]
    money = results["money"]
    assert money.problems == ()
    assert money.unfaithful == ("the figure 940万元 of the answer stands in no cited quote",)
    assert results["days"].problems == ("status is no_evidence, expected answered",)
    assert results["days"].declined
    assert results["boom"].problems == ("the assistant raised RuntimeError: no more",)
    assert not results["boom"].declined


def test_time_is_measured_around_the_answer_alone() -> None:
    clock = Clock()
    # Read at 0 and 1 s, then at 3 and 6 s.
    assert run_case(CASES[0], FakeAssistant(), clock).latency_ms == 1000
    assert run_case(CASES[4], FakeAssistant(), clock).latency_ms == 3000


def test_the_order_of_asking_hangs_on_the_seed_and_the_results_do_not() -> None:
    def run(seed: int) -> tuple[list[str], list[str]]:
        assistant = FakeAssistant()
        results = run_cases(CASES, assistant, seed=seed)
        return [question.text for question in assistant.asked], [one.id for one in results]

    assert run(1) == run(1)
    assert len({tuple(run(seed)[0]) for seed in range(5)}) > 1
    assert {tuple(run(seed)[1]) for seed in range(5)} == {tuple(one.id for one in CASES)}


def test_history_filter_and_day_reach_the_assistant() -> None:
    assistant = FakeAssistant()
    asked = replace(CASES[0], history=(("海城呢", "有。"),), region="海城", as_of=date(2026, 5, 1))
    run_cases((asked,), assistant)
    (question,) = assistant.asked
    assert question.history == (("海城呢", "有。"),)
    assert (question.region, question.as_of) == ("海城", date(2026, 5, 1))


def test_a_refusal_may_repeat_a_figure_of_the_conversation() -> None:
    asked = replace(CASES[2], history=(("2031年呢", "没有。"),))
    assert run_case(asked, FakeAssistant()).right


def test_the_duty_follows_from_the_statuses() -> None:
    def duty(*status: AnswerStatus) -> str:
        return duty_of(EvalCase("a", "tune", ("t",), "q", Expectation(status)))

    assert duty("answered", "partial") == "answer"
    assert duty("no_evidence", "out_of_scope", "blocked") == "decline"
    assert duty("partial", "no_evidence") == "either"
