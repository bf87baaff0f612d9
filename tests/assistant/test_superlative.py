"""哪个省投入的经费最多: the figure of each place, and no verdict where only one place gives it."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.pipeline import PolicyAssistant
from assistant.question import parse_question
from assistant.request import Question
from assistant.superlative import asked_of_each


def ask(policies: PolicyAssistant, text: str) -> Answer:
    return policies.answer(Question(text))


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("哪个省投入的资金最多", "投入的资金有多少"),
        ("这几个省里谁投入的经费最多？", "投入的经费有多少"),
        ("持证社工最多的是哪个省", "持证社工有多少"),
        ("哪里的志愿者最少", "志愿者有多少"),
    ],
)
def test_each_place_is_asked_how_much_it_has(text: str, each: str) -> None:
    found = asked_of_each(parse_question(text))
    assert found is not None and found.text == each


@pytest.mark.parametrize(
    "text",
    [
        "罚款最高多少",
        "哪些地方提到经费",
        "最低生活保障归谁管",
        "年龄最大的不能超过几岁",
        "遗产谁分得最多",
        "社工哪个省人数最多",
        "去年哪个省社工最多",
    ],
)
def test_what_compares_no_places_is_left_alone(text: str) -> None:
    assert asked_of_each(parse_question(text)) is None


def test_one_place_with_a_figure_cannot_be_compared(policies: PolicyAssistant) -> None:
    answer = ask(policies, "这几个省里谁投入的经费最多")
    assert answer.status == "partial"
    assert "930万元" in answer.text and "无法与其他地方比较" in answer.text
    assert {citation.region for citation in answer.citations} == {"宁夏"}


def test_each_place_has_the_figure_of_what_is_asked(policies: PolicyAssistant) -> None:
    answer = ask(policies, "哪个省社工最多")
    assert answer.status == "answered"
    assert "13万人" in answer.text and "50个社区" not in answer.text


def test_nothing_is_most_of_what_no_text_counts(policies: PolicyAssistant) -> None:
    assert ask(policies, "哪个省的社工站最多").status == "no_evidence"
