from __future__ import annotations

import pytest

from assistant.asked_bound import acts_within, bound_fit, greatest, is_done_within
from knowledge.figures import Figure, find_figures

PROBATION = "期限不满一年的，试用期不得超过一个月；三年以上的，试用期不得超过六个月。"


def figure(text: str, words: str) -> Figure:
    return next(found for found in find_figures(text) if found.text == words)


@pytest.mark.parametrize(
    ("asked", "text", "words", "sign"),
    [
        ("试用期最长多久", PROBATION, "六个月", 1),
        ("试用期最长多久", "试用期内提前三日通知", "三日", -1),
        ("信访最长多少天办结", "应当在60日内办结", "60日", 1),
        ("委员会至少几人", "由三至七人组成", "三", 1),
        ("委员会至少几人", "不得少于3人", "3人", 1),
        ("委员会至少几人", "不得超过9人", "9人", -1),
        ("试用期多久", PROBATION, "六个月", 0),
        ("暂住几天以上要登记", "暂住三日以上的，应当在三日以内登记", "三日", 1),
        ("几岁以下要监护", "不满十周岁的儿童", "十周岁", 1),
        ("几岁以下要监护", "由满二十周岁的人照看", "二十周岁", -1),
    ],
)
def test_the_bound_asked_for(asked: str, text: str, words: str, sign: int) -> None:
    fit = bound_fit(asked, figure(text, words), text)
    assert (fit > 0) - (fit < 0) == sign


def test_of_several_limits_the_last_step_is_the_longest() -> None:
    first = figure(PROBATION, "一个月")
    assert greatest("试用期最长多久", first, PROBATION).text == "六个月"
    assert greatest("试用期多久", first, PROBATION) is first


def test_what_is_to_be_done_by_then() -> None:
    assert "申请" in acts_within("工伤认定要在多少天内申请")
    assert "作出" in acts_within("法院几天内要作出裁定")
    assert "决定" in acts_within("民政部门多少日内作出决定")
    assert acts_within("任期几年") == ()


@pytest.mark.parametrize(
    ("text", "words", "done"),
    [
        ("应当自受理工伤认定申请之日起60日内作出工伤认定的决定，并通知申请人。", "60日", False),
        ("应当在30日内，向行政部门提出工伤认定申请。", "30日", True),
        ("作出之日起十五日内，书面通知申请工伤认定的职工。", "十五日", False),
    ],
)
def test_days_of_the_decision_are_not_those_of_the_application(
    text: str, words: str, done: bool
) -> None:
    assert is_done_within(("申请",), figure(text, words), text) is done
