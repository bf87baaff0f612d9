"""The starter policies, asked in words that they do not use and people do."""

from __future__ import annotations

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("我在绵阳，孩子不好管，社工能教家长怎么带吗", "家庭教育指导"),
        ("两口子闹矛盾，四川社工帮着调解吗", "家庭关系调适"),
        ("宁夏派下去的社工平时归谁管", "日常管理和考核监督"),
        ("天津的培养基地设在哪个学校", "地点在天津理工大学"),
        ("社工能教家长怎么带娃吗", "家庭教育"),
    ],
)
def test_the_sentence_that_people_ask_so_of_is_told_first(
    policies: PolicyAssistant, question: str, words: str
) -> None:
    told = policies.answer(Question(question))

    assert told.status == "answered"
    assert words in told.citations[0].quote


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    ["基地的报名电话是多少", "什么是个案工作", "成都明天会下雨吗", "四川社工每月工资多少"],
)
def test_what_they_do_not_answer_is_declined(policies: PolicyAssistant, question: str) -> None:
    assert policies.answer(Question(question)).status in ("no_evidence", "out_of_scope")


@pytest.mark.model
def test_a_turn_may_be_asked_as_shortly_as_people_do(policies: PolicyAssistant) -> None:
    first = "广西医院社工服务谁"
    history = ((first, policies.answer(Question(first)).text),)

    told = policies.answer(Question("能自己加内容吗", history=history))

    assert "拓展社会工作服务的内涵" in told.citations[0].quote


@pytest.mark.model
def test_a_list_that_is_counted_otherwise_is_pointed_out(policies: PolicyAssistant) -> None:
    wrong = policies.answer(Question("四川的12个领域都是哪些")).text
    right = policies.answer(Question("四川的10个领域都是哪些")).text

    assert wrong.startswith("原文写的数目与问题里的不同") and "10个重点领域" in wrong
    assert "数目与问题里的不同" not in right


@pytest.mark.model
@pytest.mark.parametrize("question", ["四川今年选派多少名社工", "四川今年派几个社工"])
def test_how_many_are_sent_is_not_told_by_how_many_there_are(
    policies: PolicyAssistant, question: str
) -> None:
    assert policies.answer(Question(question)).status == "no_evidence"
