"""A file → its text, page by page, with what the container itself says about it.

Each format has one loader in its own module. The loaders are imported only when a file of
their kind is met: reading a text file must not wait for the PDF or office libraries.
"""

from __future__ import annotations

import importlib
import itertools
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.cleaning import writable, writable_line
from knowledge.errors import LoadError

RUNS_ON = "\u2060"
"""Ends the text of a page whose last paragraph goes on on the next one: U+2060 WORD JOINER,
which is zero wide and which cleaning removes."""
MAX_CHARACTERS = 30_000_000
"""Of all pages together: fifty times the longest statute. A small file may repeat one page
thousands of times."""


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """The text of one page as it stands in the source, not yet cleaned."""

    number: int | None
    """From 1; None where the format has no pages."""
    text: str


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What one file holds.

    Whatever the names and the file are like, `source` and `metadata` can be stored, sent and
    shown: `writable_line` of the one, `writable` of the other.
    """

    pages: tuple[LoadedPage, ...]
    """At least one page, in reading order."""
    source: str
    """The path or address the text came from."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the container itself says (front matter, header table, core properties): `title`,
    `issuers`, `document_number`, `region`, `published_on` and whatever else it names.
    Plain strings; lists are joined by 、."""
    kind: str = "text"
    """`text`, `markdown`, `pdf`, `html`, …"""
    articles: tuple[LoadedFile, ...] = ()
    """Only where the container itself holds several documents."""

    def __post_init__(self) -> None:
        described = {writable_line(key): writable(value) for key, value in self.metadata.items()}
        object.__setattr__(self, "source", writable_line(self.source))
        object.__setattr__(self, "metadata", described)


Loader = Callable[..., LoadedFile]
PageProgress = Callable[[int, int], None]
"""Called with the pages read and the pages there are, after each page."""

# Suffix → "module:function". A new format is one line here; the function takes a path,
# returns a LoadedFile and raises LoadError.
_LOADERS: dict[str, str] = {
    ".txt": "knowledge.loading.text:load_text",
    ".md": "knowledge.loading.text:load_text",
    ".markdown": "knowledge.loading.text:load_text",
    ".pdf": "knowledge.loading.pdf:load_pdf",
    ".png": "knowledge.loading.images:load_image",
    ".jpg": "knowledge.loading.images:load_image",
    ".jpeg": "knowledge.loading.images:load_image",
    ".tif": "knowledge.loading.images:load_image",
    ".tiff": "knowledge.loading.images:load_image",
    ".bmp": "knowledge.loading.images:load_image",
    ".webp": "knowledge.loading.images:load_image",
    ".gif": "knowledge.loading.images:load_image",
    ".html": "knowledge.loading.html:load_html",
    ".htm": "knowledge.loading.html:load_html",
    ".docx": "knowledge.loading.docx:load_docx",
    ".pptx": "knowledge.loading.pptx:load_pptx",
    ".xlsx": "knowledge.loading.xlsx:load_xlsx",
    ".epub": "knowledge.loading.epub:load_epub",
    ".ofd": "knowledge.loading.ofd:load_ofd",
}

SUPPORTED_SUFFIXES: frozenset[str] = frozenset(_LOADERS)
"""Lower-case suffixes, with the dot, that `load_file` can read."""

# What is read page by page, and may take minutes.
_PAGED = frozenset(
    suffix for suffix, target in _LOADERS.items() if target.endswith((":load_pdf", ":load_image"))
)

# Formats that no library reads reliably: suffix → (program, format to save as).
_CONVERTIBLE: dict[str, tuple[str, str]] = {
    ".doc": ("Word / WPS / LibreOffice", "docx"),
    ".wps": ("WPS / LibreOffice", "docx"),
    ".rtf": ("Word / WPS / LibreOffice", "docx"),
    ".xls": ("Excel / WPS / LibreOffice", "xlsx"),
    ".et": ("WPS", "xlsx"),
    ".ppt": ("PowerPoint / WPS / LibreOffice", "pptx"),
    ".dps": ("WPS", "pptx"),
}


def load_file(path: Path, progress: PageProgress | None = None) -> LoadedFile:
    """The text of the file at `path`; `progress` is told of each page of a PDF or a picture.

    Raises LoadError, with one sentence to show, if the file is missing, unreadable, empty,
    without letters, too big, of an unknown format, or not what its suffix says.
    """
    try:
        require_file(path)
        loader = _loader_for(path)
        loaded = loader(path, progress) if path.suffix.lower() in _PAGED else loader(path)
        _check_text(path.name, loaded)
    except LoadError as error:
        zh, en = writable_line(error.message_zh), writable_line(error.message_en)
        if (zh, en) == (error.message_zh, error.message_en):
            raise
        # The name of the file holds what cannot be written.
        raise LoadError(zh, en) from error
    return loaded


def require_file(path: Path) -> None:
    """Raises LoadError unless `path` is a regular file: a pipe or a device may never end."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise LoadError(
            f"找不到文件“{path}”，请检查路径。",
            f"There is no file “{path}”; check the path.",
        ) from error
    except OSError as error:
        raise LoadError(
            f"无法读取“{path}”（{error.strerror}）；请检查路径和读取权限。",
            f"“{path}” cannot be read ({error.strerror}); check the path and that you may read it.",
        ) from error
    if not stat.S_ISREG(mode):
        raise LoadError(
            f"“{path}”不是普通文件，请给出一个文件的路径。",
            f"“{path}” is not a regular file; give the path of a file.",
        )


def _check_text(name: str, loaded: LoadedFile) -> None:
    pages = [page for part in (loaded, *loaded.articles) for page in part.pages]
    if not any(map(str.isalnum, itertools.chain.from_iterable(page.text for page in pages))):
        raise LoadError(
            f"“{name}”里没有文字，只有空白或符号；请检查后换一个文件。",
            f"“{name}” holds no letters, only blanks or signs; check it and choose another file.",
        )
    if sum(len(page.text) for page in pages) > MAX_CHARACTERS:
        raise LoadError(
            f"“{name}”的文字超过 {MAX_CHARACTERS // 10_000} 万字的上限；请拆分成较小的文件后再试。",
            f"“{name}” holds more than {MAX_CHARACTERS} characters; split it into smaller files.",
        )


def _loader_for(path: Path) -> Loader:
    suffix = path.suffix.lower()
    if suffix == ".txt" and _looks_like_html(path):
        # Pages saved from a browser as “text” are common, and their tags are not policy.
        suffix = ".html" if ".html" in _LOADERS else suffix
    target = _LOADERS.get(suffix)
    if target is None:
        raise _unsupported(path, suffix)
    module, function = target.split(":")
    loader: Loader = getattr(importlib.import_module(module), function)
    return loader


def _looks_like_html(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    except OSError:
        return False  # The loader says why the file cannot be read.
    return head.startswith((b"<!doctype html", b"<html"))


def _unsupported(path: Path, suffix: str) -> LoadError:
    if suffix in _CONVERTIBLE:
        program, better = _CONVERTIBLE[suffix]
        return LoadError(
            f"“{path.name}”是旧格式（{suffix}），无法可靠读取；"
            f"请用 {program} 打开，另存为 .{better} 或 PDF 后再试。",
            f"“{path.name}” is in a legacy format ({suffix}) that cannot be read reliably; "
            f"open it in {program}, save it as .{better} or PDF, and try again.",
        )
    known = " ".join(sorted(SUPPORTED_SUFFIXES))
    shown = suffix or "无扩展名"
    return LoadError(
        f"不支持“{path.name}”的格式（{shown}）；可以读取的格式：{known}。",
        f"The format of “{path.name}” ({suffix or 'no suffix'}) is not supported; "
        f"formats that can be read: {known}.",
    )
