from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalog import Catalog
from knowledge.catalog_schema import SCHEMA_VERSION
from knowledge.documents import content_hash
from knowledge.errors import CatalogError, ModelMismatchError
from knowledge.ingestion import embedded_text
from knowledge.passages import split_document
from tests.fakes import HashEmbedder
from tests.policies import NATIONAL, ORDINANCE, ORDINANCE_2026, STATIONS, keys, policy, put, write

EMBEDDER = HashEmbedder()
GANSU = policy("甘肃省社会工作条例", ORDINANCE, region="甘肃")
GANSU_2026 = policy("甘肃省社会工作条例", ORDINANCE_2026, region="甘肃")
YUNNAN = policy("云南省乡镇社工站办法", STATIONS, region="云南")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "home" / "catalog.sqlite3") as opened:
        yield opened


def test_a_failed_transaction_leaves_nothing(catalog: Catalog) -> None:
    put(catalog, YUNNAN, EMBEDDER)
    before = (catalog.generation, keys(catalog), catalog.facts())

    with pytest.raises(RuntimeError), catalog.transaction():
        write(catalog, GANSU, EMBEDDER)
        raise RuntimeError("the embedder broke")

    assert (catalog.generation, keys(catalog), catalog.facts()) == before
    assert catalog.document(GANSU.id) is None
    digests = [content_hash(embedded_text(passage)) for passage in split_document(GANSU)]
    assert catalog.known_vectors(digests) == set()
    # The catalogue goes on working.
    put(catalog, GANSU, EMBEDDER)
    assert [document.id for document in catalog.documents()] == [YUNNAN.id, GANSU.id]


def test_a_passage_without_a_vector_is_refused_whole(catalog: Catalog) -> None:
    passages = split_document(GANSU)

    with pytest.raises(CatalogError) as caught, catalog.transaction():
        catalog.add_document(GANSU, passages, ["no such digest"] * len(passages))

    assert catalog.documents() == ()
    assert catalog.count() == 0
    assert "没有写入任何内容" in caught.value.message("zh")
    assert "nothing was changed" in caught.value.message("en")


def test_a_writer_killed_in_the_middle_leaves_the_state_before(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog(path) as catalog:
        put(catalog, YUNNAN, EMBEDDER)
    program = (
        "import os, signal, sys; from pathlib import Path; from knowledge.catalog import Catalog\n"
        "from tests.fakes import HashEmbedder; from tests.policies import *\n"
        "catalog = Catalog(Path(sys.argv[1]))\n"
        "with catalog.transaction():\n"
        "    write(catalog, policy('甲', ORDINANCE), HashEmbedder())\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )

    killed = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=Path(__file__).parents[2], check=False
    )

    assert killed.returncode == -signal.SIGKILL
    with Catalog(path) as catalog:
        assert [document.id for document in catalog.documents()] == [YUNNAN.id]
        put(catalog, GANSU, EMBEDDER)
        assert len(catalog.documents()) == 2


def test_a_reader_sees_nothing_of_a_transaction_before_it_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog(path) as writer, Catalog(path) as reader:
        seen = reader.data_version
        with writer.transaction():
            write(writer, GANSU, EMBEDDER)
            assert reader.documents() == ()
            assert reader.data_version == seen
        assert [document.id for document in reader.documents()] == [GANSU.id]
        assert reader.data_version != seen


def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog(path) as catalog:
        passages = put(catalog, GANSU, EMBEDDER)
        facts = catalog.facts()

    with Catalog(path) as catalog:
        assert catalog.document(GANSU.id) == GANSU
        assert catalog.passages_of(GANSU.id) == passages
        assert catalog.facts() == facts
        vector = next(iter(catalog.vectors(keys(catalog)).values()))
        assert float(vector @ EMBEDDER.embed_query(embedded_text(passages[0]))) > 0.999


def test_a_second_version_takes_over_and_the_first_stays_readable(catalog: Catalog) -> None:
    put(catalog, GANSU, EMBEDDER)
    first = catalog.versions()[0].version
    first_keys = catalog.keys_of_version(first)
    put(catalog, GANSU_2026, EMBEDDER)

    assert catalog.document(GANSU.id) == GANSU_2026
    assert catalog.document(GANSU.id, version=first) == GANSU
    assert catalog.excerpt(GANSU.id, 0, 7, version=first) == ORDINANCE[:7]
    assert "八百万元" in "".join(p.text for p in catalog.passages_of(GANSU.id, first))
    assert catalog.passages_of(YUNNAN.id, first) == ()
    assert catalog.excerpt(YUNNAN.id, 0, 7, version=first) is None
    assert [info.is_current for info in catalog.versions()] == [False, True]
    assert [info.version for info in catalog.history(GANSU.id)] == [
        info.version for info in catalog.versions()
    ]
    assert [document.sha256 for document in catalog.documents()] == [GANSU_2026.sha256]
    assert "八百万元" in "".join(p.text for p in catalog.passages(first_keys).values())
    assert "八百万元" not in "".join(p.text for p in catalog.passages_of(GANSU.id))
    assert catalog.document_with_content(GANSU.sha256) is None
    assert catalog.document_with_content(GANSU_2026.sha256) == GANSU.id


def test_facts_are_those_of_current_versions(catalog: Catalog) -> None:
    put(catalog, GANSU, EMBEDDER)
    put(catalog, GANSU_2026, EMBEDDER)

    statements = "".join(fact.statement for fact in catalog.facts("funding"))
    assert "一千二百万元" in statements
    assert "八百万元" not in statements


def test_facts_are_filtered_by_kind_and_region(catalog: Catalog) -> None:
    put(catalog, GANSU, EMBEDDER)
    put(catalog, YUNNAN, EMBEDDER)
    put(catalog, policy("志愿服务意见", NATIONAL, region="全国"), EMBEDDER)

    everything = catalog.facts()
    funding = catalog.facts("funding")
    assert {fact.kind for fact in everything} == {"funding", "target", "domain"}
    assert funding == tuple(fact for fact in everything if fact.kind == "funding")
    assert {fact.region for fact in funding} == {"甘肃", "云南", "全国"}
    assert [fact.figures for fact in catalog.facts("funding", "云南")] == [("十五万元",)]
    assert catalog.facts(region="甘肃") == tuple(f for f in everything if f.region == "甘肃")
    assert catalog.facts("funding", "西藏") == ()


def test_a_removed_document_is_gone_at_once(catalog: Catalog) -> None:
    put(catalog, YUNNAN, EMBEDDER)
    put(catalog, GANSU, EMBEDDER)
    put(catalog, GANSU_2026, EMBEDDER)
    known = catalog.generation
    of_gansu = [
        key
        for info in catalog.versions()
        if info.document.id == GANSU.id
        for key in catalog.keys_of_version(info.version)
    ]

    assert catalog.remove_document(GANSU.id) is True

    assert catalog.passages(of_gansu) == {}
    assert [info.document.id for info in catalog.versions()] == [YUNNAN.id]
    assert catalog.document(GANSU.id) is None
    assert catalog.excerpt(GANSU.id, 0, 5) is None
    assert catalog.passages_of(GANSU.id) == ()
    assert {fact.region for fact in catalog.facts()} == {"云南"}
    assert catalog.document_with_content(GANSU_2026.sha256) is None
    assert catalog.document_of_source(GANSU.source) is None
    assert set(catalog.changes_since(known).removed) == set(of_gansu)
    assert catalog.changes_since(known).added == ()
    assert set(catalog.changes_since(0).added) == set(keys(catalog))
    # What was answered from it can still be traced.
    assert len(catalog.history(GANSU.id)) == 2
    assert catalog.remove_document(GANSU.id) is False


def test_a_removed_document_can_come_back(catalog: Catalog) -> None:
    put(catalog, GANSU, EMBEDDER)
    catalog.remove_document(GANSU.id)
    known = catalog.generation
    passages = put(catalog, GANSU, EMBEDDER)

    assert catalog.document(GANSU.id) == GANSU
    assert catalog.count() == len(passages)
    assert list(catalog.changes_since(known).added) == keys(catalog)


def test_changes_name_what_came_since_a_generation(catalog: Catalog) -> None:
    put(catalog, GANSU, EMBEDDER)
    known = catalog.generation
    earlier = set(keys(catalog))
    assert catalog.changes_since(known).added == ()

    put(catalog, YUNNAN, EMBEDDER)

    change = catalog.changes_since(known)
    assert change.generation == catalog.generation > known
    assert set(change.added) == set(keys(catalog)) - earlier
    assert change.removed == ()


def test_a_document_added_and_removed_again_is_no_change(catalog: Catalog) -> None:
    put(catalog, GANSU, EMBEDDER)
    known = catalog.generation
    put(catalog, YUNNAN, EMBEDDER)
    catalog.remove_document(YUNNAN.id)

    change = catalog.changes_since(known)
    assert (change.added, change.removed) == ((), ())


def test_another_embedding_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog(path) as catalog:
        catalog.use_model("model-a")
        catalog.use_model("model-a")

    with Catalog(path) as catalog:
        with pytest.raises(ModelMismatchError) as caught:
            catalog.use_model("model-b")
        assert "model-a" in caught.value.message("zh")
        assert "model-b" in caught.value.message("en")
        catalog.use_model("model-a")


def test_a_vector_is_stored_once_and_shared_by_equal_texts(catalog: Catalog) -> None:
    twin = policy("另一份", ORDINANCE, title=GANSU.title)
    put(catalog, GANSU, EMBEDDER)
    put(catalog, twin, EMBEDDER)

    digests = [content_hash(embedded_text(passage)) for passage in split_document(GANSU)]
    assert catalog.known_vectors([*digests, "unknown"]) == set(digests)
    vectors = catalog.vectors(keys(catalog))
    half = len(vectors) // 2
    rows = np.stack(list(vectors.values()))
    assert len(rows) == 2 * len(digests)
    assert np.array_equal(rows[:half], rows[half:])


def test_a_known_vector_is_not_replaced(catalog: Catalog) -> None:
    passages = put(catalog, GANSU, EMBEDDER)
    digest = content_hash(embedded_text(passages[0]))
    before = catalog.vectors(keys(catalog)[:1])

    catalog.add_vectors([(digest, np.zeros(EMBEDDER.dimension, np.float32))])

    after = catalog.vectors(keys(catalog)[:1])
    assert np.array_equal(next(iter(before.values())), next(iter(after.values())))


def test_more_keys_than_one_statement_takes(catalog: Catalog) -> None:
    text = "\n".join(f"第{n}段说明社会工作服务的第{n}项具体安排，" + "内" * 200 for n in range(700))
    passages = put(catalog, policy("长文", text), EMBEDDER, facts=False)
    assert len(passages) > 600
    assert len(catalog.passages(keys(catalog))) == len(passages)
    assert len(catalog.vectors(keys(catalog))) == len(passages)


def test_metadata_changes_without_a_new_version(catalog: Catalog) -> None:
    put(catalog, GANSU, EMBEDDER)
    generation = catalog.generation

    changed = policy(GANSU.id, ORDINANCE, title="新标题", region="青海")
    assert catalog.update_metadata(changed) is True

    document = catalog.document(GANSU.id)
    assert document is not None
    assert (document.title, document.region, document.text) == ("新标题", "青海", ORDINANCE)
    assert len(catalog.history(GANSU.id)) == 1
    assert catalog.passages_of(GANSU.id)[0].title == "新标题"
    assert {fact.region for fact in catalog.facts()} == {"青海"}
    # Readers follow; the indexes search the passages by the new title.
    assert catalog.generation == generation + 1
    change = catalog.changes_since(generation)
    assert set(change.added) == set(change.removed) == set(keys(catalog))
    assert catalog.update_metadata(changed) is False
    assert catalog.generation == generation + 1


_CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(_CHARACTERS | st.sampled_from("𠮷😀𪚥é"), min_size=1, max_size=40), data=st.data()
)
def test_an_excerpt_counts_code_points(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "excerpts" / "catalog.sqlite3"
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    with Catalog(path) as catalog:
        document = policy("字符", text)
        with catalog.transaction():
            catalog.add_document(document, (), ())
        assert catalog.excerpt("字符", start, end) == text[start:end]


def test_an_excerpt_of_an_unknown_document_is_none(catalog: Catalog) -> None:
    assert catalog.excerpt("没有", 0, 3) is None


def test_a_catalogue_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    Catalog(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")

    with pytest.raises(CatalogError) as caught:
        Catalog(path)

    assert "升级" in caught.value.message("zh")
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION + 1
