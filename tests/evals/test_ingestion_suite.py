"""`policy-assistant eval ingestion`, over a small folder of data and over the shared one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from assistant.commands.base import Context
from assistant.errors import UsageError
from assistant.settings import load_settings
from evals.command import EvalCommand
from evals.ingestion.suite import IngestionSuite
from evals.workspace import Workspace
from tests.evals.ingestion.data import ROOMS, write_law, write_lines
from tests.fakes import HashEmbedder

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def data(folder: Path, truth: str = ROOMS) -> Path:
    """Data of two parts: a text in another encoding, and a law."""
    messy = folder / "messy"
    write_lines(
        messy / "manifest.jsonl",
        [{"file": "rooms.txt", "kind": "text in gb18030", "truth": "rooms.truth.txt"}],
    )
    (messy / "rooms.txt").write_bytes(ROOMS.encode("gb18030"))
    (messy / "rooms.truth.txt").write_text(truth, encoding="utf-8")
    write_law(folder / "laws" / "海城" / "条例.md", "海城市活动室条例", "第一条 每天开放活动室。")
    return folder


def run(home: Path, *arguments: str, as_json: bool = False) -> int:
    parser = argparse.ArgumentParser()
    command = EvalCommand()
    command.add_arguments(parser)
    given = parser.parse_args(["ingestion", *arguments])
    return command.run(given, Context(load_settings({}, home=home, language="en"), as_json))


def test_what_cannot_be_run_is_said_before_a_model_is_opened(tmp_path: Path) -> None:
    for arguments, word in (
        (("--data", str(tmp_path)), str(tmp_path)),
        (("--only", "nothing"), "gov_html"),
    ):
        with pytest.raises(UsageError) as caught:
            run(tmp_path, *arguments)
        assert word in caught.value.message("en")
    assert not list(tmp_path.iterdir())


def test_a_suite_with_its_own_data_takes_no_other(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    command = EvalCommand()
    command.add_arguments(parser)
    given = parser.parse_args(["starter", "--data", str(tmp_path)])
    with pytest.raises(UsageError, match="--data"):
        command.run(given, Context(load_settings({}, home=tmp_path), False))


def test_each_part_has_its_cases(tmp_path: Path) -> None:
    suite = IngestionSuite().over(data(tmp_path / "data"), ("messy",))
    settings = load_settings({}, home=tmp_path / "home")
    workspace = Workspace(settings, HashEmbedder(), lambda text: None)
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    results = suite.run(workspace, split="all", seed=0, progress=progress)
    assert [(result.id, result.right) for result in results] == [("messy/rooms.txt", True)]
    assert seen and seen[-1] == (1, 1)
    splits = [
        suite.run(workspace, split=split, seed=0, progress=progress) for split in ("tune", "report")
    ]
    assert sorted(map(len, splits)) == [0, 1]


@pytest.mark.model
def test_a_run_goes_from_files_to_cited_articles(
    tmp_path: Path, model_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = data(tmp_path / "data", truth="海城没有活动室。")
    out = tmp_path / "run"
    arguments = ("--data", str(folder), "--only", "messy", "--only", "laws", "--out", str(out))
    assert run(model_home, *arguments) == 1
    shown = capsys.readouterr().out
    assert "✗ messy/rooms.txt" in shown and "not exactly the source's" in shown
    assert "Measured" in shown and "laws: rate, ingestion by bare embedder" in shown
    lines = (out / "cases.jsonl").read_text(encoding="utf-8").split("\n")
    cases = {case["id"]: case for case in map(json.loads, filter(None, lines))}
    assert set(cases) == {
        "messy/rooms.txt",
        "laws/rate",
        "laws/files",
        "laws/articles/海城/条例",
        "laws/lookup/海城/条例/第一条",
    }
    assert cases["laws/articles/海城/条例"]["right"]
    assert cases["laws/lookup/海城/条例/第一条"]["right"]


@pytest.mark.skipif(not (SHARED / "gov_html").is_dir(), reason="needs ../shared/data/gov_html")
def test_the_shared_government_pages(tmp_path: Path) -> None:
    suite = IngestionSuite().over(SHARED, ("gov_html",))
    settings = load_settings({}, home=tmp_path / "home")
    workspace = Workspace(settings, HashEmbedder(), lambda text: None)
    results = suite.run(workspace, split="all", seed=0, progress=lambda done, total: None)
    assert len(results) == 30
    # Titles, document numbers and furniture; how exact the text is, the suite itself measures.
    told = [p for result in results for p in result.problems if "error rate" not in p]
    assert told == []
