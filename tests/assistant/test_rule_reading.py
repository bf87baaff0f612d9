"""Questions over invented statutes: each form of question, from its words to the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

NATIONAL = """第一章 总则
第一条 本条例所称邻里互助，是指居民之间自愿、无偿提供的帮扶活动。
第二条 本条例自2031年5月1日起施行。
第二章 互助站
第三条 设立互助站，应当具备下列条件：
（一）有规范的名称；
（二）有固定的场所；
（三）有三名以上专职人员；
（四）法律、行政法规规定的其他条件。
第四条 申请设立互助站，按照下列程序办理：
（一）由发起人向街道办事处提出书面申请；
（二）街道办事处应当在二十日内调查核实，提出意见；
（三）县级民政部门审批，并向社会公告。
第五条 互助站评为一级的，补贴为十二个月的运营费用；评为二级的，补贴为八个月的运营费用。
第六条 互助站不得向受助人收取费用。但是，经受助人书面同意代购物品的除外。
第七条 互助站有下列情形之一的，不得申请补贴：
（一）连续二年未开展活动；
（二）虚报互助人数。
第八条 街道办事处应当自收到注销申请之日起十五日内办结，逾期的处五百元罚款。
"""
LOCAL = """第一条 本办法所称邻里互助，是指本省居民之间的帮扶活动。
第二条 街道办事处应当自收到互助站注销申请之日起七日内办结注销手续。
第三条 本办法自2032年3月1日起施行。
"""
OTHER = """第一条 本办法所称结对帮扶，是指单位与家庭之间的帮扶活动。
第二条 互助站每年补贴四万元，经费由县级财政承担。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    return library(
        tmp_path_factory.mktemp("home"),
        policy("国", NATIONAL, title="邻里互助条例", region="全国"),
        policy("甘", LOCAL, title="甘肃省邻里互助办法", region="甘肃"),
        policy("云", OTHER, title="云南省结对帮扶办法", region="云南"),
    )


def ask(assistant: PolicyAssistant, text: str, **fields: object) -> Answer:
    return assistant.answer(Question(text, **fields))  # type: ignore[arg-type]


def first_line(answer: Answer) -> str:
    return answer.text.splitlines()[0]


def test_a_figure_is_chosen_by_the_clause_it_stands_in(assistant: PolicyAssistant) -> None:
    assert "十二个月" in first_line(ask(assistant, "一级互助站的补贴是几个月的运营费用"))
    assert "八个月" in first_line(ask(assistant, "二级互助站的补贴是几个月的运营费用"))


def test_all_items_of_a_list_are_given_and_no_others(assistant: PolicyAssistant) -> None:
    text = ask(assistant, "设立互助站应当具备哪些条件").text
    assert all(word in text for word in ("名称", "场所", "专职人员", "其他条件"))
    assert "虚报" not in text and "书面申请" not in text


def test_a_list_of_what_forbids_is_not_one_of_what_is_needed(assistant: PolicyAssistant) -> None:
    text = ask(assistant, "互助站哪些情形不得申请补贴").text
    assert "连续二年" in text and "虚报" in text and "固定的场所" not in text


def test_a_definition_is_the_national_one_where_no_place_is_asked(
    assistant: PolicyAssistant,
) -> None:
    answer = ask(assistant, "什么是邻里互助")
    assert "自愿、无偿" in answer.text and "本省居民" not in answer.text


def test_of_what_is_said_of_a_thing_the_thing_is_defined(assistant: PolicyAssistant) -> None:
    assert "自愿、无偿" in ask(assistant, "什么是居民的邻里互助").text


def test_a_place_has_its_own_definition(assistant: PolicyAssistant) -> None:
    assert "本省居民" in ask(assistant, "甘肃的邻里互助是指什么").text


def test_steps_keep_their_order(assistant: PolicyAssistant) -> None:
    text = ask(assistant, "怎么申请设立互助站").text
    assert text.index("书面申请") < text.index("调查核实") < text.index("审批")


def test_a_ban_is_said_to_be_no_with_its_exception(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "互助站可以向受助人收取费用吗")
    assert first_line(answer).startswith("**否**") and "例外" in first_line(answer)
    assert "除外" in answer.text


def test_what_no_modal_word_decides_is_neither_yes_nor_no(assistant: PolicyAssistant) -> None:
    for question in ("互助站可以出租房屋吗", "邻里互助是无偿的吗"):
        assert not ask(assistant, question).text.startswith(("**是**", "**否**"))


def test_nobody_s_own_case_is_decided(assistant: PolicyAssistant) -> None:
    text = ask(assistant, "我的服务对象可以向受助人收取费用吗，他能申请救助吗").text
    assert not text.startswith(("**是**", "**否**"))


def test_since_when_a_rule_applies(assistant: PolicyAssistant) -> None:
    assert "2031年5月1日" in first_line(ask(assistant, "邻里互助条例何时施行"))
    assert "2032年3月1日" in first_line(ask(assistant, "甘肃省邻里互助办法何时施行"))


def test_a_place_s_own_rule_is_not_replaced_by_the_national_one_of_that_name(
    assistant: PolicyAssistant,
) -> None:
    assert ask(assistant, "贵州省邻里互助条例何时施行").status == "no_evidence"
    assert ask(assistant, "贵州省邻里互助条例第三条").status == "no_evidence"
    answer = ask(assistant, "贵州省邻里互助条例规定互助点由谁设立")
    assert answer.status == "no_evidence" or "没有所问的这份地方文件" in answer.text


def test_a_national_rule_under_a_place_is_marked(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "比较甘肃和云南互助站注销申请的办结期限")
    rows = {line.split("|")[1].strip(): line for line in answer.text.splitlines() if "日内" in line}
    assert "七日" in rows["甘肃"] and "全国" not in rows["甘肃"]
    if "云南" in rows:
        assert "（全国）" in rows["云南"]


def test_a_local_rule_is_marked_where_no_place_is_asked(assistant: PolicyAssistant) -> None:
    assert "（云南）" in ask(assistant, "什么是结对帮扶").text


def test_a_difference_is_computed_from_quoted_figures(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "一级互助站和二级互助站的补贴相差几个月")
    assert "十二个月 − 八个月 = 4个月（计算所得）" in answer.text
    assert "十二个月" in answer.citations[0].quote


def test_what_is_too_open_is_asked_back_with_choices(tmp_path: Path) -> None:
    documents = [
        policy(
            place,
            f"第一条 {place}对困难家庭发放取暖补贴。\n第二条 本办法由民政部门解释。\n",
            title=f"{place}取暖办法",
            region=place,
        )
        for place in ("甘肃", "云南", "青海")
    ]
    answer = ask(library(tmp_path, *documents), "补贴")
    assert answer.status == "clarify" and not answer.citations
    assert "甘肃取暖办法" in answer.text and "青海取暖办法" in answer.text
    assert ask(library(tmp_path / "b", documents[0]), "补贴").status != "clarify"
