"""Figures that no invented policy states, computed from sentences without articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

PLAN = """概况
青海结对计划累计选派480名社工，深入12个县。
青海结对计划累计投入资金960万元。
2031年，青海结对计划将选派40名社工到县里服务。
甘肃的社工有超9万人。
青海结对计划累计实施80个项目，受益群众超8000人次。
青海结对计划累计培训社工2000余人次。
"""
STAFF = """现状
甘肃的社工有超9万人。
甘肃的社工中，持证的有6万人。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    home: Path = tmp_path_factory.mktemp("home")
    return library(
        home,
        policy("青", PLAN, title="青海结对计划", region="青海"),
        policy("甘", STAFF, title="甘肃社工现状", region="甘肃"),
    )


def test_one_figure_by_another_is_shown_with_both_sentences(assistant: PolicyAssistant) -> None:
    answer = assistant.answer(Question("青海结对计划累计平均每名社工投入多少钱"))
    assert answer.text.startswith("**960万元 ÷ 480名 = 2万元（计算所得）**")
    quotes = {citation.quote for citation in answer.citations}
    assert any("960万元" in quote for quote in quotes)
    assert any("480名" in quote for quote in quotes)


def test_an_input_that_is_not_there_leaves_nothing_to_compute(assistant: PolicyAssistant) -> None:
    assert "计算所得" not in assistant.answer(Question("青海平均每个村投入多少钱")).text


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("青海2031年选派的40名占累计480名的百分之几", "40名 ÷ 480名 = 8.33%（计算所得）"),
        ("甘肃持证社工占社工总数的百分之几", "6万人 ÷ 超9万人 = 不足66.67%（计算所得）"),
        ("甘肃没有持证的社工大概有多少人", "超9万人 − 6万人 = 超3万人（计算所得）"),
        ("甘肃还有多少社工没拿证？算一下", "超9万人 − 6万人 = 超3万人（计算所得）"),
        ("甘肃持证社工是青海累计选派社工的多少倍", "6万人 ÷ 480名 = 125倍（计算所得）"),
        ("青海结对计划平均每个项目受益多少人次", "超8000人次 ÷ 80个 = 超100人次（计算所得）"),
        ("青海累计投入平均到每名社工是多少钱", "960万元 ÷ 480名 = 2万元（计算所得）"),
    ],
)
def test_shares_multiples_and_rests_are_computed(
    assistant: PolicyAssistant, question: str, shown: str
) -> None:
    assert assistant.answer(Question(question)).text.startswith(f"**{shown}**")


def test_one_input_alone_is_no_answer(assistant: PolicyAssistant) -> None:
    answer = assistant.answer(Question("甘肃持证社工是青海孵化的机构的多少倍"))
    assert answer.status == "no_evidence"
