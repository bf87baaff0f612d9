"""Slides (.pptx)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, LoadedPage
from knowledge.loading.file_problems import without_text
from knowledge.loading.office_package import (
    OfficePackage,
    Relationship,
    attribute,
    child,
    children,
    local,
    open_office,
    whole_number,
)
from knowledge.loading.paragraph import (
    heading_line,
    letters,
    paragraph_lines,
    plain_line,
    title_line,
)
from knowledge.loading.table import Cell, table_lines

_FURNITURE = frozenset(("dt", "ftr", "sldNum", "hdr"))
_TITLES = frozenset(("title", "ctrTitle"))
MAX_SLIDES = 3000
"""A file may name one slide as often as it likes."""


def load_pptx(path: Path) -> LoadedFile:
    """The text of a presentation: a slide a page, its title as a heading, then its shapes.

    Shapes are read from top to bottom and left to right, tables row by row, diagrams and
    speaker notes after them. Hidden slides, dates, footers and slide numbers are left out.
    `metadata` has the title of the first slide.

    Raises LoadError if the file is damaged, locked, no presentation, or holds no text.
    """
    pages: list[LoadedPage] = []
    title = ""
    with open_office(path, "presentationml") as package:
        related = package.relationships(package.main)
        presentation = package.archive.read_xml(package.main)
        slides = child(presentation, "sldIdLst")
        if slides is not None and len(slides) > MAX_SLIDES:
            raise _too_many_slides(path.name)
        for number, entry in enumerate(slides if slides is not None else (), 1):
            found = related.get(_relationship_id(entry))
            if found is None or found.target not in package.archive:
                continue
            slide = package.archive.read_xml(found.target)
            if attribute(slide, "show") in ("0", "false"):
                continue
            heading, lines = _slide(slide, package, found.target)
            title = title or (title_line(heading) if not pages else "")
            if heading:
                lines.insert(0, heading_line(heading, 2))
            text = "\n".join(lines).strip("\n")
            if letters(text):
                pages.append(LoadedPage(number, text))
    if not pages:
        raise without_text(path.name)
    return LoadedFile(tuple(pages), str(path), {"title": title} if title else {}, "markdown")


def _too_many_slides(name: str) -> LoadError:
    return LoadError(
        f"“{name}”超过 {MAX_SLIDES} 张幻灯片的上限；请拆分成较小的文件后再试。",
        f"“{name}” has more than {MAX_SLIDES} slides; split it into smaller files.",
    )


def _relationship_id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items()
                 if "relationships" in key and key.endswith("}id")), "")  # fmt: skip


def _slide(slide: etree._Element, package: OfficePackage, part: str) -> tuple[str, list[str]]:
    """The title and the lines of a slide."""
    related = package.relationships(part)
    title = ""
    lines: list[str] = []
    shapes = list(_shapes(child(slide, "cSld", "spTree"), (0, 0)))
    for _, shape in sorted(shapes, key=lambda item: item[0]):
        kind = _placeholder(shape)
        if kind in _FURNITURE:
            continue
        text = _paragraphs(child(shape, "txBody"))
        if kind in _TITLES and not title:
            title = "\n".join(text)
        elif local(shape) == "graphicFrame":
            lines.extend(_graphic(shape, package, related))
        else:
            lines.extend(line for words in text for line in paragraph_lines(words))
    for relationship in related.values():
        if relationship.kind == "notesSlide" and relationship.target in package.archive:
            notes = package.archive.read_xml(relationship.target)
            for _, shape in _shapes(child(notes, "cSld", "spTree"), (0, 0)):
                if _placeholder(shape) == "body":
                    lines.extend(plain_line(words) for words in _paragraphs(child(shape, "txBody")))
    return title, lines


def _shapes(
    tree: etree._Element | None, place: tuple[int, int]
) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    """The shapes of a slide with their place (top, left); those of a group have the group's."""
    for shape in tree if tree is not None else ():
        name = local(shape)
        if _is_switched_off(shape):
            continue
        if name == "AlternateContent":
            yield from _shapes(next(children(shape, "Choice", "Fallback"), None), place)
        elif name == "grpSp":
            yield from _shapes(shape, _place(child(shape, "grpSpPr", "xfrm"), place))
        elif name == "graphicFrame":
            yield _place(child(shape, "xfrm"), place), shape
        elif name in ("sp", "cxnSp"):
            yield _place(child(shape, "spPr", "xfrm"), place), shape


def _is_switched_off(shape: etree._Element) -> bool:
    """Whether a shape is switched off in the selection pane."""
    for wrapper in shape:
        properties = child(wrapper, "cNvPr")
        if properties is not None:
            return attribute(properties, "hidden") in ("1", "true")
    return False


def _place(transform: etree._Element | None, otherwise: tuple[int, int]) -> tuple[int, int]:
    offset = child(transform, "off")
    top, left = whole_number(attribute(offset, "y")), whole_number(attribute(offset, "x"))
    if offset is None:
        return otherwise
    # Shapes may start above or left of the slide.
    return top or 0, left or 0


def _placeholder(shape: etree._Element) -> str:
    for wrapper in shape:
        placeholder = child(wrapper, "nvPr", "ph")
        if placeholder is not None:
            return attribute(placeholder, "type") or "body"
    return ""


def _graphic(
    frame: etree._Element, package: OfficePackage, related: dict[str, Relationship]
) -> Iterator[str]:
    data = child(frame, "graphic", "graphicData")
    table = child(data, "tbl")
    if table is not None:
        yield from table_lines([list(_cells(row)) for row in children(table, "tr")])
    for pointer in children(data, "relIds") if data is not None else ():
        found = related.get(attribute(pointer, "dm") or "")
        if found is not None and found.target in package.archive:
            for point in package.archive.read_xml(found.target).iter("{*}pt"):
                yield from (plain_line(words) for words in _paragraphs(child(point, "t")))


def _cells(row: etree._Element) -> Iterator[Cell]:
    for element in children(row, "tc"):
        if attribute(element, "hMerge") in ("1", "true") or attribute(element, "vMerge") in (
            "1",
            "true",
        ):
            continue
        text = plain_line(" ".join(_paragraphs(child(element, "txBody"))))
        yield Cell(
            text,
            _count(attribute(element, "gridSpan")),
            _count(attribute(element, "rowSpan")),
        )


def _count(text: str | None) -> int:
    return min(whole_number(text) or 1, 512)


def _paragraphs(body: etree._Element | None) -> list[str]:
    found = []
    for paragraph in children(body, "p") if body is not None else ():
        parts = []
        for run in paragraph:
            if local(run) == "br":
                parts.append("\n")
            elif local(run) in ("r", "fld"):
                parts.append("".join(text.text or "" for text in children(run, "t")))
        text = "".join(parts)
        if text.strip():
            found.append(text.replace("\x0b", "\n").strip())
    return found
