"""A table's grid of cells → lines of Markdown rows, the header first.

`knowledge.passages` makes every row after the first a passage that carries the first row; a
line that is no row ends the table. Here merged cells are filled in, headers of several rows
made one, and what only looks like a table is written as plain lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import LoadError

MAX_CELLS = 2_000_000
"""Places in one table, merged ones counted as often as they are filled."""
MAX_COLUMNS = 512
"""Of one table; more are refused, since what is cut off would be missed by nobody."""
_MAX_HEADER_ROWS = 4
_LONG_CELL = 60
"""A header names columns; a first row with longer cells is content."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the source holds it."""

    text: str
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1
    """How many rows it spans."""
    is_header: bool = False
    """Marked as a header by the source."""


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The lines of a table whose rows hold the cells that start there.

    Rows over the whole width before the header are captions and become lines of their own. A
    single row, a single column, and rows without a header become plain lines. An empty table
    gives none. An empty line stands before the header.

    Raises LoadError for a table of more than MAX_CELLS places or MAX_COLUMNS columns.
    """
    grid = _filled(rows)
    if not grid:
        return []
    lines: list[str] = []
    while grid and _only_text(grid[0]) is not None:
        lines.append(_only_text(grid.pop(0)) or "")
    if not grid:
        return lines
    header_rows = _header_rows(grid)
    texts = [[cell.text if cell else "" for cell in row] for row in grid]
    kept = [column for column in range(len(texts[0])) if any(row[column] for row in texts)]
    if len(kept) == 1 or len(texts) <= header_rows or header_rows == 0:
        return lines + [_plain(row) for row in grid]
    texts = [[row[column] for column in kept] for row in texts]
    # An empty line ends the table above, as in Markdown: this one has a header of its own.
    lines += ["", _row(_header(texts[:header_rows]))]
    for row, cells in zip(texts[header_rows:], grid[header_rows:], strict=True):
        whole = _only_text(cells)
        lines.append(_row(row if whole is None else [whole, *[""] * (len(row) - 1)]))
    return lines


def _filled(rows: Sequence[Sequence[Cell]]) -> list[list[Cell | None]]:
    """The grid with each cell in all the places it spans; rows without any text left out."""
    grid: list[list[Cell | None]] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    budget = MAX_CELLS
    for cells in rows:
        row: list[Cell | None] = []
        waiting = list(cells)
        while waiting or any(column >= len(row) for column in hanging):
            column = len(row)
            if column >= MAX_COLUMNS:
                raise too_wide()
            budget -= 1
            if budget <= 0:
                raise too_big()
            if column in hanging:
                cell, left = hanging.pop(column)
                row.append(cell)
                if left > 1:
                    hanging[column] = (cell, left - 1)
            elif waiting:
                cell = waiting.pop(0)
                for _ in range(min(max(cell.columns, 1), MAX_COLUMNS - column)):
                    if cell.rows > 1:
                        hanging[len(row)] = (cell, cell.rows - 1)
                    row.append(cell)
            else:
                row.append(None)
        grid.append(row)
    width = max((len(row) for row in grid), default=0)
    return [
        row + [None] * (width - len(row)) for row in grid if any(cell and cell.text for cell in row)
    ]


def _only_text(row: Sequence[Cell | None]) -> str | None:
    """The text of a row that is one cell over the whole width of a table of several columns."""
    if len(row) < 2:
        return None
    cells = {id(cell): cell for cell in row if cell is not None and cell.text}
    if len(cells) != 1:
        return None
    (cell,) = cells.values()
    return cell.text if cell.columns >= len(row) or cell.columns >= 3 else None


def _header_rows(grid: Sequence[Sequence[Cell | None]]) -> int:
    """How many rows of `grid` are its header; 0 where the first row is content already."""
    marked = 0
    for row in grid[:_MAX_HEADER_ROWS]:
        if not all(cell is None or cell.is_header or not cell.text for cell in row):
            break
        marked += 1
    if marked:
        return marked
    first = grid[0]
    cells = [cell for cell in first if cell is not None and cell.text]
    if any(len(cell.text) > _LONG_CELL for cell in cells):
        return 0
    if cells[0].text.endswith(("：", ":")):
        return 0
    if any(_is_figure(cell.text) for cell in cells[1:]):
        return 0
    if any(cell.columns > 1 for cell in cells):
        return min(max(cell.rows for cell in cells), _MAX_HEADER_ROWS)
    return 1


def _is_figure(text: str) -> bool:
    # 2023 and 2023年 name columns; 1,200 and 35% are content.
    digits = text.replace(",", "").replace(".", "").rstrip("%％元人个万")
    return digits.isdigit() and not (len(digits) == 4 and digits.startswith(("19", "20")))


def _header(rows: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(_distinct(column)) for column in zip(*rows, strict=True)]


def _distinct(texts: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for text in texts:
        if text and (not kept or text != kept[-1]):
            kept.append(text)
    return kept


def _plain(row: Sequence[Cell | None]) -> str:
    once = {id(cell): cell.text for cell in row if cell is not None and cell.text}
    return " ".join(" ".join(text.split()) for text in once.values())


def _row(cells: Sequence[str]) -> str:
    # A bar inside a cell would end it.
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "｜") for cell in cells) + " |"


def too_wide() -> LoadError:
    """A table has more columns than can be read."""
    return LoadError(
        f"文件里有一个表格超过 {MAX_COLUMNS} 列的上限；请删去无关的列，或把表格拆开后再试。",
        f"A table in the file has more than {MAX_COLUMNS} columns; remove those that do not "
        "matter or split it.",
    )


def too_big() -> LoadError:
    """A table has more places than can be read."""
    return LoadError(
        f"文件里有一个表格超过 {MAX_CELLS} 格的上限；请把表格拆分成较小的文件后再试。",
        f"A table in the file has more than {MAX_CELLS} places; split it into smaller files.",
    )
