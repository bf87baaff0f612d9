"""Which cells of a table a question asks for: the rows it names, and the columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.share_named import said
from knowledge.table_grid import Grid, GridRow
from knowledge.tokenization import fold

DIFFERS = re.compile(r"相差|差多少|差几|差距|多多少|少多少|高多少|低多少|之差|差额")
MOST = re.compile(
    r"(?:哪|谁|什么)[^，。]{0,14}(?:最|更|比较)?(?:高|多(?![少龄])|大|贵)|最(?:高|多|大|贵)的?(?:是|为)?(?:哪|谁|什么)"
)
LEAST = re.compile(
    r"(?:哪|谁|什么)[^，。]{0,14}(?:最|更|比较)?(?:低|(?<!多)少|小|便宜)|最(?:低|少|小|便宜)的?(?:是|为)?(?:哪|谁|什么)"
)
"""What is asked of the figures in a column."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
# Of a number that only counts the rows nobody asks.
_INDEX = frozenset(("序号", "编号", "no", "no."))
_SIGNS = re.compile(r"[^\w%]|_")
# 江北 for 江北区.
_OF_PLACE = re.compile(r"(?<=..)(?:自治区|新区|区|县|市|镇|乡|省|街道|社区|村)$")
# A name is known by so much of it, and by so many pairs of characters.
_KNOWN, _PAIRS = 0.6, 3
# Rows about as well named, and no more than so many.
_ALIKE, _MOST_ROWS = 0.05, 6
# The whole name is surer.
_IN_PART = 0.9
# “星芽”留守儿童陪伴 is called 星芽.
_CALLED = re.compile(r"[“「《]([一-鿿]{2,8})[”」》]")
# A column is meant that is so much named, and by so much more than the next one.
_NAMED, _AHEAD = 0.5, 0.05
# Of several turns, columns this much less named may be meant by the latest.
_LIKE = 0.35
_WHOLLY = 1.0
_RANGE = re.compile(
    r"(?P<low>\d+)[^\d，。]{0,3}?[—–\-~～至到](?P<high>\d+)(?P<unit>[^\d\s]{0,2})"
    r"|(?P<one>\d+)(?P<its>[^\d\s]{0,2}?)(?P<side>及?以上|及?以下|及?以内|以上|以下)"
)
_AGE = re.compile(
    r"(?P<age>1?\d{1,2})(?=周?岁|多岁|多?了)|今年(?P<now>1?\d{2})(?!\d|年)|(?P<hundred>百岁)"
)
_OF_AGE = "岁"
_ASKS_COUNT = re.compile(r"(?:多少|几)(?:个|名|位)?(?:人|户|张床|床|家|所)(?![均元])")
_ASKS_MONEY = re.compile(r"(?:多少|几)(?:钱|万?元|块)")
_COUNTS = re.compile(
    r"人数|户数|名额|数量|床位|个数|面积|得分|分数|总分|评分|电话|时间|日期|年龄|次数|比例|序号|[（(](?:人|户|名|个|张|家|所|分|%|平方米|小时|次)[)）]|^(?:人|户|名)$|数$|社工|人员"
)
# What is asked for, and what a column is called that gives it.
_ASKED = (
    (
        re.compile(r"(?:多少|几)(?:钱|万?元|块)"),
        re.compile(r"金额|资金|经费|补助|补贴|费用|元[)）]$"),
    ),
    (re.compile(r"(?:多少|几)分|分数"), re.compile(r"分$|分数")),
    (re.compile(r"(?:多少|几)(?:个|名)?人"), re.compile(r"人数|名额")),
    (re.compile(r"在哪|哪里|去哪|地方|位置"), re.compile(r"地址|地点")),
    (re.compile(r"联系|号码|打给|怎么找"), re.compile(r"电话|联系")),
)
_WHICH = re.compile(r"哪(?:个|家|些|几个)(?P<kind>[一-鿿]{1,2})")


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows and columns of a grid that are asked for."""

    grid: Grid
    rows: tuple[GridRow, ...]
    columns: tuple[int, ...]
    names: tuple[str, ...]
    """What names the rows, one each."""


def rows_named(question: str, grid: Grid) -> dict[GridRow, str]:
    """The rows that a folded question names, each with the cell that names it.

    Of rows of one name those that another cell of theirs tells (李家镇, 二级); a name that many rows
    share, and that is not what they are known by, names a kind of them and no row.
    """
    own = name_column(grid)
    matched: dict[GridRow, dict[int, float]] = {}
    for row in grid.rows:
        known = {
            column: strength
            for column, cell in enumerate(row.cells)
            if len(cell) > 1
            and not _NUMBER.fullmatch(cell)
            and (strength := _strength(cell, question))
        }
        if known:
            matched[row] = known
    counts = Counter((column, row.cells[column]) for row in matched for column in matched[row])
    named = {
        row: known
        for row, known in matched.items()
        if own in known or any(counts[(column, row.cells[column])] == 1 for column in known)
    }
    whole = [row.cells[c] for row, known in named.items() for c, s in known.items() if s >= _WHOLLY]
    found: dict[GridRow, tuple[float, str]] = {}
    for row, known in named.items():
        column = own if own in known else min(known, key=lambda c: counts[(c, row.cells[c])])
        assert column is not None
        name = row.cells[column]
        if any(name in other and name != other for other in whole):
            # 河东社区 in 河东社区分站.
            continue
        found[row] = (known[column] + sum(known.values()) / 10, name)
    best = max((score for score, _ in found.values()), default=0.0)
    surest = max((known for known, _ in found.values()), default=0.0)
    chosen = {row: name for row, (score, name) in found.items() if best - score < _ALIKE}
    # Two places that are compared are each named in whole.
    others = {row: n for row, (s, n) in found.items() if s >= _WHOLLY and n not in chosen.values()}
    chosen |= others if surest >= _WHOLLY else {}
    return chosen if len(chosen) <= _MOST_ROWS else {}


def columns_named(question: str, grid: Grid) -> tuple[int, ...]:
    """The columns that a folded question names, or what it asks for: 哪家机构, 多少分, 多少钱.

    Where it names several about as well, all of them.
    """
    columns = [
        c
        for c in _columns(grid)
        if _is_asked(grid.header[c], question) or is_of_kind(grid.header[c], question)
    ]
    bare = _SIGNS.sub("", question)
    asked = [c for c in columns if _is_asked(grid.header[c], question)]
    asked += [c for c in columns if _bare(grid.header[c]) in bare]
    asked += [c for c in columns if _named(grid.header[c], question) > _WHOLLY]
    if asked:
        # 低保 in 城市低保 is no other column.
        names = {c: _bare(grid.header[c]) for c in sorted(asked)}
        return tuple(c for c in names if not any(names[c] in names[o] for o in names if o != c))
    scores = {c: _named(grid.header[c], question) for c in columns}
    best = max(scores.values(), default=0.0)
    return tuple(c for c in columns if best >= _NAMED and best - scores[c] < _AHEAD)


def columns_of_turns(questions: Sequence[str], grid: Grid) -> tuple[int, ...]:
    """The columns that folded questions name together; what the last says tells like ones apart."""
    together = " ".join(questions)
    scores = {c: _named(grid.header[c], together) for c in _columns(grid)}
    best = max(scores.values(), default=0.0)
    if best < _NAMED:
        return ()
    like = [c for c in scores if best - scores[c] < _LIKE]
    pairs = {c: _pairs(_bare(grid.header[c])) for c in like}
    common = set[str]().union(*pairs.values()).intersection(*pairs.values())
    for question in reversed(questions):
        own = {c: pairs[c] - common for c in like}
        told = [c for c in like if any(pair in question for pair in own[c])]
        if told and len(told) < len(like):
            return tuple(told)
    return tuple(c for c in like if best - scores[c] < _AHEAD)


def _columns(grid: Grid) -> list[int]:
    own = name_column(grid)
    return [c for c, n in enumerate(grid.header) if fold(n) not in _INDEX and c != own]


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}


def name_column(grid: Grid) -> int | None:
    """The column by which the rows are known: of those of words the one that tells most of them apart."""
    words = [
        c for c in range(len(grid.header)) if not any(is_number(r.cells[c]) for r in grid.rows)
    ]
    return max(words, key=lambda c: len({row.cells[c] for row in grid.rows}), default=None)


def is_number(cell: str) -> bool:
    """True if a cell holds a number and nothing else."""
    return bool(_NUMBER.fullmatch(cell.replace(",", "")))


def _strength(cell: str, question: str) -> float:
    name = _SIGNS.sub("", fold(cell))
    bare = _SIGNS.sub("", question)
    called = _CALLED.search(cell)
    if called and called[1] in bare:
        return 1.0
    if not set(re.findall(r"\d+", name)) <= set(re.findall(r"\d+", bare)):
        return 0.0
    short = _OF_PLACE.sub("", name)
    if len(name) > 1 and (name in bare or (short.isalpha() and short in bare)):
        return 1.0
    pairs = _pairs(name)
    known = [pair for pair in pairs if pair in bare]
    share = len(known) / len(pairs) if len(known) >= _PAIRS else 0.0
    return share * _IN_PART if share >= _KNOWN else 0.0


def is_of_kind(name: str, question: str) -> bool:
    """False for a sum where persons are counted, and for a number of persons where money is asked for."""
    counts = bool(_COUNTS.search(fold(name)))
    if _ASKS_COUNT.search(question) and not counts:
        return False
    return not (counts and _ASKS_MONEY.search(question))


def counts_things(name: str) -> bool:
    """True for a column that is no sum of money, whatever unit stands above the table."""
    return bool(_COUNTS.search(fold(name)))


def _is_asked(name: str, question: str) -> bool:
    """True if a column gives what is asked for in other words than its name."""
    folded = fold(name)
    for asks, columns in _ASKED:
        if asks.search(question) and columns.search(folded):
            return True
    kind = _WHICH.search(question)
    return bool(kind and len(kind["kind"]) > 1 and kind["kind"] in folded)


def _bare(name: str) -> str:
    """A column's name without its unit."""
    return _SIGNS.sub(
        "",
        re.sub(
            r"[（(][^（()）]*(?:元|%|日|天|月|年|人|户|名|分|个|次)[^（()）]*[)）]$", "", fold(name)
        ),
    )


def _named(name: str, question: str) -> float:
    folded = fold(name)
    if ranged := _RANGE.search(folded):
        return _in_range(ranged, folded, question)
    return said(_bare(name), _SIGNS.sub("", question))


def _in_range(ranged: re.Match[str], name: str, question: str) -> float:
    """1.5 if a number of the question is in the range that names a column; 0 if it names none."""
    numbers = (
        _ages(question) if _OF_AGE in name else [float(n) for n in re.findall(r"\d+", question)]
    )
    low, high = 0.0, float("inf")
    if ranged["low"]:
        low, high = float(ranged["low"]), float(ranged["high"])
    elif "上" in ranged["side"]:
        low = float(ranged["one"])
    else:
        high = float(ranged["one"])
    return 1.5 if any(low <= number <= high for number in numbers) else 0.0


def _ages(question: str) -> list[float]:
    return [float(m["age"] or m["now"] or 100) for m in _AGE.finditer(question)]
