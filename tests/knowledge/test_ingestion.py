from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.errors import CatalogLockedError, ModelMismatchError
from knowledge.ingestion import IngestReport, ingest
from knowledge.search_index import SearchIndex
from tests.fakes import HashEmbedder
from tests.knowledge.conftest import LINJIANG, NATIONAL, Home


def put(home: Home, *inputs: str) -> IngestReport:
    return ingest(inputs, home.folder, home.embedder)


def test_the_same_file_twice_adds_nothing(home: Home) -> None:
    source = home.write("a.md", LINJIANG)
    first, again = put(home, source), put(home, source)

    assert [d.status for d in first.documents] == ["added"]
    assert [d.status for d in again.documents] == ["unchanged"]
    with Catalog(home.catalog) as catalog:
        assert len(catalog.documents()) == 1


def test_a_changed_file_is_a_new_version_and_only_new_text_is_embedded(home: Home) -> None:
    source = home.write("a.md", LINJIANG)
    put(home, source)
    before = home.embedder.texts_embedded
    home.write("a.md", LINJIANG.replace("三名", "五名"))
    report = put(home, source)

    assert [d.status for d in report.documents] == ["updated"]
    assert home.embedder.texts_embedded == before + 1
    with Catalog(home.catalog) as catalog:
        history = catalog.history(report.documents[0].id)
        assert [info.is_current for info in history] == [False, True]
        old = catalog.document(report.documents[0].id, version=history[0].version)
        assert old is not None and "三名" in old.text


def test_the_same_text_under_another_name_is_reported_as_a_duplicate(home: Home) -> None:
    first = put(home, home.write("a.md", LINJIANG))
    second = put(home, home.write("b.md", LINJIANG))

    assert second.documents[0].status == "duplicate"
    assert second.documents[0].duplicate_of == first.documents[0].id


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(home: Home) -> None:
    empty = home.write("empty.txt", "  \n")
    report = put(home, empty, home.write("a.md", LINJIANG), str(home.inputs / "none.txt"))

    assert [d.title for d in report.documents] == ["临江市社工站管理办法"]
    assert [failed.source for failed in report.failed] == [empty, str(home.inputs / "none.txt")]
    assert all(failed.reason and failed.reason_en for failed in report.failed)


def test_json_lines_keep_their_ids_and_equal_texts_stay_apart(home: Home) -> None:
    lines = [{"id": i, "title": "甲", "text": "社工站每年开放三百天。"} for i in ("x1", "x2")]
    source = home.write("l.jsonl", "\n".join(json.dumps(x, ensure_ascii=False) for x in lines))
    report = put(home, source)

    assert [(d.id, d.status) for d in report.documents] == [("x1", "added"), ("x2", "added")]


def test_a_second_writer_is_told_who_holds_the_library(home: Home) -> None:
    home.folder.mkdir()
    (home.folder / "writer.json").write_text(
        '{"pid": 4711, "purpose": "ingest", "since": "2026-01-01 08:00"}', "utf-8"
    )
    with FileLock(home.folder / "writer.lock"), pytest.raises(CatalogLockedError) as raised:
        put(home, home.write("a.md", LINJIANG))

    assert "4711" in raised.value.message("zh") and "4711" in raised.value.message("en")


class FailingEmbedder(HashEmbedder):
    """Fails on a text that holds a given word."""

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        if any("经费" in text for text in texts):
            raise RuntimeError("out of memory")
        return super().embed_passages(texts, progress)


def test_an_embedder_that_fails_leaves_nothing_half_written(home: Home) -> None:
    put(home, home.write("n.md", NATIONAL))
    home.embedder = FailingEmbedder()
    with pytest.raises(RuntimeError):
        put(home, home.write("a.md", LINJIANG))

    with Catalog(home.catalog) as catalog:
        assert [d.title for d in catalog.documents()] == ["社会工作服务机构指引"]
        assert SearchIndex(home.index).check(catalog).in_step


def test_a_library_of_another_model_is_refused(home: Home) -> None:
    put(home, home.write("a.md", LINJIANG))
    home.embedder = HashEmbedder(dimension=13)

    with pytest.raises(ModelMismatchError):
        put(home, home.write("n.md", NATIONAL))
