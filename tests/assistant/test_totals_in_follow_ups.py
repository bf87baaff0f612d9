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


FIRST_OF_TWO = ("宁夏孵化了多少社工机构", "**20个**[1]\n\n宁夏孵化20个社工机构。[1]")
SECOND_OF_TWO = ("宁夏孵化了多少志愿组织", "**60个**[1]\n\n宁夏孵化60个志愿组织。[1]")


@pytest.mark.parametrize("text", ["一共多少", "那加起来呢", "合计是多少？"])
def test_two_counts_asked_for_one_after_the_other_are_added(text: str) -> None:
    added = standalone_question(text, [FIRST_OF_TWO, SECOND_OF_TWO])
    assert added == "宁夏孵化了多少社工机构；宁夏孵化了多少志愿组织；两者加起来是多少"


def test_people_and_money_are_not_added() -> None:
    money = ("宁夏投入多少资金", "**930万元**[1]")
    assert "；" not in standalone_question("一共多少", [*BEFORE, money])


def test_what_was_told_without_a_value_is_not_added() -> None:
    told = ("宁夏孵化了多少志愿组织", "宁夏孵化了一批志愿组织。[1]")
    assert "；" not in standalone_question("一共多少", [FIRST_OF_TWO, told])


@pytest.mark.parametrize("asked", ["四川持证社工有多少人？", "四川有多少持证社工？"])
@pytest.mark.parametrize("text", ["占多少", "占比呢", "占全部的百分之几？"])
def test_a_share_is_that_of_what_was_counted(asked: str, text: str) -> None:
    alone = standalone_question(text, [(asked, "**8.82万人**[1]")])
    assert alone == "四川持证社工占全部社工的比例是多少"


def test_a_time_has_no_share() -> None:
    assert "全部" not in standalone_question("占多少", [("产假多少天？", "**98天**[1]")])


@pytest.mark.parametrize(
    ("asked", "alone"),
    [
        ("宁夏服务哪些县？", "宁夏服务多少个县"),
        ("四川的服务领域有哪些？", "四川的服务领域有多少个"),
    ],
)
def test_what_was_listed_is_counted(asked: str, alone: str) -> None:
    assert standalone_question("一共多少个", [(asked, "……[1]")]) == alone


def test_what_is_asked_of_this_year_is_no_total() -> None:
    before = [("宁夏累计选派多少名社工", "**465名**[1]")]
    assert "累计" not in standalone_question("今年的资金是多少", before)
    assert "累计" in standalone_question("资金是多少", before)
