"""One sheet of a workbook → its tables: groups of filled rows, with merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from knowledge.loading.cell_format import show_number
from knowledge.loading.office_package import attribute, child, children, local, whole_number
from knowledge.loading.paragraph import plain_line
from knowledge.loading.table import MAX_CELLS, MAX_COLUMNS, Cell, too_big, too_wide

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets refer to."""

    strings: Sequence[str]
    codes: Sequence[str]
    """Number format by the index of a cell's style."""
    from_1904: bool


def string_of(element: etree._Element) -> str:
    """A string in pieces of different looks; the phonetic guides beside it are no part of it."""
    parts = []
    for piece in element:
        if local(piece) == "t":
            parts.append(piece.text or "")
        elif local(piece) == "r":
            parts.extend(text.text or "" for text in children(piece, "t"))
    return "".join(parts)


def sheet_rows(
    sheet: etree._Element, book: Book, budget: int
) -> tuple[dict[int, dict[int, Cell]], int]:
    """The filled cells by row and column from 0, merged ones with their spans; their count.

    Raises LoadError for a filled cell beyond the last column that is read.
    """
    rows: dict[int, dict[int, Cell]] = {}
    used = row_number = 0
    data = child(sheet, "sheetData")
    for row in children(data, "row") if data is not None else ():
        row_number = integer(attribute(row, "r")) or row_number + 1
        column = -1
        for element in children(row, "c"):
            reference = _REFERENCE.fullmatch(attribute(element, "r") or "")
            column = _column(reference[1]) if reference else column + 1
            text = plain_line(_value(element, book))
            if not text:
                continue
            if column >= MAX_COLUMNS:
                raise too_wide()
            used += 1
            if used > budget:
                return rows, used
            rows.setdefault(row_number - 1, {})[column] = Cell(text)
    merges = child(sheet, "mergeCells")
    for entry in children(merges, "mergeCell") if merges is not None else ():
        corners = [
            _REFERENCE.fullmatch(part) for part in (attribute(entry, "ref") or "").split(":")
        ]
        if len(corners) != 2 or corners[0] is None or corners[1] is None:
            continue
        top, left = int(corners[0][2]) - 1, _column(corners[0][1])
        height = int(corners[1][2]) - top
        width = _column(corners[1][1]) - left + 1
        cell = rows.get(top, {}).get(left)
        if cell is not None and height > 0 and width > 0:
            rows[top][left] = Cell(cell.text, min(width, MAX_COLUMNS), height)
    return rows, used


def _value(element: etree._Element, book: Book) -> str:
    kind = attribute(element, "t") or "n"
    if kind == "inlineStr":
        inline = child(element, "is")
        return string_of(inline) if inline is not None else ""
    value = child(element, "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        index = integer(text)
        return book.strings[index] if text and index < len(book.strings) else ""
    if kind == "b":
        return {"1": "是", "0": "否"}.get(text, text)
    if kind == "e":
        return ""
    if kind == "d":
        return text.split("T")[0]
    if kind == "n" and text:
        style = integer(attribute(element, "s"))
        code = book.codes[style] if style < len(book.codes) else ""
        return show_number(text, code, from_1904=book.from_1904)
    return text


def sheet_tables(rows: Mapping[int, Mapping[int, Cell]]) -> Iterator[list[list[Cell]]]:
    """Groups of rows without an empty row between, as rows of the cells that start there.

    Raises LoadError for a group of more places than a table may have.
    """
    previous, covered = -2, -1
    taken: set[tuple[int, int]] = set()

    def grid(first: int, last: int) -> list[list[Cell]]:
        if last - first >= MAX_CELLS:
            # One merged cell may span a million empty rows.
            raise too_big()
        left = min(column for row in range(first, last + 1) for column in rows.get(row, {}))
        right = max(
            column + cell.columns - 1
            for row in range(first, last + 1) for column, cell in rows.get(row, {}).items()
        )  # fmt: skip
        if (last - first + 1) * (right - left + 1) > MAX_CELLS:
            raise too_big()
        lines = []
        for row in range(first, last + 1):
            line: list[Cell] = []
            column = left
            while column <= right:
                if (row, column) in taken:
                    column += 1
                    continue
                cell = rows.get(row, {}).get(column, Cell(""))
                span = min(cell.columns, right - column + 1)
                height = min(cell.rows, last - row + 1)
                line.append(Cell(cell.text, span, height))
                if height > 1:
                    taken.update((row + down, column + across)
                                 for down in range(1, height) for across in range(span))  # fmt: skip
                column += span
            lines.append(line)
        return lines

    first: int | None = None
    for row in sorted(rows):
        if first is not None and row > max(previous, covered) + 1:
            yield grid(first, previous)
            first = None
        first = row if first is None else first
        previous = row
        covered = max([covered, *(row + cell.rows - 1 for cell in rows[row].values())])
    if first is not None:
        yield grid(first, previous)


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def integer(text: str | None) -> int:
    """A whole number of the file; 0 for what is none."""
    return whole_number(text) or 0
