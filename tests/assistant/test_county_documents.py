"""What a county's own papers hold: graded sums, kinds of one benefit, limits, contacts, and turns on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.compound import is_other_compound
from assistant.pipeline import PolicyAssistant
from assistant.put_together import put_together
from assistant.request import Question
from assistant.turn import Turn
from tests.assistant.conftest import real_assistant

GROOMING = """# 柳堤县护绒补贴实施办法
柳农规〔2024〕6号
第一章 总则
第一条 为了保护绒毛品质，制定本办法。
第二条 护绒补贴由县农业农村局组织发放。护绒补贴与运输补助不可同时享受。
第二章 标准
第三条 护绒补贴标准按照绒毛损伤程度确定：
（一）轻度损伤的，每只每月30元；
（二）中度损伤的，每只每月55元；
（三）重度损伤的，每只每月90元。
第四条 一次性剪绒救助按照下列标准发放：剪绒自付费用在2万元至4万元的，救助2500元；超过4万元至8万元的，救助5200元；超过8万元的，救助9100元。
第五条 月收入低于1800元的养殖户可以申请护绒补贴。
第六条 有下列情形之一的，停止发放护绒补贴：
（一）羊只死亡的；
（二）迁出本县的。
第七条 护绒补贴在村公示栏公示4日。
"""
PLAN = """# 关于印发柳堤县纺车站建设方案的通知
柳纺办〔2024〕11号
一、标准
（一）纺车站护理补贴：一级损坏每台每年160元，二级损坏每台每年110元，三级损坏每台每年70元。
（二）取得助理纺车师、纺车师证书的，每月分别发放职业津贴150元、300元。
（三）人员经费不超过项目总额的62%，检修费不超过9%，不得列支购车费用。
二、步骤
（一）各乡镇于2024年9月12日前将建站选址方案报县纺织局综合科。
（二）纸线类项目拟立项3个，每个不超过7万元。
三、其他
联系人：县纺织局综合科 方一舟，电话0999-5550101。
"""


@pytest.fixture(scope="module")
def county(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("county")
    (inputs / "grooming.md").write_text(GROOMING, "utf-8")
    (inputs / "plan.md").write_text(PLAN, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        # The case that is named, and no other of its kind.
        ("中度损伤的护绒补贴多少钱", "**55元**[1]"),
        ("重度损伤护绒补贴每月给多少", "**90元**[1]"),
        ("二级损坏的纺车站护理补贴多少钱", "**110元**[1]"),
        ("剪绒自己花了5万，能救助多少钱", "**5200元**[1]"),
        # A clause that says all that is asked.
        ("检修费不能超过多少", "**不超过9%**[1]"),
        ("人员经费占比上限是多少", "（三）人员经费不超过项目总额的62%"),
    ],
)
def test_the_figure_of_the_case_asked_for_comes_first(
    county: PolicyAssistant, question: str, begins: str
) -> None:
    assert county.answer(Question(question)).text.startswith(begins)


@pytest.mark.model
def test_where_no_case_is_named_all_are_told_and_none_first(county: PolicyAssistant) -> None:
    text = county.answer(Question("护绒补贴标准是多少")).text
    assert not text.startswith("**")
    assert all(words in text for words in ("30元", "55元", "90元"))
    assert not county.answer(Question("剪绒救助最多给多少")).text.startswith("**")


@pytest.mark.model
def test_another_kind_of_benefit_answers_nothing(county: PolicyAssistant) -> None:
    answer = county.answer(Question("柳堤县高龄津贴每月多少钱"))
    assert answer.status == "no_evidence" and "150元" not in answer.text


@pytest.mark.parametrize(
    ("asked", "said", "is_other"),
    [
        ("高龄津贴多少", "每月发放职业津贴150元", True),
        ("高龄津贴多少", "每月发放津贴150元", False),
        ("职业津贴多少", "每月发放职业津贴150元", False),
        ("临时救助标准", "医疗救助每人2000元", True),
        ("四川社工服务人数", "从事社工服务的有13万人", False),
    ],
)
def test_kinds_are_told_apart_by_the_word_before_them(
    asked: str, said: str, is_other: bool
) -> None:
    assert is_other_compound(asked, said, "") is is_other
    assert not is_other_compound(asked, said, asked)


@pytest.mark.model
def test_a_second_part_that_the_same_sentence_answers_is_not_called_missing(
    county: PolicyAssistant,
) -> None:
    for question in ("建站选址方案什么时候报、报给谁", "纸线类项目立几个，每个最多多少钱"):
        answer = county.answer(Question(question))
        assert answer.status == "answered", answer.text


@pytest.mark.model
@pytest.mark.parametrize("question", ["纺车站联系人是谁", "纺车站建设找谁咨询", "纺织局电话多少"])
def test_contacts_are_told_by_their_line(county: PolicyAssistant, question: str) -> None:
    answer = county.answer(Question(question))
    assert answer.status == "answered" and "0999-5550101" in answer.text


@pytest.mark.model
def test_the_contact_of_something_else_is_not_told(county: PolicyAssistant) -> None:
    assert "0999" not in county.answer(Question("殡葬补贴咨询电话是多少")).text


@pytest.mark.model
@pytest.mark.parametrize(
    "question", ["护绒补贴什么情况停发", "什么情况下护绒补贴会停发", "什么情况停发护绒补贴"]
)
def test_in_which_cases_however_it_is_put(county: PolicyAssistant, question: str) -> None:
    text = county.answer(Question(question)).text
    assert "羊只死亡" in text and "迁出本县" in text


@pytest.mark.model
def test_turns_of_a_few_words(county: PolicyAssistant) -> None:
    for first, turns in (
        ("护绒补贴由谁发放", [("要公示吗", "公示4日")]),
        ("纺车站护理补贴一级损坏多少钱", [("二级呢", "二级损坏每台每年110元")]),
        ("中度损伤的护绒补贴多少钱", [("重度的呢", "**90元**")]),
    ):
        history = [(first, county.answer(Question(first)).text)]
        for question, words in turns:
            text = county.answer(Question(question, history=tuple(history))).text
            history.append((question, text))
            assert words in text, (question, text)


def test_what_is_to_be_taken_from_what() -> None:
    total = Turn("宁夏累计派了多少人", "**465名**[1]")
    now = Turn("宁夏今年派多少人", "**30名**[1]")
    assert put_together("差多少", [now, total]) == f"{total.question}；{now.question}；两者相差多少"
    assert put_together("比今年多多少", [now, total]) == (
        "宁夏累计派了多少人；宁夏今年派了多少人；两者相差多少"
    )
    assert put_together("差多少", [total]) is None
    assert put_together("差在哪里", [now, total]) is None


@pytest.mark.model
def test_a_turn_behind_a_declined_one_keeps_the_place(policies: PolicyAssistant) -> None:
    history: list[tuple[str, str]] = []
    for question, words in (
        ("宁夏报名什么时候截止", ""),
        ("那签协议是谁跟谁签", "三方"),
        ("谁培训", "业务培训"),
    ):
        answer = policies.answer(Question(question, history=tuple(history)))
        history.append((question, answer.text))
        assert words in answer.text, (question, answer.text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("宁夏三区计划是不是2015年开始的", "**2013年**"),
        ("广西方案哪几家发的文", "三家联合印发"),
        ("天津理工的社工专业强在哪", "国家级一流专业"),
        ("宁夏孵化了几个机构几个志愿组织，加起来多少", "= 80个"),
    ],
)
def test_ways_of_asking_of_the_starter_policies(
    policies: PolicyAssistant, question: str, words: str
) -> None:
    assert words in policies.answer(Question(question)).text


@pytest.mark.model
def test_of_two_amounts_in_one_sentence_neither_comes_first(policies: PolicyAssistant) -> None:
    text = policies.answer(Question("高层次社工人才四川培养了几批多少人")).text
    assert not text.startswith("**") and "两批" in text and "38人" in text
