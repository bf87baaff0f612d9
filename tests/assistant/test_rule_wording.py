"""How a rule words its figures: whose time it is, how often, by what share; and what no rule names."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

RULES = """第一条 本条例所称严重失约行为，是指互助人三次以上无故不到场的行为。
第二条 本条例所称失约行为，是指互助人无故不到场的行为。
第三条 互助人发生意外伤害的，互助站应当自伤害发生之日起十日内向街道办事处提出认定申请。
互助站未按前款规定提出认定申请的，互助人可以在二年内直接向街道办事处提出认定申请。
第四条 互助站应当至少每季度公布一次账目，保存期为五年。
第五条 互助站逾期不缴纳保障金的，自欠缴之日起按日加收千分之三的滞纳金，可以并处八百元以上九千元以下的罚款。
第六条 街道办事处受理申请后，应当在七十二小时内作出同意或者驳回的决定；决定的有效期不超过六个月。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    return library(
        tmp_path_factory.mktemp("home"),
        policy("国", RULES, title="邻里互助条例", region="全国"),
        policy("津", "第一条 老年餐桌每周开放五天。\n", title="老年餐桌办法", region="全国"),
    )


def ask(assistant: PolicyAssistant, text: str) -> Answer:
    return assistant.answer(Question(text))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("互助站应当在多少日内提出认定申请", "十日"),
        ("互助站多久公布一次账目", "至少每季度公布一次"),
        ("互助站逾期不缴纳保障金，滞纳金是多少", "千分之三"),
        ("街道办事处受理申请后要在多长时间内作出决定", "七十二小时"),
    ],
)
def test_the_figure_is_the_one_that_is_asked_for(
    assistant: PolicyAssistant, question: str, value: str
) -> None:
    assert value in ask(assistant, question).text.splitlines()[0]


def test_a_word_in_quotation_marks_is_the_one_to_define(assistant: PolicyAssistant) -> None:
    text = ask(assistant, "条例里说的互助人的“失约行为”指的是什么").text
    assert "第二条" in text and "三次以上" not in text


def test_a_rule_that_is_named_and_not_held_is_declined(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "《邻里互助站管理办法》规定多久公布一次账目")
    assert answer.status == "no_evidence" and "没有所问的文件" in answer.text


def test_a_figure_of_what_no_rule_names_is_declined(assistant: PolicyAssistant) -> None:
    assert ask(assistant, "渔船提出认定申请要在多少日内").status == "no_evidence"


def test_two_rules_named_side_by_side_are_both_asked(assistant: PolicyAssistant) -> None:
    text = ask(assistant, "《邻里互助条例》和《老年餐桌办法》对开放和公布的要求分别是什么").text
    assert "每季度公布一次" in text and "开放五天" in text


MODALS = """第一条 互助站不得向会员收取押金。
第二条 互助站应当与会员签订书面协议。
第三条 会员应当参加意外保险，由互助站缴纳保险费，会员不缴纳保险费。
第四条 互助站应当按照会员的人数缴纳场地费。
"""


@pytest.fixture(scope="module")
def modals(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    return library(
        tmp_path_factory.mktemp("modals"), policy("站", MODALS, title="互助站条例", region="全国")
    )


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("互助站能不能向会员收取押金", "否"),
        ("互助站可不可以向会员收取押金？", "否"),
        ("互助站可以向会员收取押金吗", "否"),
        ("互助站不能向会员收取押金吗", "是"),
        ("互助站应不应当与会员签订书面协议", "是"),
        ("互助站可以不与会员签订书面协议吗", "否"),
        ("互助站能不能不与会员签订书面协议", "否"),
    ],
)
def test_yes_and_no_answer_what_is_asked(
    modals: PolicyAssistant, question: str, verdict: str
) -> None:
    assert ask(modals, question).text.startswith(f"**{verdict}**")


@pytest.mark.parametrize(
    "question",
    ["会员必须缴纳保险费吗", "会员可以不缴纳保险费吗", "会员必须缴纳场地费吗"],
)
def test_what_others_must_do_decides_nothing(modals: PolicyAssistant, question: str) -> None:
    assert not ask(modals, question).text.startswith("**")
