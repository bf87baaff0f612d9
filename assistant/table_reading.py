"""「江北区82岁高龄津贴多少」「城东区和西屏区差多少」「哪个区最高」: read from the rows and columns of a table.

The rows of a table hardly differ in meaning, and their figures have no units. So what is asked for is
looked up as a reader does: the row that is named, the column, and what stands where they meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.documents_meant import DocumentsMeant, is_of_years
from assistant.share_named import share_named
from assistant.table_cell import (
    DIFFERS,
    LEAST,
    MOST,
    Cells,
    columns_named,
    columns_of_turns,
    is_number,
    is_of_kind,
    name_column,
    rows_named,
)
from assistant.table_telling import told
from assistant.work import Work
from knowledge.documents import PolicyDocument, ScoredPassage
from knowledge.snapshot import Snapshot
from knowledge.table_grid import Grid, GridRow, grids
from knowledge.tokenization import fold

# So much of what a question names the table names, or what stands above it.
_ENOUGH = 0.7
_OF_ALL = re.compile(r"各(?!类|项|自|种)|每个(?:区|县|市|镇|乡|街道)|分别|所有|全部")
# Which of all rows is meant, and what is done with their figures.
_WAYS = (
    DIFFERS,
    MOST,
    LEAST,
    _OF_ALL,
    re.compile(r"哪(?:一|几)?(?:个|家|些)(?:区|县|市|镇|乡|街道)?|(?:这|那)?[两二]个|百岁"),
)
# Sums and shares of what stands in several cells are not computed here.
_OTHER_COMPUTED = re.compile(r"一共|合计|总共|加起来|总和|百分之|占比|平均|几倍")
# Who it is about, which no table says.
_BESIDE = frozenset(
    "我妈 我爸 爷爷 奶奶 我爷爷 我奶奶 外婆 外公 妈妈 爸爸 老人 老人家 老年人 老太太 大爷 大妈 户口 户籍 户 居民 住 领 发 给 补 拿 今年"
    " 现在 每月 一个月 每个月 月 岁 周岁 标准 钱 多少 情况 比如 一人 每人 百岁 资助 补助 得到 得 项目 机构 费 差 相差".split()
)
# What is paid is not what is fined, or given back.
_OTHER_DOING = re.compile(r"赔|罚|扣|涨|降|退|缴|欠|身份证|账号|住址")
_ROWS = 12
# So many rows are looked through for what a turn before named.
_NAMES = 200
# No row of its own.
_TOTAL = re.compile(r"合计|总计|小计|平均|全[市区县省州国]|^注")
# So many turns before may name the column.
_BEFORE = 3


@dataclass(frozen=True, slots=True)
class TableReading:
    """Answers from tables."""

    documents: DocumentsMeant

    def answered(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """What stands in the cells asked for; None where a question asks for none."""
        history = [fold(question) for question, _ in work.asked.history]
        asked = fold(work.asked.text if history else work.text)
        if _OTHER_COMPUTED.search(asked):
            return None
        for document in self.documents.found(work, snapshot, _is_of_table):
            for grid in grids(document.text) if "|" in document.text else ():
                context = " ".join((document.title, grid.heading, *grid.header))
                cells = _cells(asked, history, document, grid)
                if cells is None or not is_of_years(work, context):
                    continue
                if answer := told(work, document, cells, asked, snapshot):
                    return answer
        return None


def _is_of_table(found: ScoredPassage) -> bool:
    return "|" in found.passage.lead_in or "|" in found.passage.text


def _cells(
    asked: str, history: Sequence[str], document: PolicyDocument, grid: Grid
) -> Cells | None:
    """What is asked for of one table; a turn takes from those before it what it does not name."""
    picks, differs = MOST.search(asked) or LEAST.search(asked), DIFFERS.search(asked)
    named = rows_named(asked, grid)
    # 灯务窗口的电话: what names the row asks for no column.
    of_rows = [cell for row in named for cell in row.cells if len(cell) > 1 and not is_number(cell)]
    bare = _without((*of_rows, *_WAYS), asked)
    columns = columns_named(_without(of_rows, asked), grid) or _columns_on(bare, grid)
    before = history[-_BEFORE:]
    of_turns = columns_of_turns((*before, asked), grid) if before else ()
    if before and (
        named or columns or picks or differs or of_turns != columns_of_turns(before, grid)
    ):
        columns = columns or of_turns
        lacking = (2 if differs else 1) - len(named)
        if lacking > 0 and not picks:
            named = {**_rows_before(history, grid, lacking), **named}
        if (
            not columns_named(asked, grid)
            or share_named(_without_names(bare, grid, columns), "", _BESIDE) is None
        ) and not _is_on(document, grid, _without(_WAYS, before[-1]), grid.rows[:_NAMES]):
            # 82岁呢, after another benefit.
            return None
    rows = tuple(named) or _rows_of_all(asked, grid, columns)
    if (
        not columns
        or not rows
        or not _is_on(document, grid, _without_names(bare, grid, columns), rows)
    ):
        return None
    own = name_column(grid) or 0
    return Cells(grid, rows[:_ROWS], columns, tuple(row.cells[own] for row in rows[:_ROWS]))


def _is_on(document: PolicyDocument, grid: Grid, rest: str, rows: Sequence[GridRow]) -> bool:
    """True if the table, or what stands above it, names what else a question names."""
    cells = [cell for row in rows for cell in row.cells]
    context = fold(" ".join((document.title, grid.heading, *grid.header, *cells)))
    context += " " + re.sub(r"[“”「」《》]", "", context)
    if (other := _OTHER_DOING.search(rest)) and other[0] not in context:
        return False
    share = share_named(rest, context, _BESIDE)
    return share is None or share >= _ENOUGH


def _without_names(bare: str, grid: Grid, columns: Sequence[int]) -> str:
    return _without([grid.header[column] for column in columns], bare)


def _rows_of_all(asked: str, grid: Grid, columns: Sequence[int]) -> tuple[GridRow, ...]:
    """The rows meant where none is named: those with the most or the least, or all."""
    if MOST.search(asked) or LEAST.search(asked):
        return _picked(asked, grid.rows, columns)
    single = tuple(row for row in grid.rows if not _TOTAL.search("".join(row.cells[:2])))
    return single if _OF_ALL.search(asked) and len(single) <= _ROWS else ()


def _columns_on(bare: str, grid: Grid) -> tuple[int, ...]:
    """The columns that say all that a question names: 城市低保 and 农村低保, asked for 低保."""
    own = name_column(grid)
    return tuple(
        column
        for column, name in enumerate(grid.header)
        if column != own
        and is_of_kind(name, bare)
        and share_named(bare, fold(name), _BESIDE) == 1.0
    )


def _without(words: Iterable[str | re.Pattern[str]], text: str) -> str:
    for word in words:
        pattern = word if isinstance(word, re.Pattern) else re.compile(re.escape(fold(word)))
        text = pattern.sub(" ", text)
    return text


def _rows_before(history: Sequence[str], grid: Grid, wanted: int) -> dict[GridRow, str]:
    """The rows that the last turns name, up to so many, the earliest first."""
    found: dict[GridRow, str] = {}
    for question in reversed(history):
        found = {**rows_named(question, grid), **found}
        if len(found) >= wanted:
            break
    return found


def _picked(asked: str, rows: Sequence[GridRow], columns: Sequence[int]) -> tuple[GridRow, ...]:
    """The rows with the most, or the least, in the one column asked for."""
    (column,) = columns if len(columns) == 1 else (-1,)
    numbered = [
        row
        for row in rows
        if column >= 0
        and is_number(row.cells[column])
        and not _TOTAL.search("".join(row.cells[:2]))
    ]
    if len(numbered) < 2:
        return ()
    values = [_value(row.cells[column]) for row in numbered]
    if MOST.search(asked):
        best = max(values)
    elif LEAST.search(asked):
        best = min(values)
    else:
        return ()
    return tuple(row for row, value in zip(numbered, values, strict=True) if value == best)


def _value(cell: str) -> float:
    return float(cell.replace(",", "").rstrip("%"))
