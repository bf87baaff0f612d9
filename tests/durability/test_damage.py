"""Damaged or lost indexes are mended by the next start, without a hand and without embedding."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.factory import prepare_home
from assistant.settings import Settings
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.search_index import SearchIndex
from tests.durability.program import filled_home
from tests.fakes import HashEmbedder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_home(tmp_path_factory.mktemp("built"), range(1, 13))


def largest(index: Path, pattern: str) -> Path:
    current = index / (index / "CURRENT").read_text("utf-8")
    return max(current.glob(pattern), key=lambda path: path.stat().st_size)


def garble(path: Path) -> None:
    """Other bytes from the middle on, as many as before."""
    held = path.read_bytes()
    half = len(held) // 2
    path.write_bytes(held[:half] + bytes(255 - byte for byte in held[half:]))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGE: dict[str, Callable[[Path], object]] = {
    "the index folder deleted": lambda index: shutil.rmtree(index),
    "Chroma's database garbled": lambda index: garble(largest(index, "dense/chroma.sqlite3")),
    "Chroma's vectors truncated": lambda index: truncate(largest(index, "dense/**/*.bin")),
    "Tantivy's terms garbled": lambda index: garble(largest(index, "lexical/*.term")),
    "Tantivy's list of segments truncated": lambda index: truncate(
        largest(index, "lexical/meta.json")
    ),
    "the pointer garbled": lambda index: garble(index / "CURRENT"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_next_start_mends_it(built: Path, tmp_path: Path, damage: str) -> None:
    home = Path(shutil.copytree(built, tmp_path / "home"))
    DAMAGE[damage](index_folder(home))

    embedder = HashEmbedder()
    prepare_home(Settings(home=home, starter=False), embedder, lambda notice: None)

    with Catalog(catalog_path(home)) as catalog:
        assert SearchIndex(index_folder(home)).check(catalog).in_step
    retriever = HybridRetriever(catalog_path(home), index_folder(home), embedder)
    found = retriever.retrieve(SearchQuery("第3号社工站的经费"), 20)
    assert any("第3号" in one.passage.text for one in found)
    assert embedder.texts_embedded == 0


def test_a_reader_goes_on_when_its_index_is_deleted(built: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(built, tmp_path / "home"))
    retriever = HybridRetriever(catalog_path(home), index_folder(home), HashEmbedder())
    before = retriever.retrieve(SearchQuery("第3号社工站的经费"), 3)

    shutil.rmtree(index_folder(home))

    assert retriever.retrieve(SearchQuery("第3号社工站的经费"), 3) == before
