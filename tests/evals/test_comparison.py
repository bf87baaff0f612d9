"""Two runs, case by case."""

from __future__ import annotations

import pytest

from evals.comparison import compare, exact_mcnemar
from evals.intervals import Share
from tests.evals.fakes import result


def test_what_got_right_and_what_got_wrong() -> None:
    before = [result("a"), result("b", False), result("c"), result("d", text="x"), result("old")]
    after = [result("a"), result("b"), result("c", False), result("d", text="y"), result("new")]
    found = compare(before, after)
    assert [one.id for one in found.gained] == ["b"]
    assert [one.id for one in found.lost] == ["c"]
    assert found.reworded == ("d",)
    assert (found.only_before, found.only_after) == (("old",), ("new",))
    assert (found.before, found.after) == (Share(3, 4), Share(3, 4))


# Two-sided binomial by hand: twice the tail of changed coins, over 2 ** changed.
@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (6, 0, 2 / 64), (5, 1, 14 / 64), (1, 5, 14 / 64), (3, 3, 1.0)],
)
def test_the_exact_test(gained: int, lost: int, p: float) -> None:
    assert exact_mcnemar(gained, lost) == pytest.approx(p)
