from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.errors import SearchIndexError
from knowledge.ingestion import ingest
from knowledge.retrieval import SearchQuery
from knowledge.search_index import SearchIndex
from tests.knowledge.conftest import LINJIANG, NATIONAL, Home


@pytest.fixture
def filled(home: Home) -> Home:
    ingest([home.write("a.md", LINJIANG), home.write("n.md", NATIONAL)], home.folder, home.embedder)
    return home


def current(home: Home) -> Path:
    return home.index / (home.index / "CURRENT").read_text("utf-8")


def mended(home: Home) -> bool:
    """True if a synchronisation brings both indexes in step, without embedding anything."""
    embedded = home.embedder.texts_embedded
    with Catalog(home.catalog) as catalog:
        index = SearchIndex(home.index)
        index.synchronise(catalog)
        return index.check(catalog).in_step and home.embedder.texts_embedded == embedded


def test_both_indexes_hold_what_the_catalogue_holds(filled: Home) -> None:
    with Catalog(filled.catalog) as catalog:
        state = SearchIndex(filled.index).check(catalog)
    assert state.in_step
    assert state.catalog_passages == state.dense_passages == state.lexical_passages > 0


def test_a_deleted_index_folder_is_rebuilt_from_the_catalogue(filled: Home) -> None:
    shutil.rmtree(filled.index)
    assert mended(filled)


@pytest.mark.parametrize("pattern", ["dense/**/*.bin", "lexical/*.idx", "lexical/*.store"])
def test_a_truncated_index_file_is_noticed_and_rebuilt(filled: Home, pattern: str) -> None:
    damaged = max(current(filled).glob(pattern), key=lambda path: path.stat().st_size)
    damaged.write_bytes(damaged.read_bytes()[: damaged.stat().st_size // 2])

    with pytest.raises(SearchIndexError):
        SearchIndex(filled.index).open()
    assert mended(filled)


def test_a_missing_index_file_is_noticed_and_rebuilt(filled: Home) -> None:
    next(current(filled).glob("lexical/*.term")).unlink()
    assert mended(filled)


@pytest.mark.parametrize("text", ["", "nowhere", "../.."])
def test_a_current_file_that_names_nothing_is_noticed(filled: Home, text: str) -> None:
    (filled.index / "CURRENT").write_text(text, "utf-8")
    assert mended(filled)


def test_the_remains_of_a_killed_build_are_cleared(filled: Home) -> None:
    left = filled.index / "g00000099-1-0"
    left.mkdir()
    (left / "half").write_text("x", "utf-8")
    ingest([filled.write("a.md", LINJIANG.replace("三名", "五名"))], filled.folder, filled.embedder)

    assert not left.exists()


def test_a_reader_follows_and_never_sees_a_removed_document(filled: Home) -> None:
    retriever = filled.retriever()
    query = SearchQuery("社工站的经费")
    found = retriever.retrieve(query, 5)
    assert found[0].passage.title == "临江市社工站管理办法"

    with Catalog(filled.catalog) as catalog:
        catalog.remove_document(found[0].passage.document_id)
        # Even before the indexes follow.
        titles = {result.passage.title for result in retriever.retrieve(query, 5)}
        assert "临江市社工站管理办法" not in titles
        SearchIndex(filled.index).synchronise(catalog)
        assert SearchIndex(filled.index).check(catalog).in_step
