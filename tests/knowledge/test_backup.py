from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from knowledge.backup import BackupError, back_up, last_backup, note_backup, read_catalog
from knowledge.backup import read_manifest as manifest_of
from knowledge.catalog import Catalog
from knowledge.catalog_file import CatalogDamagedError
from knowledge.catalog_schema import SCHEMA_VERSION
from knowledge.errors import KnowledgeError
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, ORDINANCE_2026, STATIONS, policy, put

EMBEDDER = HashEmbedder()
GANSU = policy("甘肃省社会工作条例", ORDINANCE, region="甘肃")
GANSU_2026 = policy("甘肃省社会工作条例", ORDINANCE_2026, region="甘肃")
YUNNAN = policy("云南省乡镇社工站办法", STATIONS, region="云南")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Catalog(tmp_path / "home" / "catalog.sqlite3") as catalog:
        catalog.use_model(EMBEDDER.fingerprint)
        put(catalog, GANSU, EMBEDDER)
        put(catalog, GANSU_2026, EMBEDDER)
        put(catalog, YUNNAN, EMBEDDER)
        catalog.edit_metadata(YUNNAN.id, {"region": "贵州"})
    return tmp_path / "home" / "catalog.sqlite3"


def left_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_a_backup_holds_everything(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "library.zip"
    backup = back_up(path, file)

    assert manifest_of(file) == backup
    summary = backup.summary
    assert (summary.documents, summary.versions, summary.schema) == (2, 3, SCHEMA_VERSION)
    assert summary.model == EMBEDDER.fingerprint
    assert left_in(tmp_path) == {"home", "library.zip"}
    read_catalog(file, tmp_path / "copy.sqlite3")
    with Catalog(path) as catalog, Catalog(tmp_path / "copy.sqlite3") as copy:
        assert copy.versions() == catalog.versions()
        assert copy.document(GANSU.id) == GANSU_2026
        assert copy.document(GANSU.id, 1) == GANSU
        assert copy.found(YUNNAN.id) == {"region": "云南"}
        assert copy.facts() == catalog.facts()
        assert (copy.count(), copy.generation) == (catalog.count(), catalog.generation)
        copy.check()


def test_the_manifest_names_no_place_of_this_machine(path: Path, tmp_path: Path) -> None:
    back_up(path, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sorted(archive.namelist()) == ["catalog.sqlite3", "manifest.json"]
        assert str(tmp_path) not in archive.read("manifest.json").decode()


def test_a_file_that_exists_is_overwritten_only_when_asked(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "library.zip"
    file.write_text("my holiday pictures")
    with pytest.raises(BackupError) as caught:
        back_up(path, file)
    assert "--force" in caught.value.message("zh")
    assert file.read_text() == "my holiday pictures"
    back_up(path, file, overwrite=True)
    assert manifest_of(file).summary.documents == 2


@pytest.mark.parametrize("name", ["catalog.sqlite3", "catalog.sqlite3-wal"])
def test_the_library_itself_is_never_overwritten(path: Path, name: str) -> None:
    with Catalog(path) as catalog:
        put(catalog, policy("另一份", STATIONS), EMBEDDER)
        target = path.with_name(name)
        before = target.read_bytes()
        with pytest.raises(BackupError):
            back_up(path, target, overwrite=True)
        assert target.read_bytes() == before


@pytest.mark.parametrize("target", ["", "missing/library.zip"])
def test_a_target_that_is_no_file_is_refused(path: Path, tmp_path: Path, target: str) -> None:
    with pytest.raises(BackupError):
        back_up(path, tmp_path / target, overwrite=True)
    assert left_in(tmp_path) == {"home"}


def test_without_a_library_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError):
        back_up(tmp_path / "catalog.sqlite3", tmp_path / "b.zip")
    assert left_in(tmp_path) == set()


def test_a_damaged_library_gives_no_backup(path: Path, tmp_path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.write_bytes(content)
    with pytest.raises(CatalogDamagedError):
        back_up(path, tmp_path / "b.zip")
    assert left_in(tmp_path) == {"home"}


def test_backups_while_another_thread_writes_are_states_that_were(
    path: Path, tmp_path: Path
) -> None:
    stop, written = threading.Event(), []

    def write_on() -> None:
        with Catalog(path) as catalog:
            while not stop.is_set() and len(written) < 300:
                written.append(policy(f"文件{len(written)}", STATIONS))
                put(catalog, written[-1], EMBEDDER)

    writer = threading.Thread(target=write_on)
    writer.start()
    backups = []
    for number in range(5):
        backups.append(back_up(path, tmp_path / f"{number}.zip"))
    stop.set()
    writer.join()

    assert len(written) > 5
    for number, backup in enumerate(backups):
        # Each document of the writer is one generation: no backup holds half a transaction.
        assert backup.summary.documents == backup.summary.generation - 2
        read_catalog(tmp_path / f"{number}.zip", tmp_path / "copy.sqlite3")
        with Catalog(tmp_path / "copy.sqlite3") as copy:
            copy.check()
    assert backups[0].summary.generation < backups[-1].summary.generation


def _rewrite(file: Path, **changed: object) -> None:
    """Write the archive anew with a changed manifest."""
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        catalog = archive.read("catalog.sqlite3")
    summary = {**manifest["summary"], **{k: v for k, v in changed.items() if k in "schema"}}
    manifest |= {k: v for k, v in changed.items() if k not in "schema"} | {"summary": summary}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("catalog.sqlite3", catalog)


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def _other_archive(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no archive": (lambda file: file.write_bytes(b"x" * 5000), "no backup"),
    "empty": (lambda file: file.write_bytes(b""), "no backup"),
    "cut": (lambda file: file.write_bytes(file.read_bytes()[:-200]), "no backup"),
    "one byte changed": (_flip, "no backup"),
    "another archive": (_other_archive, "no backup"),
    "another product": (lambda file: _rewrite(file, product="other"), "no backup"),
    "another digest": (lambda file: _rewrite(file, sha256="0" * 64), "no backup"),
    "another size": (lambda file: _rewrite(file, size=10), "no backup"),
    "a size that is no number": (lambda file: _rewrite(file, size="many"), "no backup"),
    "a newer format": (lambda file: _rewrite(file, format=99), "newer version"),
    "a newer schema": (lambda file: _rewrite(file, schema=99), "newer version"),
    "gone": (lambda file: file.unlink(), "cannot be read"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_backup_that_is_none_says_so(path: Path, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "library.zip"
    back_up(path, file)
    spoil, sentence = DAMAGE[damage]
    spoil(file)
    with pytest.raises(BackupError) as caught:
        read_catalog(file, tmp_path / "copy.sqlite3")
    assert sentence in caught.value.message("en")
    assert file.name in caught.value.message("zh")


@pytest.mark.parametrize("kibibytes", [16, 80, 128, 512])
def test_a_full_disk_leaves_the_former_backup(path: Path, tmp_path: Path, kibibytes: int) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can only be mounted by the administrator")
    try:
        file = small / "library.zip"
        file.write_text("the former backup")
        if kibibytes < 100:
            with pytest.raises(KnowledgeError) as caught:
                back_up(path, file, overwrite=True)
            assert str(small) in caught.value.message("zh")
            assert file.read_text() == "the former backup"
        else:
            with suppress(KnowledgeError):
                back_up(path, file, overwrite=True)
            if file.read_bytes() != b"the former backup":
                assert read_catalog(file, tmp_path / "copy.sqlite3").summary.documents == 2
        assert left_in(small) == {"library.zip"}
    finally:
        subprocess.run(["umount", "-l", str(small)], check=False)


def test_a_killed_backup_leaves_no_file_of_its_name(path: Path, tmp_path: Path) -> None:
    program = (
        "import os, sys, signal, zipfile; from pathlib import Path\n"
        "from knowledge.backup import back_up\n"
        "def killed(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        "zipfile.ZipFile.write = killed\n"
        "back_up(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    file = tmp_path / "library.zip"
    done = subprocess.run(
        [sys.executable, "-c", program, str(path), str(file)],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == -9
    assert not file.exists()
    assert back_up(path, file).summary.documents == 2


def test_the_latest_backup_is_remembered(path: Path, tmp_path: Path) -> None:
    home = path.parent
    assert last_backup(home) is None
    backup = back_up(path, tmp_path / "b.zip")
    note_backup(home, tmp_path / "b.zip", backup)
    assert last_backup(home) == (
        str(tmp_path / "b.zip"),
        backup.created_at,
        backup.summary.generation,
    )
    (home / "last-backup.json").write_text("[]")
    assert last_backup(home) is None


def test_a_copy_needs_no_side_files(path: Path, tmp_path: Path) -> None:
    with Catalog(path) as catalog:  # what it wrote last stands in its log
        put(catalog, policy("新的", STATIONS), EMBEDDER)
        back_up(path, tmp_path / "b.zip")
    read_catalog(tmp_path / "b.zip", tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert raw.execute("SELECT count(*) FROM version").fetchone()[0] == 4
