from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import SearchIndexError
from knowledge.ingestion import ingest
from knowledge.reading_copy import ReadingCopy
from knowledge.search_index import SearchIndex
from knowledge.vector_file import SMALL
from tests.knowledge.conftest import LINJIANG, NATIONAL, Home


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(params=[SMALL, 0], ids=["small", "large"])
def filled(home: Home, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Home:
    # A large library is searched by Chroma, which writes where it reads.
    monkeypatch.setattr("knowledge.search_index.SMALL", request.param)
    ingest([home.write("a.md", LINJIANG), home.write("n.md", NATIONAL)], home.folder, home.embedder)
    return home


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_reader_changes_nothing_in_the_library(filled: Home) -> None:
    before = state(filled.index)
    _, dense, lexical, _ = SearchIndex(filled.index).open()
    dense.search(filled.embedder.embed_query("社工站"), 5)
    lexical.search(["社工"], 5)
    dense.keys()
    del dense, lexical
    gc.collect()
    assert state(filled.index) == before


def test_a_reader_goes_on_when_the_folder_is_gone(filled: Home) -> None:
    _, dense, lexical, _ = SearchIndex(filled.index).open()
    query = filled.embedder.embed_query("社工站")
    before = dense.search(query, 5)[0], lexical.search(["社工"], 5)[0]
    shutil.rmtree(filled.index)
    assert np.array_equal(dense.search(query, 5)[0], before[0])
    assert np.array_equal(lexical.search(["社工"], 5)[0], before[1])
    assert len(dense.keys()) == dense.size


def test_the_copy_goes_with_its_reader(filled: Home, temporary: Path) -> None:
    index = SearchIndex(filled.index)
    opened = index.open()
    assert len(list(temporary.iterdir())) == 1
    # One copy for each folder, however often it is opened.
    assert index.open() == opened
    assert len(list(temporary.iterdir())) == 1
    del index, opened
    gc.collect()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be asked after")
def test_what_a_killed_reader_left_is_swept(filled: Home, temporary: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = temporary / f"policy-assistant-index-{ended.pid}-abc"
    foreign = temporary / "policy-assistant-index-of-somebody"
    mine = temporary / f"policy-assistant-index-{os.getpid()}-abc"
    for folder in (left, foreign, mine):
        folder.mkdir()
    SearchIndex(filled.index).open()
    assert not left.exists()
    assert foreign.exists()
    assert mine.exists()


def test_a_folder_that_cannot_be_copied_says_what_to_do(tmp_path: Path, temporary: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "dangling.json").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SearchIndexError) as caught:
        ReadingCopy(source)
    assert "index rebuild" in caught.value.message("zh")
    assert "index rebuild" in caught.value.message("en")
    assert list(temporary.iterdir()) == []
