"""The figure of a rule is told with the whole of its range."""

from __future__ import annotations

import pytest

from assistant.clause_figures import figure_words
from knowledge.figures import find_figures


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("处骗取金额1倍以上3倍以下的罚款", 0, "1倍以上3倍以下"),
        ("暂停服务6个月以上1年以下", 0, "6个月以上1年以下"),
        ("暂停服务6个月以上1年以下", 1, "6个月以上1年以下"),
        ("每日二十二时至次日八时不得提供", 0, "二十二时至次日八时"),
        ("三日内报告，一年内办结", 0, "三日"),
        (
            "烈士的，为可支配收入的20倍；病故的，为可支配收入的2倍加40个月的工资",
            1,
            "可支配收入的2倍加40个月的工资",
        ),
    ],
)
def test_a_range_is_told_whole(text: str, at: int, words: str) -> None:
    assert words in figure_words(find_figures(text)[at], text)
