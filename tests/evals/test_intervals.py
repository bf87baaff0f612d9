"""Shares, their intervals and percentiles."""

from __future__ import annotations

import pytest

from evals.intervals import Share, percentile

# Wilson's formula by hand, z² = 3.8414588: all right gives n / (n + z²) as the lower end,
# none right z² / (n + z²) as the upper one.
BY_HAND = [
    (Share(10, 10), (0.72247, 1.0)),
    (Share(0, 10), (0.0, 0.27753)),
    (Share(5, 10), (0.23659, 0.76341)),
    (Share(76, 80), (0.87841, 0.98038)),
]


@pytest.mark.parametrize(("share", "interval"), BY_HAND)
def test_the_wilson_interval(share: Share, interval: tuple[float, float]) -> None:
    assert share.interval == pytest.approx(interval, abs=1e-4)


def test_a_share_of_nothing_promises_nothing() -> None:
    assert Share.of([]).value == 0.0
    assert Share.of([]).interval == (0.0, 1.0)


def test_percentiles_are_among_the_values() -> None:
    values = [float(number) for number in range(20, 0, -1)]
    assert percentile(values, 0.5) == 10
    assert percentile(values, 0.95) == 19
    assert percentile(values, 1.0) == 20
    assert percentile([7.0], 0.95) == 7
    assert percentile([], 0.5) == 0
