"""Character error rates."""

from __future__ import annotations

import random

import pytest

from evals.ingestion.character_errors import comparable, differences, edit_distance, error_rate


def by_table(left: str, right: str) -> int:
    """The textbook's table, row by row."""
    row = list(range(len(right) + 1))
    for index, character in enumerate(left, start=1):
        previous, row[0] = row[0], index
        for place, other in enumerate(right, start=1):
            previous, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, previous + (character != other)),
            )
    return row[-1]


def test_the_distance_is_that_of_the_table() -> None:
    draw = random.Random(5)
    for _ in range(3000):
        left = "".join(draw.choices("甲乙丙", k=draw.randint(0, 12)))
        right = "".join(draw.choices("甲乙丙丁", k=draw.randint(0, 12)))
        assert edit_distance(left, right) == by_table(left, right), (left, right)


@pytest.mark.parametrize(
    ("read", "truth", "rate"),
    [
        ("社区服务", "社区服务", 0.0),
        ("社区\n 服务", "社区服务", 0.0),
        ("社区，共12间", "社区,共１２间", 0.0),
        ("社\u200b区", "社区", 0.0),
        ("社区股务", "社区服务", 0.25),
        ("社区", "社区服务", 0.5),
        ("社区服务站点", "社区服务", 0.5),
        ("", "", 0.0),
        ("多", "", 1.0),
    ],
)
def test_what_counts_as_an_error(read: str, truth: str, rate: float) -> None:
    assert error_rate(read, truth) == rate


def test_a_wrong_digit_is_an_error() -> None:
    assert comparable("930万") != comparable("980万")
    assert error_rate("投入980万元", "投入930万元") == pytest.approx(1 / 7)


def test_differences_name_the_places_with_what_stands_before_them() -> None:
    truth = "海城共有十二间活动室，每天开放，周末也开放，由社区管理。"
    read = "海城共有十三间活动室，每天开放，由社区管理。"
    assert differences(read, truth) == (
        "after “海城共有十”: “三” for “二”",
        "after “,每天开放,”: “” for “周末也开放,”",
    )
    assert differences(truth, truth) == ()
