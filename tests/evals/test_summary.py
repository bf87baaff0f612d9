"""Results in sum."""

from __future__ import annotations

from evals.intervals import Share
from evals.summary import summarise
from tests.evals.fakes import result

RESULTS = [
    result("a", duty="answer", latency_ms=10.0),
    result("b", False, tags=("figure", "funding"), duty="answer", declined=True, latency_ms=20.0),
    result("c", split="report", tags=("declined",), duty="decline", declined=True, latency_ms=30.0),
    result("d", False, split="report", tags=("declined",), duty="decline", latency_ms=40.0),
    result("e", duty="either", declined=True, latency_ms=50.0),
]


def test_shares_by_split_and_tag() -> None:
    summary = summarise(RESULTS)
    assert summary.overall == Share(3, 5)
    assert summary.by_split == {"report": Share(1, 2), "tune": Share(2, 3)}
    assert summary.by_tag == {
        "figure": Share(2, 3),
        "declined": Share(1, 2),
        "funding": Share(0, 1),
    }
    assert list(summary.by_tag) == ["figure", "declined", "funding"]


def test_refusals_count_only_where_they_are_due_or_undue() -> None:
    summary = summarise(RESULTS)
    assert summary.declined == Share(1, 2)
    assert summary.over_refused == Share(1, 2)


def test_latency() -> None:
    latency = summarise(RESULTS).latency
    assert (latency.p50, latency.p95, latency.longest) == (30.0, 50.0, 50.0)


def test_the_gate() -> None:
    summary = summarise(RESULTS)
    assert summary.passes(0.6)
    assert not summary.passes(0.61)
    assert not summarise([]).passes(0.0)


def test_one_unfaithful_answer_fails_any_gate() -> None:
    loose = result("x", False, unfaithful=("the figure 3 stands in no cited quote",))
    assert not summarise([*RESULTS, loose]).passes(0.0)
