"""Several questions in one: each stands alone, and takes from the first only what it lacks."""

from __future__ import annotations

import pytest

from assistant.question_parts import question_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("宁夏派多少社工、服务多久", ("宁夏派多少社工", "宁夏社工服务多久")),
        ("宁夏派多少社工？去几个县？", ("宁夏派多少社工", "宁夏社工去几个县")),
        ("宁夏派多少人去几个县 派多久", ("宁夏派多少人去几个县", "宁夏派多久")),
        ("四川 经费 多少", ("四川 经费 多少",)),
        (
            "广西2027年的目标是什么 经费怎么保障",
            ("广西2027年的目标是什么", "广西经费怎么保障"),
        ),
        ("宁夏2025年派多少人，投入多少资金", ("宁夏2025年派多少人", "2025年宁夏投入多少资金")),
        ("哪些省 有 什么 政策", ("哪些省 有 什么 政策",)),
        (
            "儿童福利机构怎么设立？儿童收养条件是什么？",
            ("儿童福利机构怎么设立", "儿童收养条件是什么"),
        ),
        ("婚假有几天？工资照发吗", ("婚假有几天", "婚假工资照发吗")),
        ("低保怎么申请？特困人员供养标准是多少？", ("低保怎么申请", "特困人员供养标准是多少")),
        (
            "老人的证件丢了，还能用吗。每个站点每年补助多少？",
            ("老人的证件丢了，还能用吗", "每个站点每年补助多少"),
        ),
    ],
)
def test_parts(question: str, parts: tuple[str, ...]) -> None:
    assert question_parts(question) == parts


def test_what_is_done_with_any_benefit_names_none() -> None:
    _, second = question_parts("低保怎么申请？需要哪些材料？")
    assert "低保" in second


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How many professionals is Gansu sending in 2031, and how long will they serve?",
            (
                "How many professionals is Gansu sending in 2031?",
                "In Gansu, how long will they serve?",
            ),
        ),
        (
            "The plan: how many workers in 2031, and how many in total since 2020?",
            (
                "The plan: how many workers in 2031?",
                "The plan: how many workers in total since 2020?",
            ),
        ),
        ("Who issued the plan and when?", ("Who issued the plan and when?",)),
    ],
)
def test_parts_of_an_english_question(question: str, parts: tuple[str, ...]) -> None:
    assert question_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("四川有多少社工？广西呢", ("四川有多少社工", "广西有多少社工")),
        ("广西2027年目标是什么？2026年呢？", ("广西2027年目标是什么", "广西2026年目标是什么")),
        ("生孩子能休几天产假，双胞胎呢", ("生孩子能休几天产假", "双胞胎，生孩子能休几天产假")),
        (
            "失业保险最多领几个月？只交了三年呢",
            ("失业保险最多领几个月", "只交了三年，失业保险最多领几个月"),
        ),
        # It tells something, and asks nothing.
        ("能申请低保吗，我还没工作呢", ("能申请低保吗，我还没工作呢",)),
    ],
)
def test_the_same_is_asked_of_another_place_year_or_case(
    question: str, parts: tuple[str, ...]
) -> None:
    assert question_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("骗取低保罚多少，骗取失业金呢", "骗取失业金罚多少"),
        ("拆除用房怎么处罚，拆除路灯呢？", "拆除路灯怎么处罚"),
    ],
)
def test_the_same_act_on_another_thing_is_asked_the_same(question: str, second: str) -> None:
    assert question_parts(question)[1] == second
