"""The unit a question asks in, and how well that of a figure is the one."""

from __future__ import annotations

import re

from knowledge.figures import Figure

DURATIONS = frozenset("年 月 个月 日 天 周 岁 小时 分钟".split())
"""Units of time."""
_HEADCOUNTS = frozenset("人 人次 例 户".split())
# Asked with a measure word, the answer has one.
_MEASURED = re.compile(r"(?:多少|几)[个支家名所座项部条米岁级位次批种类户场集]")
# Digits without a unit that are long enough to be an amount: 1,313,851.
_LONG_NUMBER = 5
_RATE = re.compile(r"率|增长(?!了?多少(?:人|家))|百分|占比|比例|[上下]涨|涨幅|增幅")
_MONEY = re.compile(r"钱|票房|营收|收入|奖金|投资|投入|经费|资金|金额|元|补贴|补助")
_HEADS = re.compile(r"人(?:$|[？?])|人数|多少(?:名|位)?人|志愿者|人员|死亡|遇难|多少(?:名|位)")
_SPAN = re.compile(r"多久|为期|多长时间|几天|几年|几个月")
_COUNTED = re.compile(r"(?:多少|几)(支|家|名|所|座|项|部|条|米|岁|公里|级|位|次|批|种|类|户|场|集)")
_BODIES = re.compile(r"部门|单位|机构")
# Of another measure word than the one asked with, but of the right kind: 60个 for 几家.
_OTHER_UNIT = 0.6
_LENGTH = re.compile(r"多长|多高|多深|多宽|多远|长度|体长|全长|高度|海拔|深度")
_LENGTHS = re.compile(r"米|公里|公分|英?[吋寸尺]|英里|里$")
_MAGNITUDE = re.compile(r"\d\.\d")
_LARGE = re.compile(r"[万亿]")


def asked_unit_fit(figure: Figure, folded: str) -> float:
    """How well the unit of `figure` is the one that a folded question asks in, 0 to 1.

    What is asked is also read from the thing itself (票房: money; 出生率: a share), for questions
    without 多少. 0 means it cannot be the answer.
    """
    if "第几" in folded:
        return float(figure.kind == "ordinal")
    if figure.kind in ("ordinal", "year", "date"):
        return 0.0
    large = bool(_LARGE.search(figure.text))
    if _SPAN.search(folded):
        return float(figure.kind == "period" or figure.unit in DURATIONS)
    if _RATE.search(folded):
        if figure.text.endswith("百分点"):
            return _OTHER_UNIT
        return float(figure.kind == "percent" or figure.unit == "倍")
    if _LENGTH.search(folded):
        return float(bool(_LENGTHS.search(figure.unit or figure.text)))
    if "震级" in folded or "几级" in folded:
        return float(figure.unit == "级" or bool(_MAGNITUDE.fullmatch(figure.text)))
    if _HEADS.search(folded):
        return float(figure.kind in ("count", "number") and (figure.unit in _HEADCOUNTS or large))
    if _MONEY.search(folded):
        return float(figure.kind == "money" or large)
    if figure.kind == "percent":
        return float("准确" in folded)
    if figure.kind == "period":
        return 0.0
    if _BODIES.search(folded) and not figure.unit:
        return _OTHER_UNIT
    bare = not figure.unit and not large
    if bare and (_MEASURED.search(folded) or len(figure.text.replace(",", "")) < _LONG_NUMBER):
        return 0.0
    asked = _COUNTED.search(folded)
    if asked is None or figure.unit == asked.group(1):
        return 1.0
    return _OTHER_UNIT
