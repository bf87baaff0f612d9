"""One check of the ingestion suite as a case like any other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from evals.cases import Split
from evals.measure import KEY, Measure
from evals.result import CaseResult


def check(
    id: str,
    tag: str,
    subject: str,
    problems: Iterable[str],
    *measures: Measure,
    detail: Mapping[str, Any] | None = None,
) -> CaseResult:
    """The result of one check: right if there is no problem and every measure keeps its limit."""
    found = (*problems, *(problem for measure in measures for problem in measure.problem()))
    return CaseResult(
        id=id,
        split=split_of(id),
        tags=(tag,),
        question=subject,
        right=not found,
        problems=found,
        detail={**(detail or {}), KEY: [measure.fields() for measure in measures]},
    )


def split_of(id: str) -> Split:
    """Half of the cases for each split, by a digest of the id: the same half in every run."""
    return "tune" if hashlib.sha256(id.encode()).digest()[0] % 2 else "report"
