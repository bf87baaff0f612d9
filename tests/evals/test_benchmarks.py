"""Measurements of speed."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import pytest

from assistant.settings import load_settings
from evals.bench_command import BenchCommand, render
from evals.benchmarks.answers import AnswersBenchmark
from evals.benchmarks.kill_processes import Start
from evals.benchmarks.killed_library import KilledLibrary
from evals.benchmarks.library import write_copies
from evals.benchmarks.measurement import Measurement
from evals.cases import load_cases
from evals.suites import StarterSuite
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
    few = load_cases(StarterSuite().path)[::12]
    with fresh_workspace(load_settings({}, home=model_home), lambda text: None) as workspace:
        found = {one.name: one for one in AnswersBenchmark(few).run(workspace)}
    baseline = found["embed question p50"]
    answer = found["answer p50"]
    assert answer.value > 0 and answer.baseline == baseline.name
    assert answer.ratio == pytest.approx(answer.value / baseline.value)
    assert found["answer p95"].value >= answer.value
    assert {"stage retrieve p50", "stage answer p50"} <= set(found)


def test_the_kills_are_asked_for_by_number_and_seed() -> None:
    parser = argparse.ArgumentParser()
    BenchCommand().add_arguments(parser)
    given = parser.parse_args(["durability", "--kills", "5", "--seed", "9"])
    assert (given.benchmark, given.kills, given.seed) == ("durability", 5, 9)
    assert parser.parse_args(["durability"]).kills == 200
    with pytest.raises(SystemExit):
        parser.parse_args(["durability", "--kills", "0"])


def found(library: KilledLibrary, **texts: tuple[str, ...]) -> Start:
    """A start that finds these texts beside the one that is always there."""
    anchor = str(library.inputs / "0000.txt")
    held = {str(library.inputs / f"{name[1:]}.txt"): said for name, said in texts.items()}
    return Start(0.1, "answered", (anchor,), {anchor: ("",), **held}, ())


def test_the_ledger_notices_what_is_lost_doubled_or_neither_old_nor_new(tmp_path: Path) -> None:
    library = KilledLibrary(tmp_path / "home", tmp_path / "inputs", random.Random(1))
    library.wanted = {source: 0 for source in list(library.wanted)[:2]}
    new, newer = "第1号社工站第0次修订", "第1号社工站第1次修订"

    assert library.compare(found(library, n0001=(new,)), 2) == ()
    library.wanted[str(library.inputs / "0001.txt")] = 1
    # Killed before, or after, the update.
    assert library.compare(found(library, n0001=(new,)), 0) == ()
    assert library.compare(found(library, n0001=(new, newer)), 1) == ()
    library.wanted[str(library.inputs / "0001.txt")] = 2
    (lost,) = library.compare(found(library, n0001=(new, newer)), 1)
    assert lost == "1 called safe, 0 there"
    (gone,) = library.compare(found(library), 0)
    assert "None, neither 1 nor 2" in gone
    library.held[str(library.inputs / "0001.txt")] = 1
    (doubled,) = library.compare(found(library, n0001=(newer, newer)), 0)
    assert "stands twice" in doubled
