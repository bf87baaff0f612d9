"""The numbers that Word prints before paragraphs (一、 第三条 1.) but keeps out of their text.

A statute whose articles are numbered by Word has no 第三条 in its text at all: without this,
none of its articles could be cited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from knowledge.loading.office_package import attribute, child, children, value_of, whole_number

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    decimal_only: bool = False


@dataclass(slots=True)
class Numbering:
    """The numbered lists of one document; `next_label` counts on."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """num id → its levels."""
    _list_of: dict[str, str] = field(default_factory=dict)
    """num id → the list that it continues."""
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: etree._Element | None, style_lists: Mapping[str, str]) -> Numbering:
        """From numbering.xml; `style_lists` maps a list style's id to its num id."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {attribute(e, "abstractNumId") or "": e for e in children(root, "abstractNum")}
        target = {attribute(e, "numId") or "": value_of(e, "abstractNumId") or ""
                  for e in children(root, "num")}  # fmt: skip
        for element in children(root, "num"):
            number = attribute(element, "numId") or ""
            key = target[number]
            definition = abstract.get(key)
            if (link := value_of(definition, "numStyleLink")) and link in style_lists:
                key = target.get(style_lists[link], key)
                definition = abstract.get(key)
            levels = _levels(definition)
            restarts: dict[int, int] = {}
            for override in children(element, "lvlOverride"):
                index = _integer(attribute(override, "ilvl"), 0)
                if (own := child(override, "lvl")) is not None:
                    levels[index] = _level(own)
                if (start := value_of(override, "startOverride")) is not None:
                    restarts[index] = _integer(start, 1)
            numbering._levels[number] = levels
            numbering._list_of[number] = key
            numbering._restarts[number] = restarts
        return numbering

    def next_label(self, number: str, level: int) -> str:
        """What stands before the next paragraph of list `number` at `level` (from 0)."""
        levels = self._levels.get(number)
        if levels is None or not 0 <= level < 9:
            return ""
        counters = self._counters.setdefault(self._list_of[number], [None] * 9)
        if number not in self._started:
            self._started.add(number)
            for index, start in self._restarts[number].items():
                if 0 <= index < 9:
                    counters[index] = start - 1
        own = levels.get(level, _Level())
        current = counters[level]
        counters[level] = own.start if current is None else current + 1
        for deeper in range(level + 1, 9):
            counters[deeper] = None
        if own.number_format == "bullet":
            return "• "
        if own.number_format == "none" and "%" not in own.text:
            return own.text

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            entry = levels.get(index, _Level())
            value = counters[index]
            value = entry.start if value is None else value
            return format_number(value, "decimal" if own.decimal_only else entry.number_format)

        label = _PLACEHOLDER.sub(shown, own.text).strip()
        if not label or own.suffix == "nothing" or label[-1] in "、）":
            return label
        return label + " "


def format_number(value: int, number_format: str) -> str:
    """`value` as a Word number format names it (ST_NumberFormat); unknown ones as digits."""
    if not 0 < value < 10_000:
        return "〇" if value == 0 and "hinese" in number_format else str(value)
    match number_format:
        case "none":
            return ""
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(value))
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
        ):
            return chinese_numeral(value)
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return chinese_numeral(value).translate(_LEGAL)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if value <= 20:
            return chr(0x245F + value)
        case "decimalZero":
            return f"{value:02d}"
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 4)
            return letter.upper() if number_format == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            roman = _roman(value)
            return roman if number_format == "upperRoman" else roman.lower()
        case _:
            return str(value)


def chinese_numeral(value: int) -> str:
    """1 to 9999 as 一 … 九千九百九十九, 10 as 十."""
    text = ""
    for digit, unit in zip(f"{value:04d}", "千百十 ", strict=True):
        if digit == "0":
            text += "零" if text and not text.endswith("零") else ""
        else:
            text += _DIGITS[int(digit)] + unit.strip()
    text = text.rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(value: int) -> str:
    text = ""
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    ):
        text += sign * (value // size)
        value %= size
    return text


def _levels(definition: etree._Element | None) -> dict[int, _Level]:
    if definition is None:
        return {}
    return {_integer(attribute(element, "ilvl"), 0): _level(element)
            for element in children(definition, "lvl")}  # fmt: skip


def _level(element: etree._Element) -> _Level:
    return _Level(
        start=_integer(value_of(element, "start"), 1),
        number_format=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText") or "",
        suffix=value_of(element, "suff") or "tab",
        decimal_only=child(element, "isLgl") is not None,
    )


def _integer(text: str | None, otherwise: int) -> int:
    number = whole_number(text)
    return otherwise if number is None else number
