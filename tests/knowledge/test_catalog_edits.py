from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.documents import content_hash
from knowledge.ingestion import embedded_text
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, ORDINANCE_2026, STATIONS, keys, policy, put

EMBEDDER = HashEmbedder()
GANSU = policy("甘肃省社会工作条例", ORDINANCE, region="甘肃", issuers=("甘肃省民政厅",))
GANSU_2026 = policy("甘肃省社会工作条例", ORDINANCE_2026, region="甘肃", issuers=("甘肃省民政厅",))
YUNNAN = policy("云南省乡镇社工站办法", STATIONS, region="云南")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "catalog.sqlite3") as opened:
        put(opened, GANSU, EMBEDDER)
        put(opened, YUNNAN, EMBEDDER)
        yield opened


def test_an_edit_is_what_every_reader_sees(catalog: Catalog) -> None:
    generation = catalog.generation
    catalog.edit_metadata(GANSU.id, {"region": "青海", "issuers": ("青海省民政厅", "青海省财政厅")})

    document = catalog.document(GANSU.id)
    assert document is not None
    assert document.region == "青海"
    assert document.issuers == ("青海省民政厅", "青海省财政厅")
    assert document.text == ORDINANCE
    assert [d.region for d in catalog.documents()] == ["青海", "云南"]
    assert {fact.region for fact in catalog.facts()} == {"青海", "云南"}
    assert catalog.facts(region="甘肃") == ()
    assert catalog.facts("funding", "青海")
    assert catalog.generation > generation
    # Nothing that is searched has changed.
    assert catalog.changes_since(generation).added == ()
    assert catalog.found(GANSU.id) == {"region": "甘肃", "issuers": ("甘肃省民政厅",)}
    assert set(catalog.edits(GANSU.id)) == {"region", "issuers"}
    assert catalog.edits(YUNNAN.id) == {}


def test_an_edit_survives_new_versions_of_the_source(catalog: Catalog) -> None:
    first = catalog.versions()[0].version
    catalog.edit_metadata(GANSU.id, {"region": "青海"})
    put(catalog, replace(GANSU_2026, document_number="甘民发〔2026〕1号"), EMBEDDER)

    document = catalog.document(GANSU.id)
    assert document is not None
    assert (document.region, document.text) == ("青海", ORDINANCE_2026)
    assert document.document_number == "甘民发〔2026〕1号"
    assert catalog.found(GANSU.id) == {"region": "甘肃"}
    assert catalog.found(GANSU.id, first) == {"region": "甘肃"}


def test_an_edit_survives_removal_and_the_same_content_coming_back(catalog: Catalog) -> None:
    catalog.edit_metadata(GANSU.id, {"title": "改过的标题"})
    catalog.remove_document(GANSU.id)
    put(catalog, GANSU, EMBEDDER)

    document = catalog.document(GANSU.id)
    assert document is not None
    assert document.title == "改过的标题"


def test_an_edit_stands_against_metadata_that_the_source_corrects(catalog: Catalog) -> None:
    catalog.edit_metadata(GANSU.id, {"region": "青海"})
    generation = catalog.generation
    assert catalog.update_metadata(GANSU) is False
    assert catalog.generation == generation

    corrected = replace(GANSU, region="宁夏", document_number="宁民发〔2024〕2号")
    assert catalog.update_metadata(corrected) is True

    document = catalog.document(GANSU.id)
    assert document is not None
    assert (document.region, document.document_number) == ("青海", "宁民发〔2024〕2号")
    catalog.reset_metadata(GANSU.id, ("region",))
    document = catalog.document(GANSU.id)
    assert document is not None
    assert document.region == "宁夏"


def test_a_reset_brings_back_what_the_source_says(catalog: Catalog) -> None:
    before = catalog.document(GANSU.id)
    catalog.edit_metadata(GANSU.id, {"title": "甲", "effective_until": date(2020, 1, 31)})
    edited = catalog.document(GANSU.id)
    assert edited is not None
    # A status that follows from the dates follows the edited ones.
    assert edited.status == "lapsed"

    catalog.reset_metadata(GANSU.id, ("effective_until",))
    half = catalog.document(GANSU.id)
    assert half is not None
    assert (half.title, half.effective_until, half.status) == ("甲", None, "unknown")

    catalog.reset_metadata(GANSU.id, ("title", "region"))
    assert catalog.document(GANSU.id) == before
    assert catalog.found(GANSU.id) == {}


def test_a_field_can_be_emptied(catalog: Catalog) -> None:
    catalog.edit_metadata(GANSU.id, {"region": None, "issuers": ()})
    document = catalog.document(GANSU.id)
    assert document is not None
    assert (document.region, document.issuers) == (None, ())
    put(catalog, GANSU_2026, EMBEDDER)
    document = catalog.document(GANSU.id)
    assert document is not None
    assert (document.region, document.issuers) == (None, ())


def test_passages_are_searched_by_an_edited_title(catalog: Catalog) -> None:
    generation = catalog.generation
    number = catalog.history(GANSU.id)[0].version
    catalog.edit_metadata(GANSU.id, {"title": "甘肃社工条例（暂行）"})

    passages = catalog.passages_of(GANSU.id)
    assert all(p.text_for_search.startswith("甘肃社工条例（暂行）\n") for p in passages)
    change = catalog.changes_since(generation)
    # An index takes the old words out and the new ones in.
    assert change.added == change.removed == catalog.keys_of_version(number)
    assert set(catalog.changes_since(0).added) == set(keys(catalog))
    assert catalog.changes_since(0).removed == ()


def test_a_document_edited_and_removed_before_the_index_followed_is_taken_out(
    catalog: Catalog,
) -> None:
    generation = catalog.generation
    gone = catalog.keys_of_version(catalog.history(GANSU.id)[0].version)
    catalog.edit_metadata(GANSU.id, {"title": "甲"})
    catalog.remove_document(GANSU.id)

    change = catalog.changes_since(generation)
    assert (change.added, change.removed) == ((), gone)


def test_passages_are_pointed_to_the_vectors_of_their_new_title(catalog: Catalog) -> None:
    catalog.edit_metadata(GANSU.id, {"title": "甲"})
    texts = [embedded_text(passage) for passage in catalog.passages_of(GANSU.id)]
    digests = [content_hash(text) for text in texts]
    with catalog.transaction():
        catalog.add_vectors(zip(digests, EMBEDDER.embed_passages(texts), strict=True))
        catalog.use_vectors(GANSU.id, digests)

    number = catalog.history(GANSU.id)[0].version
    vectors = catalog.vectors(catalog.keys_of_version(number))
    for text, vector in zip(texts, vectors.values(), strict=True):
        assert float(vector @ EMBEDDER.embed_query(text)) > 0.999


def test_edits_in_a_failed_transaction_leave_nothing(catalog: Catalog) -> None:
    before = (catalog.document(GANSU.id), catalog.generation)
    with pytest.raises(RuntimeError), catalog.transaction():
        catalog.edit_metadata(GANSU.id, {"region": "青海"})
        raise RuntimeError
    assert (catalog.document(GANSU.id), catalog.generation) == before
    assert catalog.edits(GANSU.id) == {}


def test_changed_passages_are_counted(catalog: Catalog) -> None:
    put(catalog, GANSU_2026, EMBEDDER)
    old, new = (info.version for info in catalog.history(GANSU.id))
    assert catalog.changed_passages(new, old) == (1, 1)
    assert catalog.changed_passages(new, new) == (0, 0)
