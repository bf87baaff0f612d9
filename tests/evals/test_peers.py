"""The product beside its peers: the same documents and questions, and what may be claimed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.settings import Settings, load_settings
from evals.ingestion.check import split_of
from evals.own_process import in_own_process, resident_mib
from evals.peers.haystack_pipeline import HAYSTACK
from evals.peers.langchain_chain import LANGCHAIN
from evals.peers.llamaindex_index import LLAMAINDEX
from evals.peers.measuring import Measured, OpenModel
from evals.peers.page import render_page, render_standings, write_standings
from evals.peers.plain_bm25 import BM25
from evals.peers.product import PRODUCT
from evals.peers.standing import standings
from evals.peers.suite import PEERS, PeersSuite, claims
from evals.peers.system import Built, System, TimedEmbedder, whole_text, without_title
from evals.result import CaseResult
from evals.retrieval.asking import ask
from evals.retrieval.coverage import Found
from evals.retrieval.dataset import DATASETS
from evals.retrieval.question import RetrievalData, RetrievalQuestion, SourceText
from evals.suites import DataSuite
from evals.workspace import Workspace
from knowledge.embedding import Embedder
from tests.evals.fakes import Clock
from tests.evals.retrieval_data import write_articles, write_lay
from tests.fakes import HashEmbedder

pytest.importorskip("ir_measures", reason="needs the extra evals")

DOCUMENTS = (
    SourceText("hall", "海城活动室办法", "海城共有十二间活动室。每天开放。"),
    SourceText("meal", "山城食堂规定", "食堂每周供应热汤和米饭。"),
)


def blind(documents: Sequence[SourceText], embedder: Embedder, folder: Path) -> Built:
    """A system that finds nothing."""
    embedder.embed_passages(["无"])
    return Built(lambda text, top_k: [], 1)


def broken(documents: Sequence[SourceText], embedder: Embedder, folder: Path) -> Built:
    raise RuntimeError("no room")


BLIND = System("blind", "finds nothing", (), blind)
BROKEN = System("broken", "fails", (), broken)
ABSENT = System("absent", "not installed", ("no_such_package.of_this_name",), blind)


def hash_model(settings: Settings) -> OpenModel:
    return HashEmbedder


def suite(*systems: System) -> PeersSuite:
    return PeersSuite(systems=(PRODUCT, *systems), open_for=hash_model)


def workspace(home: Path, said: list[str]) -> Workspace:
    return Workspace(load_settings({}, home=home), HashEmbedder(), said.append)


def test_the_comparison_goes_from_documents_to_claims(tmp_path: Path) -> None:
    said: list[str] = []
    peers = suite(BLIND, ABSENT, BROKEN).over(write_articles(tmp_path / "data"), ("articles",))
    steps: list[tuple[int, int]] = []
    cases = peers.run(
        workspace(tmp_path, said),
        split="all",
        seed=0,
        progress=lambda done, total: steps.append((done, total)),
    )
    ours, theirs = peers.standings
    assert (ours.system, theirs.system) == ("policy-assistant", "blind")
    assert ours.is_product and ours.questions == theirs.questions == 3
    assert ours.cpu_ms > 0
    assert ours.values["hit@1"][0] == 1.0 and theirs.values["hit@1"][0] == 0.0
    assert theirs.margins["coverage@250"] == (1.0, 1.0, 1.0)
    # Nobody is compared with the time of a peer that finds less.
    assert [case.id.split("/")[1] for case in cases] == ["blind"] * 4
    assert all(case.right for case in cases)
    assert steps[-1] == (3, 3)
    (skipped,) = (line for line in said if "no_such_package" in line)
    assert "absent" in skipped and "policy-assistant[peers]" in skipped
    assert any("broken" in line and "no room" in line for line in said)


def test_a_failure_of_the_product_is_not_passed_over(tmp_path: Path) -> None:
    peers = PeersSuite(systems=(BROKEN, BLIND), open_for=hash_model)
    with pytest.raises(AssistantError, match="no room"):
        peers.over(write_lay(tmp_path / "data"), ("lay",)).run(
            workspace(tmp_path, []), split="all", seed=0, progress=lambda done, total: None
        )


def test_it_is_a_suite_over_data_like_the_others(tmp_path: Path) -> None:
    assert isinstance(PeersSuite(), DataSuite)
    assert PeersSuite().parts == tuple(dataset.name for dataset in DATASETS)
    lay = suite().over(write_lay(tmp_path / "data"), ("lay",))
    assert lay.digest() == suite().over(tmp_path / "data", ("lay",)).digest()
    assert lay.digest() != suite().over(write_articles(tmp_path / "data"), ("articles",)).digest()
    with pytest.raises(AssistantError, match="cmrc2018"):
        PeersSuite().over(tmp_path)


def answering(*found: Found) -> tuple[CaseResult, ...]:
    """The results of a system that finds the same for each of twelve questions."""
    data = RetrievalData("noise", DOCUMENTS, QUESTIONS)
    return ask(data, QUESTIONS, lambda text, top_k: found[:top_k], clock=Clock())


QUESTIONS = tuple(
    RetrievalQuestion(f"noise/{n}", "几间活动室", frozenset({"hall"}), (("十二间",),))
    for n in range(12)
)
FILLER = Found("meal", "食堂每周供应热汤和米饭。" * 30, "山城食堂规定")
HALL = Found("hall", DOCUMENTS[0].text, DOCUMENTS[0].title)


def measured(name: str, *found: Found, memory: float | None = 12.0) -> Measured:
    return Measured(name, "<set-up>", "hash", answering(*found), 2, 3.0, 2.0, (4.0, 5.0), memory)


def test_a_lead_is_counted_over_the_same_questions() -> None:
    ours, late = standings("noise", [measured("ours", HALL), measured("late", FILLER, HALL)])
    assert late.values["coverage@250"][0] == 0.0 and late.values["coverage@1100"][0] == 1.0
    assert late.margins["coverage@250"] == (1.0, 1.0, 1.0)
    assert late.margins["coverage@1100"] == (0.0, 0.0, 0.0)
    assert not late.is_equal
    assert ours.margins["hit@1"] == (0.0, 0.0, 0.0)


def test_what_is_not_so_is_not_claimed() -> None:
    rows = standings("noise", [measured("ours", FILLER, HALL), measured("theirs", HALL)])
    verdicts = {case.id: case.right for case in claims(rows)}
    assert verdicts["noise/theirs/coverage@250"] is False
    assert verdicts["noise/theirs/coverage@1100"] is True
    assert "noise/time" in verdicts
    assert all(case.split == split_of(case.id) for case in claims(rows))


def test_the_time_is_compared_with_the_fastest_equal() -> None:
    quick, slow = measured("quick", HALL), measured("slow", HALL)
    slower = tuple(
        CaseResult(**{**result.fields(), "latency_ms": result.latency_ms + 50})
        for result in slow.results
    )
    slow = Measured("slow", "", "hash", slower, 2, 3.0, 2.0, (9.0,), None)
    (verdict,) = (c for c in claims(standings("noise", [slow, quick])) if c.id == "noise/time")
    assert not verdict.right and "quick" in verdict.problems[0]
    # Kept waiting by other programs, it has not worked longer.
    kept = replace(slow, cpu_ms=(4.0,))
    (verdict,) = (c for c in claims(standings("noise", [kept, quick])) if c.id == "noise/time")
    assert verdict.right
    (verdict,) = (c for c in claims(standings("noise", [quick, slow])) if c.id == "noise/time")
    assert verdict.right


def test_the_table_names_every_system_with_time_and_memory(tmp_path: Path) -> None:
    rows = standings(
        "noise", [measured("ours", HALL), measured("<b>peer", FILLER, HALL, memory=None)]
    )
    shown = render_standings(rows, "en")
    assert "noise (12 questions)" in shown and "<b>peer" in shown
    assert "c@250 +1.000 (+1.000 – +1.000)" in shown
    page = render_page(rows, "zh")
    assert "&lt;b&gt;peer" in page and "<b>peer" not in page and "&lt;set-up&gt;" in page
    assert "<script" not in page
    assert write_standings(tmp_path, rows, "zh").read_text("utf-8") == page
    assert '"memory_mib": null' in (tmp_path / "peers.json").read_text("utf-8")
    with pytest.raises(AssistantError, match="无法写入"):
        write_standings(tmp_path / "missing", rows, "zh")


def test_a_title_is_read_by_all_and_counted_for_none() -> None:
    piece = whole_text(DOCUMENTS[0])
    assert piece.startswith("海城活动室办法\n")
    assert without_title(piece, DOCUMENTS[0].title) == DOCUMENTS[0].text
    assert without_title("每天开放。", DOCUMENTS[0].title) == "每天开放。"
    assert whole_text(SourceText("x", "", "每天开放。")) == "每天开放。"


@pytest.mark.parametrize("system", [PRODUCT, *PEERS], ids=lambda system: system.name)
def test_each_system_finds_what_is_asked(system: System, tmp_path: Path) -> None:
    if missing := system.missing():
        pytest.skip(f"needs the extra peers: {', '.join(missing)}")
    embedder = TimedEmbedder(HashEmbedder())
    built = system.build(DOCUMENTS, embedder, tmp_path)
    assert built.passages == 2
    found = built.search("海城活动室共有几间", 2)
    assert (found[0].document_id, found[0].text) == ("hall", DOCUMENTS[0].text)
    assert len(built.search("海城活动室共有几间", 1)) == 1
    assert (embedder.seconds > 0) is (system is not BM25)


def test_haystack_reports_nothing_to_its_makers(tmp_path: Path) -> None:
    if HAYSTACK.missing():
        pytest.skip("needs the extra peers: haystack")
    HAYSTACK.build(DOCUMENTS, HashEmbedder(), tmp_path)
    assert "posthog" not in sys.modules


def test_the_peers_are_those_of_the_issue() -> None:
    assert PEERS == (LANGCHAIN, LLAMAINDEX, HAYSTACK, BM25)


def memory_of(size: int) -> tuple[int, float | None]:
    return size, resident_mib()


def fail(kind: str) -> None:
    if kind == "our own":
        raise AssistantError("没有位置。", "No room.")
    raise ValueError("no room")


def test_work_in_its_own_process_comes_back_and_so_do_its_errors() -> None:
    size, memory = in_own_process(memory_of, 3)
    assert size == 3 and (memory is None or memory > 1)
    with pytest.raises(AssistantError, match="没有位置"):
        in_own_process(fail, "our own")
    with pytest.raises(AssistantError, match="ValueError: no room"):
        in_own_process(fail, "another's")
