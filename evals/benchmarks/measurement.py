"""One measured figure and the baseline it is a ratio of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from evals.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure that means something on another machine: by its ratio, not by itself."""

    name: str
    value: float
    unit: str
    """ms, s, passages/s, or a bare count."""
    baseline: str = ""
    """Name of the measurement of the same benchmark that `ratio` refers to."""
    ratio: float | None = None
    """value / the baseline's value."""

    def against(self, baseline: Measurement) -> Measurement:
        """This measurement as a ratio to `baseline`."""
        ratio = self.value / baseline.value if baseline.value else None
        return Measurement(self.name, self.value, self.unit, baseline.name, ratio)

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class Benchmark(Protocol):
    """Something that can be measured in a fresh workspace."""

    name: str
    help: str

    def run(self, workspace: Workspace) -> Iterator[Measurement]:
        """The baseline first, then what is measured against it."""
        ...
