"""What a run reports, input by input: nothing is lost, doubled or attributed to another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
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


def jsonl(home: Home, name: str, *lines: Mapping[str, object]) -> str:
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


def test_the_former_text_of_a_file_that_became_a_copy_is_not_retrieved(home: Home) -> None:
    ingest([home.write("a.md", LINJIANG), home.write("n.md", NATIONAL)], home.folder, home.embedder)

    ingest([home.write("a.md", NATIONAL)], home.folder, home.embedder)

    found = home.retriever().retrieve(_query("社工站的经费列入年度预算"), 5)
    assert not any("二十万元" in result.passage.text for result in found)


def test_the_same_line_in_two_files_of_one_run_is_one_version(home: Home) -> None:
    line = {"id": "x1", "title": "甲", "text": "社工站每年开放三百天。"}
    sources = [jsonl(home, "one.jsonl", line), jsonl(home, "two.jsonl", line)]

    report = ingest(sources, home.folder, home.embedder)

    assert [d.status for d in report.documents] == ["added", "unchanged"]
    with Catalog(home.catalog) as catalog:
        assert len(catalog.history("x1")) == 1


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
    report = ingest(sources, home.folder, embedder)
    assert [d.source for d in report.documents] == sources[:1]
    assert [(f.source, f.reason) for f in report.failed] == [(sources[1], "模型用尽了内存。")]

    report = ingest(sources, home.folder, embedder)

    assert [d.status for d in report.documents] == ["unchanged", "added"]
    assert len(embedder.calls) == 2
    with Catalog(home.catalog) as catalog:
        assert SearchIndex(home.index).check(catalog).in_step


class ChokingEmbedder(HashEmbedder):
    """Fails on texts that hold a given word."""

    def __init__(self, word: str, error: BaseException) -> None:
        super().__init__()
        self.word, self.error = word, error

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        if any(self.word in text for text in texts):
            raise self.error
        return super().embed_passages(texts, progress)


CHOKED = EmbeddingError("模型不认识这段文字。", "The model cannot take this text.")


def test_only_the_document_that_fails_is_left_out_of_its_batch(home: Home) -> None:
    names = {"a.md": LINJIANG, "b.md": "骨" * 30, "c.md": NATIONAL, "d.md": "骨" * 30}
    sources = [home.write(name, text) for name, text in names.items()]

    report = ingest(sources, home.folder, ChokingEmbedder("骨", CHOKED))

    assert [(d.source, d.status) for d in report.documents] == [
        (sources[0], "added"),
        (sources[2], "added"),
    ]
    # The copy of a text that did not go in did not go in either.
    assert [f.source for f in report.failed] == [sources[1], sources[3]]
    assert {f.reason for f in report.failed} == {"模型不认识这段文字。"}


def test_an_interrupted_run_keeps_what_is_in_and_the_same_call_goes_on(home: Home) -> None:
    sources = [home.write("a.md", long_text("甲", 530)), home.write("b.md", "骨" * 30)]

    report = ingest(sources, home.folder, ChokingEmbedder("骨", KeyboardInterrupt()))

    assert report.interrupted
    assert [d.source for d in report.documents] == sources[:1]
    with Catalog(home.catalog) as catalog:
        assert SearchIndex(home.index).check(catalog).in_step
    report = ingest(sources, home.folder, home.embedder)
    assert not report.interrupted
    assert [d.status for d in report.documents] == ["unchanged", "added"]


def test_nothing_is_lost_when_two_files_swap_their_texts(home: Home) -> None:
    sources = [home.write("a.md", LINJIANG), home.write("n.md", NATIONAL)]
    ingest(sources, home.folder, home.embedder)
    home.write("a.md", NATIONAL)
    home.write("n.md", LINJIANG)

    report = ingest(sources, home.folder, home.embedder)

    assert {(d.source, d.status) for d in report.documents} == {
        (source, "updated") for source in sources
    }
    with Catalog(home.catalog) as catalog:
        assert {d.title for d in catalog.documents()} == {
            "临江市社工站管理办法",
            "社会工作服务机构指引",
        }


def test_a_text_that_moves_on_while_its_copy_arrives_is_not_lost(home: Home) -> None:
    source = home.write("a.md", LINJIANG)
    ingest([source], home.folder, home.embedder)
    home.write("a.md", NATIONAL)

    report = ingest([source, home.write("b.md", LINJIANG)], home.folder, home.embedder)

    assert [d.status for d in report.documents] == ["updated", "added"]


def test_a_corrected_title_is_searched_and_a_second_look_changes_nothing(home: Home) -> None:
    line = {"id": "x1", "title": "甲", "text": "站点每年开放三百天。"}
    corrected = {**line, "title": "站点开放办法"}
    reports = [
        ingest([jsonl(home, "l.jsonl", given)], home.folder, home.embedder)
        for given in (line, corrected, corrected)
    ]

    assert [d.status for report in reports for d in report.documents] == [
        "added",
        "updated",
        "unchanged",
    ]
    with Catalog(home.catalog) as catalog:
        assert [document.title for document in catalog.documents()] == ["站点开放办法"]
        assert SearchIndex(home.index).check(catalog).in_step
    assert home.retriever().retrieve(_query("站点开放办法"), 1)[0].passage.title == "站点开放办法"


def test_of_one_id_given_twice_the_last_counts_and_the_earlier_is_reported(home: Home) -> None:
    first = jsonl(home, "one.jsonl", {"id": "x1", "title": "甲", "text": "站点每年开放三百天。"})
    second = jsonl(home, "two.jsonl", {"id": "x1", "title": "乙", "text": "站点每年开放二百天。"})

    report = ingest([first, second], home.folder, home.embedder)

    assert [(d.title, d.status) for d in report.documents] == [("乙", "added")]
    assert [f.source for f in report.failed] == [f"{first}#x1"]
    assert "x1" in report.failed[0].reason and "x1" in report.failed[0].reason_en
    with Catalog(home.catalog) as catalog:
        assert len(catalog.history("x1")) == 1


def test_of_two_lines_with_one_id_the_last_counts(home: Home) -> None:
    lines = [{"id": "x1", "title": title, "text": "站点每年开放三百天。"} for title in "甲乙"]
    source = jsonl(home, "l.jsonl", *lines)

    report = ingest([source], home.folder, home.embedder)

    assert [(d.title, d.status) for d in report.documents] == [("乙", "added")]
    assert [f.source for f in report.failed] == [f"{source}:1"]


def test_the_time_left_is_told_within_one_large_file_and_shrinks(home: Home) -> None:
    seen: list[IngestProgress] = []
    ingest(
        [home.write("a.md", long_text("甲", 900))], home.folder, home.embedder, report=seen.append
    )

    inside = [p for p in seen if p.stage == "embed" and p.documents == 0]
    assert len({p.passages for p in inside}) > 100
    left = [p.seconds_left for p in inside if p.seconds_left is not None]
    assert left[-1] < left[0] / 2
    assert (seen[-1].documents, seen[-1].seconds_left) == (1, None)


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
