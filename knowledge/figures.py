"""Figures in Chinese and English text: find them, compare them, write them in one form.

A figure is a quantity that an answer must not get wrong: a number, an amount of money, a share,
a count with its measure word, a date, a year, a span of time. Ordinals (第十二条, 二级) are kept
apart by their kind. Words that merely contain a numeral (三方, 一些, 一体化, 万一) are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.figure_pattern import (
    AFTER,
    BEFORE,
    ENGLISH_SCALES,
    FIGURE,
    MONTHS,
    RANGE,
    SYMBOLS,
    WELL_FORMED,
)
from knowledge.measure_words import Unit, is_weak_one, unit_at
from knowledge.numerals import LARGE_UNITS, SMALL_UNITS, parse_numeral

FigureKind = Literal["number", "money", "percent", "date", "year", "period", "count", "ordinal"]
FigureValue = Decimal | tuple[int | None, ...] | str
# 前两款规定的: which paragraphs, not how many there are.
_PARTS = frozenset("条款项段")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text."""

    text: str
    """As written, with its unit: 930万元."""
    start: int
    end: int
    kind: FigureKind
    value: FigureValue
    """The amount; of money in whole units, of a percent in percent (三成 is 30), of a date
    (year, month, day) with None for what is not given, of a five-year plan (first, last year)."""
    unit: str = ""
    """Normalised: 人 for 名 and 位, 日 for 天, 元, %, ...; empty where none is written."""
    qualifier: str = ""
    """How the amount is bounded: > (超, 余), < (不足), ≥ (不少于, 以上), ≤ (以内), ≈ (近, 约)."""


def find_figures(text: str) -> tuple[Figure, ...]:
    """All figures of `text` in its order. Linear in its length."""
    return tuple(figure for figure, _canonical in _figures(text))


def same_figure(first: Figure, second: Figure) -> bool:
    """Whether both state the same amount: 930万元 and 9,300,000元, 八成 and 80%.

    A bare number equals a count of that size, a date without its year the same date with it;
    a span of 一年 equals 12个月. Qualifiers (超, 约) are not compared.
    """
    kinds = {first.kind, second.kind}
    if kinds <= {"number", "count"}:
        units = {first.unit, second.unit}
        return first.value == second.value and (len(units) == 1 or "" in units)
    if "date" in kinds or kinds == {"year"}:
        return _same_date(first, second)
    if len(kinds) != 1:
        return False
    if first.kind == "period":
        return in_base_unit(first) == in_base_unit(second)
    return first.value == second.value and first.unit == second.unit


def figures_without_source(claim: str, evidence: str) -> tuple[Figure, ...]:
    """The figures of `claim` that `evidence` does not hold; ordinals are compared as well."""
    held = find_figures(evidence)
    return tuple(
        figure
        for figure in find_figures(claim)
        if not any(same_figure(figure, other) for other in held)
    )


def normalise_figures(text: str) -> str:
    """`text` with every figure in digits, for search: 一百二十万 and 120万 become 1200000.

    Only figures are rewritten; 三方, 十四五 and 第十二条 stay as they are.
    """
    parts, position = [], 0
    for figure, canonical in _figures(text):
        if canonical:
            parts += [text[position : figure.start], canonical]
            position = figure.end
    parts.append(text[position:])
    return "".join(parts)


def _same_date(first: Figure, second: Figure) -> bool:
    if first.kind not in ("date", "year") or second.kind not in ("date", "year"):
        return False
    if first.kind != second.kind:
        return False
    one, other = first.value, second.value
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return one == other
    return all(a == b or a is None or b is None for a, b in zip(one, other, strict=True)) and (
        one[1:] == other[1:]
    )


def in_base_unit(figure: Figure) -> tuple[FigureValue, str]:
    """The amount and its unit, years in months and weeks in days; others as they are."""
    if isinstance(figure.value, Decimal):
        if figure.unit == "年":
            return figure.value * 12, "月"
        if figure.unit == "周":
            return figure.value * 7, "日"
    return figure.value, figure.unit


def _figures(text: str) -> Iterator[tuple[Figure, str]]:
    """Each figure with its form in digits ("" where it stays as written)."""
    position = 0
    while match := FIGURE.search(text, position):
        position = match.end() if match.end() > match.start() else match.start() + 1
        if match["skip"]:
            continue
        made = _made(match)
        if made:
            yield made


def _made(match: re.Match[str]) -> tuple[Figure, str] | None:
    if match["number"]:
        return _quantity(match)
    if match["m"] or match["iso_m"] or match["md_m"] or match["en_m"]:
        return _date(match)
    if match["year"]:
        year = parse_numeral(match["year"].rstrip("年 "))
        suffix = "年" if match["year"].endswith("年") else ""
        return None if year is None else (_figure(match, "year", year, "年"), f"{year}{suffix}")
    if plan := match["plan"] or match["plan_bare"]:
        number = parse_numeral(plan) or Decimal(0)
        # The first plan began in 1953, the sixth in 1981; since then one follows every five years.
        first = int(number) * 5 + (1951 if number >= 6 else 1948)
        return _figure(match, "period", (first, first + 4), "五年规划"), ""
    if match["ordinal"]:
        value = _value(match["ordinal"])
        if value is None or not (match["ordinal_unit"] or match["ordinal"].isascii()):
            return None
        return _figure(match, "ordinal", value, match["ordinal_unit"] or ""), ""
    if match["whole"] or match["over"]:
        return _fraction(match)
    if match["tenths"]:
        value = (parse_numeral(match["tenths"]) or Decimal(0)) * 10
        if fifth := match["fifth"]:
            value += 5 if fifth == "半" else parse_numeral(fifth) or 0
        return _figure(match, "percent", value, "%"), f"{value}%"
    months = Decimal(6) if match["half_unit"] == "年" else Decimal("0.5")
    return _figure(match, "period", months, "月"), ""


def _quantity(match: re.Match[str]) -> tuple[Figure, str] | None:
    text, written, more = match.string, match["number"], match["more"] or ""
    value = _value(written)
    vague = text[match.start() - 1 : match.start()] in ("几", "数") and written[0] in "十百千万亿"
    if value is None or vague:
        # 数百名 is no figure; 总数1.7% is.
        return None
    unit = unit_at(text, match.end())
    if unit is None and more:
        unit = unit_at(text, match.end() - 1)
        more = ""
    end = unit.end if unit else match.end("number")
    shared = unit or _unit_of_range(text, match.end("number"))
    kind: FigureKind = shared.kind if shared else "number"
    name = shared.name if shared else ""
    in_han = not written[0].isdecimal()
    if in_han and shared is None and (value <= 10 or len(written) < 2):
        return None
    if in_han and value == 1 and unit and is_weak_one(unit.written) and not more:
        return None
    if name == "大" and not 10 < value < 100:
        return None
    if match["sign"]:
        kind, name = "money", "元"
    elif kind == "number" and _is_year(written):
        kind, name = "year", "年"
    plain = _plain(value)
    if name == "年" and kind == "period" and text.startswith("半", end):
        value, end, plain = value + Decimal("0.5"), end + 1, _plain(value + Decimal("0.5"))
    if more == "" and re.search("[多余]", written):
        more = "余"
    start = match.start()
    qualifier = {"多": ">", "余": ">", "几": ">", "来": "≈"}.get(more) or _qualifier(
        text, start, end
    )
    refers = name in _PARTS and text[start - 1 : start] == "前"
    figure = Figure(
        text[start:end], start, end, "ordinal" if refers else kind, value, name, qualifier
    )
    if kind == "ordinal" or more in ("几", "来"):
        return figure, ""
    space = " " if unit and unit.written[0].isascii() and unit.written != "%" else ""
    return figure, f"{match['sign'] or ''}{plain}{more}{space}{unit.written if unit else ''}"


def _unit_of_range(text: str, position: int) -> Unit | None:
    """The unit that 3 shares in 3至5名."""
    follows = RANGE.match(text, position)
    return unit_at(text, follows.end()) if follows else None


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isdecimal() and "1900" <= written < "2100"


def _date(match: re.Match[str]) -> tuple[Figure, str] | None:
    if match["iso_y"]:
        year, month, day = match["iso_y"], match["iso_m"], match["iso_d"]
    elif match["en_y"]:
        year, day = match["en_y"], match["en_d"]
        month = str(MONTHS.index(match["en_m"]) + 1)
    else:
        year, month, day = match["y"], match["m"] or match["md_m"], match["d"] or match["md_d"]
    numbers = tuple(None if part is None else parse_numeral(part) for part in (year, month, day))
    value = tuple(None if number is None else int(number) for number in numbers)
    if not value[1] or value[1] > 12 or (value[2] is not None and not 0 < value[2] < 32):
        return None
    shown = "".join(
        f"{part}{name}" for part, name in zip(value, "年月日", strict=True) if part is not None
    )
    return _figure(match, "date", value, ""), shown


def _fraction(match: re.Match[str]) -> tuple[Figure, str] | None:
    if match["over"]:
        above, below = (Decimal(part) for part in match["over"].split("/"))
    else:
        whole = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
        written = whole.get(match["whole"]) or _value(match["whole"])
        part = _value(match["part"])
        if written is None or part is None:
            return None
        below, above = written, part
    if not below:
        return None
    value = Decimal(_plain(round(above / below * 100, 6)))
    shown = f"{_plain(value)}%" if below in (100, 1000, 10000) else f"{above}/{below}"
    return _figure(match, "percent", value, "%"), shown


def _figure(match: re.Match[str], kind: FigureKind, value: FigureValue, unit: str) -> Figure:
    start, end = match.span()
    return Figure(
        match.group(), start, end, kind, value, unit, _qualifier(match.string, start, end)
    )


def _qualifier(text: str, start: int, end: int) -> str:
    found = AFTER.match(text, end) or BEFORE.search(text[max(0, start - 12) : start])
    return SYMBOLS[found.lastgroup] if found and found.lastgroup else ""


def _value(written: str) -> Decimal | None:
    number, _, scale = written.partition(" ")
    if scale in ENGLISH_SCALES:
        base = parse_numeral(number)
        return None if base is None else base * ENGLISH_SCALES[scale]
    plain = "".join(character for character in written if character not in "多余 ")
    if plain in SMALL_UNITS or plain in LARGE_UNITS:
        return Decimal({**SMALL_UNITS, **LARGE_UNITS}[plain])
    if not plain[0].isdecimal():
        whole = plain.partition("点")[0].replace("〇", "零").replace("○", "零")
        if not WELL_FORMED.fullmatch(whole):
            return None
    return parse_numeral(plain)


def _plain(value: Decimal) -> str:
    """Digits without exponent or trailing zeros: 1E+6 is 1000000."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
