"""The real assistant on every starter case."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import load_settings
from evals.cases import load_cases
from evals.result import CaseResult
from evals.suites import GATE, REPORT_GATE, StarterSuite
from evals.summary import summarise
from evals.workspace import fresh_workspace

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def results(model_home: Path) -> tuple[CaseResult, ...]:
    with fresh_workspace(load_settings({}, home=model_home), lambda text: None) as workspace:
        return StarterSuite().run(workspace, split="all", seed=0, progress=lambda done, total: None)


def test_the_share_right_reaches_the_gate(results: tuple[CaseResult, ...]) -> None:
    overall = summarise(results).overall
    wrong = {one.id: one.problems for one in results if not one.right}
    assert overall.value >= GATE, wrong


def test_the_share_right_of_cases_not_looked_at_reaches_its_gate(
    results: tuple[CaseResult, ...],
) -> None:
    unseen = [one for one in results if one.split == "report"]
    assert summarise(unseen).overall.value >= REPORT_GATE


def test_every_case_is_asked(results: tuple[CaseResult, ...]) -> None:
    assert [one.id for one in results] == [one.id for one in load_cases(StarterSuite().path)]
    assert sum(len(one.detail["citations"]) for one in results) > 100


def test_every_quote_is_verbatim_and_every_figure_stands_in_one(
    results: tuple[CaseResult, ...],
) -> None:
    assert {one.id: one.unfaithful for one in results if one.unfaithful} == {}
