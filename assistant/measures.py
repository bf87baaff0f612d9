"""Is a figure of the kind that a question asks for?"""

from __future__ import annotations

from assistant.question import ParsedQuestion
from knowledge.asked_unit import DURATIONS
from knowledge.figures import Figure

_PEOPLE = frozenset("人")


def fits_measure(figure: Figure, question: ParsedQuestion) -> bool:
    """True if `figure` is of the kind that the question asks for."""
    measure = question.measure
    if question.form == "date":
        if question.measure == "day":
            return figure.kind == "date"
        return figure.kind in ("date", "year")
    if figure.kind in ("ordinal", "year", "date"):
        return False
    if measure in ("money", "元", "万元", "亿元"):
        # 上一年度人均可支配收入的20倍 is an amount as well.
        return figure.kind == "money" or figure.unit == "倍"
    if measure == "percent":
        return figure.kind == "percent" or figure.unit == "倍"
    if measure in ("duration", "年", "天", "月"):
        return figure.kind == "period" or figure.unit in DURATIONS
    if measure in ("名", "人", "位") or (question.counts_people and measure != "批"):
        return figure.kind == "count" and figure.unit in _PEOPLE | {"人次"}
    if measure in ("人次", "家", "项", "次", "批", "类", "种", "条", "级", "户", "岁", "倍"):
        return figure.unit == measure or (measure == "家" and figure.unit == "个")
    if measure == "个":
        return figure.kind in ("count", "number") and figure.unit not in _PEOPLE | DURATIONS
    return figure.kind in ("count", "number", "money", "percent", "period")
