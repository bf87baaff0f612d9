"""One document summed up in its own words: each part with its first sentence, cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from evals.faithfulness import unfaithful
from tests.assistant.test_pipeline_contract import library
from tests.policies import ORDINANCE, policy

PLAN = """一、服务对象
面向独居老人和困境儿童。其他人员可以参照。
二、经费
按以下办法安排：
（一）省级财政每年安排八百万元。
"""


@pytest.fixture
def assistant(tmp_path: Path) -> PolicyAssistant:
    return library(
        tmp_path,
        policy("方案", PLAN, title="云南省互助方案", region="云南"),
        policy("条例", ORDINANCE, title="甘肃省社会工作条例", region="甘肃"),
    )


@pytest.mark.parametrize(
    "question", ["总结一下云南的方案", "云南省互助方案讲了什么", "概括云南省互助方案的主要内容"]
)
def test_each_part_has_its_first_sentence_and_a_citation(
    assistant: PolicyAssistant, question: str
) -> None:
    answer = assistant.answer(Question(question))
    assert answer.status == "answered"
    assert "**服务对象**：面向独居老人和困境儿童。[1]" in answer.text
    assert "按以下办法安排：[2]（一）省级财政每年安排八百万元。[3]" in answer.text
    assert "其他人员" not in answer.text
    assert not unfaithful(answer, question, assistant.document)


def test_a_part_that_is_asked_for_is_not_the_whole(assistant: PolicyAssistant) -> None:
    answer = assistant.answer(Question("甘肃省社会工作条例第三条规定了什么"))
    assert "继续教育" in answer.text and "第二章" not in answer.text
    assert "首句" not in answer.text


def test_a_subject_besides_the_document_is_looked_for(assistant: PolicyAssistant) -> None:
    for question in ("云南省互助方案对独居老人规定了什么", "总结一下云南的经费安排"):
        assert "首句" not in assistant.answer(Question(question)).text


def test_of_several_documents_none_is_guessed(assistant: PolicyAssistant) -> None:
    assert "首句" not in assistant.answer(Question("总结一下这些政策")).text


def test_several_places_are_summed_up_side_by_side(tmp_path: Path) -> None:
    both = library(
        tmp_path,
        policy("方案", PLAN, title="云南省互助方案", region="云南"),
        policy("计划", "面向残疾人。每年一次。", title="甘肃省互助计划", region="甘肃"),
        policy("别的", "面向学生。", title="四川省互助计划", region="四川"),
    )
    text = both.answer(Question("请概述云南和甘肃政策的主要内容")).text
    assert "面向独居老人和困境儿童。" in text and "面向残疾人。" in text and "学生" not in text
