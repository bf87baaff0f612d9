from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.edited_document import EditReport, edit_document
from knowledge.embedding import Embedder
from knowledge.errors import CatalogLockedError
from knowledge.ingestion import catalog_path, embedded_text, index_folder, ingest
from knowledge.metadata_edits import MetadataError
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, ORDINANCE_2026, files

EMBEDDER = HashEmbedder()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    ingest(files(tmp_path / "in", {"甘肃条例.md": ORDINANCE}), tmp_path / "home", EMBEDDER)
    return tmp_path / "home"


def no_embedder() -> Embedder:
    raise AssertionError("nothing needs to be embedded")


def only_document(home: Path) -> str:
    with Catalog(catalog_path(home)) as catalog:
        return catalog.documents()[0].id


def edit(home: Path, *resets: str, **changes: str) -> EditReport:
    report = edit_document(home, only_document(home), changes, resets, lambda: EMBEDDER)
    assert report is not None
    return report


def test_a_retitled_document_is_found_by_its_new_title_only(home: Path) -> None:
    retriever = HybridRetriever(catalog_path(home), index_folder(home), EMBEDDER)
    before = retriever.retrieve(SearchQuery("鲲鹏"), 5)[0]

    report = edit(home, title="鲲鹏计划实施办法")

    assert report.embedded == len(retriever.retrieve(SearchQuery("条例"), 50)) > 0
    assert report.document.title == "鲲鹏计划实施办法"
    after = retriever.retrieve(SearchQuery("鲲鹏"), 5)[0]
    assert after.passage.text_for_search.startswith("鲲鹏计划实施办法\n")
    assert (after.similarity or 0) > (before.similarity or 0)
    vector = EMBEDDER.embed_query(embedded_text(after.passage))
    with Catalog(catalog_path(home)) as catalog:
        stored = catalog.vectors(catalog.passage_versions()[0].tolist()).values()
        assert max(float(one @ vector) for one in stored) > 0.999
        assert SearchIndex(index_folder(home)).check(catalog).in_step


def test_a_title_taken_back_needs_no_new_vectors(home: Path) -> None:
    with Catalog(catalog_path(home)) as catalog:
        title = catalog.documents()[0].title
    edit(home, title="鲲鹏计划实施办法")
    report = edit(home, "title")
    assert report.embedded == 0
    assert report.document.title == title
    with Catalog(catalog_path(home)) as catalog:
        assert SearchIndex(index_folder(home)).check(catalog).in_step
        stored = catalog.vectors(catalog.passage_versions()[0].tolist()).values()
        passages = catalog.passages_of(report.document.id)
    for one, passage in zip(stored, passages, strict=True):
        assert float(one @ EMBEDDER.embed_query(embedded_text(passage))) > 0.999


def test_other_fields_ask_for_no_embedder(home: Path) -> None:
    number = only_document(home)
    report = edit_document(home, number, {"region": "青海"}, (), no_embedder)
    assert report is not None
    assert (report.document.region, report.embedded) == ("青海", 0)
    with Catalog(catalog_path(home)) as catalog:
        assert SearchIndex(index_folder(home)).check(catalog).in_step


def test_an_edit_outlives_the_file_it_belongs_to(home: Path, tmp_path: Path) -> None:
    edit(home, region="青海", title="鲲鹏计划实施办法")
    source = files(tmp_path / "in", {"甘肃条例.md": ORDINANCE_2026})

    ingest(source, home, EMBEDDER)
    report = ingest(source, home, EMBEDDER)

    assert report.count("unchanged") == 1
    with Catalog(catalog_path(home)) as catalog:
        document = catalog.documents()[0]
        assert (document.region, document.title) == ("青海", "鲲鹏计划实施办法")
        assert len(catalog.history(document.id)) == 2
        assert all("鲲鹏" in p.text_for_search for p in catalog.passages_of(document.id))
        assert SearchIndex(index_folder(home)).check(catalog).in_step


def test_dates_that_contradict_each_other_change_nothing(home: Path) -> None:
    number = only_document(home)
    changes = {"effective_from": date(2024, 1, 1), "effective_until": date(2023, 1, 1)}
    with pytest.raises(MetadataError):
        edit_document(home, number, changes, (), no_embedder)
    with Catalog(catalog_path(home)) as catalog:
        assert catalog.edits(number) == {}
        assert catalog.documents()[0].effective_from is None


def test_an_unknown_document_is_none(home: Path) -> None:
    assert edit_document(home, "nothing", {"region": "青海"}, (), no_embedder) is None


def test_while_another_process_writes_the_edit_is_refused(home: Path) -> None:
    with writer_lock(home, "ingest"), pytest.raises(CatalogLockedError):
        edit(home, region="青海")
