"""What each part of the retriever is worth: a row a variant, against the whole.

A variant is a name with a factory, so that another part is another line and a peer can stand
in the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.intervals import percentile
from evals.result import CaseResult
from evals.retrieval.asking import Retriever, ask, search_with
from evals.retrieval.bootstrap import interval_of_difference, intervals
from evals.retrieval.metrics import METRICS
from evals.retrieval.question import RetrievalData, RetrievalQuestion
from evals.retrieval.single_search import DenseSearch, LexicalSearch
from evals.retrieval.sums import table
from evals.runner import Progress
from knowledge.embedding import Embedder
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import PARTS, HybridRetriever

Factory = Callable[[Path, Embedder], Retriever]
"""Prepared home, embedding model → a retriever over it."""
Switched = Callable[[Path, Embedder, frozenset[str]], Retriever]
"""The same, with the names of the parts that are switched on."""
SHOWN = ("hit@1", "hit@5", "hit@10", "MRR@10", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Variant:
    """One row of the table."""

    name: str
    build: Factory


@dataclass(frozen=True, slots=True)
class AblationRow:
    """What a variant reached, and how that differs from the first row."""

    name: str
    questions: int
    values: dict[str, tuple[float, float, float]]
    """Metric → mean, low, high (95 % bootstrap)."""
    difference: tuple[float, float, float]
    """Of hit@1 to the first row over the same questions: mean, low, high; zeros in the first."""
    p50_ms: float
    p95_ms: float

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "name": self.name,
            "questions": self.questions,
            "metrics": {
                name: dict(zip(("value", "low", "high"), _rounded(bounds), strict=True))
                for name, bounds in self.values.items()
            },
            "hit@1_against_first": _rounded(self.difference),
            "p50_ms": round(self.p50_ms, 2),
            "p95_ms": round(self.p95_ms, 2),
        }


def whole(home: Path, embedder: Embedder) -> Retriever:
    """The retriever as users have it."""
    return HybridRetriever(catalog_path(home), index_folder(home), embedder)


def variants(parts: Iterable[str] = PARTS, switched: Switched | None = None) -> tuple[Variant, ...]:
    """The whole; dense alone; lexical alone; then with each of `parts` switched off.

    `switched` builds the retriever with the parts that are named, by default the product's.
    """
    every, build = frozenset(parts), switched or _switched
    return (
        Variant("whole", whole),
        Variant(
            "dense only", lambda home, embedder: DenseSearch(_hybrid(home, embedder), embedder)
        ),
        Variant("lexical only", lambda home, embedder: LexicalSearch(_hybrid(home, embedder))),
        *(Variant(f"without {part}", _with(build, every - {part})) for part in sorted(every)),
    )


def ablate(
    data: RetrievalData,
    questions: Sequence[RetrievalQuestion],
    home: Path,
    embedder: Embedder,
    rows: Sequence[Variant],
    *,
    seed: int = 0,
    progress: Progress = lambda done, total: None,
) -> Iterator[AblationRow]:
    """A row a variant, each as soon as it is measured, over the same questions in one order.

    The first variant is what the others are compared with.
    """
    first: tuple[CaseResult, ...] | None = None
    for variant in rows:
        search = search_with(variant.build(home, embedder))
        results = ask(data, questions, search, seed=seed, progress=progress)
        first = results if first is None else first
        yield _row(variant.name, results, first, seed)


def render_ablation(rows: Sequence[AblationRow]) -> str:
    """The table for a terminal: means, difference to the first row with its interval, time."""
    width = max((len(row.name) for row in rows), default=0)
    head = "  ".join(f"{name:>7}" for name in SHOWN)
    lines = [f"{'':<{width}}  {head}  {'Δ hit@1 (95 %)':<26}  p50 ms  p95 ms"]
    for row in rows:
        means = "  ".join(f"{row.values[name][0]:7.3f}" for name in SHOWN)
        mean, low, high = row.difference
        delta = f"{mean:+.3f} ({low:+.3f} – {high:+.3f})"
        lines.append(
            f"{row.name:<{width}}  {means}  {delta:<26}  {row.p50_ms:6.1f}  {row.p95_ms:6.1f}"
        )
    return "\n".join(lines)


def _row(
    name: str, results: Sequence[CaseResult], first: Sequence[CaseResult], seed: int
) -> AblationRow:
    columns, base = table(results), table(first)
    low, high = intervals(columns, seed)
    means = columns.mean(axis=0)
    times = [result.latency_ms for result in results]
    return AblationRow(
        name,
        len(results),
        {
            metric: (float(means[at]), float(low[at]), float(high[at]))
            for at, metric in enumerate(METRICS)
        },
        interval_of_difference(columns[:, 0], base[:, 0], seed),
        percentile(times, 0.5),
        percentile(times, 0.95),
    )


def _hybrid(home: Path, embedder: Embedder) -> HybridRetriever:
    return HybridRetriever(catalog_path(home), index_folder(home), embedder)


def _switched(home: Path, embedder: Embedder, parts: frozenset[str]) -> Retriever:
    return HybridRetriever(catalog_path(home), index_folder(home), embedder, parts=parts)


def _with(switched: Switched, parts: frozenset[str]) -> Factory:
    return lambda home, embedder: switched(home, embedder, parts)


def _rounded(bounds: Sequence[float]) -> list[float]:
    return [round(value, 4) for value in bounds]
