"""A folder of good and bad files: exactly the good ones go in, and every bad one is named."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.ingestion import IngestProgress, IngestReport, catalog_path, index_folder, ingest
from knowledge.search_index import SearchIndex
from tests.fakes import HashEmbedder
from tests.fuzz.mutations import mutated
from tests.fuzz.samples import samples

GOOD = (
    "办法.txt",
    "办法.md",
    "网页.html",
    "通知.docx",
    "名单.xlsx",
    "讲稿.pptx",
    "汇编.epub",
    "通知.ofd",
)


def contents(home: Path) -> dict[str, str]:
    """Source → text of every document in the library, each with all of its passages."""
    with Catalog(catalog_path(home)) as catalog:
        found = {document.source: document for document in catalog.documents()}
        whole = {}
        for source, document in found.items():
            full = catalog.document(document.id)
            assert full is not None
            whole[source] = full.text
        assert SearchIndex(index_folder(home)).check(catalog).in_step
    return whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "库"
    root.mkdir()
    for name, data in samples(tmp_path / "samples").items():
        if name in GOOD:
            (root / name).write_bytes(data)
    return root


def test_exactly_the_good_ones_go_in(folder: Path, tmp_path: Path) -> None:
    ingest([str(folder)], tmp_path / "alone", HashEmbedder())
    expected = contents(tmp_path / "alone")
    assert {Path(source).name for source in expected} == set(GOOD)

    bad = {"断.docx": (folder / "通知.docx").read_bytes()[:-200], "空.txt": b"", "噪.pdf": b"%PDF-1.7\n" + bytes(99),
           "旧.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "坏.jsonl": b"{]", "假.png": b"no picture",
           "空页.html": b"<html></html>", "二进制.txt": bytes(range(256)) * 8}  # fmt: skip
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "管.txt")
    (folder / "文件夹.pdf").mkdir()
    (tmp_path / "外面.md").write_text("第一条 外面的字。", "utf-8")
    (folder / "链接.md").symlink_to(tmp_path / "外面.md")
    (folder / "断链.md").symlink_to(tmp_path / "没有.md")
    report = ingest([str(folder)], tmp_path / "home", HashEmbedder())

    assert contents(tmp_path / "home") == expected
    named = {Path(failed.source).name.partition(":")[0] for failed in report.failed}
    assert named == {*bad, "管.txt", "链接.md", "断链.md"}
    assert all(failed.reason and failed.reason_en for failed in report.failed)


def test_a_damaged_copy_is_whole_or_not_there(folder: Path, tmp_path: Path) -> None:
    for seed in range(5):
        for name in GOOD:
            data = mutated(name, (folder / name).read_bytes(), seed)
            path = folder / f"{seed}-{name}"
            path.write_bytes(data)
    report = ingest([str(folder)], tmp_path / "home", HashEmbedder())

    found = contents(tmp_path / "home")
    assert len(found) == sum(document.status == "added" for document in report.documents)
    assert not {failed.source for failed in report.failed} & set(found)
    offered = {path for path in folder.iterdir()}
    reported = {*(d.source for d in report.documents), *(f.source for f in report.failed)}
    assert {str(path) for path in offered} <= {source.partition("#")[0] for source in reported}


def test_a_file_that_goes_while_the_others_are_read(folder: Path, tmp_path: Path) -> None:
    def remove_next(progress: IngestProgress) -> None:
        if progress.stage == "read":
            for path in (folder / "通知.docx", folder / "网页.html"):
                if progress.source != str(path):
                    path.unlink(missing_ok=True)

    report = ingest([str(folder)], tmp_path / "home", HashEmbedder(), report=remove_next)

    assert {Path(source).name for source in contents(tmp_path / "home")} == set(GOOD) - {
        "通知.docx",
        "网页.html",
    }
    assert sorted(Path(failed.source).name for failed in report.failed) == [
        "网页.html",
        "通知.docx",
    ]


def sendable(report: IngestReport) -> None:
    """The report can be written as the command line and the page write it."""
    json.dumps(asdict(report), ensure_ascii=False).encode()


def test_names_that_are_no_text_go_in_and_can_be_shown(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path)
    names = [b"\xb9\xab\xb8\xe6.txt", b"two\nlines.md", b"\x1b[31mred.html", b"\xff.jsonl"]
    for number, name in enumerate(names):
        text = f"第一条 第{number}号社工站配备社工。"
        if name.endswith(b"html"):
            text = f"<p>{text}</p>"
        if name.endswith(b"jsonl"):
            text = json.dumps({"id": "x", "text": text})
        try:
            Path(os.fsdecode(os.path.join(raw, name))).write_text(text, "utf-8")
        except OSError:
            pytest.skip("a file system that wants UTF-8")
    report = ingest([str(tmp_path)], tmp_path / ".home", HashEmbedder())

    assert report.failed == ()
    assert len(contents(tmp_path / ".home")) == len(names)
    sendable(report)
    assert not any("\n" in document.source for document in report.documents)


def test_a_bad_file_whose_name_is_no_text_can_be_reported(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), b"\xb9\xab.docx")))
    path.write_bytes(b"")
    sendable(ingest([str(tmp_path)], tmp_path / ".home", HashEmbedder()))


@pytest.mark.parametrize(
    "given",
    ["甲" * 300, "a\x00b", "~nobody-of-this-name/x", "\udcff.txt", "a/" * 3000, "", "/dev/zero", "file:///etc/passwd", "http://[::1/"],
)  # fmt: skip
def test_paths_that_are_none(tmp_path: Path, given: str) -> None:
    (tmp_path / "a.txt").write_text("第一条 甲乙。", "utf-8")
    report = ingest([given, str(tmp_path / "a.txt")], tmp_path / ".home", HashEmbedder())
    good = [document for document in report.documents if document.source.endswith("/a.txt")]
    assert len(good) == 1
    assert len(report.failed) == 1


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text("第一条 甲乙。", "utf-8")
    (tmp_path / "环.txt").symlink_to(tmp_path / "环.txt")
    (tmp_path / "圈").symlink_to(tmp_path)
    report = ingest([str(tmp_path)], tmp_path / ".home", HashEmbedder())
    assert len(report.documents) == 1
    assert [Path(failed.source).name for failed in report.failed] == ["环.txt"]
    (failed,) = ingest([str(tmp_path / "环.txt")], tmp_path / ".home", HashEmbedder()).failed
    assert "环.txt" in failed.reason
