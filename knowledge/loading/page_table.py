"""Tables on a page: those drawn with rules, and those whose columns only line up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.line_breaks import join_two, tidy_spaces
from knowledge.loading.page_block import Block
from knowledge.loading.page_gutter import Gutter
from knowledge.loading.page_line import Rule, TextLine, body_em, rows_of
from knowledge.loading.table import Cell, table_lines

_MAX_RULES = 3000
_MAX_LINES = 120
"""Rows or columns of one grid: more is a drawing."""
_MIN_ALIGNED_ROWS = 3


def ruled_tables(
    lines: Sequence[TextLine], rules: Sequence[Rule]
) -> tuple[tuple[Block, ...], tuple[TextLine, ...]]:
    """The tables that `rules` draw, and the lines that stand in none of them."""
    em = body_em(lines)
    if em <= 0 or not 4 <= len(rules) <= _MAX_RULES:
        return (), tuple(lines)
    tables: list[Block] = []
    rest = list(lines)
    for group in _grids(rules, em * 0.4):
        table, inside = _table(group, rest, em * 0.4)
        if table is not None:
            tables.append(table)
            rest = [line for line in rest if line not in inside]
    return tuple(tables), tuple(rest)


def _grids(rules: Sequence[Rule], near: float) -> list[list[Rule]]:
    """Rules that touch each other, together: each group may be a table."""
    group = list(range(len(rules)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    ordered = sorted(range(len(rules)), key=lambda i: rules[i].top)
    for position, i in enumerate(ordered):
        for j in ordered[position + 1 :]:
            if rules[j].top > rules[i].bottom + near:
                break
            if rules[i].left <= rules[j].right + near and rules[j].left <= rules[i].right + near:
                group[root(i)] = root(j)
    found: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        found.setdefault(root(i), []).append(rule)
    return list(found.values())


def _table(
    rules: Sequence[Rule], lines: Sequence[TextLine], near: float
) -> tuple[Block | None, set[TextLine]]:
    levels = [rule for rule in rules if rule.is_level]
    uprights = [rule for rule in rules if not rule.is_level]
    ys = _places([(rule.top + rule.bottom) / 2 for rule in levels], near)
    xs = _places([(rule.left + rule.right) / 2 for rule in uprights], near)
    if not (2 <= len(ys) <= _MAX_LINES and 2 <= len(xs) <= _MAX_LINES):
        return None, set()
    # Tables are often left open at the sides.
    left, right = min(rule.left for rule in levels), max(rule.right for rule in levels)
    if xs[0] - left > 3 * near:
        xs.insert(0, left)
    if right - xs[-1] > 3 * near:
        xs.append(right)
    if len(xs) < 3 or len(ys) < 3:
        return None, set()
    inside = {
        line for line in lines if xs[0] < line.centre < xs[-1] and ys[0] < line.middle < ys[-1]
    }
    if not inside:
        return None, set()

    def closed_below(row: int, column: int) -> bool:
        middle = (xs[column] + xs[column + 1]) / 2
        return any(
            abs((rule.top + rule.bottom) / 2 - ys[row + 1]) <= near
            and rule.left - near < middle < rule.right + near
            for rule in levels
        )

    def closed_right(row: int, column: int) -> bool:
        middle = (ys[row] + ys[row + 1]) / 2
        return any(
            abs((rule.left + rule.right) / 2 - xs[column + 1]) <= near
            and rule.top - near < middle < rule.bottom + near
            for rule in uprights
        )

    cells = _cells(inside, xs, ys, closed_below, closed_right)
    rows = tuple(row for row in table_lines(cells) if row.strip())
    frame = TextLine("", xs[0], ys[0], xs[-1], ys[-1], body_em(list(inside)))
    if not rows:
        return None, set()
    return Block((frame,), rows, tuple(map(tuple, cells)), tuple(xs)), inside


def continued(table: Block, before: Block) -> Block:
    """`table`, which goes on from `before` on the page above, under the header of that one.

    The same table if its columns are others, or if it repeats the header itself.
    """
    header = next((row for row in before.rows if row.startswith("| ")), "")
    names = [name.strip() for name in header.strip("|").split(" | ")]
    near = 0.5 * table.em
    same = len(names) == len(table.columns) - 1 and len(table.columns) == len(before.columns)
    if not same or any(
        abs(a - b) > near for a, b in zip(table.columns, before.columns, strict=True)
    ):
        return table
    if header in table.rows:
        return table
    cells = (tuple(Cell(name, is_header=True) for name in names), *table.cells)
    rows = tuple(row for row in table_lines(cells) if row.strip())
    return replace(table, rows=rows)


def _places(values: Sequence[float], near: float) -> list[float]:
    """`values` in order, those closer together than `near` as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _cells(
    lines: set[TextLine],
    xs: Sequence[float],
    ys: Sequence[float],
    closed_below: Callable[[int, int], bool],
    closed_right: Callable[[int, int], bool],
) -> list[list[Cell]]:
    taken: set[tuple[int, int]] = set()
    rows: list[list[Cell]] = []
    for row in range(len(ys) - 1):
        cells = []
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide, high = 1, 1
            while column + wide < len(xs) - 1 and not closed_right(row, column + wide - 1):
                wide += 1
            while row + high < len(ys) - 1 and not closed_below(row + high - 1, column):
                high += 1
            taken |= {(row + i, column + j) for i in range(high) for j in range(wide)}
            held = [
                line
                for line in lines
                if xs[column] < line.centre <= xs[column + wide]
                and ys[row] < line.middle <= ys[row + high]
            ]
            cells.append(Cell(_cell_text(held), wide, high))
        rows.append(cells)
    return rows


def _cell_text(lines: Sequence[TextLine]) -> str:
    text = ""
    for row in rows_of(lines):
        text = join_two(text, " ".join(line.text.strip() for line in row))
    return tidy_spaces(text)


def aligned_tables(
    lines: Sequence[TextLine], gutters: Sequence[Gutter]
) -> tuple[tuple[Block, ...], tuple[TextLine, ...]]:
    """Tables without rules: at least three rows of three or more short pieces in line.

    Two columns in line are as often a form or a table of contents, and stay text.
    """
    if gutters:
        return (), tuple(lines)
    em = body_em(lines)
    tables: list[Block] = []
    used: set[TextLine] = set()
    run: list[list[TextLine]] = []
    for row in [*rows_of(lines), []]:
        if run and not (len(row) == len(run[0]) and _in_line(run[0], row, em)):
            if len(run) >= _MIN_ALIGNED_ROWS:
                cells = [[Cell(line.text.strip()) for line in one] for one in run]
                whole = [line for one in run for line in one]
                frame = TextLine(
                    "",
                    min(line.left for line in whole),
                    run[0][0].top,
                    max(line.right for line in whole),
                    run[-1][0].bottom,
                    em,
                )
                shown = tuple(row for row in table_lines(cells) if row.strip())
                if shown:
                    tables.append(Block((frame,), shown))
                    used.update(whole)
            run = []
        if len(row) >= 3:
            run.append(row)
    return tuple(tables), tuple(line for line in lines if line not in used)


def _in_line(first: Sequence[TextLine], row: Sequence[TextLine], em: float) -> bool:
    near = row[0].top - first[-1].bottom < 60 * em
    return near and all(
        min(a.right, b.right) - max(a.left, b.left) > 0 or abs(a.left - b.left) < em
        for a, b in zip(first, row, strict=True)
    )
