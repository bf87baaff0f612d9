"""Bootstrap intervals of means and of differences."""

from __future__ import annotations

import numpy as np
import pytest

from evals.retrieval.bootstrap import interval_of_difference, intervals


def test_the_interval_is_that_of_the_normal_approximation_for_many_questions() -> None:
    values = np.repeat([1.0, 0.0], [300, 700])[:, None]
    low, high = intervals(values, seed=1)
    half = 1.96 * np.sqrt(0.3 * 0.7 / 1000)
    assert low[0] == pytest.approx(0.3 - half, abs=0.003)
    assert high[0] == pytest.approx(0.3 + half, abs=0.003)


def test_the_same_seed_gives_the_same_bounds_and_another_one_others() -> None:
    values = np.random.default_rng(0).random((40, 2))
    first, again, other = (intervals(values, seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_what_never_varies_has_no_width_and_no_questions_have_no_bounds() -> None:
    low, high = intervals(np.ones((10, 1)), seed=0)
    assert (low[0], high[0]) == (pytest.approx(1.0), pytest.approx(1.0))
    assert np.isnan(intervals(np.empty((0, 2)), seed=0)).all()


def test_a_difference_is_taken_question_by_question() -> None:
    theirs = np.tile([1.0, 0.0], 100)
    mean, low, high = interval_of_difference(theirs, theirs, seed=0)
    assert (mean, low, high) == (0.0, 0.0, 0.0)
    # Two systems of alike means that succeed on different questions are not alike.
    mean, low, high = interval_of_difference(1 - theirs, theirs, seed=0)
    assert mean == 0.0 and low < -0.1 and high > 0.1
