"""Ranking metrics of the library `ir-measures`, per question.

A ranking is of passages, as a reader sees them: the second passage of a document takes a rank
of its own and gains nothing more, so that hit@k looks at k passages, not at k documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.errors import AssistantError

METRICS: dict[str, str] = {
    "hit@1": "Success@1",
    "hit@3": "Success@3",
    "hit@5": "Success@5",
    "hit@10": "Success@10",
    "MRR@10": "RR@10",
    "nDCG@10": "nDCG@10",
}
"""Name here → name in ir-measures."""
DEPTH = 10
"""The deepest rank that any of them looks at."""


def require_metrics() -> Any:
    """The module `ir_measures`. Raises AssistantError, naming the extra, if it is missing."""
    try:
        import ir_measures
    except ImportError as error:
        raise AssistantError(
            "检索评测需要 ir-measures。请运行：pip install 'policy-assistant[evals]'。",
            "The retrieval suites need ir-measures. Run: pip install 'policy-assistant[evals]'.",
        ) from error
    return ir_measures


def score(
    rankings: Mapping[str, Sequence[str]], gold: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, float]]:
    """Each metric of each question, in [0, 1].

    `rankings` are units by question id, best first, repetitions allowed; `gold` the units that
    answer, all alike relevant.
    """
    library = require_metrics()
    measures = {library.parse_measure(theirs): ours for ours, theirs in METRICS.items()}
    qrels = {id: dict.fromkeys(gold[id], 1) for id in rankings}
    run = {id: _scored(ranking) for id, ranking in rankings.items()}
    found: dict[str, dict[str, float]] = {id: {} for id in rankings}
    # The library knows no question without a ranking.
    empty = [id for id, ranking in run.items() if not ranking]
    for id in empty:
        found[id] = dict.fromkeys(METRICS, 0.0)
    if len(empty) < len(run):
        for metric in library.iter_calc(list(measures), qrels, run):
            if metric.query_id in found:
                found[metric.query_id][measures[metric.measure]] = round(float(metric.value), 6)
    return {id: {name: values.get(name, 0.0) for name in METRICS} for id, values in found.items()}


def _scored(ranking: Sequence[str]) -> dict[str, float]:
    """Unit → score, higher is better; a repeated unit is renamed to a unit nobody asks for."""
    scores: dict[str, float] = {}
    for place, unit in enumerate(ranking):
        name = f"{unit}\x1f{place}" if unit in scores else unit
        scores[name] = float(len(ranking) - place)
    return scores


def first_rank(ranking: Sequence[str], gold: frozenset[str]) -> int | None:
    """The rank of the first gold unit, from 1; None if there is none."""
    return next((rank for rank, unit in enumerate(ranking, start=1) if unit in gold), None)
