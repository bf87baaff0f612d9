"""A backup back in place, with readers at work, and whatever may go wrong on the way."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.backup import BackupError, back_up, read_manifest
from knowledge.catalog import Catalog
from knowledge.errors import CatalogLockedError, KnowledgeError, ModelMismatchError
from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.restore import restore
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock
from tests.fakes import HashEmbedder
from tests.policies import NATIONAL, ORDINANCE, STATIONS, files, policy, put

ROOT = Path(__file__).parents[2]
EMBEDDER = HashEmbedder()
MODEL = EMBEDDER.fingerprint
FUNDS, STATION, VOLUNTEERS = (
    "社会工作专项资金八百万元",
    "每个站点每年补助十五万元",
    "志愿服务记录制度",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that has gone on since its backup `library.zip`."""
    folder = tmp_path_factory.mktemp("made")
    home = folder / "home"
    sources = files(folder / "in", {"甘肃.md": ORDINANCE, "云南.md": STATIONS, "全国.md": NATIONAL})
    ingest(sources[:2], home, EMBEDDER)
    back_up(catalog_path(home), folder / "library.zip")
    ingest(sources[2:], home, EMBEDDER)
    with Catalog(catalog_path(home)) as catalog:
        catalog.remove_document(catalog.documents()[0].id)
        SearchIndex(index_folder(home)).synchronise(catalog)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "home", tmp_path / "home"))


@pytest.fixture
def backup(made: Path) -> Path:
    return made / "library.zip"


def retriever(home: Path) -> HybridRetriever:
    return HybridRetriever(catalog_path(home), index_folder(home), EMBEDDER)


def finds(searcher: HybridRetriever, words: str) -> bool:
    found = searcher.retrieve(SearchQuery(words), 3)
    return any(words in result.passage.text for result in found)


def state(home: Path) -> tuple[object, ...]:
    with Catalog(catalog_path(home)) as catalog:
        in_step = SearchIndex(index_folder(home)).check(catalog).in_step
        return catalog.versions(), catalog.generation, catalog.facts(), in_step


def test_the_library_is_again_what_it_was(home: Path, backup: Path) -> None:
    restored = restore(backup, home, MODEL)

    searcher = retriever(home)
    assert finds(searcher, FUNDS)
    assert finds(searcher, STATION)
    assert not finds(searcher, VOLUNTEERS)
    with Catalog(catalog_path(home)) as catalog:
        assert SearchIndex(index_folder(home)).check(catalog).in_step
        assert catalog.generation == restored.generation
        catalog.check()
    assert not list(home.glob(".*partial"))


def test_the_former_library_is_kept_as_a_backup(home: Path, backup: Path) -> None:
    former = restore(backup, home, MODEL).former

    assert former is not None
    assert former.parent == home
    again = restore(former, home, MODEL)
    assert again.former is not None
    searcher = retriever(home)
    assert finds(searcher, VOLUNTEERS)
    assert not finds(searcher, FUNDS)
    assert state(home)[-1] is True


def test_a_running_retriever_follows(home: Path, backup: Path) -> None:
    searcher = retriever(home)
    assert finds(searcher, VOLUNTEERS)
    assert not finds(searcher, FUNDS)

    restore(backup, home, MODEL)

    assert finds(searcher, FUNDS)
    assert not finds(searcher, VOLUNTEERS)


def test_readers_at_work_meet_no_error_and_no_mixture(home: Path, backup: Path) -> None:
    searcher, stop, problems, rounds = retriever(home), threading.Event(), [], []

    def read_on() -> None:
        while not stop.is_set():
            try:
                found = searcher.retrieve(SearchQuery(STATION), 3)
                for result in found:
                    document = searcher.snapshot().catalog.document(result.passage.document_id)
                    passage = result.passage
                    if document is not None:
                        assert document.text[passage.start_char : passage.end_char] == passage.text
                rounds.append(len(found))
            except Exception as error:
                problems.append(error)
                return

    readers = [threading.Thread(target=read_on) for _ in range(2)]
    for reader in readers:
        reader.start()
    restore(backup, home, MODEL)
    restore(backup, home, MODEL)
    stop.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert len(rounds) > 10
    assert finds(searcher, FUNDS)


def test_a_reader_in_the_middle_of_its_reading_keeps_its_state(home: Path, backup: Path) -> None:
    with closing(sqlite3.connect(catalog_path(home), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        count = "SELECT count(*) FROM version WHERE removed = 0"
        before = reader.execute(count).fetchone()
        restore(backup, home, MODEL)
        assert reader.execute(count).fetchone() == before
        reader.execute("COMMIT")
        assert reader.execute(count).fetchone() == (2,)


def test_the_library_goes_on_after_it(home: Path, backup: Path, tmp_path: Path) -> None:
    restore(backup, home, MODEL)
    embedder = HashEmbedder()
    source = files(tmp_path / "in", {"全国.md": NATIONAL})

    report = ingest(source, home, embedder)

    assert report.count("added") == 1
    assert finds(retriever(home), VOLUNTEERS)
    assert state(home)[-1] is True


def test_an_empty_home_is_filled(tmp_path: Path, backup: Path) -> None:
    home = tmp_path / "new"
    restored = restore(backup, home, MODEL)
    assert restored.former is None
    assert finds(retriever(home), FUNDS)
    assert state(home)[-1] is True


def test_a_damaged_library_is_replaced_and_kept(home: Path, backup: Path) -> None:
    damaged = b"no database at all" * 1000
    catalog_path(home).write_bytes(damaged)

    former = restore(backup, home, MODEL).former

    assert former is not None
    assert former.read_bytes() == damaged
    assert finds(retriever(home), FUNDS)
    assert state(home)[-1] is True


def test_no_passage_has_the_key_of_another_one_before(home: Path, backup: Path) -> None:
    with Catalog(catalog_path(home)) as catalog:
        before = set(catalog.passage_versions()[0].tolist())
    restore(backup, home, MODEL)
    with Catalog(catalog_path(home)) as catalog:
        first = set(catalog.passage_versions()[0].tolist())
    restore(backup, home, MODEL)
    with Catalog(catalog_path(home)) as catalog:
        assert not set(catalog.passage_versions()[0].tolist()) & (first | before)
        assert not first & before


# What is refused ----------------------------------------------------------------------------


def _with_catalog(backup: Path, target: Path, change: str) -> Path:
    """A well-formed backup whose catalogue was changed by hand."""
    work = target.with_suffix(".sqlite3")
    with zipfile.ZipFile(backup) as archive:
        work.write_bytes(archive.read("catalog.sqlite3"))
    with closing(sqlite3.connect(work)) as raw, raw:
        raw.executescript(change)
    back_up(work, target)
    return target


def test_a_catalogue_with_a_trigger_is_foreign(home: Path, backup: Path, tmp_path: Path) -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON meta BEGIN UPDATE version SET title = 'x'; END;"
    before = state(home)
    with pytest.raises(BackupError):
        restore(_with_catalog(backup, tmp_path / "t.zip", trigger), home, MODEL)
    assert state(home) == before


def test_another_model_is_refused(home: Path, backup: Path) -> None:
    before = state(home)
    with pytest.raises(ModelMismatchError) as caught:
        restore(backup, home, "another-model")
    assert MODEL in caught.value.message("zh")
    assert state(home) == before
    assert not list(home.glob("before-restore*"))


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_damaged_backup_changes_nothing(
    home: Path, backup: Path, tmp_path: Path, place: float
) -> None:
    content = bytearray(backup.read_bytes())
    content[int(len(content) * place)] ^= 0xFF
    (tmp_path / "bad.zip").write_bytes(content)
    before = state(home)
    with pytest.raises(BackupError):
        restore(tmp_path / "bad.zip", home, MODEL)
    assert state(home) == before
    assert not list(home.glob(".*partial"))


def test_while_another_process_writes_it_waits_its_turn(home: Path, backup: Path) -> None:
    before = state(home)
    with writer_lock(home, "ingest"), pytest.raises(CatalogLockedError) as caught:
        restore(backup, home, MODEL)
    assert "ingest" in caught.value.message("zh")
    assert state(home) == before


# Interruptions ------------------------------------------------------------------------------


_KILLED = (
    "import os, signal, sys; from pathlib import Path; import knowledge.restore as restoring\n"
    "def killed(*_, **__): os.kill(os.getpid(), signal.SIGKILL)\n"
    "kept, name = restoring, sys.argv[1]\n"
    "*owners, name = name.split('.')\n"
    "for owner in owners: kept = getattr(kept, owner)\n"
    "setattr(kept, name, killed)\n"
    "restoring.restore(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])\n"
)


@pytest.mark.parametrize("moment", ["give_new_numbers", "_put_in_place", "_RestoredIndex.adopt"])
def test_killed_at_any_step_the_library_is_the_former_or_the_new_one(
    moment: str, home: Path, backup: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, moment, str(backup), str(home), MODEL],
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == -9
    with Catalog(catalog_path(home)) as catalog:
        catalog.check()
        # What every start of the program does.
        SearchIndex(index_folder(home)).synchronise(catalog)
    is_new = moment == "_RestoredIndex.adopt"
    assert finds(retriever(home), FUNDS) is is_new
    assert finds(retriever(home), VOLUNTEERS) is not is_new
    assert state(home)[-1] is True
    # And a second try succeeds.
    restore(backup, home, MODEL)
    assert finds(retriever(home), FUNDS)
    assert not list(home.glob(".*partial"))


@pytest.mark.parametrize("free", [0.2, 1.0, 4.0, 7.0, 9.0, 12.0])
def test_a_full_disk_loses_nothing(made: Path, backup: Path, tmp_path: Path, free: float) -> None:
    small, home = tmp_path / "small", made / "home"
    used = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    size = used + int(free * read_manifest(backup).size) + (200 << 10)
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can only be mounted by the administrator")
    try:
        shutil.copytree(home, small / "home")
        before = state(small / "home")
        try:
            restore(backup, small / "home", MODEL)
        except KnowledgeError as error:
            assert error.message("zh")
            assert state(small / "home") == before
            assert not list((small / "home").glob("before-restore*"))
        else:
            assert finds(retriever(small / "home"), FUNDS)
        assert state(small / "home")[-1] is True
        with Catalog(catalog_path(small / "home")) as catalog:
            catalog.check()
    finally:
        subprocess.run(["umount", "-l", str(small)], check=False)


def test_a_library_emptied_of_documents_can_be_backed_up_and_restored(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Catalog(catalog_path(home)) as catalog:
        catalog.use_model(MODEL)
    back_up(catalog_path(home), tmp_path / "empty.zip")
    with Catalog(catalog_path(home)) as catalog:
        put(catalog, policy("甲", ORDINANCE), EMBEDDER)
        SearchIndex(index_folder(home)).synchronise(catalog)
    restore(tmp_path / "empty.zip", home, MODEL)
    assert state(home)[0] == ()
    assert state(home)[-1] is True
