"""A measured number with the bound it is held to, carried in a `CaseResult`'s detail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from evals.result import CaseResult

KEY = "measures"
"""Where measures stand in `CaseResult.detail`."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of one case."""

    name: str
    """What was measured, with the group it belongs to (scan: character error rate)."""
    value: float
    limit: float
    at_most: bool = True
    """Whether `limit` is the largest value that is right; else the smallest."""

    @property
    def right(self) -> bool:
        """Whether the value keeps to its limit."""
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def problem(self) -> tuple[str, ...]:
        """What is wrong, in one sentence; empty if nothing is."""
        if self.right:
            return ()
        bound = "at most" if self.at_most else "at least"
        return (f"{self.name} is {self.value:.4f}, must be {bound} {self.limit:.4f}",)


@dataclass(frozen=True, slots=True)
class WorstMeasure:
    """The worst of the equally named measures of a run."""

    worst: Measure
    cases: int
    """How many cases carry it."""
    case_id: str
    """The case that the worst value comes from."""


def worst_measures(results: Iterable[CaseResult]) -> tuple[WorstMeasure, ...]:
    """Of each name the worst value, in the order in which the names first come."""
    found: dict[str, list[tuple[Measure, str]]] = {}
    for result in results:
        for fields in result.detail.get(KEY, ()):
            measure = Measure(**fields)
            found.setdefault(measure.name, []).append((measure, result.id))
    return tuple(_worst(entries) for entries in found.values())


def _worst(entries: list[tuple[Measure, str]]) -> WorstMeasure:
    pick = max if entries[0][0].at_most else min
    measure, case_id = pick(entries, key=lambda entry: entry[0].value)
    return WorstMeasure(measure, len(entries), case_id)
