"""The package around the parts of a DOCX, PPTX or XLSX file (ECMA-376 part 2).

Element and attribute names are compared without their namespace: the strict variant of the
format, which WPS can write, uses other namespaces for the same names.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from knowledge.errors import LoadError
from knowledge.loading.archive_limits import Archive, open_archive
from knowledge.loading.file_problems import damaged, locked, not_as_named

_WHOLE = re.compile(r"[0-9]{1,9}")
_KINDS = {
    "wordprocessingml": ("DOCX", ".docx"),
    "spreadsheetml": ("XLSX", ".xlsx"),
    "presentationml": ("PPTX", ".pptx"),
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another."""

    kind: str
    """The last step of its type: officeDocument, styles, slide, …"""
    target: str
    """The name of the part it points to."""


@dataclass(frozen=True, slots=True)
class OfficePackage:
    """An open office file."""

    archive: Archive
    main: str
    """The name of its main part."""

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of `part` by their id; targets outside the file are left out."""
        folder, name = posixpath.split(part)
        root = self.archive.find_xml(posixpath.join(folder, "_rels", name + ".rels"))
        found: dict[str, Relationship] = {}
        for element in children(root, "Relationship") if root is not None else ():
            if element.get("TargetMode") == "External":
                continue
            target = unquote(element.get("Target") or "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            found[element.get("Id") or ""] = Relationship(kind, path)
        return found

    def related(self, kind: str, part: str | None = None) -> etree._Element | None:
        """The first part of this kind that `part` (else the main part) points to, parsed."""
        for relationship in self.relationships(part or self.main).values():
            if relationship.kind == kind and relationship.target in self.archive:
                return self.archive.read_xml(relationship.target)
        return None

    def stated_title(self) -> str:
        """The title among the core properties; often a leftover of the file's template."""
        root = self.archive.find_xml("docProps/core.xml")
        if root is None:
            return ""
        return "".join(element.text or "" for element in children(root, "title")).strip()


@contextmanager
def open_office(path: Path, dialect: str) -> Iterator[OfficePackage]:
    """The office file at `path`, of "wordprocessingml", "spreadsheetml" or "presentationml".

    Raises LoadError as `open_archive` does, and if the file is of another dialect.
    """
    file_format, _ = _KINDS[dialect]
    with open_archive(path, file_format) as archive:
        package = OfficePackage(archive, "")
        main = next(
            (found.target for found in package.relationships("").values()
             if found.kind == "officeDocument"), "")  # fmt: skip
        if main not in archive:
            raise _no_office_file(archive, path.name, file_format)
        content_type = _content_type(archive, main)
        for other, (actual, suffix) in _KINDS.items():
            if other != dialect and other in content_type:
                raise not_as_named(path.name, file_format, actual, suffix)
        yield OfficePackage(archive, main)


def _content_type(archive: Archive, part: str) -> str:
    root = archive.find_xml("[Content_Types].xml")
    for element in root if root is not None else ():
        if (element.get("PartName") or "").lstrip("/").lower() == part.lower():
            return element.get("ContentType") or ""
    return ""


def _no_office_file(archive: Archive, name: str, file_format: str) -> LoadError:
    if "EncryptedPackage" in archive:
        return locked(name)
    if "OFD.xml" in archive:
        return not_as_named(name, file_format, "OFD", ".ofd")
    if "META-INF/container.xml" in archive:
        return not_as_named(name, file_format, "EPUB", ".epub")
    if "[Content_Types].xml" in archive:
        return damaged(name)
    return not_as_named(name, file_format, "ZIP", ".zip")


def local(element: etree._Element) -> str:
    """The name of `element` without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children of `element` with one of these names."""
    return (child for child in element if local(child) in names)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down `path`, None where a step is missing."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The value of an attribute in whatever namespace, None without it."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def value_of(element: etree._Element | None, *path: str) -> str | None:
    """The `val` of the first element down `path`."""
    return attribute(child(element, *path), "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as `<w:vanish/>` is there and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off", "none")


def whole_number(text: str | None) -> int | None:
    """The whole number that an attribute states; None for anything else, and for absurd ones."""
    return int(text) if text and _WHOLE.fullmatch(text) else None
