"""A table in a text → its rows, each with the header and the caption that explain it.

A table is a run of lines between bars (Markdown); an empty line ends it. A row whose cell holds
line breaks runs over several lines. The header is what stands above the rule (|---|), else the
first row unless that has figures; a second row under merged header cells belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Line = tuple[int, int]
"""Start and end of a line or a row in the text."""

_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BARE_RULE = re.compile(r"\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+$")
_ROW_LINES = 12
"""Lines that one row with line breaks in its cells may take."""
_CAPTION_LENGTH, _CAPTION_LINES = 60, 2
_CAPTION = re.compile(
    r"\s*(?:[（(【]?\s*(?:附?表|[Tt]able)\s*[一二三四五六七八九十\d]"
    r"|[^。；]*(?:表|名单|目录|清单|标准|情况|一览)(?:[（(][^（()）]*[）)])?\s*[：:]?\s*$"
    r"|[（(]?\s*(?:计量)?单位\s*[：:])"
)
_FIGURE = re.compile(r"\s*[\d,.]+\s*[%％万亿元人个名户项]*\s*$")
_YEAR = re.compile(r"\s*(?:19|20)\d\d年?\s*$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, or one that is left of a table without any content."""

    start: int
    end: int
    lead_in: str
    """Caption and header, a line each; '' for the rows of a table without a header."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table."""

    rows: tuple[TableRow, ...]
    lines: int
    """How many lines of the text it takes."""
    columns: int
    header: str


def table_at(
    text: str, lines: Sequence[Line], index: int, above: Sequence[str], before: Table | None
) -> Table | None:
    """The table that begins with `lines[index]`, or None.

    `above` are the lines of text over it, nearest last; `before` is the table that only an empty
    line parts from it, whose header stands for a continued one's.
    """
    block, used = _block(text, lines, index)
    if not block:
        return None
    header, body = _header_and_body(text, block)
    columns = len(_cells(text, block[0]))
    shown = "\n".join([*_captions(above), *(text[start:end].strip() for start, end in header)])
    if not header and before and before.columns == columns:
        shown = before.header
    has_content = any(map(str.isalnum, "".join(text[start:end] for start, end in body)))
    if not has_content:
        # A form, or a note in a box: its only words are those of the header.
        body, shown = [row for row in block if not _RULE.match(text[row[0] : row[1]])], ""
    rows = tuple(TableRow(start, end, shown) for start, end in body)
    return Table(rows, used, columns, shown)


def _block(text: str, lines: Sequence[Line], index: int) -> tuple[list[Line], int]:
    """The rows from `lines[index]` on, and how many lines they take."""
    bare = (
        "|" in text[slice(*lines[index])]
        and index + 1 < len(lines)
        and bool(_BARE_RULE.match(text[slice(*lines[index + 1])]))
    )
    rows: list[Line] = []
    position = index
    while position < len(lines):
        line = text[slice(*lines[position])]
        if _ROW.match(line) or (bare and "|" in line):
            rows.append(lines[position])
            position += 1
            continue
        taken = _broken_row(text, lines, position)
        if not taken:
            break
        rows.append((lines[position][0], lines[position + taken - 1][1]))
        position += taken
    return rows, position - index


def _broken_row(text: str, lines: Sequence[Line], index: int) -> int:
    """How many lines a row with line breaks in its cells takes; 0 if there is none."""
    if not text[slice(*lines[index])].lstrip().startswith("|"):
        return 0
    for taken in range(2, min(_ROW_LINES, len(lines) - index) + 1):
        line = text[slice(*lines[index + taken - 1])].strip()
        if not line or line.startswith("|"):
            return 0
        if line.endswith("|"):
            return taken
    return 0


def _header_and_body(text: str, block: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The rows of the header and those below it, without rules."""
    rules = [place for place, row in enumerate(block) if _RULE.match(text[slice(*row)])]
    if rules and rules[0] <= 2:
        header, body = list(block[: rules[0]]), list(block[rules[0] + 1 :])
    elif any(_is_figure(cell) for cell in _cells(text, block[0])[1:]):
        header, body = [], list(block)
    else:
        header, body = list(block[:1]), list(block[1:])
    body = [row for row in body if not _RULE.match(text[slice(*row)])]
    if header and len(body) > 1 and _is_second_header(text, header[-1], body[0]):
        header.append(body.pop(0))
    return header, body


def _is_second_header(text: str, first: Line, second: Line) -> bool:
    """True if `second` names the columns that merged cells of `first` stand over."""
    above, below = _cells(text, first), _cells(text, second)
    if len(above) != len(below) or any(_is_figure(cell) for cell in below):
        return False
    merged = {
        place
        for place in range(1, len(above))
        if not above[place] or above[place] == above[place - 1]
    }
    merged |= {place - 1 for place in merged}
    under = [below[place] for place in merged if below[place]]
    alone = [place for place in range(len(above)) if place not in merged]
    return len(set(under)) > 1 and all(below[place] in ("", above[place]) for place in alone)


def cells_of(row: str) -> list[str]:
    """The cells of a row between bars, each with single spaces."""
    line = row.strip().removeprefix("|").removesuffix("|")
    return [" ".join(cell.split()) for cell in line.split("|")]


def _cells(text: str, row: Line) -> list[str]:
    return cells_of(text[slice(*row)])


def _is_figure(cell: str) -> bool:
    # A year names a column.
    return bool(_FIGURE.match(cell)) and not _YEAR.match(cell)


def _captions(above: Sequence[str]) -> Iterator[str]:
    found: list[str] = []
    for line in reversed(above[-_CAPTION_LINES:]):
        if len(line) > _CAPTION_LENGTH or not _CAPTION.match(line):
            break
        found.insert(0, line)
    yield from found
