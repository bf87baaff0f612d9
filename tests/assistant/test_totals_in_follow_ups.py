"""累计呢, 比去年多了多少: the figure asked for before, as a total or against another year."""

from __future__ import annotations

import pytest

from assistant.conversation import standalone_question
from assistant.question import parse_question

BEFORE = [("宁夏2025年选派多少名社工", "30名。[1]")]


@pytest.mark.parametrize("text", ["累计呢", "那一共多少", "总共是多少？"])
def test_a_total_is_asked_for_of_the_same_thing_without_its_year(text: str) -> None:
    assert standalone_question(text, BEFORE) == "宁夏选派累计多少名社工"


@pytest.mark.parametrize("text", ["经费呢", "多少"])
def test_other_follow_ups_ask_for_no_total(text: str) -> None:
    assert "累计" not in standalone_question(text, BEFORE)


def test_against_last_year_a_figure_is_asked_for() -> None:
    question = parse_question(standalone_question("比去年多了多少", BEFORE))
    assert question.form == "figure"


def test_full_coverage_is_one_term() -> None:
    assert "全覆盖" in {term.word for term in parse_question("广西全覆盖是哪年").terms}
