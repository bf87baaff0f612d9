"""A retrieval run in figures: each metric's mean, its bootstrap interval, its target."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.result import CaseResult
from evals.retrieval.asking import KEY
from evals.retrieval.bootstrap import intervals
from evals.retrieval.coverage import CONTEXTS
from evals.retrieval.metrics import METRICS

NEWEST = "newest version first"
TARGETS: dict[str, dict[str, float]] = {
    "articles": {"hit@1": 0.98, NEWEST: 1.0},
    "lay": {"hit@1": 0.40, "hit@10": 0.70},
    "floor": {"hit@1": 0.985},
    "script": {"hit@1": 0.93},
    "noise": {"hit@1": 0.75, "hit@5": 0.95},
}
"""What issue 4 asks of the half that was not tuned on (its "Shows")."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of a run."""

    name: str
    value: float
    low: float
    high: float
    """Bounds of the 95 % bootstrap interval."""
    questions: int
    target: float | None = None

    @property
    def reaches(self) -> bool | None:
        """Whether the value is at its target; None without one."""
        return None if self.target is None else self.value >= self.target

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "questions": self.questions,
            "target": self.target,
        }


def is_retrieval(results: Sequence[CaseResult]) -> bool:
    """Whether these are results of a retrieval suite."""
    return any(KEY in result.detail for result in results)


def figures(suite: str, results: Sequence[CaseResult], seed: int = 0) -> tuple[Figure, ...]:
    """Every metric of `results`: ranking, coverage at each context, version first.

    Results of other suites among them are left out.
    """
    own = [result for result in results if KEY in result.detail]
    if not own:
        return ()
    columns = table(own)
    names = [*METRICS, *(coverage_name(context) for context in CONTEXTS)]
    targets = TARGETS.get(suite, {})
    found = _figures(names, columns, targets, seed)
    dated = [r.detail[KEY]["newest"] for r in own if r.detail[KEY]["newest"] is not None]
    if dated:
        found += _figures([NEWEST], np.array(dated, dtype=np.float64)[:, None], targets, seed)
    return tuple(found)


def table(results: Sequence[CaseResult]) -> NDArray[np.float64]:
    """Questions x (METRICS, then coverage at each of CONTEXTS), each in [0, 1]."""
    rows = [
        [result.detail[KEY]["metrics"][name] for name in METRICS]
        + [float(is_covered(result, context)) for context in CONTEXTS]
        for result in results
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(METRICS) + len(CONTEXTS))


def is_covered(result: CaseResult, characters: float) -> bool:
    """Whether the answer stands within the first `characters` of context."""
    covered = result.detail[KEY]["covered_at"]
    return covered is not None and covered <= characters


def coverage_name(context: int) -> str:
    """The figure's name: coverage@1100."""
    return f"coverage@{context}"


def figure_fields(suite: str, results: Sequence[CaseResult], seed: int) -> list[dict[str, Any]]:
    """`figures` for JSON."""
    return [figure.fields() for figure in figures(suite, results, seed)]


def render_figures(suite: str, results: Sequence[CaseResult], seed: int) -> list[str]:
    """`figures` as lines for a terminal; none for another suite."""
    found = figures(suite, results, seed)
    width = max((len(figure.name) for figure in found), default=0)
    return [
        f"{'✗' if figure.reaches is False else ' '} {figure.name:<{width}}  {figure.value:.4f}  "
        f"({figure.low:.3f} – {figure.high:.3f})  n={figure.questions}"
        + (f"  ≥ {figure.target:g}" if figure.target is not None else "")
        for figure in found
        if not math.isnan(figure.value)
    ]


def _figures(
    names: Sequence[str], columns: NDArray[np.float64], targets: dict[str, float], seed: int
) -> list[Figure]:
    low, high = intervals(columns, seed)
    means = columns.mean(axis=0)
    return [
        Figure(
            name,
            float(means[at]),
            float(low[at]),
            float(high[at]),
            len(columns),
            targets.get(name),
        )
        for at, name in enumerate(names)
    ]
