"""Measure words and units that make a numeral a figure: 名, 个工作日, 万元's 元, %."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

UnitKind = Literal["money", "percent", "period", "count", "ordinal"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands in a text."""

    written: str
    end: int
    """Position in the text right after it."""
    kind: UnitKind
    name: str
    """Normalised: 人 for 名 and 位, 日 for 天."""


_MONEY = {
    "元": "元", "块钱": "元", "人民币": "元", "yuan": "元", "rmb": "元", "cny": "元", "块": "元",
    "美元": "美元", "dollars": "美元", "港元": "港元", "港币": "港元", "欧元": "欧元",
    "日元": "日元",
}  # fmt: skip
_SHARE = {
    "%": "%", "％": "%", "percent": "%", "per cent": "%", "个百分点": "百分点",
    "percentage points": "百分点", "percentage point": "百分点", "‰": "‰",
}  # fmt: skip
_TIME = {
    "个工作日": "工作日", "工作日": "工作日", "个自然日": "日", "自然日": "日", "working days": "工作日", "个月": "月",
    "months": "月", "month": "月", "个季度": "季度", "季度": "季度", "个星期": "周", "星期": "周",
    "周": "周", "weeks": "周", "week": "周", "天": "日", "日": "日", "days": "日", "day": "日",
    "周年": "年", "年": "年", "years": "年", "year": "年", "个小时": "小时", "小时": "小时",
    "hours": "小时", "hour": "小时", "分钟": "分钟", "minutes": "分钟", "个学期": "学期",
    "学期": "学期", "个年度": "年",
}  # fmt: skip
_COUNT = {
    **{unit: "人" for unit in ("人", "名", "位", "people", "persons", "social workers")},
    **{unit: "个" for unit in ("个", "家", "所", "座", "处", "间")},
    **{unit: "岁" for unit in ("周岁", "岁")},
    **{unit: "倍" for unit in ("倍", "times")},
    **{unit: "次" for unit in ("次",)},
    **{unit: unit for unit in (
        "人次", "场次", "例次", "万人", "项", "条", "件", "户", "张", "台", "套", "支", "批", "场",
        "类", "种", "份", "篇", "例", "起", "组", "对", "辆", "门", "期", "亩", "公里", "千米",
        "米", "平方米", "平方公里", "公斤", "千克", "吨", "床", "课时", "学时", "学分", "站", "票",
        "分", "幅", "款", "字", "立方米", "公顷", "步",
    )},
}  # fmt: skip
_ORDINAL = {"级": "级", "届": "届", "号": "号", "等奖": "等", "等功": "等", "大": "大"}
# 周边, 分别, 元素 ...: the unit's character begins another word.
_NOT_UNIT = {
    "周": "边围密全知到期末刊转", "分": "之别类工担享级析配布散为成管明步开离解头门",
    "元": "素旦宵老首", "日": "常报用益渐程", "年": "轻龄纪级货代", "天": "然津下才气",
    "米": "饭", "人": "民口才民大", "大": "学型量", "台": "湾州阶", "张": "家掖贴",
    "个": "体人性别", "门": "峡户诊槛", "对": "一口应象", "所": "有谓以", "号": "召",
    "期": "间望待限", "组": "织成合建", "场": "所地景合", "家": "庭长属园", "次": "要序",
    "条": "件例款", "种": "植族", "户": "籍口外", "起": "来到步草源点", "步": "行",
    "处": "理罚置分", "支": "付持撑出", "项": "目", "类": "型", "位": "于置", "款": "项",
    "座": "谈", "名": "称单", "字": "会",
}  # fmt: skip
# 一个, 一种 ...: an article more than a count.
_WEAK_ONE = frozenset("个家所座处间项条件张台套支批场类种份篇例起组对门期站位人步分字款幅户")
_UNITS: dict[str, tuple[UnitKind, str]] = {
    **{unit: ("money", name) for unit, name in _MONEY.items()},
    **{unit: ("percent", name) for unit, name in _SHARE.items()},
    **{unit: ("period", name) for unit, name in _TIME.items()},
    **{unit: ("count", name) for unit, name in _COUNT.items()},
    **{unit: ("ordinal", name) for unit, name in _ORDINAL.items()},
}
_LENGTHS: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(unit) for unit in _UNITS if unit[0] == first}, reverse=True))
    for first in {unit[0] for unit in _UNITS}
}
_ENGLISH = re.compile(
    "(?:" + "|".join(sorted((u for u in _UNITS if u[0].isascii() and u.isascii() and u != "%"),
                            key=len, reverse=True)) + ")(?![a-z])",
    re.IGNORECASE,
)  # fmt: skip


def unit_at(text: str, position: int) -> Unit | None:
    """The unit that begins at `position` or after one space or hyphen there, None if none does."""
    first = text[position : position + 1]
    if first and first in " \u3000-":
        position += 1
        first = text[position : position + 1]
    if first.isascii() and first.isalpha():
        found = _ENGLISH.match(text, position)
        if not found:
            return None
        kind, name = _UNITS[found.group().lower()]
        return Unit(found.group(), found.end(), kind, name)
    for length in _LENGTHS.get(first, ()):
        written = text[position : position + length]
        if written not in _UNITS:
            continue
        end = position + length
        following = text[end : end + 1]
        if following and following in _NOT_UNIT.get(written, ""):
            continue
        kind, name = _UNITS[written]
        return Unit(written, end, kind, name)
    return None


def is_weak_one(unit: str) -> bool:
    """Whether 一 before `unit` is an article (一个, 一种) more than a count (一名, 一次)."""
    return unit in _WEAK_ONE
