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
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    home: Path = tmp_path_factory.mktemp("home")
    return library(home, policy("青", PLAN, title="青海结对计划", region="青海"))


def test_one_figure_by_another_is_shown_with_both_sentences(assistant: PolicyAssistant) -> None:
    answer = assistant.answer(Question("青海结对计划累计平均每名社工投入多少钱"))
    assert answer.text.startswith("**960万元 ÷ 480名 = 2万元（计算所得）**")
    quotes = {citation.quote for citation in answer.citations}
    assert any("960万元" in quote for quote in quotes)
    assert any("480名" in quote for quote in quotes)


def test_an_input_that_is_not_there_leaves_nothing_to_compute(assistant: PolicyAssistant) -> None:
    assert "计算所得" not in assistant.answer(Question("青海平均每个村投入多少钱")).text
