"""Word files (.docx)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from knowledge.line_breaks import join_two
from knowledge.loading import LoadedFile, LoadedPage
from knowledge.loading.docx_numbering import Numbering
from knowledge.loading.docx_styles import Styles
from knowledge.loading.docx_text import note_mark, read_paragraph
from knowledge.loading.file_problems import without_text
from knowledge.loading.office_package import (
    OfficePackage,
    attribute,
    child,
    children,
    is_on,
    local,
    open_office,
    value_of,
    whole_number,
)
from knowledge.loading.paragraph import (
    heading_line,
    is_numbered,
    letters,
    paragraph_lines,
    plain_line,
    title_line,
)
from knowledge.loading.table import Cell, table_lines

# Where a title that the file's properties state must stand to be believed.
_HEAD_LINES = 12


def load_docx(path: Path) -> LoadedFile:
    """The text of a Word file: a paragraph a line, headings and tables as Markdown.

    Numbers that Word counts itself are written out; footnotes follow their paragraph, text
    boxes stand where they are anchored; headers, footers, comments, generated tables of
    contents, deleted and hidden text are left out. `metadata` has the title where a paragraph
    is styled as one, or where the properties name one that the text begins with.

    Raises LoadError if the file is damaged, locked, no Word file, or holds no text.
    """
    with open_office(path, "wordprocessingml") as package:
        body = _Body.of(package)
        document = package.archive.read_xml(package.main)
        lines = list(body.lines(child(document, "body")))
        stated = package.stated_title()
    text = "\n".join(lines).strip("\n")
    if not letters(text):
        raise without_text(path.name)
    title = body.title or _confirmed(stated, lines) or _first_heading(lines)
    metadata = {"title": title} if title else {}
    return LoadedFile((LoadedPage(None, text),), str(path), metadata, "markdown")


def _confirmed(stated: str, lines: list[str]) -> str:
    """The title of the properties if the text begins with it: many keep their template's."""
    words = letters(stated)
    head = letters("".join(lines[:_HEAD_LINES]))
    return title_line(stated) if len(words) >= 4 and words in head else ""


def _first_heading(lines: list[str]) -> str:
    """A heading above everything else, unless it is the first of the numbered ones."""
    first = next(line for line in lines if line)
    heading = first.lstrip("#").strip()
    return heading if first.startswith("#") and not is_numbered(heading) else ""


@dataclass(slots=True)
class _Body:
    """Reads block after block; the counters of lists and notes run through all of them."""

    styles: Styles
    numbering: Numbering
    notes: dict[str, etree._Element]
    title: str = ""
    _note_count: int = 0
    _carried: str = ""
    """Text of a paragraph whose end was deleted: the next one continues it."""
    _has_text: bool = False

    @classmethod
    def of(cls, package: OfficePackage) -> _Body:
        styles = Styles.read(package.related("styles"))
        numbering = Numbering.read(package.related("numbering"), styles.list_styles())
        notes: dict[str, etree._Element] = {}
        for kind in ("footnote", "endnote"):
            root = package.related(f"{kind}s")
            for note in children(root, kind) if root is not None else ():
                if attribute(note, "type") in (None, "normal"):
                    notes[f"{kind}:{attribute(note, 'id')}"] = note
        return cls(styles, numbering, notes)

    def lines(self, container: etree._Element | None) -> Iterator[str]:
        """The lines of a body, a cell, a text box or a note."""
        for block in container if container is not None else ():
            match local(block):
                case "p":
                    yield from self._paragraph(block)
                case "tbl":
                    yield from self._table(block)
                case "sdt":
                    gallery = value_of(block, "sdtPr", "docPartObj", "docPartGallery")
                    if gallery != "Table of Contents":
                        yield from self.lines(child(block, "sdtContent"))
                case "ins" | "moveTo" | "customXml" | "smartTag":
                    yield from self.lines(block)
                case "AlternateContent":
                    yield from self.lines(child(block, "Choice"))

    def _paragraph(self, element: etree._Element) -> Iterator[str]:
        properties = child(element, "pPr")
        style = self.styles.paragraph(value_of(properties, "pStyle"))
        if style.is_contents or style.is_hidden:
            return
        found = read_paragraph(element, self.styles, self._note_count + 1)
        first_note = self._note_count + 1
        self._note_count += len(found.notes)
        text = self._carried + found.text
        self._carried = ""
        if child(properties, "rPr", "del") is not None and text.strip():
            self._carried = text
            return
        label = ""
        if text.strip():
            number = value_of(properties, "numPr", "numId") or style.list_number
            level = value_of(properties, "numPr", "ilvl")
            if number and number != "0":
                depth = whole_number(level)
                label = self.numbering.next_label(
                    number, style.list_level if depth is None else depth
                )
        outline = value_of(properties, "outlineLvl")
        stated = whole_number(outline)
        rank = style.outline_level if stated is None else stated
        if style.is_title and text.strip() and (not self.title or not self._has_text):
            # A title set as several paragraphs is one.
            self.title = join_two(self.title, title_line(text))
            yield heading_line(text, 1)
        elif rank is not None and rank < 9 and text.strip():
            yield heading_line(label + text.strip(), rank + 2)
            self._has_text = True
        elif text.strip():
            yield from paragraph_lines(label + text.strip() if label else text)
            self._has_text = True
        for box in found.boxes:
            yield from self.lines(box)
        for index, identifier in enumerate(found.notes):
            # Taken out: a note may point to itself, and is printed once.
            if (note := self.notes.pop(identifier, None)) is not None:
                words = plain_line(" ".join(self.lines(note)))
                if words:
                    yield note_mark(first_note + index) + words

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows: list[list[Cell]] = []
        # Column → the row and place of the cell that a vertical merge continues.
        open_cells: dict[int, tuple[int, int]] = {}
        for row in _rows(table):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            is_header = is_on(child(properties, "tblHeader"))
            cells: list[Cell] = []
            column = _count(value_of(properties, "gridBefore"), 0)
            cells += [Cell("")] * column
            for element in _cells(row):
                merge = child(element, "tcPr", "vMerge")
                span = _count(value_of(element, "tcPr", "gridSpan"), 1)
                if merge is not None and attribute(merge, "val") != "restart":
                    if column in open_cells:
                        index, place = open_cells[column]
                        above = rows[index][place]
                        rows[index][place] = Cell(
                            above.text, above.columns, len(rows) - index + 1, above.is_header
                        )
                        column += span
                        continue
                else:
                    open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = (len(rows), len(cells))
                text = plain_line(" ".join(line.strip("#| ") for line in self.lines(element)))
                cells.append(Cell(text, span, 1, is_header))
                column += span
            rows.append(cells)
        yield from table_lines(rows)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if local(element) == "tr":
            yield element
        elif local(element) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(element)


def _count(text: str | None, otherwise: int) -> int:
    number = whole_number(text)
    return otherwise if number is None else min(number, 512)
