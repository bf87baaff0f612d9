"""Roundabout questions are read as plain ones, and others are left alone."""

from __future__ import annotations

import pytest

from assistant.rephrased import rephrased


@pytest.mark.parametrize(
    ("roundabout", "plain"),
    [
        ("三区计划主要服务谁？", "三区计划的服务对象是哪些人？"),
        ("服务谁的项目", "服务谁的项目"),
        ("天津负责社工服务的是谁", "天津负责社工服务的是谁"),
        ("四川和宁夏谁培训的社工多", "四川和宁夏培训的社工各有多少"),
        ("社工和志愿者哪个要求高", "社工和志愿者哪个要求高"),
        ("受益群众有没有过万", "受益群众有多少"),
        ("合同续签能不能超过两次？", "合同续签能不能超过两次？"),
        ("慈善法不涉及哪些内容", "慈善法不涉及哪些内容"),
        ("覆盖了哪些领域", "有哪些领域"),
        ("覆盖了哪些县", "覆盖了哪些县"),
        ("三区计划已经搞了几年了", "三区计划从哪一年开始搞"),
        ("这些政策里哪个提到了禁毒", "哪些文件提到禁毒"),
    ],
)
def test_roundabout_questions_are_read_as_plain_ones(roundabout: str, plain: str) -> None:
    assert rephrased(roundabout) == plain
