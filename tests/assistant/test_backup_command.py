"""`backup`, `restore`, `doctor` and a damaged library, in process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import main
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.search_index import SearchIndex
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, STATIONS, policy, put

Run = Callable[..., tuple[int, str, str]]
EMBEDDER = HashEmbedder()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("assistant.factory.build_embedder", lambda *_: EMBEDDER)
    with Catalog(catalog_path(tmp_path / "home")) as catalog:
        catalog.use_model(EMBEDDER.fingerprint)
        put(catalog, policy("甘肃", ORDINANCE), EMBEDDER)
        SearchIndex(index_folder(tmp_path / "home")).synchronise(catalog)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(command: str, *arguments: str) -> tuple[int, str, str]:
        code = main([command, "--home", str(home), *arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "Internal error" not in captured.err
        assert "内部出错" not in captured.err
        return code, captured.out, captured.err

    return run


def test_there_and_back(run: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "library.zip"
    code, out, _ = run("backup", str(file))
    assert code == 0
    assert str(file) in out
    assert "1 份文件" in out
    with Catalog(catalog_path(home)) as catalog:
        put(catalog, policy("云南", STATIONS), EMBEDDER)

    code, out, _ = run("restore", str(file), "--json")

    assert code == 0
    fields = json.loads(out)
    assert Path(fields["former"]).is_file()
    assert fields["backup"]["summary"]["documents"] == 1
    with Catalog(catalog_path(home)) as catalog:
        assert [document.id for document in catalog.documents()] == ["甘肃"]
    assert run("index", "check")[0] == 0


def test_where_the_former_library_went_is_said(run: Run, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "b.zip"))
    code, out, _ = run("restore", str(tmp_path / "b.zip"), "--language", "en")
    assert code == 0
    assert "The former library is kept in" in out
    assert "before-restore-" in out


def test_a_backup_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "b.zip"))[0] == 0
    code, out, err = run("backup", str(tmp_path / "b.zip"))
    assert (code, out) == (1, "")
    assert "--force" in err
    code, out, _ = run("backup", str(tmp_path / "b.zip"), "--force", "--json")
    assert code == 0
    assert json.loads(out)["summary"]["passages"] > 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_that_is_no_backup(run: Run, tmp_path: Path, home: Path, language: str) -> None:
    (tmp_path / "b.zip").write_text("holiday pictures")
    for name in ("b.zip", "missing.zip"):
        code, out, err = run("restore", str(tmp_path / name), "--language", language)
        assert (code, out) == (1, "")
        assert name in err
        assert len(err.strip().splitlines()) == 1
    with Catalog(catalog_path(home)) as catalog:
        assert catalog.documents()


@pytest.mark.parametrize(
    "command",
    [
        ("documents", "list"),
        ("documents", "show", "甘肃"),
        ("documents", "edit", "甘肃", "--region", "青海"),
        ("documents", "remove", "甘肃"),
        ("index", "check"),
        ("index", "rebuild"),
        ("facts",),
        ("backup", "b.zip"),
    ],
    ids=" ".join,
)
def test_a_damaged_library_names_the_remedy(
    run: Run, home: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog_path(home).write_bytes(b"no database at all, I am afraid" * 300)
    code, _, err = run(*command)
    assert code == 1
    last = err.strip().splitlines()[-1]
    assert "policy-assistant restore" in last
    assert catalog_path(home).read_bytes().startswith(b"no database")


def test_a_damaged_library_is_restored(run: Run, home: Path, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "b.zip"))
    catalog_path(home).write_bytes(b"no database at all, I am afraid" * 300)
    code, out, _ = run("restore", str(tmp_path / "b.zip"))
    assert code == 0
    assert "damaged-catalog-" in out
    code, out, _ = run("documents", "list")
    assert code == 0
    assert "甘肃" in out


def test_doctor_looks_at_the_catalogue_and_at_backups(run: Run, home: Path, tmp_path: Path) -> None:
    def finding(name: str) -> dict[str, object]:
        found: list[dict[str, object]] = json.loads(run("doctor", "--json")[1])
        return next(one for one in found if one["name"] == name)

    assert finding("catalogue")["ok"]
    assert "policy-assistant backup" in str(finding("backup")["detail"])
    run("backup", str(tmp_path / "b.zip"))
    assert str(tmp_path / "b.zip") in str(finding("backup")["detail"])
    with Catalog(catalog_path(home)) as catalog:
        put(catalog, policy("云南", STATIONS), EMBEDDER)
    assert "此后资料库有变化" in str(finding("backup")["detail"])
    catalog_path(home).write_bytes(b"no database at all, I am afraid" * 300)
    broken = finding("catalogue")
    assert not broken["ok"]
    assert "policy-assistant restore" in str(broken["detail"])
