"""A table over invented policies of several places."""

from __future__ import annotations

from pathlib import Path

from assistant.request import Question
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

NORTH = (
    "步骤\n青海互助计划2025年、2026年的安排如下：\n"
    "青海互助计划里的互助员，指在村里帮助老人的人。\n"
    "2025年，青海互助计划的安排是选派30名互助员。\n"
)


def test_a_year_asked_about_stands_in_every_row(tmp_path: Path) -> None:
    west = "目标\n甘肃互助计划的安排是选派50名互助员到村里。\n"
    assistant = library(
        tmp_path,
        policy("青", NORTH, title="2025年青海互助计划", region="青海"),
        policy("甘", west, title="2025年甘肃互助计划", region="甘肃"),
    )
    text = assistant.answer(Question("哪些地方的资料里写了2025年的安排，都是什么")).text
    assert "选派30名" in text
    # Its year stands in the title alone.
    assert "选派50名" in text
    assert "指在村里" not in text and "如下" not in text
