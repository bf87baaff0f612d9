"""OFD, the format of Chinese electronic documents (GB/T 33190-2016): fixed pages of placed text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, LoadedPage
from knowledge.loading.archive_limits import Archive, open_archive
from knowledge.loading.file_problems import damaged, locked, without_text
from knowledge.loading.ofd_text import page_lines
from knowledge.loading.office_package import child, children, local
from knowledge.loading.paragraph import letters, title_line

MAX_PAGES = 3000
_PAGE_NUMBER = re.compile(
    r"[-—–─\s·•]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–─\s·•]*"
)
_KEPT = {"Title": "title", "Subject": "subject", "Abstract": "abstract", "Keywords": "keywords"}
_CUSTOM = {
    "发文字号": "document_number", "文号": "document_number", "发文机关": "issuers",
    "标题": "title", "成文日期": "published_on",
}  # fmt: skip


def load_ofd(path: Path) -> LoadedFile:
    """The text of an OFD file, line by line as it stands on its numbered pages.

    Page numbers and lines that stand on most pages are left out, as are invisible text,
    seals and notes. `metadata` has what DocInfo says: `title`, and the issuer, number and date
    where the file keeps them as its own fields.

    Raises LoadError if the file is damaged, encrypted, no OFD, or holds no text.
    """
    with open_archive(path, "OFD") as archive:
        body = _body(archive)
        metadata = _metadata(child(body, "DocInfo"))
        document_path = _resolve("", _text(child(body, "DocRoot")))
        if document_path not in archive:
            raise damaged(path.name)
        document = archive.read_xml(document_path)
        folder = posixpath.dirname(document_path)
        found = child(document, "Pages")
        pages = []
        for page in list(children(found, "Page") if found is not None else ())[: MAX_PAGES + 1]:
            content = _resolve(folder, page.get("BaseLoc") or "")
            pages.append(page_lines(archive.read_xml(content)) if content in archive else [])
        if len(pages) > MAX_PAGES:
            raise _too_many_pages(path.name)
    pages = _without_repeated(pages)
    loaded = tuple(
        LoadedPage(number, "\n".join(lines)) for number, lines in enumerate(pages, 1) if lines
    )
    if not any(letters(page.text) for page in loaded):
        raise without_text(path.name)
    return LoadedFile(loaded, str(path), metadata, "ofd")


def _body(archive: Archive) -> etree._Element:
    root = archive.find_xml("OFD.xml")
    if root is None:
        raise LoadError(
            f"“{archive.name}”不是 OFD 文件，内容与扩展名不符；请检查文件后再试。",
            f"“{archive.name}” is not an OFD file: its content does not match its suffix.",
        )
    if "Encryptions.xml" in archive or child(root, "Encryptions") is not None:
        raise locked(archive.name)
    body = child(root, "DocBody")
    if body is None:
        raise damaged(archive.name)
    return body


def _metadata(info: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in info if info is not None else ():
        if (name := _KEPT.get(local(entry))) and (text := title_line(_text(entry))):
            found[name] = text
        for custom in children(entry, "CustomData") if local(entry) == "CustomDatas" else ():
            name = _CUSTOM.get(custom.get("Name") or "")
            if name and (text := title_line(_text(custom))):
                found[name] = text
    if re.search(r"\.(?:docx?|wps|ofd|pdf|wpt)$|^(?:无标题|未命名|untitled|Microsoft )",
                 found.get("title", ""), re.I):  # fmt: skip
        # The name of the file it was made from.
        del found["title"]
    return found


def _without_repeated(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Without page numbers, and without first and last lines that most pages share."""
    bare = [[line for line in page] for page in pages]
    for page in bare:
        while page and _PAGE_NUMBER.fullmatch(page[-1]):
            page.pop()
        while page and _PAGE_NUMBER.fullmatch(page[0]):
            page.pop(0)
    for place in (0, -1):
        edges = [re.sub(r"\d+", "0", page[place]) for page in bare if page]
        for line in set(edges):
            if len(bare) >= 3 and edges.count(line) > len(bare) * 0.6:
                for page in bare:
                    if page and re.sub(r"\d+", "0", page[place]) == line:
                        page.pop(place)
    return bare


def _text(element: etree._Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _resolve(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _too_many_pages(name: str) -> LoadError:
    return LoadError(
        f"“{name}”超过 {MAX_PAGES} 页的上限；请拆分成较小的文件后再试。",
        f"“{name}” has more than {MAX_PAGES} pages; split it into smaller files.",
    )
