"""`documents edit`, `show` and `history` in process, over a library of invented policies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.search_index import SearchIndex
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, ORDINANCE_2026, policy, put

Run = Callable[..., tuple[int, str, str]]
EMBEDDER = HashEmbedder()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The model of these tests, instead of the one that takes seconds to load.
    monkeypatch.setattr("assistant.factory.build_embedder", lambda *_: EMBEDDER)
    with Catalog(catalog_path(tmp_path / "home")) as catalog:
        catalog.use_model(EMBEDDER.fingerprint)
        put(catalog, policy("gs", ORDINANCE, title="甘肃条例", region="甘肃"), EMBEDDER)
        put(catalog, policy("gs", ORDINANCE_2026, title="甘肃条例", region="甘肃"), EMBEDDER)
        SearchIndex(index_folder(tmp_path / "home")).synchronise(catalog)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["documents", "--home", str(home), *arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return run


def loaded(outcome: tuple[int, str, str]) -> Any:
    assert outcome[0] == 0, outcome[2]
    return json.loads(outcome[1])


def test_an_edit_is_shown_and_marked(run: Run) -> None:
    given = ("--region", "青海省", "--issuer", "甲厅", "--issuer", "乙厅", "--status", "amended")
    edited = loaded(run("edit", "gs", *given, "--effective-from", "2024-03-01", "--json"))

    assert edited["region"] == "青海"
    assert edited["issuers"] == ["甲厅", "乙厅"]
    assert edited["effective_from"] == "2024-03-01"
    assert edited["embedded"] == 0
    assert edited["edited"]["region"]["found"] == "甘肃"
    shown = loaded(run("--json", "show", "gs"))
    assert shown["edited"].keys() == {"region", "issuers", "status", "effective_from"}
    assert shown["status"] == "amended"
    code, out, _ = run("show", "gs")
    assert code == 0
    region = next(line for line in out.splitlines() if line.startswith("region"))
    assert "青海" in region
    assert "原文所载：甘肃" in region
    assert "标题" not in next(line for line in out.splitlines() if line.startswith("title"))
    assert loaded(run("--json", "list"))[0]["region"] == "青海"


def test_a_new_title_is_embedded_and_reset(run: Run, home: Path) -> None:
    code, out, _ = run("edit", "gs", "--title", "甘肃社工条例")
    assert code == 0
    assert "重新计算了" in out
    assert loaded(run("--json", "show", "gs"))["passages"][0]["title"] == "甘肃社工条例"
    # The version before keeps the title that it had.
    assert loaded(run("--json", "show", "gs", "--version", "1"))["title"] == "甘肃条例"
    back = loaded(run("--json", "edit", "gs", "--reset", "all"))
    assert (back["title"], back["edited"]) == ("甘肃条例", {})
    with Catalog(catalog_path(home)) as catalog:
        assert SearchIndex(index_folder(home)).check(catalog).in_step


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--region", "火星"), "火星"),
        (("--effective-from", "去年"), "2024-01-31"),
        (("--status", "gone"), "repealed"),
        (("--title", ""), "title"),
        (("--reset", "colour"), "colour"),
        (("--reset", "title", "--title", "甲"), "title"),
        (("--effective-from", "2024-01-02", "--effective-until", "2024-01-01"), "2024-01-01"),
        ((), "--reset"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_edit_is_one_sentence_and_changes_nothing(
    run: Run, arguments: tuple[str, ...], named: str
) -> None:
    before = loaded(run("--json", "show", "gs"))
    code, out, err = run("edit", "gs", *arguments)
    assert (code, out) == (2, "")
    assert named in err.strip().splitlines()[-1]
    code, _, err = run("edit", "gs", *arguments, "--language", "en")
    assert code == 2
    assert err.isascii() or named in err
    assert loaded(run("--json", "show", "gs")) == before


def test_an_unknown_document_cannot_be_edited(run: Run) -> None:
    code, _, err = run("edit", "nothing", "--region", "广西")
    assert code == 2
    assert "documents list" in err


def test_history_says_what_changed(run: Run) -> None:
    run("edit", "gs", "--region", "青海")
    rows = loaded(run("--json", "history", "gs"))
    assert [row["version"] for row in rows] == [1, 2]
    assert [row["is_current"] for row in rows] == [False, True]
    assert rows[0]["changes"] is None
    assert rows[1]["changes"] == {"fields": ["region"], "passages_new": 1, "passages_gone": 1}
    code, out, _ = run("history", "gs")
    assert code == 0
    assert "新增或修改 1 段，删去 1 段；字段变化：region" in out


def test_an_old_version_is_read_whole(run: Run) -> None:
    old = loaded(run("--json", "show", "gs", "--version", "1"))
    assert old["text"] == ORDINANCE
    assert any("八百万元" in passage["text"] for passage in old["passages"])
    assert old["edited"] == {}
    code, out, _ = run("show", "gs", "--version", "1")
    assert code == 0
    assert "八百万元" in out
    code, _, err = run("show", "gs", "--version", "9")
    assert code == 2
    assert "documents history gs" in err
