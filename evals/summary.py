"""Results in sum: shares right by split and tag, refusals, latency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.intervals import Share, percentile
from evals.result import CaseResult


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from question to answer."""

    p50: float
    p95: float
    longest: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Latency:
        """By nearest rank; zeros of nothing."""
        return cls(
            percentile(milliseconds, 0.5),
            percentile(milliseconds, 0.95),
            percentile(milliseconds, 1.0),
        )

    def fields(self) -> dict[str, float]:
        """For JSON."""
        return {
            "p50": round(self.p50, 3),
            "p95": round(self.p95, 3),
            "max": round(self.longest, 3),
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures."""

    overall: Share
    by_split: dict[str, Share]
    by_tag: dict[str, Share]
    """Largest tag first; a case counts under each of its tags."""
    declined: Share
    """Of the questions without an answer in the library: declined. Should be 1."""
    over_refused: Share
    """Of the questions with an answer in the library: declined all the same. Should be 0."""
    unfaithful: int
    """Cases whose answer holds a quote or a figure that no document carries. Must be 0."""
    latency: Latency

    def passes(self, gate: float) -> bool:
        """Whether the share right reaches `gate` and nothing is unfaithful."""
        return self.overall.total > 0 and self.overall.value >= gate and not self.unfaithful

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "overall": self.overall.fields(),
            "by_split": {name: share.fields() for name, share in self.by_split.items()},
            "by_tag": {name: share.fields() for name, share in self.by_tag.items()},
            "declined": self.declined.fields(),
            "over_refused": self.over_refused.fields(),
            "unfaithful": self.unfaithful,
            "latency_ms": self.latency.fields(),
        }


def summarise(results: Sequence[CaseResult]) -> Summary:
    """The sum of `results`."""
    tags = _grouped((tag, result.right) for result in results for tag in result.tags)
    return Summary(
        overall=Share.of(result.right for result in results),
        by_split=dict(sorted(_grouped((r.split, r.right) for r in results).items())),
        by_tag=dict(sorted(tags.items(), key=lambda item: (-item[1].total, item[0]))),
        declined=Share.of(result.declined for result in results if result.duty == "decline"),
        over_refused=Share.of(result.declined for result in results if result.duty == "answer"),
        unfaithful=sum(bool(result.unfaithful) for result in results),
        latency=Latency.of([result.latency_ms for result in results if result.latency_ms]),
    )


def _grouped(outcomes: Iterable[tuple[str, bool]]) -> dict[str, Share]:
    groups: dict[str, list[bool]] = {}
    for name, right in outcomes:
        groups.setdefault(name, []).append(right)
    return {name: Share.of(rights) for name, rights in groups.items()}
