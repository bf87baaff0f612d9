"""`policy-assistant eval articles` and its like, over small data."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.settings import load_settings
from evals.comparison import compare
from evals.result import CaseResult
from evals.retrieval import RETRIEVAL_SUITES
from evals.retrieval.ablation import ablate, render_ablation, variants
from evals.retrieval.asking import KEY, ask
from evals.retrieval.coverage import Found
from evals.retrieval.html_report import render_page, write_report
from evals.retrieval.question import RetrievalData, RetrievalQuestion, SourceText
from evals.retrieval.suite import RetrievalSuite
from evals.retrieval.sums import NEWEST, figures, render_figures
from evals.run_record import RunRecord, conditions, read_run, write_run
from evals.suites import DataSuite, SplitChoice
from evals.workspace import Workspace
from knowledge.embedding import Embedder
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever
from tests.evals.fakes import Clock
from tests.evals.retrieval_data import write_articles, write_noise
from tests.fakes import HashEmbedder

SUITES = {suite.name: suite for suite in RETRIEVAL_SUITES}
pytest.importorskip("ir_measures", reason="needs the extra evals")

GOLD, OTHER = Found("gold", "答案是十二间。", "海城"), Found("other", "<b>十二间</b>", "山城")
DATA = RetrievalData(
    "noise",
    (SourceText("gold", "海城", "答案是十二间。"), SourceText("other", "山城", "<b>十二间</b>")),
    tuple(
        RetrievalQuestion(f"noise/{n}", f"{n}号<i>问题", frozenset({"gold"}), (("十二间",),))
        for n in range(4)
    ),
)


def search(text: str, top_k: int) -> list[Found]:
    """Right for 0, second for 1, nothing for 2, broken for 3."""
    if text.startswith("3"):
        raise RuntimeError("no more")
    return {"0": [GOLD, OTHER], "1": [OTHER, GOLD]}.get(text[0], [])[:top_k]


def workspace(home: Path) -> Workspace:
    return Workspace(load_settings({}, home=home), HashEmbedder(), lambda text: None)


def record(results: tuple[CaseResult, ...], suite: str = "noise") -> RunRecord:
    return RunRecord(
        conditions(
            suite,
            "all",
            seed=3,
            gate=0.75,
            cases_sha256="0" * 64,
            model="hash",
            settings=load_settings({}),
            started=datetime(2026, 1, 1, tzinfo=UTC),
            seconds=1.0,
        ),
        results,
    )


def test_the_suites_of_the_issue_are_there() -> None:
    assert list(SUITES) == ["articles", "lay", "floor", "script", "noise"]
    assert all(isinstance(suite, DataSuite) for suite in RETRIEVAL_SUITES)


def run(suite: RetrievalSuite, home: Path, split: SplitChoice = "all") -> tuple[CaseResult, ...]:
    return suite.run(workspace(home), split=split, seed=0, progress=lambda done, total: None)


def test_a_run_goes_from_documents_to_ranks(tmp_path: Path) -> None:
    suite = SUITES["articles"].over(write_articles(tmp_path / "data")).kept_in(tmp_path / "kept")
    results = run(suite, tmp_path / "home")
    assert [(result.id, result.right) for result in results[:2]] == [
        ("articles/q1", True),
        ("articles/q2", True),
    ]
    assert results[0].detail[KEY]["newest"] is True
    assert results[1].detail[KEY]["hits"][0] == "b2"
    assert results[1].detail[KEY]["newest"] is None
    found = {figure.name: figure for figure in figures("articles", results)}
    assert found[NEWEST].questions == 1 and found[NEWEST].value == 1.0
    assert not (tmp_path / "home" / "eval-homes").exists()
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_the_halves_are_apart_and_whole(tmp_path: Path) -> None:
    suite = SUITES["noise"].over(write_noise(tmp_path / "data")).kept_in(tmp_path / "kept")
    halves: tuple[SplitChoice, ...] = ("tune", "report", "all")
    tune, report, every = (
        [result.id for result in run(suite, tmp_path, split)] for split in halves
    )
    assert sorted(tune + report) == sorted(every) == ["noise/r0", "noise/r1"]


def test_each_question_is_judged_by_the_rank_of_its_document() -> None:
    results = ask(DATA, DATA.questions, search, clock=Clock())
    assert [result.right for result in results] == [True, False, False, False]
    assert [result.detail[KEY]["rank"] for result in results] == [1, 2, None, None]
    assert "rank 2" in results[1].problems[0]
    assert results[2].problems == ("nothing was found",) and results[2].declined
    assert "RuntimeError: no more" in results[3].problems[0]
    # Of the same words in another document the coverage knows nothing.
    assert [result.detail[KEY]["covered_at"] for result in results] == [6, 10 + 1 + 6, None, None]
    assert all(result.latency_ms > 0 for result in results)


def test_the_order_of_questions_hangs_on_the_seed_and_the_results_do_not() -> None:
    orders = []
    for seed in (0, 0, 5):
        seen: list[str] = []

        def watched(text: str, top_k: int, seen: list[str] = seen) -> list[Found]:
            seen.append(text)
            return search(text, top_k)

        results = ask(DATA, DATA.questions, watched, seed=seed)
        assert [result.id for result in results] == [q.id for q in DATA.questions]
        orders.append(seen)
    assert orders[0] == orders[1] != orders[2]


def test_figures_come_with_intervals_and_targets() -> None:
    results = ask(DATA, DATA.questions, search)
    found = {figure.name: figure for figure in figures("noise", results, seed=1)}
    first = found["hit@1"]
    assert (first.value, first.target, first.reaches) == (0.25, 0.75, False)
    assert 0 <= first.low < 0.25 < first.high <= 1
    assert found["coverage@250"].value == 0.5 and found["coverage@250"].reaches is None
    assert any(line.startswith("✗ hit@1") for line in render_figures("noise", results, 1))
    plain = CaseResult("a", "tune", (), "?", True)
    assert figures("starter", [plain]) == () and render_figures("starter", [plain], 1) == []


def test_the_page_shows_figures_and_failures_and_runs_nothing(tmp_path: Path) -> None:
    run_record = record(ask(DATA, DATA.questions, search))
    write_run(tmp_path / "run", run_record)
    page = write_report(tmp_path / "run", run_record, "en").read_text(encoding="utf-8")
    assert "1号&lt;i&gt;问题" in page and "&lt;b&gt;十二间" in page
    assert "<b>" not in page and "<i>" not in page and "<script" not in page
    assert "0号" not in page, "a question that is right is no failure"
    assert "http" not in page.replace("http-equiv", "")
    stored = json.loads((tmp_path / "run" / "metrics.json").read_text(encoding="utf-8"))
    assert {"name": "hit@1", "value": 0.25}.items() <= stored["figures"][0].items()
    again = read_run(tmp_path / "run")
    assert render_page([again], "en") == page


def test_the_page_has_plots_where_they_can_be_drawn() -> None:
    pytest.importorskip("matplotlib", reason="needs the extra evals")
    run_record = record(ask(DATA, DATA.questions, search))
    page = render_page([run_record])
    assert page.count("data:image/svg+xml;base64,") == 3
    assert page == render_page([run_record])


def test_a_page_of_no_questions_can_be_drawn() -> None:
    assert "<h1>" in render_page([record(())])


def test_two_runs_are_compared_question_by_question() -> None:
    before = ask(DATA, DATA.questions, search)
    after = ask(DATA, DATA.questions, lambda text, top_k: [GOLD])
    compared = compare(before, after)
    assert [result.id for result in compared.gained] == ["noise/1", "noise/2", "noise/3"]
    assert not compare(before, ask(DATA, DATA.questions, search)).reworded


def test_each_part_has_its_row_against_the_whole(tmp_path: Path) -> None:
    suite = SUITES["noise"].over(write_noise(tmp_path / "data")).kept_in(tmp_path / "kept")
    place = workspace(tmp_path)
    home = suite.prepared(place, lambda done, total: None)
    built: list[frozenset[str]] = []

    def switched(home: Path, embedder: Embedder, parts: frozenset[str]) -> HybridRetriever:
        built.append(parts)
        return HybridRetriever(catalog_path(home), index_folder(home), embedder)

    rows = list(
        ablate(
            suite.data(),
            suite.questions("all"),
            home,
            place.embedder,
            variants(["one", "two"], switched),
        )
    )
    assert [row.name for row in rows] == [
        "whole",
        "dense only",
        "lexical only",
        "without one",
        "without two",
    ]
    assert built == [{"two"}, {"one"}]
    assert all(row.questions == 2 and row.values["hit@10"][0] == 1.0 for row in rows)
    assert rows[0].difference == (0.0, 0.0, 0.0)
    text = render_ablation(rows)
    assert text.count("\n") == len(rows) and "without two" in text
    page = render_page([record(())], ablation=rows)
    assert "without two" in page
