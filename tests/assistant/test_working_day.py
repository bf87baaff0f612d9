"""Questions of a working day on the starter policies that once were declined or half answered."""

from __future__ import annotations

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("四川“组合拳”有哪几招", ["体系建设", "人员培养", "发展方向"]),
        ("社工会给困难群众提供什么样的个性化服务", ["心理疏导"]),
        ("宁夏今年派多少人、待多久", ["30名", "**一年**"]),
        ("宁夏累计实施多少项目", ["**60个**"]),
        ("四川社工证人数近3年涨了多少", ["**172.2%**"]),
        ("外卖小哥在四川能找社工帮什么忙", ["权益维护"]),
        ("宁夏累计派的人比2025年这批多多少", ["435名"]),
        (
            "How many professionals is Ningxia sending out, and how long will they serve?",
            ["30名", "**一年**"],
        ),
    ],
)
def test_it_is_answered(policies: PolicyAssistant, question: str, held: list[str]) -> None:
    answer = policies.answer(Question(question))
    assert answer.status == "answered"
    assert [part for part in held if part not in answer.text] == []


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "四川选出来的50个试点社区具体是哪些社区",
        "四川持证的社工里，高级社会工作师有多少人",
        "What is the monthly salary of social workers in Ningxia?",
    ],
)
def test_it_is_declined(policies: PolicyAssistant, question: str) -> None:
    assert policies.answer(Question(question)).status == "no_evidence"


def test_of_a_list_that_names_only_one_this_is_said(policies: PolicyAssistant) -> None:
    answer = policies.answer(Question("四川那13个部门具体是哪13个"))
    assert answer.status == "partial"
    assert "四川省委社会工作部等13部门" in answer.text and "没有给出完整名单" in answer.text
