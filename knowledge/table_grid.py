"""A table of a document as a grid: what its columns are called, and what stands in each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.table_rows import Table, cells_of, table_at

_UNIT = re.compile(
    r"(?<![一-鿿])(?:计量)?单位[：:]\s*(?P<unit>[^\s　，。；|（()）]*(?:元|%|人|名|个|户|岁|天|日|月|分|平方米|平米)[^\s　，。；|（()）]*(?:[（(][^（()）\n]{2,40}[)）])?)"
)
_UNIT_OF_COLUMN = re.compile(
    r"[（(](?P<unit>[^（()）]*(?:元|%|人|名|个|户|岁|天|日|月|分|平方米)[^（()）]*)[)）]$"
)
# The unit stands at the head of a document of tables, or shortly above one.
_HEAD, _ABOVE = 300, 200
_HEADING = 60
# A longer cell is no name of a column.
_LONGEST_NAME = 60
_ENDS_SENTENCE = re.compile(r"[。！？；]$")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row."""

    start: int
    """In the document's text."""
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """In what the figures of a table are given, and where it says so."""

    words: str
    start: int
    """Of the words that say so, in the document's text."""
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One table whose rows have as many cells as its header."""

    heading: str
    """The headings and captions above it."""
    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
    header_line: str
    """The row with the names of the columns, verbatim."""
    unit: Unit | None = None

    def column_unit(self, column: int) -> str:
        """The unit in brackets in the header of a column; '' without one."""
        found = _UNIT_OF_COLUMN.search(self.header[column])
        return found["unit"] if found else ""


def grids(text: str) -> list[Grid]:
    """The tables of a text that have a header, in reading order."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    found: list[Grid] = []
    above: list[str] = []
    before: Table | None = None
    index = 0
    while index < len(lines):
        line = text[slice(*lines[index])].strip()
        table = table_at(text, lines, index, above, before) if "|" in line else None
        if table is None:
            if line and not _ENDS_SENTENCE.search(line) and len(line) <= _HEADING:
                above.append(line.strip("# "))
            elif line:
                above = []
            before = None
            index += 1
            continue
        if grid := _grid(text, table, above, lines[index][0]):
            found.append(grid)
        before, above = table, []
        index += table.lines
    return found


def _grid(text: str, table: Table, above: list[str], start: int) -> Grid | None:
    line = table.header.splitlines()[-1] if table.header else ""
    header = tuple(cells_of(line)) if line else ()
    if len(header) < 2 or any(len(name) > _LONGEST_NAME for name in header):
        return None
    rows = tuple(_filled(text, table, len(header)))
    if not rows:
        return None
    return Grid(" ".join(above[-3:]), header, rows, line, _unit(text, start))


def _filled(text: str, table: Table, columns: int) -> Iterator[GridRow]:
    """The rows with a cell for each column; the name of one stands for the empty cells below it."""
    above = ""
    for row in table.rows:
        cells = cells_of(text[row.start : row.end])
        if len(cells) != columns:
            # A footnote in one cell.
            continue
        above = cells[0] or above
        yield GridRow(row.start, row.end, (above, *cells[1:]))


def _unit(text: str, start: int) -> Unit | None:
    for begin, end in ((max(0, start - _ABOVE), start), (0, min(_HEAD, start))):
        if match := _UNIT.search(text, begin, end):
            return Unit(match["unit"], match.start(), match.end())
    return None
