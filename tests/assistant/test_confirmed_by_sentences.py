"""A figure to be confirmed is held beside what the question for it is answered with."""

from __future__ import annotations

import pytest

from assistant.confirmation import claimed_figures
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from assistant.wording import say

AGREES, DIFFERS = say("figure_agrees", "zh"), say("figure_differs", "zh")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("宁夏是不是累计选派了465名社工？", "宁夏累计选派了多少名社工"),
        ("宁夏是否累计选派了465名社工", "宁夏累计选派了多少名社工"),
        ("宁夏累计选派了465名社工吗", "宁夏累计选派了多少名社工"),
    ],
)
def test_whether_may_stand_in_the_middle(question: str, asked: str) -> None:
    assert [claim.question for claim in claimed_figures(question)] == [asked]


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "verdict", "figure"),
    [
        ("宁夏今年三区派50个社工，没错吧？", DIFFERS, "30名"),
        ("宁夏今年三区派30个社工，没错吧？", AGREES, "30名"),
        ("宁夏三区计划是不是累计选派了645名社工？", DIFFERS, "465名"),
    ],
)
def test_the_figure_of_the_year_that_is_meant(
    policies: PolicyAssistant, question: str, verdict: str, figure: str
) -> None:
    text = policies.answer(Question(question)).text
    assert text.startswith(f"{verdict}**{figure}**")


@pytest.mark.model
def test_what_no_text_counts_is_neither_confirmed_nor_denied(policies: PolicyAssistant) -> None:
    text = policies.answer(Question("云南有30个领域吗")).text
    assert not text.startswith((AGREES, DIFFERS))


@pytest.mark.model
def test_it_is_said_once_that_the_number_differs(policies: PolicyAssistant) -> None:
    text = policies.answer(Question("四川有20个领域吗")).text
    assert (DIFFERS in text) + (say("number_differs", "zh") in text) == 1


@pytest.mark.model
@pytest.mark.parametrize("question", ["宁夏派了465名没错吧", "宁夏是不是派了465名"])
def test_a_figure_that_stands_there_of_something_else_is_not_called_wrong(
    policies: PolicyAssistant, question: str
) -> None:
    text = policies.answer(Question(question)).text
    assert DIFFERS not in text and "465名" in text
