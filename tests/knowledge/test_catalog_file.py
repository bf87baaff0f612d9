"""The catalogue's file under bad conditions: one sentence each, and nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.catalog_file import CatalogDamagedError
from knowledge.catalog_schema import SCHEMA_VERSION, migration
from knowledge.errors import CatalogError
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, STATIONS, policy, put, write

EMBEDDER = HashEmbedder()
GANSU = policy("甘肃省社会工作条例", ORDINANCE, region="甘肃")
YUNNAN = policy("云南省乡镇社工站办法", STATIONS, region="云南")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Catalog(tmp_path / "catalog.sqlite3") as catalog:
        put(catalog, GANSU, EMBEDDER)
        put(catalog, YUNNAN, EMBEDDER)
    return tmp_path / "catalog.sqlite3"


# Damage -----------------------------------------------------------------------------------


def _cut(path: Path, part: float) -> None:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])


def _scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda path: path.write_bytes(b"this is no database, but long enough" * 200),
    "cut in the first page": lambda path: _cut(path, 0.01),
    "cut in half": lambda path: _cut(path, 0.5),
    "zeros after the first page": _scribble,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_catalogue_names_the_remedy_and_is_kept(path: Path, damage: str) -> None:
    DAMAGE[damage](path)
    content = path.read_bytes()

    with pytest.raises(CatalogDamagedError) as caught, Catalog(path) as catalog:
        catalog.check()

    assert str(path) in caught.value.message("zh")
    assert "policy-assistant restore" in caught.value.message("zh")
    assert "policy-assistant restore" in caught.value.message("en")
    assert path.read_bytes() == content


@pytest.mark.parametrize("damage", ["cut in half", "zeros after the first page"])
def test_reading_a_damaged_catalogue_gives_a_sentence(path: Path, damage: str) -> None:
    DAMAGE[damage](path)
    with pytest.raises(CatalogError), Catalog(path) as catalog:
        for document in (GANSU, YUNNAN):
            catalog.document(document.id)
            catalog.passages_of(document.id)
        catalog.vectors(catalog.keys_of_version(1))
        catalog.facts()


def test_an_emptied_catalogue_beside_indexes_is_damaged(path: Path) -> None:
    (path.parent / "index").mkdir()
    (path.parent / "index" / "CURRENT").write_text("g00000002")
    path.write_bytes(b"")
    with pytest.raises(CatalogDamagedError):
        Catalog(path)
    assert path.read_bytes() == b""


def test_an_empty_file_of_a_killed_first_start_is_filled(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").touch()
    with Catalog(tmp_path / "catalog.sqlite3") as catalog:
        put(catalog, GANSU, EMBEDDER)
        assert catalog.documents()


def test_a_folder_in_its_place_says_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        Catalog(tmp_path)
    assert str(tmp_path) in caught.value.message("zh")
    assert "POLICY_ASSISTANT_HOME" in caught.value.message("en")


def test_a_sound_catalogue_passes_its_check(path: Path) -> None:
    with Catalog(path) as catalog:
        catalog.check()


def test_a_passage_that_lost_its_vector_is_found_by_the_check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM vector")
    with Catalog(path) as catalog, pytest.raises(CatalogDamagedError):
        catalog.check()


# Several at once --------------------------------------------------------------------------


def test_threads_may_open_a_new_catalogue_at_once(tmp_path: Path) -> None:
    def opened(number: int) -> int:
        with Catalog(tmp_path / f"{number // 8}" / "catalog.sqlite3") as catalog:
            catalog.use_model("model")
            return catalog.generation

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(64))) == [0] * 64


def test_processes_may_open_and_fill_a_new_catalogue_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from knowledge.catalog import Catalog\n"
        "from tests.fakes import HashEmbedder; from tests.policies import *\n"
        "sys.stdin.readline()\n"
        "with Catalog(Path(sys.argv[1])) as catalog:\n"
        "    put(catalog, policy(sys.argv[2], ORDINANCE), HashEmbedder())\n"
    )
    path = tmp_path / "catalog.sqlite3"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), f"条例{number}"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for process in started:
        process.communicate(b"go\n")
    assert [process.returncode for process in started] == [0] * 4
    with Catalog(path) as catalog:
        assert len(catalog.documents()) == 4
        assert catalog.generation == 4
        catalog.check()


# Former and newer programs -----------------------------------------------------------------


def _of_schema_1(path: Path) -> None:
    """Take the tables back to what the first release wrote."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TABLE edit")
        raw.execute("ALTER TABLE version DROP COLUMN found")
        raw.execute("ALTER TABLE version DROP COLUMN changed_generation")
        raw.execute("PRAGMA user_version = 1")


def test_a_catalogue_of_the_first_release_is_brought_up_to_date(path: Path) -> None:
    with Catalog(path) as catalog:
        held = [catalog.document(d.id) for d in (GANSU, YUNNAN)]
        facts, count = catalog.facts(), catalog.count()
        vectors = catalog.vectors(catalog.keys_of_version(1))
        generation = catalog.generation
    _of_schema_1(path)

    with Catalog(path) as catalog:
        assert [catalog.document(d.id) for d in (GANSU, YUNNAN)] == held
        assert (catalog.facts(), catalog.count()) == (facts, count)
        assert catalog.vectors(catalog.keys_of_version(1)).keys() == vectors.keys()
        # Nothing to index anew.
        assert catalog.generation == generation
        assert catalog.changes_since(generation).added == ()
        catalog.edit_metadata(GANSU.id, {"region": "青海"})
        assert catalog.documents()[0].region == "青海"
        catalog.check()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION


def test_a_migration_that_fails_half_way_leaves_the_former_schema(path: Path) -> None:
    _of_schema_1(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        # In the way of the second step's second statement.
        raw.execute("ALTER TABLE version ADD COLUMN found TEXT")
    with pytest.raises(CatalogError):
        Catalog(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == 1
        names = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        assert "edit" not in names
        assert raw.execute("SELECT count(*) FROM passage").fetchone()[0] > 0


def test_a_new_file_and_an_old_one_end_with_the_same_tables(path: Path, tmp_path: Path) -> None:
    def tables(file: Path) -> dict[str, set[str]]:
        with closing(sqlite3.connect(file)) as raw:
            names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master")]
            return {n: {c[1] for c in raw.execute(f"PRAGMA table_info({n})")} for n in names}

    Catalog(tmp_path / "new.sqlite3").close()
    _of_schema_1(path)
    Catalog(path).close()
    assert tables(path) == tables(tmp_path / "new.sqlite3")
    assert list(migration(SCHEMA_VERSION)) == [f"PRAGMA user_version = {SCHEMA_VERSION}"]


# Disk and permissions -----------------------------------------------------------------------


_READER = (
    "import os, sys; from pathlib import Path; from knowledge.catalog import Catalog\n"
    "from knowledge.errors import CatalogError\n"
    "if os.geteuid() == 0:\n"
    "    os.setgid(65534); os.setuid(65534)\n"  # The administrator may write everywhere.
    "catalog = Catalog(Path(sys.argv[1]))\n"
    "print(len(catalog.documents()), len(catalog.passages_of('云南省乡镇社工站办法')))\n"
    "try:\n"
    "    catalog.remove_document('云南省乡镇社工站办法')\n"
    "except CatalogError as error:\n"
    "    print(error.message('en'))\n"
)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that other users may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("folder_mode", [0o555, 0o755])
@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open elsewhere"])
def test_a_read_only_library_can_be_read(
    path: Path, public: Path, folder_mode: int, is_open: bool
) -> None:
    file = Path(shutil.copy(path, public))
    other = Catalog(file) if is_open else None
    if other is not None:
        assert other.documents()
    file.chmod(0o444)
    public.chmod(folder_mode)
    done = subprocess.run(
        [sys.executable, "-c", _READER, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if other is not None:
        other.close()

    assert done.stderr == ""
    counts, sentence = done.stdout.splitlines()
    assert counts == "2 2"
    assert "read-only" in sentence
    assert "Nothing was changed" in sentence


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of 1 MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small file system can only be mounted by the administrator")
    return folder


@pytest.fixture(autouse=True)
def unmounted(tmp_path: Path) -> Iterator[None]:
    yield
    if (tmp_path / "small").is_mount():
        subprocess.run(["umount", "-l", str(tmp_path / "small")], check=False)


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    long = policy(
        "长文", "\n".join(f"第{n}段说明社会工作服务的安排，" + "内" * 200 for n in range(900))
    )
    with Catalog(small_disk / "catalog.sqlite3") as catalog:
        put(catalog, GANSU, EMBEDDER)
        generation = catalog.generation
        with pytest.raises(CatalogError) as caught, catalog.transaction():
            write(catalog, long, EMBEDDER, facts=False)
        assert "磁盘已满" in caught.value.message("zh")
        assert "Nothing was changed" in caught.value.message("en")
        assert catalog.generation == generation
        # Still usable, by this connection and by the next.
        assert [d.id for d in catalog.documents()] == [GANSU.id]
        put(catalog, YUNNAN, EMBEDDER)
    with Catalog(small_disk / "catalog.sqlite3") as catalog:
        catalog.check()
        assert len(catalog.documents()) == 2


def test_a_catalogue_locked_for_too_long_is_told_and_unchanged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.catalog_file.BUSY_SECONDS", 0.05)
    with Catalog(path) as writer, Catalog(path) as second:
        with writer.transaction():
            with pytest.raises(CatalogError) as caught:
                second.remove_document(GANSU.id)
            # Readers do not wait for it.
            assert len(second.documents()) == 2
        assert "另一个进程" in caught.value.message("zh")
        assert second.remove_document(GANSU.id) is True
