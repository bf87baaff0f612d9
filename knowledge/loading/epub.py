"""Electronic books (.epub): a zip file of web pages with a reading order."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, LoadedPage
from knowledge.loading.archive_limits import Archive, open_archive
from knowledge.loading.file_problems import damaged, locked, without_text
from knowledge.loading.hidden_text import HiddenText
from knowledge.loading.html import document_lines, parse_html
from knowledge.loading.html_blocks import page_blocks
from knowledge.loading.html_encoding import decode_html
from knowledge.loading.office_package import child, children, local
from knowledge.loading.paragraph import letters, title_line

_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/xml", "text/xml"))
# Obfuscated fonts are no protection of the text.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MAX_PAGE = 20 * 1024 * 1024


def load_epub(path: Path) -> LoadedFile:
    """The text of a book in the order of its spine, headings as Markdown; no contents page.

    `metadata` has `title`, and `publisher` where the book names one; the day a book was made
    is not the day of the policies in it.

    Raises LoadError if the file is damaged, protected, no EPUB, or holds no text.
    """
    with open_archive(path, "EPUB") as archive:
        _refuse_protected(archive)
        folder, package = _package(archive)
        metadata = _metadata(child(package, "metadata"))
        pages = []
        for member in _reading_order(package, folder):
            if member not in archive:
                continue
            markup = decode_html(archive.read(member, _MAX_PAGE), path.name)
            root = parse_html(markup)
            if root is None:
                continue
            lines = document_lines(page_blocks(root, HiddenText.of_page(root)), "")
            text = "\n".join(lines).strip("\n")
            if "\ufffd" in text:
                raise damaged(path.name)
            if letters(text):
                pages.append(LoadedPage(None, text))
    if not pages:
        raise without_text(path.name)
    return LoadedFile(tuple(pages), str(path), metadata, "markdown")


def _package(archive: Archive) -> tuple[str, etree._Element]:
    container = archive.find_xml("META-INF/container.xml")
    if container is None:
        raise _no_book(archive.name)
    files = child(container, "rootfiles")
    for entry in children(files, "rootfile") if files is not None else ():
        member = unquote(entry.get("full-path") or "").lstrip("/")
        if member in archive:
            return posixpath.dirname(member), archive.read_xml(member)
    raise damaged(archive.name)


def _reading_order(package: etree._Element, folder: str) -> list[str]:
    manifest, spine = child(package, "manifest"), child(package, "spine")
    items = {entry.get("id"): entry for entry in manifest if local(entry) == "item"} \
        if manifest is not None else {}  # fmt: skip
    contents = {
        posixpath.normpath(posixpath.join(folder, unquote(entry.get("href") or "")))
        for entry in package.iter("{*}reference")
        if entry.get("type") == "toc"
    }
    members = []
    for entry in spine if spine is not None else ():
        item = items.get(entry.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        href = unquote((item.get("href") or "").partition("#")[0])
        member = posixpath.normpath(posixpath.join(folder, href))
        if member not in contents:
            members.append(member)
    return list(dict.fromkeys(members))


def _metadata(element: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in element if element is not None else ():
        if local(entry) in ("title", "publisher") and (text := title_line(entry.text or "")):
            found.setdefault(local(entry), text)
    return found


def _refuse_protected(archive: Archive) -> None:
    encryption = archive.find_xml("META-INF/encryption.xml")
    if encryption is None:
        return
    for method in encryption.iter("{*}EncryptionMethod"):
        if (method.get("Algorithm") or "") not in _FONTS:
            raise locked(archive.name)


def _no_book(name: str) -> LoadError:
    return LoadError(
        f"“{name}”不是 EPUB 电子书，内容与扩展名不符；请检查文件后再试。",
        f"“{name}” is not an EPUB book: its content does not match its suffix; check the file.",
    )
