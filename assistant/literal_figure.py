"""「管理费不能超过多少」 and 管理费不超过10%: a clause that says all that is asked, in the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asked_bound import bounds_other_way
from assistant.asked_units import asked_units
from assistant.compound import is_of_other_kind
from assistant.evidence import Statement
from assistant.figure_clause import clause_of, with_lead
from assistant.question import ParsedQuestion
from assistant.unasked_figure import is_of_condition
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

# How a figure is measured or bounded: documents say it by 不超过 or by the figure itself.
_HOW = frozenset(
    "占比 上限 下限 比例 比率 最高 最多 最低 最少 超过 高于 低于 少于 多于 限额 标准 金额 数额 数量 大概 大约 可以 不能 不得 不可 占".split()
)
_SHORTEST = 3
# 检修费 is cut into two words, and stands in the clause as one.
_FRAME = re.compile(
    r"不能|不得|不可|可以|最高|最多|最低|最少|超过|高于|低于|占比?|上限|下限|多少|几|比例|标准|金额|是|的|有|[，。？?]"
)
_SHARE = re.compile(r"占|比例|比率|上限|下限")
_KINDS = frozenset({"money", "percent", "count", "number", "period"})


def literal_figure(question: ParsedQuestion, statements: Sequence[Statement]) -> Statement | None:
    """The sentence with the one figure whose clause says all that a question names; None without one."""
    words = [t.word for t in question.terms if len(t.word) > 1 and t.word not in _HOW]
    if question.form != "figure" or question.years or not words:
        return None
    asked, found = fold(question.text), list[tuple[Statement, Figure]]()
    runs = [run for run in _FRAME.split(asked) if len(run) >= _SHORTEST]
    units, given = asked_units(asked), find_figures(question.text)
    if units and _SHARE.search(asked):
        units |= {"%"}
    for statement in statements:
        if is_of_other_kind(asked, statement):
            continue
        for figure in statement.all_figures:
            if figure.kind not in _KINDS or (units and figure.unit not in units):
                continue
            if any(same_figure(figure, other) for other in given):
                continue
            if bounds_other_way(asked, figure, statement.text) or is_of_condition(
                asked, figure, statement.text
            ):
                continue
            own = fold(with_lead(clause_of(figure, statement.text), statement.text))
            is_named = sum(map(len, words)) >= _SHORTEST or any(run in own for run in runs)
            if is_named and all(is_said(word, own) for word in words):
                found.append((statement, figure))
    if len({(s.document.id, figure.text) for s, figure in found}) != 1:
        return None
    statement, figure = found[0]
    return replace(statement, figures=(figure,))
