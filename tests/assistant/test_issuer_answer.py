"""Who issued invented policies, in the sentences of their own texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.issuer_answer import asks_issuer
from assistant.pipeline import PolicyAssistant
from assistant.question import parse_question
from assistant.request import Question
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

HELP = "概况\n《互助方案》近日由青海省民政厅和青海省教育厅联合印发。\n互助方案面向老年人。\n"
BASE = "概况\n结对基地的共建双方是甘肃省委社会工作部和兰河大学。\n结对基地培养人才。\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    home: Path = tmp_path_factory.mktemp("home")
    return library(
        home,
        policy(
            "青", HELP, title="互助方案", region="青海", issuers=("青海省民政厅", "青海省教育厅")
        ),
        policy(
            "甘", BASE, title="结对基地", region="甘肃", issuers=("甘肃省委社会工作部", "兰河大学")
        ),
    )


@pytest.mark.parametrize(
    "question",
    ["那个方案是哪几家发的", "各地的牵头单位分别是谁", "方案由哪些部门印发", "基地背后是哪些单位"],
)
def test_it_is_asked_who_issued_something(question: str) -> None:
    assert asks_issuer(parse_question(question))


@pytest.mark.parametrize("question", ["哪些部门负责救助", "谁可以申请", "牵头的工作怎么做"])
def test_it_is_asked_for_something_else(question: str) -> None:
    assert not asks_issuer(parse_question(question))


def test_the_sentence_that_names_the_issuers(assistant: PolicyAssistant) -> None:
    text = assistant.answer(Question("青海的互助方案是哪几家发的")).text
    assert "青海省民政厅和青海省教育厅" in text and "兰河大学" not in text


def test_a_row_a_place_where_all_are_asked_for(assistant: PolicyAssistant) -> None:
    text = assistant.answer(Question("各地的牵头单位分别是谁")).text
    assert "青海省民政厅" in text and "兰河大学" in text and "| 甘肃 |" in text


def test_who_signs_first_stands_in_the_sentence_that_names_them(assistant: PolicyAssistant) -> None:
    asked = "青海那个方案两个部门署名，排在最前头的是谁"
    assert "青海省民政厅和青海省教育厅" in assistant.answer(Question(asked)).text
