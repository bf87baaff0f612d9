"""What came of one case, in every suite alike."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from evals.cases import Split

Duty = Literal["answer", "decline", "either"]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The verdict on one case."""

    id: str
    split: Split
    tags: tuple[str, ...]
    question: str
    right: bool
    """No problems and nothing unfaithful."""
    problems: tuple[str, ...] = ()
    """What the case expected and did not get."""
    unfaithful: tuple[str, ...] = ()
    """Quotes and figures that no document carries: wrong whatever the case expects."""
    duty: Duty = "either"
    """Whether the question has an answer in the library."""
    declined: bool = False
    """The system gave no answer."""
    latency_ms: float = 0.0
    """From the question to its complete answer."""
    timings_ms: dict[str, float] = field(default_factory=dict)
    """Milliseconds by stage, as the system reports them."""
    detail: dict[str, Any] = field(default_factory=dict)
    """What the system gave, for reading and for comparing runs; JSON types only."""

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> CaseResult:
        """The opposite of `fields`. Raises TypeError or KeyError on anything else."""
        lists = {name: tuple(fields[name]) for name in ("tags", "problems", "unfaithful")}
        return cls(**{**fields, **lists})
