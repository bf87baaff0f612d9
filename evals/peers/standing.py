"""Where each system stands on one data set, and by how much the product leads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.intervals import percentile
from evals.peers.measuring import Measured
from evals.retrieval.bootstrap import interval_of_difference, intervals
from evals.retrieval.coverage import CONTEXTS
from evals.retrieval.metrics import METRICS
from evals.retrieval.sums import coverage_name, table

COVERAGES = tuple(coverage_name(context) for context in CONTEXTS)
QUALITIES = ("hit@1", "hit@5", "hit@10", *COVERAGES)
Bounds = tuple[float, float, float]
"""Mean, low, high: a 95 % bootstrap interval."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One row: a system over the questions of one data set."""

    suite: str
    system: str
    setup: str
    questions: int
    passages: int
    values: dict[str, Bounds]
    """Of each of QUALITIES."""
    margins: dict[str, Bounds]
    """The product's value minus this system's, over the same questions; zeros for itself."""
    index_seconds: float
    embed_seconds: float
    p50_ms: float
    """Of a search for ten passages, the embedding of the question included."""
    p95_ms: float
    cpu_ms: float
    """The same as p50, in processor time: what other programs do does not count."""
    memory_mib: float | None
    is_product: bool = False
    """Whether this is the row that the others are compared with."""

    @property
    def is_equal(self) -> bool:
        """Whether no lead of the product over it is beyond chance, in any quality."""
        return all(low <= 0 for _, low, _ in self.margins.values())

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        memory = None if self.memory_mib is None else round(self.memory_mib, 1)
        return {
            "suite": self.suite,
            "system": self.system,
            "setup": self.setup,
            "questions": self.questions,
            "passages": self.passages,
            "values": {name: _rounded(bounds) for name, bounds in self.values.items()},
            "margins": {name: _rounded(bounds) for name, bounds in self.margins.items()},
            "index_s": round(self.index_seconds, 1),
            "embed_s": round(self.embed_seconds, 1),
            "p50_ms": round(self.p50_ms, 2),
            "p95_ms": round(self.p95_ms, 2),
            "cpu_p50_ms": round(self.cpu_ms, 2),
            "memory_mib": memory,
        }


def standings(suite: str, measured: Sequence[Measured], seed: int = 0) -> tuple[Standing, ...]:
    """A row a system; the first of `measured` is the product.

    All have answered the same questions in one order, so that the margins are paired.
    """
    names = [*METRICS, *COVERAGES]
    columns = [names.index(name) for name in QUALITIES]
    first = table(measured[0].results)[:, columns]
    rows = []
    for place, one in enumerate(measured):
        own = table(one.results)[:, columns]
        low, high = intervals(own, seed)
        times = [result.latency_ms for result in one.results]
        rows.append(
            Standing(
                suite,
                one.system,
                one.setup,
                len(one.results),
                one.passages,
                {
                    name: (float(own[:, at].mean()), float(low[at]), float(high[at]))
                    for at, name in enumerate(QUALITIES)
                },
                {
                    name: interval_of_difference(first[:, at], own[:, at], seed)
                    for at, name in enumerate(QUALITIES)
                },
                one.index_seconds,
                one.embed_seconds,
                percentile(times, 0.5),
                percentile(times, 0.95),
                percentile(one.cpu_ms, 0.5),
                one.memory_mib,
                place == 0,
            )
        )
    return tuple(rows)


def _rounded(bounds: Bounds) -> list[float]:
    return [round(value, 4) for value in bounds]
