"""Two runs, case by case: what got right, what got wrong, and whether that is chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.intervals import Share
from evals.result import CaseResult


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run B against run A over the cases that both hold."""

    before: Share
    after: Share
    gained: tuple[CaseResult, ...]
    """Wrong in A, right in B; as they are in B."""
    lost: tuple[CaseResult, ...]
    """Right in A, wrong in B; as they are in B."""
    reworded: tuple[str, ...]
    """Ids of cases with the same verdict whose detail differs."""
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def p_value(self) -> float:
        """Of the exact McNemar test on the cases whose verdict changed."""
        return exact_mcnemar(len(self.gained), len(self.lost))

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "before": self.before.fields(),
            "after": self.after.fields(),
            "gained": [result.id for result in self.gained],
            "lost": [{"id": r.id, "problems": [*r.problems, *r.unfaithful]} for r in self.lost],
            "reworded": list(self.reworded),
            "only_before": list(self.only_before),
            "only_after": list(self.only_after),
            "p_value": round(self.p_value, 6),
        }


def compare(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> Comparison:
    """`after` against `before`, cases matched by id, in the order of `after`."""
    old = {result.id: result for result in before}
    new = {result.id: result for result in after}
    pairs = [(old[result.id], result) for result in after if result.id in old]
    return Comparison(
        before=Share.of(one.right for one, _ in pairs),
        after=Share.of(other.right for _, other in pairs),
        gained=tuple(other for one, other in pairs if other.right and not one.right),
        lost=tuple(other for one, other in pairs if one.right and not other.right),
        reworded=tuple(
            other.id
            for one, other in pairs
            if one.right == other.right and one.detail != other.detail
        ),
        only_before=tuple(id for id in old if id not in new),
        only_after=tuple(id for id in new if id not in old),
    )


def exact_mcnemar(gained: int, lost: int) -> float:
    """The two-sided p-value that `gained` and `lost` come of a fair coin.

    Q. McNemar, Psychometrika 12 (1947), 153-157, in its exact binomial form (the sign test):
    the approximation by chi-square is off for the few cases that change between two runs.
    """
    changed = gained + lost
    tail = sum(math.comb(changed, k) for k in range(min(gained, lost) + 1))
    return min(1.0, 2 * tail / float(2**changed))
