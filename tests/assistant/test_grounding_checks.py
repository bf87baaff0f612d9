"""An evaluation leaves a check out to see what it is worth; the product never does."""

from __future__ import annotations

import pytest

from assistant.grounding import Evidence, ground
from assistant.grounding_checks import CHECKS, watched_checks
from evals.hostile.ablation import check_rows, render_checks
from evals.result import CaseResult

EVIDENCE = [Evidence("云南省每个站点每年补助十五万元。")]
ALTERED = "云南省每个站点每年补助二十万元。"


def test_a_check_that_is_left_out_finds_nothing() -> None:
    assert not ground(ALTERED, EVIDENCE).supported
    with watched_checks("figures"):
        assert ground(ALTERED, EVIDENCE).supported
    assert not ground(ALTERED, EVIDENCE).supported


def test_each_check_is_timed() -> None:
    with watched_checks() as watched:
        ground(ALTERED, EVIDENCE)
    assert watched.sentences == 1
    assert watched.seconds["figures"] > 0
    assert set(watched.seconds) == set(CHECKS)


def test_a_name_that_is_no_check_is_said() -> None:
    with pytest.raises(ValueError, match="figurs"), watched_checks("figurs"):
        pass


def reply(*, right: bool) -> CaseResult:
    detail = {"truths": 4, "survived": 3}
    return CaseResult("r", "tune", (), "", right=right, detail=detail)


def test_one_row_with_all_checks_and_one_without_each() -> None:
    played = [[reply(right=True)], *([[reply(right=False)]] * len(CHECKS))]
    rows = list(check_rows(lambda: played.pop(0)))
    assert [row.name for row in rows] == ["", *CHECKS]
    assert [row.let_through for row in rows] == [0, *[1] * len(CHECKS)]
    assert rows[0].survived == 0.75
    text = render_checks(rows, chinese=True)
    assert len(text.splitlines()) == 2 + len(rows) and "去掉 figures" in text
    assert render_checks((), chinese=False) == ""
