"""Spreadsheets (.xlsx)."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, LoadedPage
from knowledge.loading.cell_format import format_code
from knowledge.loading.file_problems import without_text
from knowledge.loading.office_package import (
    OfficePackage,
    attribute,
    child,
    children,
    open_office,
)
from knowledge.loading.paragraph import heading_line, letters, title_line
from knowledge.loading.table import table_lines
from knowledge.loading.xlsx_sheet import Book, integer, sheet_rows, sheet_tables, string_of

MAX_CELLS = 500_000
"""Filled cells of all sheets together."""
_DEFAULT_NAMES = re.compile(r"(?:Sheet|工作表|表|Table)\s*\d*", re.IGNORECASE)


def load_xlsx(path: Path) -> LoadedFile:
    """The text of a workbook: each visible sheet a heading, then its tables row by row.

    Empty rows separate tables; merged cells are filled in, a row over the whole width is a
    caption. Formulas give the value that the file keeps, dates and shares as they are shown.
    `metadata` has the caption of the first sheet as title.

    Raises LoadError if the file is damaged, locked, no workbook, too big, or holds no text.
    """
    pages: list[LoadedPage] = []
    title = name = ""
    with open_office(path, "spreadsheetml") as package:
        workbook = package.archive.read_xml(package.main)
        related = package.relationships(package.main)
        book = _read_book(package, workbook)
        budget = MAX_CELLS
        entries = child(workbook, "sheets")
        for entry in children(entries, "sheet") if entries is not None else ():
            found = related.get(_relationship_id(entry))
            is_sheet = found is not None and found.kind == "worksheet"
            if (
                not is_sheet
                or found is None
                or attribute(entry, "state") in ("hidden", "veryHidden")
            ):
                continue
            if found.target not in package.archive:
                continue
            rows, used = sheet_rows(package.archive.read_xml(found.target), book, budget)
            budget -= used
            if budget <= 0:
                raise _too_many_cells(path.name)
            lines = [line for table in sheet_tables(rows) for line in table_lines(table)]
            if not letters("".join(lines)):
                continue
            if not pages and lines[0] and len(lines[0]) <= 60 and lines[1:2] == [""]:
                title = lines[0]
            name = title_line(attribute(entry, "name") or "")
            # The heading also keeps the tables of two sheets apart.
            lines.insert(0, heading_line(name, 2))
            pages.append(LoadedPage(None, "\n".join(lines)))
    if not pages:
        raise without_text(path.name)
    if len(pages) == 1 and _DEFAULT_NAMES.fullmatch(name):
        pages = [LoadedPage(None, pages[0].text.partition("\n")[2].strip("\n"))]
    return LoadedFile(tuple(pages), str(path), {"title": title} if title else {}, "markdown")


def _relationship_id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items()
                 if "relationships" in key and key.endswith("}id")), "")  # fmt: skip


def _read_book(package: OfficePackage, workbook: etree._Element) -> Book:
    strings = package.related("sharedStrings")
    styles = package.related("styles")
    custom: dict[int, str] = {}
    formats = child(styles, "numFmts")
    for entry in children(formats, "numFmt") if formats is not None else ():
        custom[integer(attribute(entry, "numFmtId"))] = attribute(entry, "formatCode") or ""
    cell_styles = child(styles, "cellXfs")
    return Book(
        [string_of(entry) for entry in children(strings, "si")] if strings is not None else [],
        [format_code(integer(attribute(entry, "numFmtId")), custom)
         for entry in children(cell_styles, "xf")] if cell_styles is not None else [],
        attribute(child(workbook, "workbookPr"), "date1904") in ("1", "true"),
    )  # fmt: skip


def _too_many_cells(name: str) -> LoadError:
    return LoadError(
        f"“{name}”超过 {MAX_CELLS} 个单元格的上限；请删去无关的工作表，或拆分成较小的文件。",
        f"“{name}” has more than {MAX_CELLS} filled cells; remove the sheets that do not matter "
        "or split it into smaller files.",
    )
