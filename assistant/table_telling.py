"""Cells of a table as an answer: the value, its unit, what it stands for, and the row under its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.calculation import calculation
from assistant.citing import Citations
from assistant.confirmation import claimed_figures
from assistant.dated_quote import cite_words
from assistant.quotation import escape, quoted
from assistant.table_cell import DIFFERS, LEAST, MOST, Cells, counts_things, is_number
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import PolicyDocument
from knowledge.figures import find_figures
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot
from knowledge.table_grid import Grid

# More values than these are read in the table itself.
_LINES = 4


def told(
    work: Work, document: PolicyDocument, cells: Cells, asked: str, snapshot: Snapshot
) -> Answer | None:
    """An answer of the cells; None if the document's version is gone."""
    version = snapshot.version_of_document(document)
    if version is None:
        return None
    citations, grid = Citations(), cells.grid
    chosen = [row.cells[column] for row in cells.rows for column in cells.columns]
    if not all(any(map(str.isalnum, cell)) for cell in chosen):
        # An empty cell, or a dash.
        return None
    computed = _computed(cells, asked)
    if DIFFERS.search(asked) and computed is None:
        return None
    passages = snapshot.catalog.passages_of(document.id, version)
    described = snapshot.versions[version].document

    def excerpt(_: str, start: int, end: int) -> str | None:
        return document.text[start:end]

    marks, tables = {}, []
    for row in cells.rows:
        passage = next((p for p in passages if p.end_char > row.start), passages[-1])
        # The header is shown whether it stands in the same passage or above it.
        passage = replace(passage, lead_in=grid.header_line)
        words = document.text[row.start : row.end]
        tables.append(quoted(described, passage, row.start, words, citations, excerpt))
        marks[row] = next(
            c.number for c in citations.citations if (c.start_char, c.quote) == (row.start, words)
        )
    unit_mark = ""
    if grid.unit and any(not grid.column_unit(column) for column in cells.columns):
        span = Span(grid.unit.start, grid.unit.end)
        unit_mark = f"[{cite_words(citations, snapshot, document, version, span)}]"
    lines = []
    for row, name in zip(cells.rows, cells.names, strict=True):
        for column in cells.columns:
            unit = _unit(grid, column, row.cells[column], unit_mark)
            value, title = escape(row.cells[column]), escape(grid.header[column])
            if MOST.search(asked) or LEAST.search(asked):
                lines.append(f"**{escape(name)}**[{marks[row]}]：{value}{unit}，{title}")
            else:
                lines.append(f"**{value}**[{marks[row]}]{unit}，{escape(name)} · {title}")
    if len(lines) > _LINES:
        lines = []
    if computed:
        lines.insert(0, computed)
    elif len(lines) == 1 and (verdict := _verdict(work, chosen[0])):
        lines.insert(0, verdict)
    work.timed("answer")
    return work.answer("answered", "\n\n".join((*lines, _joined(tables))), citations)


def _unit(grid: Grid, column: int, cell: str, mark: str) -> str:
    if not is_number(cell) or cell.endswith("%") or grid.column_unit(column) or not grid.unit:
        return ""
    if counts_things(grid.header[column]):
        return ""
    return f"（{escape(grid.unit.words)}{mark}）"


def _verdict(work: Work, cell: str) -> str:
    """Whether the cell has the figure that is to be confirmed (是1230元吗); '' if none is."""
    claims = [c for c in claimed_figures(work.text) if c.figure.kind in ("money", "percent")]
    if len(claims) != 1 or not is_number(cell):
        return ""
    same = str(claims[0].figure.value) == cell.replace(",", "")
    return say("figure_agrees" if same else "figure_differs", work.language)


def _computed(cells: Cells, asked: str) -> str | None:
    """The difference between two cells of one column, where it is asked for."""
    if not DIFFERS.search(asked) or len(cells.rows) != 2 or len(cells.columns) != 1:
        return None
    (column,) = cells.columns
    unit = cells.grid.column_unit(column) or (cells.grid.unit.words if cells.grid.unit else "")
    if not all(is_number(row.cells[column]) for row in cells.rows):
        return None
    texts = [f"{row.cells[column]}{unit.split('/')[0]}" for row in cells.rows]
    figures = [figure for text in texts for figure in find_figures(text)[:1]]
    return calculation("difference", figures, texts) if len(figures) == 2 else None


def _joined(tables: Sequence[str]) -> str:
    """Rows of one table under one header."""
    head = tables[0].splitlines()
    rows = [line for table in tables[1:] for line in table.splitlines()[2:]]
    return "\n".join((*head, *rows))
