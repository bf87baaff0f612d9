from __future__ import annotations

import numpy as np
import pytest

from knowledge.fusion import fuse


def test_only_the_order_and_the_gaps_count_whatever_the_scale() -> None:
    # Standardised, [0, 2] and [10, 30] are both [-1, 1].
    both = fuse(np.array([0.0, 2.0]), np.array([10.0, 30.0]))
    assert both == pytest.approx([-1.0, 1.0])
    against = fuse(np.array([0.0, 2.0]), np.array([3000.0, 1000.0]), 0.5)
    assert against == pytest.approx([0.0, 0.0])


def test_meaning_weighs_a_little_more_than_words() -> None:
    against = fuse(np.array([0.0, 2.0]), np.array([3000.0, 1000.0]))
    assert against[1] > against[0]


def test_a_weight_moves_the_balance() -> None:
    dense, lexical = np.array([0.0, 2.0]), np.array([30.0, 10.0])
    assert fuse(dense, lexical, 1.0) == pytest.approx([-1.0, 1.0])
    assert fuse(dense, lexical, 0.0) == pytest.approx([1.0, -1.0])


def test_equal_scores_say_nothing() -> None:
    assert fuse(np.array([0.8, 0.8]), np.array([0.0, 4.0]), 0.5) == pytest.approx([-0.5, 0.5])
    assert fuse(np.array([0.8]), np.array([4.0])) == pytest.approx([0.0])


def test_nothing_to_fuse() -> None:
    assert fuse(np.empty(0), np.empty(0)).shape == (0,)
