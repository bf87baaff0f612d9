"""The figures of a sentence of a rule, each with the part and the clause it stands in, and its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.asked_units import OFTEN, PER_MILLE, QUORUM, VOTES
from assistant.figure_choice import with_qualifier
from assistant.rule_blocks import Piece
from knowledge.figures import Figure, find_figures
from knowledge.sentences import Span, clauses

# 年度支出，不得低于上一年总收入的百分之七十
_NO_SUBJECT = re.compile(
    r"^\s*(?:均|一般|各)?(?:不得|不低于|不高于|不超过|不少于|应当不|最高|最低|最长|最短|至少)"
)
# 至少每周联系和交流一次
_EVERY = re.compile(r"(?:至少|应当)?(?:每|半年|一年|一个?月)[^，。；、]{0,14}$")
_HALF = re.compile(r"(?:超过|过)(?:全体[^，。；]{1,8}的?)?半数|半数以上")
# 由三至七人组成: how many there are, not how many come.
_MAKE_UP = re.compile(r"(?:(?:至|到|—)[〇零一二三四五六七八九十百\d]+[人名])?(?:以上|以下)?组成")
_SEGMENT_END = re.compile(r"[；;：:]")
_INTERVAL = re.compile(
    r"每(?:半年|年度?|季度?|个?月|周|日|天|[一二两三四五六\d]+(?:年|个月|日|天|周))(?!人|户|满|增加|超过|[^，。；]{0,14}[〇零一二两三四五六七八九十\d]+次)"
)
_TIMES = re.compile(r"(?<=[为按])(?!照)[^，。；：为按]{2,40}倍[^，。；]{0,24}")
_RANGE = re.compile(r"(?:至|到|—|-|~|以上)$")
# 每日二十二时至次日八时
_CLOCK = re.compile(
    r"[〇零一二三四五六七八九十\d]{1,3}[时点](?:至|到)(?:次日|第二天)?[〇零一二三四五六七八九十\d]{1,3}[时点]"
)
_SPANS_OF_TIME = frozenset({"小时", "日", "月", "年"})


def figures_in(sentence: Piece, units: frozenset[str]) -> Iterator[tuple[Figure, Span, Span]]:
    """Each figure of the kind asked for, with its segment (between ；) and its clause."""
    text = sentence.text
    segments = _segments(text)
    found = find_figures(text)
    if units == OFTEN:
        found = tuple(sorted((*found, *_intervals(text)), key=lambda figure: figure.start))
    if units in (QUORUM, VOTES):
        found = tuple(sorted((*found, *_halves(text)), key=lambda figure: figure.start))
    for figure in found:
        if (
            figure.kind in ("ordinal", "date", "year")
            or text[figure.start - 1 : figure.start] == "上"
        ):
            # 上一年度: no span of time.
            continue
        if units == QUORUM and _MAKE_UP.match(text, figure.end):
            continue
        is_per_mille = figure.text.endswith(PER_MILLE) or figure.text.startswith("千分之")
        if is_per_mille and PER_MILLE not in units and "滞纳金" in text:
            # It is no share of a whole.
            continue
        if units and not (figure.unit in units or (figure.kind == "percent" and "%" in units)):
            continue
        segment = next(s for s in segments if s.start <= figure.start < s.end)
        yield figure, segment, _clause_of(figure, text, segment)


def _halves(text: str) -> Iterator[Figure]:
    """过半数: a share without a numeral."""
    for match in _HALF.finditer(text):
        yield Figure(match[0], *match.span(), "percent", Decimal(50), "%", ">")


def _intervals(text: str) -> Iterator[Figure]:
    """每年进行审计, 每半年报告一次: how often without a number of times."""
    for match in _INTERVAL.finditer(text):
        yield Figure(match[0], *match.span(), "count", Decimal(1), "次")


def _clause_of(figure: Figure, text: str, segment: Span) -> Span:
    """The clause of a figure; with the one before it where that holds its subject."""
    before: Span | None = None
    for clause in clauses(text, segment.start, segment.end):
        if figure.start < clause.end:
            if before and _NO_SUBJECT.match(clause.of(text)):
                return Span(before.start, clause.end)
            return clause
        before = clause
    return segment


def _segments(text: str) -> list[Span]:
    edges = [0, *(match.end() for match in _SEGMENT_END.finditer(text)), len(text)]
    return [Span(a, b) for a, b in itertools.pairwise(edges) if b > a]


def figure_words(figure: Figure, text: str) -> str:
    """The figure as written, a range whole (三至九人)."""
    value = with_qualifier(figure, text)
    amounts = _TIMES.finditer(text) if figure.unit == "倍" else ()
    if amount := next((a for a in amounts if a.start() <= figure.start < a.end()), None):
        # 上一年度人均可支配收入的20倍加本人40个月的工资: of what, and what is added.
        return amount[0]
    if figure.unit == "次" and (every := _EVERY.search(text[: figure.start])):
        return every[0] + value
    return with_range(figure, text, value)


def with_range(figure: Figure, text: str, value: str) -> str:
    """`value`, the words of a figure, with the other end of its range (6个月以上1年以下, 二十二时至次日八时)."""
    if clock := next(
        (c for c in _CLOCK.finditer(text) if c.start() <= figure.start < c.end()), None
    ):
        return clock[0]
    others = find_figures(text)
    if figure not in others:
        return value
    index = others.index(figure)
    if index and _is_range(before := others[index - 1], figure, text):
        start = text.find(value, before.end)
        return text[before.start : start + len(value)]
    if index + 1 < len(others) and _is_range(figure, after := others[index + 1], text):
        return text[figure.start : after.end] + _tail(text, after.end)
    return value


def _is_range(low: Figure, high: Figure, text: str) -> bool:
    """True for two figures of one measure with nothing between them but 至 or 以上."""
    alike = low.unit == high.unit or {low.unit, high.unit} <= _SPANS_OF_TIME
    # 百分之二十至三十
    alike = alike or (low.unit == "%" and not high.unit)
    return alike and bool(_RANGE.fullmatch(text[low.end : high.start]))


def _tail(text: str, end: int) -> str:
    match = re.match(r"以上|以下|以内", text[end:])
    return match.group() if match else ""
