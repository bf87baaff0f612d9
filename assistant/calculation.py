"""A calculation, written so that everybody can check it: `27个月 − 21个月 = 6个月（计算所得）`.

Inputs that only bound a value (超13万人) bound the result as well: `超13万人 − 8.82万人 = 超4.18万人`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Literal

from knowledge.figures import Figure, find_figures

Operation = Literal["sum", "difference", "rest", "mean", "ratio", "share", "times"]

MARK = "（计算所得）"
"""Behind every computed figure; nothing else may bear it."""

_AMOUNT = re.compile(
    r"^(?:百分之)?[^\d〇零一二两三四五六七八九十百千半]*"
    r"(?:[\d,.，．]+|[〇零一二两三四五六七八九十百千点半]+)余?(?P<scale>[万亿]?)余?(?P<unit>.*)$"
)
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SIGNS: dict[Operation, str] = {
    "sum": " + ",
    "mean": " + ",
    "difference": " − ",
    "rest": " − ",
    "ratio": " ÷ ",
    "share": " ÷ ",
    "times": " ÷ ",
}
_DIVIDES = frozenset({"ratio", "share", "times"})
_TAKES_AWAY = frozenset({"difference", "rest"})
_CALCULATION = re.compile(
    rf"（?(?P<terms>[^\n=（）|]{{1,40}}(?: [+−÷] [^\n=（）|]{{1,40}})+)(?:）÷ ?\d{{1,2}})? = (?:[^\n=（）|]{{1,40}}?){MARK}"
)
_OPERATIONS: dict[str, tuple[Operation, ...]] = {
    "+": ("sum", "mean"),
    "−": ("difference", "rest"),
    "÷": ("ratio", "share", "times"),
}
# How each qualifier bounds, and how a bound of the result is written.
_UP, _DOWN, _ABOUT = 1, -1, 0
_BOUNDS = {">": _UP, "≥": _UP, "<": _DOWN, "≤": _DOWN, "≈": _ABOUT}
_WORDS = {
    (_UP, True): "超",
    (_UP, False): "不少于",
    (_DOWN, True): "不足",
    (_DOWN, False): "不超过",
}

_ROUNDING = {
    "超": ROUND_FLOOR,
    "不少于": ROUND_FLOOR,
    "不足": ROUND_CEILING,
    "不超过": ROUND_CEILING,
}


@dataclass(frozen=True, slots=True)
class _Bound:
    direction: int
    is_strict: bool


def calculation(
    operation: Operation, figures: Sequence[Figure], terms: Sequence[str] = ()
) -> str | None:
    """`a + b = c（计算所得）`; None if the figures do not go together, or bound nothing.

    `terms` are the figures as they are to be written (超13万人), by default without what bounds them.
    """
    terms = list(terms) or [figure.text for figure in figures]
    values = [f.value for f in figures if isinstance(f.value, Decimal)]
    if len(values) < 2 or len(values) != len(figures) or not _go_together(operation, figures):
        return None
    bounds = [_bound(figure) for figure in figures]
    if operation == "difference" and values[0] < values[1]:
        values, terms, bounds = values[::-1], terms[::-1], bounds[::-1]
    if operation in _TAKES_AWAY and (values[0] < values[1] or _may_cross(bounds)):
        return None
    if operation in _TAKES_AWAY | _DIVIDES:
        bounds[1:] = [b and _Bound(-b.direction, b.is_strict) for b in bounds[1:]]
    word = _bounded(bounds)
    result = _written(operation, _computed(operation, values), figures, word or "")
    if word is None or result is None:
        return None
    shown = _SIGNS[operation].join(terms)
    if operation == "mean":
        shown = f"（{shown}）÷ {len(terms)}"
    return f"{shown} = {word}{result}{MARK}"


def without_calculations(text: str) -> str:
    """`text` with each right calculation cut down to its inputs.

    What is left of a right one are figures that must be quoted like any other. A wrong one, or
    a marked figure without its calculation, stays as it is.
    """
    return _CALCULATION.sub(lambda m: _inputs(m) or m.group(), text)


def _inputs(match: re.Match[str]) -> str | None:
    terms = re.split(r" [+−÷] ", match["terms"])
    signs = set(re.findall(r" ([+−÷]) ", match["terms"]))
    figures = [found[0] for term in terms if len(found := find_figures(term)) == 1]
    if len(figures) != len(terms) or len(signs) != 1:
        return None
    shown = {calculation(o, figures, terms) for o in _OPERATIONS[signs.pop()]}
    return "，".join(terms) if match.group() in shown else None


def _go_together(operation: Operation, figures: Sequence[Figure]) -> bool:
    """True if the figures are of one kind and unit, or one can be shared out among the other."""
    first, second = figures[:2]
    if operation == "ratio":
        if not second.value or second.kind in ("money", "percent"):
            return False
        return first.text != second.text
    if operation in _DIVIDES and (not second.value or first.kind == "percent"):
        return False
    return all((f.kind, f.unit) == (first.kind, first.unit) for f in figures)


def _bound(figure: Figure) -> _Bound | None:
    """Where the amount lies that the figure bounds; None of an exact one."""
    direction = _BOUNDS.get(figure.qualifier)
    return None if direction is None else _Bound(direction, figure.qualifier in "<>")


def _bounded(bounds: Sequence[_Bound | None]) -> str | None:
    """The word before the result; '' of exact inputs, None if they bound it on no one side."""
    given = [bound for bound in bounds if bound]
    if not given:
        return ""
    directions = {bound.direction for bound in given}
    if directions == {_ABOUT}:
        return "约"
    if len(directions) > 1:
        return None
    return _WORDS[directions.pop(), any(bound.is_strict for bound in given)]


def _may_cross(bounds: Sequence[_Bound | None]) -> bool:
    """True if the greater of two may be the lesser: 6万人 − 超5万人."""
    greater, lesser = bounds[:2]
    falls = greater is not None and greater.direction != _UP
    rises = lesser is not None and lesser.direction != _DOWN
    return (falls or rises) and greater != lesser


def _computed(operation: Operation, values: Sequence[Decimal]) -> Decimal:
    if operation in _TAKES_AWAY:
        return values[0] - values[1]
    if operation in _DIVIDES:
        share = values[0] / values[1]
        return share * 100 if operation == "share" else share
    total = sum(values, Decimal(0))
    return total / len(values) if operation == "mean" else total


def _written(
    operation: Operation, value: Decimal, figures: Sequence[Figure], bound: str
) -> str | None:
    """The amount in the unit in which all figures are written, with two decimals at most.

    Rounded so that what bounds it stays true; None if nothing is left of it.
    """
    if operation == "ratio":
        figures = figures[:1]
    matches = [_AMOUNT.match(figure.text) for figure in figures]
    first = matches[0]
    if first is None or any(match is None for match in matches):
        return None
    if operation in ("share", "times"):
        scale, unit = "", "%" if operation == "share" else "倍"
    elif figures[0].kind == "percent":
        scale, unit = "", "%"
    else:
        scales = {match["scale"] for match in matches if match}
        scale = first["scale"] if len(scales) == 1 else ""
        unit = first["unit"]
    if abs(value) < _SCALES[scale]:
        scale = ""
    rounding = _ROUNDING.get(bound, ROUND_HALF_EVEN)
    amount = (value / _SCALES[scale]).quantize(Decimal("0.01"), rounding)
    if value and not amount:
        return None
    number = f"{amount:,f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
    return f"{number.replace(',', '')}{scale}{unit}"
