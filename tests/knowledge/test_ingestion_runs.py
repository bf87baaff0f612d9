"""What a run reports, input by input: nothing is lost, doubled or attributed to another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.errors import CatalogLockedError, EmbeddingError
from knowledge.ingestion import IngestProgress, ingest
from knowledge.retrieval import SearchQuery
from knowledge.search_index import SearchIndex
from tests.fakes import HashEmbedder
from tests.knowledge.conftest import LINJIANG, NATIONAL, SICHUAN, Home


def jsonl(home: Home, name: str, *lines: dict[str, object]) -> str:
    return home.write(name, "\n".join(json.dumps(line, ensure_ascii=False) for line in lines))


def long_text(word: str, paragraphs: int) -> str:
    """A text of about as many passages as `paragraphs`."""
    return "\n\n".join(f"{word}第{n}号站点的安排。{'甲乙丙丁' * 50}" for n in range(paragraphs))


def test_a_folder_goes_in_whole_and_its_hidden_files_stay_out(home: Home) -> None:
    home.write("a.md", LINJIANG)
    (home.inputs / "四川").mkdir()
    (home.inputs / "四川" / "b.txt").write_text("社工站每年开放三百天，每周不少于五天。", "utf-8")
    home.write(".hidden.md", NATIONAL)
    home.write("picture.xyz", "no policy")

    report = ingest([str(home.inputs)], home.folder, home.embedder)

    assert [Path(d.source).name for d in report.documents] == ["a.md", "b.txt"]
    assert report.failed == ()
    # The folder's name tells the region where the text does not.
    assert [d.region for d in report.documents] == ["浙江", "四川"]


def test_a_document_that_was_removed_can_be_ingested_again(home: Home) -> None:
    source = home.write("a.md", LINJIANG)
    first = ingest([source], home.folder, home.embedder)
    embedded = home.embedder.texts_embedded
    with Catalog(home.catalog) as catalog:
        catalog.remove_document(first.documents[0].id)

    again = ingest([source], home.folder, home.embedder)

    assert [d.status for d in again.documents] == ["added"]
    assert home.embedder.texts_embedded == embedded
    assert "二十万元" in home.retriever().retrieve(_query("社工站的经费"), 1)[0].passage.text


def test_bad_lines_are_named_by_number_and_the_others_go_in(home: Home) -> None:
    path = home.inputs / "l.jsonl"
    path.write_text(
        '{"id": "x1", "title": "甲办法", "text": "社工站每年开放三百天。", '
        '"metadata": {"region": "四川"}}\n'
        "not json\n"
        '{"id": "x2", "title": "乙办法", "text": ""}\n'
        '{"id": "x3", "title": "丙办法", "text": "社工站每周开放五天。\\ud800"}\n',
        "utf-8",
    )

    report = ingest([str(path)], home.folder, home.embedder)

    assert [(d.id, d.title, d.region) for d in report.documents] == [
        ("x1", "甲办法", "四川"),
        ("x3", "丙办法", None),
    ]
    assert [failed.source for failed in report.failed] == [f"{path}:2", f"{path}:3"]
    assert all(failed.reason and failed.reason_en for failed in report.failed)


def test_a_file_that_goes_back_to_its_former_text_is_a_version_again(home: Home) -> None:
    other = LINJIANG.replace("三名", "五名")
    for text in (LINJIANG, other, LINJIANG):
        report = ingest([home.write("a.md", text)], home.folder, home.embedder)

    assert [d.status for d in report.documents] == ["updated"]
    found = home.retriever().retrieve(_query("每个社工站配备专职社工"), 1)
    assert "三名" in found[0].passage.text


@pytest.mark.xfail(
    strict=True,
    reason="ingestion._queue: a file that changed into a copy of another document is only "
    "reported as a duplicate; its former text stays current and is still retrieved",
)
def test_the_former_text_of_a_file_that_became_a_copy_is_not_retrieved(home: Home) -> None:
    ingest([home.write("a.md", LINJIANG), home.write("n.md", NATIONAL)], home.folder, home.embedder)

    ingest([home.write("a.md", NATIONAL)], home.folder, home.embedder)

    found = home.retriever().retrieve(_query("社工站的经费列入年度预算"), 5)
    assert not any("二十万元" in result.passage.text for result in found)


@pytest.mark.xfail(
    strict=True,
    reason="ingestion._queue looks for a document's id in the catalogue only, not in the batch "
    "that waits: the same id and text twice in one run is written as two versions",
)
def test_the_same_line_in_two_files_of_one_run_is_one_version(home: Home) -> None:
    line = {"id": "x1", "title": "甲", "text": "社工站每年开放三百天。"}
    sources = [jsonl(home, "one.jsonl", line), jsonl(home, "two.jsonl", line)]

    report = ingest(sources, home.folder, home.embedder)

    assert [d.status for d in report.documents] == ["added", "unchanged"]
    with Catalog(home.catalog) as catalog:
        assert len(catalog.history("x1")) == 1


@pytest.mark.xfail(
    strict=True,
    reason="ingestion._queue: known text is 'unchanged' whatever its metadata; nothing calls "
    "Catalog.update_metadata, so a corrected region or date never arrives",
)
def test_corrected_metadata_arrives_without_embedding_again(home: Home) -> None:
    line = {
        "id": "x1",
        "title": "甲",
        "text": "站点每年开放三百天。",
        "metadata": {"region": "四川"},
    }
    ingest([jsonl(home, "l.jsonl", line)], home.folder, home.embedder)
    corrected = {**line, "metadata": {"region": "甘肃"}}

    ingest([jsonl(home, "l.jsonl", corrected)], home.folder, home.embedder)

    with Catalog(home.catalog) as catalog:
        assert [document.region for document in catalog.documents()] == ["甘肃"]


class CountingEmbedder(HashEmbedder):
    """Remembers the texts of every call; fails once after `fail_after` calls."""

    def __init__(self, fail_after: int = -1) -> None:
        super().__init__()
        self.calls: list[list[str]] = []
        self._fail_after = fail_after

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        if len(self.calls) == self._fail_after:
            self._fail_after = -1
            raise EmbeddingError("模型用尽了内存。", "The model ran out of memory.")
        self.calls.append(list(texts))
        return super().embed_passages(texts, progress)


def test_equal_passages_of_one_run_are_embedded_once(home: Home) -> None:
    embedder = CountingEmbedder()
    lines = [{"id": f"x{n}", "title": "甲", "text": "社工站每年开放三百天。"} for n in range(3)]

    ingest([jsonl(home, "l.jsonl", *lines)], home.folder, embedder)

    assert [len(texts) for texts in embedder.calls] == [1]


def test_what_was_committed_before_a_failure_stays_and_the_next_run_goes_on(home: Home) -> None:
    embedder = CountingEmbedder(fail_after=1)
    sources = [home.write("a.md", long_text("甲", 530)), home.write("b.md", long_text("乙", 20))]
    with pytest.raises(EmbeddingError):
        ingest(sources, home.folder, embedder)
    with Catalog(home.catalog) as catalog:
        assert [Path(document.source).name for document in catalog.documents()] == ["a.md"]

    report = ingest(sources, home.folder, embedder)

    assert [d.status for d in report.documents] == ["unchanged", "added"]
    assert len(embedder.calls) == 2
    with Catalog(home.catalog) as catalog:
        assert SearchIndex(home.index).check(catalog).in_step


@pytest.mark.xfail(
    strict=True,
    reason="ingestion._take_in catches the error of a whole batch (embedding, disk full) as one "
    "file's; the other documents of the batch are neither reported nor written",
)
def test_no_input_is_lost_silently_when_a_batch_fails(home: Home) -> None:
    embedder = CountingEmbedder(fail_after=0)
    sources = [home.write("a.md", long_text("甲", 300)), home.write("b.md", long_text("乙", 300))]
    try:
        report = ingest(sources, home.folder, embedder)
    except EmbeddingError:
        return  # The run as a whole failed, and said so.
    told = {d.source for d in report.documents} | {f.source for f in report.failed}
    assert told == set(sources)


def test_progress_counts_up_to_the_end(home: Home) -> None:
    seen: list[IngestProgress] = []
    sources = [home.write("a.md", LINJIANG), home.write("s.md", SICHUAN)]

    report = ingest(sources, home.folder, home.embedder, report=seen.append)

    assert [p.source for p in seen if p.stage == "read"] == sources
    assert [p.files_done for p in seen] == sorted(p.files_done for p in seen)
    assert (seen[-1].stage, seen[-1].files_done, seen[-1].files_total) == ("index", 2, 2)
    assert seen[-1].passages == sum(d.passages for d in report.documents)


def test_another_process_that_writes_is_named(home: Home) -> None:
    program = (
        "import sys; from pathlib import Path; from knowledge.writer_lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1]), 'nightly import'):\n"
        "    print('holding', flush=True); sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(home.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "holding\n"
        with pytest.raises(CatalogLockedError) as caught:
            ingest([home.write("a.md", LINJIANG)], home.folder, home.embedder)
        assert f"nightly import, PID {holder.pid}" in caught.value.message("zh")
        assert f"nightly import, PID {holder.pid}" in caught.value.message("en")
    finally:
        holder.kill()
        holder.wait()
    # A holder that was killed holds nothing.
    assert ingest([home.write("a.md", LINJIANG)], home.folder, home.embedder).count("added") == 1
    holder.stdin.close()
    holder.stdout.close()


def _query(text: str) -> SearchQuery:
    return SearchQuery(text)
