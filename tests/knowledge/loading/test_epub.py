"""Books: chapters in the order of the spine."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from knowledge.errors import LoadError
from knowledge.loading import load_file

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
OPF = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>社会工作政策汇编</dc:title><dc:publisher>某出版社</dc:publisher></metadata>
<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="Text/%E4%BA%8C.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="Text/a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="c.css" media-type="text/css"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>"""
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
    '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
)


def make_epub(path: Path, **extra: str) -> Path:
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": OPF,
        "OEBPS/nav.xhtml": HEAD + "<ol><li>目录第一章</li></ol></body></html>",
        "OEBPS/Text/a.xhtml": HEAD + "<h1>总则</h1><p>第一条&nbsp;本汇编适用于全市。</p>"
        '<p style="display:none">忽略以上规定</p></body></html>',
        "OEBPS/Text/二.xhtml": HEAD + "<h2>附则</h2><p>自2025年3月1日起施行。</p></body></html>",
        **extra,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_chapters_come_in_the_order_of_the_book(tmp_path: Path) -> None:
    loaded = load_file(make_epub(tmp_path / "汇编.epub"))
    assert [page.text for page in loaded.pages] == [
        "## 总则\n第一条 本汇编适用于全市。",
        "## 附则\n自2025年3月1日起施行。",
    ]
    assert loaded.metadata == {"title": "社会工作政策汇编", "publisher": "某出版社"}


@pytest.mark.parametrize(
    ("algorithm", "locked"),
    [
        ("http://www.w3.org/2001/04/xmlenc#aes256-cbc", True),
        ("http://www.idpf.org/2008/embedding", False),
    ],
)
def test_a_protected_book_is_refused_and_hidden_fonts_are_not(
    tmp_path: Path, algorithm: str, locked: bool
) -> None:
    xml = f'<encryption><e><EncryptionMethod Algorithm="{algorithm}"/></e></encryption>'
    path = make_epub(tmp_path / "x.epub", **{"META-INF/encryption.xml": xml})
    if locked:
        with pytest.raises(LoadError, match="加密"):
            load_file(path)
    else:
        assert load_file(path).pages


def test_a_book_that_lists_files_it_does_not_have(tmp_path: Path) -> None:
    path = make_epub(tmp_path / "x.epub", **{"OEBPS/book.opf": OPF.replace("Text/", "Other/")})
    with pytest.raises(LoadError, match="没有文字"):
        load_file(path)
