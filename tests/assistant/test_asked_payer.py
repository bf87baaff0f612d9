"""What one side pays is not what the other pays."""

from __future__ import annotations

import pytest

from assistant.asked_payer import asked_due, is_other_payer

EMPLOYER = "用人单位按照本单位职工工资总额的百分之二缴纳。"
WORKER = "职工按照本人工资的百分之一缴纳。"


@pytest.mark.parametrize(
    ("question", "sentence", "is_other"),
    [
        ("个人缴百分之几", EMPLOYER, True),
        ("个人缴百分之几", WORKER, False),
        ("单位交多少", WORKER, True),
        ("单位交多少", EMPLOYER, False),
        # Nobody in particular, or both, are asked about.
        ("失业保险缴多少", EMPLOYER, False),
        ("单位和个人各缴多少", EMPLOYER, False),
        ("个人有几天年假", EMPLOYER, False),
        ("职工提交申请后多少天内作出决定", "行政部门应当自受理之日起60日内作出决定。", False),
        ("丧葬费单位承担多少", "职工死亡的丧葬补助金，由用人单位按6个月工资支付。", False),
        # A benefit is no payment of either.
        ("个人缴百分之几", "失业保险金按照最低工资标准的百分之八十确定。", True),
    ],
)
def test_whose_payment_a_sentence_gives(question: str, sentence: str, is_other: bool) -> None:
    assert is_other_payer(question, sentence) is is_other


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("陪产假能休几天", "配偶可以享受十五日护理假"),
        ("年休假有几天", "职工享受带薪休假五天"),
    ],
)
def test_a_kind_of_leave_is_answered_by_that_kind(question: str, holds: str) -> None:
    due = asked_due(question)
    assert due and due.search(holds) and not due.search("女职工生育享受98天产假")


@pytest.mark.parametrize("question", ["产假多少天", "陪产假和产假分别多少天", "工资多少"])
def test_maternity_leave_is_left_as_it_is(question: str) -> None:
    assert asked_due(question) is None
