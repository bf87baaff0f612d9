"""Where a text shows the damage of a Founder font, and where its characters are words.

`knowledge.founder` repairs; here is only what it decides by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# The everyday words of the paired characters. A pair is no pair where one of its two
# characters belongs to such a word.
_WORDS: Mapping[str, re.Pattern[str]] = {
    "渊": re.compile(r"渊[源博薮深识海泉]|[深天临鸿陶学文九龙广家志]渊|渊明"),
    "冤": re.compile(r"冤[案枉屈情家魂狱仇大假错死]|[申伸喊鸣含洗沉蒙诉叫衔]冤"),
    "曳": re.compile(r"曳[引光尾兵地绳]|[摇拖牵弃]曳"),
    "冶": re.compile(r"冶[金炼铸铁矿铜艳游容]|[陶妖大选采火湿]冶"),
    "野": re.compile(
        r"野[生外蛮心战餐草菜花火兽猪鸡性营史趣鸭猫狗鸟果人]|"
        r"[视田旷原荒朝在越分山粗狂沃遍四下撒漫绿林郊平村乡]野"
    ),
    "叶": re.compile(r"叶[子片剑圣挺绿]|[树落茶枝绿红百末中初肺枫]叶"),
    "遥": re.compile(r"遥[控感远测望遥]|逍遥|平遥"),
    "尧": re.compile(r"尧[舜都天帝]|唐尧"),
    "浴": re.compile(r"浴[室场池缸血巾盆房]|[洗沐淋药日桑温]浴"),
    "钥": re.compile(r"钥匙|[密公私锁]钥"),
    "窑": re.compile(r"[煤砖瓷官石瓦炭土]窑|窑[洞炉址厂工变]"),
    "袁": re.compile(r"袁(?:世凯|隆平|崇焕|枚|绍|州)"),
}
# Rare in normal text, so that several of them together are a sign of damage.
_SIGNATURE = "袁遥尧曰渊冤曳冶浴"
_STRETCH = 600
"""Characters: damage is judged by stretches, as often only some pages of a file show it."""


def in_word(text: str, position: int) -> bool:
    """Whether the character at `position` is part of an everyday word (渊 in 渊源)."""
    words = _WORDS.get(text[position])
    if words is None:
        return False
    around = words.finditer(text, max(0, position - 2), position + 3)
    return any(match.start() <= position < match.end() for match in around)


def damaged_stretches(text: str) -> list[tuple[int, int]]:
    """Where `text` is damaged throughout: runs of lines, as start and end."""
    stretches: list[tuple[int, int]] = []
    group: list[tuple[int, int]] = []
    for start, end in [*_suspect_lines(text), (len(text), len(text))]:
        if start < end:
            group.append((start, end))
        if start == end or sum(last - first for first, last in group) >= _STRETCH:
            if _is_damaged("".join(text[first:last] for first, last in group)):
                stretches += group
            group = []
    merged: list[tuple[int, int]] = []
    for start, end in stretches:
        if merged and merged[-1][1] == start:
            start = merged.pop()[0]
        merged.append((start, end))
    return merged


def _suspect_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that real ，。 do not rule out."""
    start = 0
    for line in text.splitlines(keepends=True):
        real = line.count("，") + line.count("。")
        if real == 0 or real * 3 <= line.count("袁") + line.count("遥"):
            yield start, start + len(line)
        start += len(line)


def _is_damaged(text: str) -> bool:
    # A mark follows a word. In a list of names sorted by surname, 袁 never does.
    marks = [
        text[i]
        for i in range(1, len(text))
        if text[i] in _SIGNATURE
        and (text[i - 1].isalnum() or text[i - 1] in "）》”%")
        and not in_word(text, i)
    ]
    stops = marks.count("袁") + marks.count("遥")
    varied = len(set(marks)) >= 3 or {"袁", "遥"} <= set(marks)
    return varied and "遥" in marks and stops >= 3
