"""Shares with their confidence intervals, and percentiles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int
    total: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Share:
        """The share of true outcomes."""
        values = list(outcomes)
        return cls(sum(values), len(values))

    @property
    def value(self) -> float:
        """hits / total, in [0, 1]; 0 of nothing."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson score interval, (low, high) in [0, 1]; (0, 1) of nothing.

        E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
        Journal of the American Statistical Association 22 (1927), 209-212; without continuity
        correction. Chosen over p ± z·se because shares here are near 1 and samples small.
        """
        n = self.total
        if not n:
            return 0.0, 1.0
        z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
        p = self.value
        scale = 1 + z * z / n
        centre = (p + z * z / (2 * n)) / scale
        half = z / scale * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)

    def fields(self) -> dict[str, float | int]:
        """For JSON."""
        low, high = self.interval
        return {
            "hits": self.hits,
            "total": self.total,
            "value": round(self.value, 4),
            "low": round(low, 4),
            "high": round(high, 4),
        }


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 < share <= 1) of `values` do not exceed.

    The nearest-rank definition: always one of the values. 0.0 of no values.
    """
    if not values:
        return 0.0
    # Rounded first: 0.95 * 20 is 19.000000000000004 in other orders of the same product.
    rank = math.ceil(round(share * len(values), 9))
    return sorted(values)[max(rank, 1) - 1]
