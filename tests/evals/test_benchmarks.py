"""Measurements of speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import load_settings
from evals.bench_command import render
from evals.benchmarks.answers import AnswersBenchmark
from evals.benchmarks.library import write_copies
from evals.benchmarks.measurement import Measurement
from evals.workspace import fresh_workspace
from knowledge.document_builder import build_documents
from knowledge.loading import load_file


def test_a_figure_is_a_ratio_to_its_baseline() -> None:
    baseline = Measurement("bare", 4.0, "ms")
    found = Measurement("whole", 10.0, "ms").against(baseline)
    assert (found.ratio, found.baseline) == (2.5, "bare")
    assert Measurement("whole", 10.0, "ms").against(Measurement("bare", 0.0, "ms")).ratio is None
    lines = render("speed", [baseline, found, Measurement("questions", 80, "")]).splitlines()
    assert lines[2].split() == ["whole", "10.00", "ms", "×", "2.50", "bare"]
    assert lines[3].split() == ["questions", "80"]


def test_copies_of_the_starter_policies_are_documents_of_their_own(tmp_path: Path) -> None:
    write_copies(tmp_path, 2)
    documents = [
        document
        for path in sorted(tmp_path.iterdir())
        for document in build_documents(load_file(path))
    ]
    assert len(documents) == 8
    assert len({document.sha256 for document in documents}) == 8
    assert len({document.title for document in documents}) == 8


@pytest.mark.model
def test_answers_are_measured_against_the_embedding_of_their_question(model_home: Path) -> None:
    with fresh_workspace(load_settings({}, home=model_home), lambda text: None) as workspace:
        found = {one.name: one for one in AnswersBenchmark().run(workspace)}
    baseline = found["embed question p50"]
    answer = found["answer p50"]
    assert answer.value > 0 and answer.baseline == baseline.name
    assert answer.ratio == pytest.approx(answer.value / baseline.value)
    assert found["answer p95"].value >= answer.value
    assert {"stage retrieve p50", "stage answer p50"} <= set(found)
