"""Zip files and XML that were made to harm, are broken, locked, or not what they are named."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from knowledge.errors import LoadError
from knowledge.loading import archive_limits, load_file
from knowledge.loading.archive_limits import open_archive, parse_xml
from tests.knowledge.loading.test_docx import make_docx, paragraph

SUFFIXES = (".docx", ".pptx", ".xlsx", ".epub", ".ofd")


def failure(path: Path) -> LoadError:
    with pytest.raises(LoadError) as caught:
        load_file(path)
    for message in (caught.value.message_zh, caught.value.message_en):
        assert message and "\n" not in message and path.name in message
    return caught.value


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
        (b"<html><body>\xe6\x94\xbf\xe7\xad\x96</body></html>", "HTML"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("一份通知".encode(), ".txt"),
        (b"PK\x03\x04" + bytes(200), "损坏"),
        (bytes(range(256)), "损坏"),
    ],
    ids=["empty", "legacy", "password", "html", "pdf", "text", "torn zip", "noise"],
)
def test_what_is_not_as_named_is_said(
    tmp_path: Path, suffix: str, content: bytes, words: str
) -> None:
    path = tmp_path / f"通知{suffix}"
    path.write_bytes(content)
    assert words in failure(path).message_zh


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_zip_file_of_something_else(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"通知{suffix}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("照片.jpg", b"x")
    failure(path)


def test_one_office_format_under_the_suffix_of_another(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "通知.docx", paragraph("正文。")).rename(tmp_path / "通知.xlsx")
    assert ".docx" in failure(path).message_zh


def test_every_cut_of_a_file_is_refused_or_whole(tmp_path: Path) -> None:
    whole = make_docx(tmp_path / "通知.docx", paragraph("正文。" * 200)).read_bytes()
    path = tmp_path / "断.docx"
    for end in range(1, len(whole), 37):
        path.write_bytes(whole[:end])
        failure(path)


def test_random_damage_never_ends_in_anything_but_a_sentence(tmp_path: Path) -> None:
    whole = make_docx(tmp_path / "通知.docx", paragraph("正文。" * 50)).read_bytes()
    path = tmp_path / "坏.docx"
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            load_file(path)
        except LoadError:
            continue


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", bytes(50 * 1024 * 1024))
    assert path.stat().st_size < 100_000
    assert "上限" in failure(path).message_zh


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", bytes(50 * 1024 * 1024))
    data = path.read_bytes()
    path.write_bytes(
        data.replace((50 * 1024 * 1024).to_bytes(4, "little"), (99).to_bytes(4, "little"))
    )
    failure(path)


def test_many_members_and_the_sum_of_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "多.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(archive_limits.MAX_MEMBERS + 1):
            archive.writestr(str(number), b"")
    assert "上限" in failure(path).message_zh
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", bytes(600))
        archive.writestr("b", bytes(600))
    monkeypatch.setattr(archive_limits, "MAX_TOTAL_BYTES", 1000)
    with open_archive(path, "DOCX") as opened:
        assert len(opened.read("a")) == 600
        with pytest.raises(LoadError, match="上限"):
            opened.read("b")


def test_a_locked_member(tmp_path: Path) -> None:
    path = tmp_path / "锁.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", b"secret")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "密码" in failure(path).message_zh


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declaration",
    [
        f'<!ENTITY a0 "ha">{LAUGHS}',
        '<!ENTITY a9 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p; <!ENTITY a9 "x">',
    ],
    ids=["laughs", "file", "network"],
)
def test_xml_entities_are_refused(declaration: str, encoding: str) -> None:
    xml = f"<!DOCTYPE x [{declaration}]><x>&a9;</x>"
    with pytest.raises(LoadError, match="实体"):
        parse_xml(xml.encode(encoding), "x.docx")


def test_very_deep_xml_is_refused() -> None:
    with pytest.raises(LoadError, match="损坏"):
        parse_xml(b"<a>" * 5000 + b"</a>" * 5000, "x.docx")


def test_a_bomb_inside_a_word_file(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "通知.docx", paragraph("正文。"))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><x>&a9;</x>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/core.xml", bomb)
    assert "实体" in failure(path).message_zh


def test_packing_that_no_office_format_allows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "压.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("_rels/.rels", b"<x/>")
    assert "损坏" in failure(path).message_zh


def test_a_part_of_more_marks_than_memory_holds(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "签.docx", "<w:p/>" * (archive_limits.MAX_MARKUP + 1))
    assert "上限" in failure(path).message_zh
