"""Ranking metrics of a list of passages."""

from __future__ import annotations

import math
import sys

import pytest

from assistant.errors import AssistantError
from evals.retrieval.metrics import METRICS, first_rank, require_metrics, score


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(AssistantError) as caught:
        require_metrics()
    assert "policy-assistant[evals]" in caught.value.message("en")
    assert "policy-assistant[evals]" in caught.value.message("zh")


def test_the_rank_is_that_of_the_first_gold_passage() -> None:
    assert first_rank(["x", "a", "b"], frozenset("ab")) == 2
    assert first_rank(["x"], frozenset("a")) is None


def test_metrics_are_as_worked_out_on_paper() -> None:
    pytest.importorskip("ir_measures", reason="needs the extra evals")
    found = score({"q": ["x", "a", "y", "b"]}, {"q": frozenset("ab")})["q"]
    ideal = 1 + 1 / math.log2(3)
    assert found == {
        "hit@1": 0.0,
        "hit@3": 1.0,
        "hit@5": 1.0,
        "hit@10": 1.0,
        "MRR@10": 0.5,
        "nDCG@10": pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal, abs=1e-5),
    }


def test_ranks_count_passages_not_documents() -> None:
    pytest.importorskip("ir_measures", reason="needs the extra evals")
    found = score({"q": ["x", "x", "x", "a", "a"]}, {"q": frozenset("a")})["q"]
    assert (found["hit@3"], found["hit@5"], found["MRR@10"]) == (0.0, 1.0, 0.25)
    assert found["nDCG@10"] == pytest.approx(1 / math.log2(5), abs=1e-5)


def test_a_question_without_a_ranking_scores_nothing() -> None:
    pytest.importorskip("ir_measures", reason="needs the extra evals")
    gold = {"q": frozenset("a"), "r": frozenset("a")}
    assert score({"q": [], "r": ["a"]}, gold)["q"] == dict.fromkeys(METRICS, 0.0)
    assert score({"q": []}, gold) == {"q": dict.fromkeys(METRICS, 0.0)}
    assert score({}, gold) == {}


def test_metrics_look_at_ten_ranks() -> None:
    pytest.importorskip("ir_measures", reason="needs the extra evals")
    late = [f"x{n}" for n in range(10)] + ["a"]
    assert score({"q": late}, {"q": frozenset("a")})["q"] == dict.fromkeys(METRICS, 0.0)
