"""A writer that is killed at any moment loses nothing that it had said was safe."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock
from tests.fakes import HashEmbedder

KILLS = 30
DOCUMENTS = 240


def write_documents(folder: Path) -> None:
    folder.mkdir()
    for number in range(DOCUMENTS):
        (folder / f"{number:03d}.txt").write_text(
            f"第{number}号社工站管理办法\n\n第{number}号社工站配备社工{number}名，经费列入预算。\n",
            "utf-8",
        )


def start(home: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.durability.writer", str(home), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def kill_at_random(writer: subprocess.Popen[str], moment: random.Random) -> int:
    """Kill the writer after a random number of its messages and a random moment more.

    Returns how many documents it had called safe.
    """
    safe, wanted = 0, moment.randint(1, 14)
    assert writer.stdout is not None
    for line in writer.stdout:
        safe = int(line)
        wanted -= 1
        if wanted <= 0:
            break
    # Into the next commit, or into the building of the indexes.
    with suppress(subprocess.TimeoutExpired):
        writer.wait(timeout=moment.random() * 0.4)
    writer.kill()
    rest = writer.stdout.read().split()
    writer.wait()
    return max([safe, *map(int, rest)])


def test_thirty_kills_lose_nothing_and_need_no_hand(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "inputs"
    write_documents(folder)
    moment = random.Random(20261124)
    for _ in range(KILLS):
        safe = kill_at_random(start(home, folder), moment)
        if not catalog_path(home).exists():
            assert safe == 0
            continue
        with Catalog(catalog_path(home)) as catalog:
            documents = catalog.documents()
            assert len(documents) >= safe
            assert len({document.source for document in documents}) == len(documents)
            # What every start of the program does.
            with writer_lock(home, "test", wait_seconds=10):
                SearchIndex(index_folder(home)).synchronise(catalog)
            assert SearchIndex(index_folder(home)).check(catalog).in_step
        if documents:
            retriever = HybridRetriever(catalog_path(home), index_folder(home), HashEmbedder())
            assert retriever.retrieve(SearchQuery("社工站的经费"), 3)

    report = ingest([str(folder)], home, HashEmbedder())
    with Catalog(catalog_path(home)) as catalog:
        assert len(catalog.documents()) == DOCUMENTS
        assert SearchIndex(index_folder(home)).check(catalog).in_step
    assert not report.failed


def test_two_writers_at_once_do_not_mix(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "inputs"
    write_documents(folder)
    first, second = start(home, folder), start(home, folder)
    first.communicate()
    second.communicate()
    # One held the library, the other was told so, or waited for the first to be done.
    assert 0 in (first.returncode, second.returncode)
    assert not FileLock(home / "writer.lock").is_locked
    with Catalog(catalog_path(home)) as catalog:
        assert len(catalog.documents()) == DOCUMENTS
        assert SearchIndex(index_folder(home)).check(catalog).in_step
