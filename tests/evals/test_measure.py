"""Measured numbers and their bounds."""

from __future__ import annotations

from evals.ingestion.check import check
from evals.measure import Measure, worst_measures


def test_a_measure_is_right_within_its_bound() -> None:
    assert Measure("errors", 0.03, 0.03).right
    assert not Measure("errors", 0.031, 0.03).right
    assert Measure("rate", 0.85, 0.85, at_most=False).right
    assert Measure("rate", 0.84, 0.85, at_most=False).problem() == (
        "rate is 0.8400, must be at least 0.8500",
    )


def test_the_worst_of_each_name_is_found_with_its_case() -> None:
    results = [
        check("a", "t", "", [], Measure("errors", 0.1, 0.2), Measure("rate", 0.9, 0.8, False)),
        check("b", "t", "", [], Measure("errors", 0.3, 0.2), Measure("rate", 0.7, 0.8, False)),
        check("c", "t", "", ["lost"]),
    ]
    assert [result.right for result in results] == [True, False, False]
    assert [
        (found.worst.value, found.cases, found.case_id) for found in worst_measures(results)
    ] == [
        (0.3, 2, "b"),
        (0.7, 2, "b"),
    ]
