"""Confidence intervals by resampling the questions.

The percentile bootstrap: B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap"
(1993), chapter 13. All columns are resampled together, so that two systems stay paired.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evals.intervals import CONFIDENCE

RESAMPLES = 2_000
_AT_ONCE = 200


def intervals(
    values: NDArray[np.float64], seed: int, resamples: int = RESAMPLES
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Low and high bound of the mean of each column of `values` (questions x columns).

    The same seed gives the same bounds. Without questions the bounds are nan.
    """
    questions, columns = values.shape
    if not questions:
        empty = np.full(columns, np.nan)
        return empty, empty
    generator = np.random.default_rng(seed)
    means = np.empty((resamples, columns))
    for start in range(0, resamples, _AT_ONCE):
        count = min(_AT_ONCE, resamples - start)
        # How often each question is drawn; the same as drawing indices, in less memory.
        drawn = generator.multinomial(questions, np.full(questions, 1 / questions), size=count)
        means[start : start + count] = drawn @ values / questions
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.percentile(means, [tail, 100 - tail], axis=0)
    return low, high


def interval_of_difference(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int
) -> tuple[float, float, float]:
    """Mean of `ours` - `theirs` over the same questions, and its bounds."""
    difference = (ours - theirs).reshape(-1, 1)
    low, high = intervals(difference, seed)
    mean = float(difference.mean()) if len(difference) else float("nan")
    return mean, float(low[0]), float(high[0])
