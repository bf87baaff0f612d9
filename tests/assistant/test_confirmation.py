"""A statement that the reader wants confirmed, figure by figure, beside what the texts say."""

from __future__ import annotations

import pytest

from assistant.confirmation import agrees, claimed_figures
from assistant.pipeline import PolicyAssistant
from assistant.request import Question


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("四川持证社工有10万人，对吗？", ["四川持证社工有多少人"]),
        ("广西2030年要全覆盖对吧", ["广西哪一年要全覆盖"]),
        ("宁夏2025年派了50名社工，没错吧", ["宁夏2025年派了多少名社工"]),
        ("听说四川选了100个社区做试点，是真的吗", ["四川选了多少个社区做试点"]),
        ("有50个社区做试点吗", ["有多少个社区做试点"]),
    ],
)
def test_a_figure_to_confirm_is_asked_for(question: str, asked: list[str]) -> None:
    assert [claim.question for claim in claimed_figures(question)] == asked


@pytest.mark.parametrize(
    "question",
    [
        "四川有多少持证社工",
        "2026年有经费吗",
        "宁夏“三区”计划有经费吗",
        "志愿者能退出吗",
        "第十二条说的是什么",
        "把四川的10个领域列出来吧",
        "四川的10个领域你知道吗",
        "说说广西2026年的安排吧",
    ],
)
def test_a_question_without_a_figure_to_confirm_is_none(question: str) -> None:
    assert claimed_figures(question) == ()


def test_the_figure_told_is_compared_with_the_one_claimed() -> None:
    (claim,) = claimed_figures("四川持证社工有8.82万人，对吗？")
    assert agrees(claim, "**8.82万人**[1]\n\n原文。[1]") is True
    assert agrees(claim, "**13万人**[1]\n\n原文。[1]") is False
    assert agrees(claim, "原文。[1]") is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "opening", "held"),
    [
        (
            "四川持证社工有10万人，对吗？",
            "数字与下面的原文不一致，原文是：**8.82万人**[1]",
            ["8.82万人"],
        ),
        ("广西2027年要基本实现全覆盖，没错吧", "数字与下面的原文一致：**2027年**[1]", ["全覆盖"]),
        (
            "宁夏“三区”计划自2015年实施、累计投入1200万元，上述表述是否属实？",
            "数字与下面的原文不一致，原文是：**2013年**[1]",
            ["**930万元**[2]"],
        ),
    ],
)
def test_a_wrong_figure_is_put_right_and_a_right_one_confirmed(
    policies: PolicyAssistant, question: str, opening: str, held: list[str]
) -> None:
    answer = policies.answer(Question(question))
    assert answer.status == "answered"
    assert answer.text.startswith(opening)
    for part in held:
        assert part in answer.text
    # What the reader claimed is no figure of the library.
    assert "1200" not in answer.text
