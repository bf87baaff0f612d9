"""Punctuation that a Founder (方正) typesetting font turned into Chinese characters.

The damage follows one rule: the lead byte of the GB2312 code is 0x31 too high, so that ，
becomes 袁 and （ becomes 渊. Undoing it blindly would destroy text, since 院, 野, 叶, 也, 员
and others are everyday characters. Each of them is therefore put back only on evidence:

- pairs (渊…冤, 叶…曳, 野…冶) whose characters form no word with their neighbours, anywhere;
- single marks (袁 遥 尧 曰 …) only in a stretch of text that is damaged as a whole: it shows
  several of the marks that are rare in normal text, and next to no real ，。;
- digits only where a whole run of digit characters stands before a unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.founder_damage import damaged_stretches, in_word

_ROWS = (0xA1, 0xA2, 0xA3, 0xA6)
_SHIFT = 0x31


def _founder_table() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for row in _ROWS:
        for cell in range(0xA1, 0xFF):
            try:
                true = bytes([row, cell]).decode("gb2312")
                table[bytes([row + _SHIFT, cell]).decode("gb2312")] = true
            except UnicodeDecodeError:
                continue
    return table


FOUNDER_TABLE: Mapping[str, str] = _founder_table()
"""Damaged character → the symbol it stands for, by the rule, rows 1, 2, 3 and 6 of GB2312."""


@dataclass(frozen=True, slots=True)
class Change:
    """One character put back."""

    position: int
    """Where, in the text before the repair."""
    before: str
    """The damaged character; empty where a lost closing bracket was added."""
    after: str
    reason: str
    """`pair`, `source note`, `damaged text`, `document number`, `digits`, `list`."""


_PAIRS = (("渊", "冤", 60), ("叶", "曳", 40), ("野", "冶", 40))
_SINGLE = "袁遥尧曰浴钥"

_NOTE = re.compile(
    r"(?P<open>[渊（])(?:转自|转载自|摘自|选自|原载|来源[:：院]|据)"
    r"(?P<name>[叶《][^叶曳《》\n]{2,30}[曳》]|[^渊冤（）\n。，]{2,25}(?=\n|$))(?P<close>\s*[冤）])?"
)
_DIGIT = {ch: str(i) for i, ch in enumerate("园员圆猿源缘远苑愿怨")}
_DIGITS = "[0-9" + "".join(_DIGIT) + "]"
_UNIT = "[年月日号个名人万亿千百余多元项条级章次所位家县区市省豫%％原耀]"
_DIGIT_RUN = re.compile(rf"(?<!{_DIGITS}){_DIGITS}*[{''.join(_DIGIT)}]{_DIGITS}+(?={_UNIT})")
# A run that a word leads into (工作人员远…) is no number.
_DIGIT_WORD = re.compile(
    "[人党成官职动团会委学队雇社议专教演]员|[资来能水起电财]源|[公校家乐花田儿农果庄]园|"
    "[志意自请心]愿|[永遥长深偏边]远|[边因机血]缘|[团汤]圆|[恩抱]怨|[文艺学]苑"
)
_DATE_DIGITS = re.compile(rf"(?<=[0-9]年){_DIGITS}{{1,2}}月(?:{_DIGITS}{{1,2}}日)?")
_YEAR_BRACKETS = re.compile(rf"[咱也]({_DIGITS}{{4}})[暂页](?=\s*{_DIGITS}+\s*号|号|第)")
_FIGURE_SIGNS = (
    (re.compile(r"(?<=[0-9])豫"), "%"),
    (re.compile(r"(?<=[0-9])援(?=[0-9])"), "."),
    (re.compile(r"(?<=[0-9])耀(?=[0-9])"), "～"),
    (re.compile(r"(?<=[0-9])原(?=[0-9])"), "-"),
    (re.compile(r"(?<=[0-9])垣(?=[0-9])"), "+"),
    (re.compile(r"(?<=[0-9])益"), "℃"),
    (re.compile(r"逸(?=[0-9])"), "≥"),
    (re.compile(r"臆(?=[0-9])"), "≤"),
    (re.compile(r"(?<=[\u4e00-\u9fff])要(?=要)|(?<=要)要(?=[\u4e00-\u9fff])"), "—"),
    (re.compile(r"噎"), "…"),
)
# 院 is a colon after words that announce something, never after what 院 completes.
_COLON = re.compile(
    r"(?<=附件)院|(?<=附件[0-9])院|(?<=附件[0-9]{2})院|"
    r"(?<=如下)院|(?<=以下)院|(?<=通知)院|(?<=意见)院|(?<=要求)院(?=[野“\n])|(?<=电话)院|"
    r"(?<=联系人)院|(?<=地址)院|(?<=邮编)院|(?<=邮箱)院|(?<=单位)院(?=\s|$)|(?<=时间)院|"
    r"(?<=地点)院|(?<=名称)院|(?<=日期)院|(?<=[说道])院(?=[野“])|(?<=来源)院|"
    r"(?<=[府厅局部委会门院])院(?=\n|$)"
)
_ORDERED = "淤于盂榆虞愚舆余俞逾"
_CLAUSE_START = re.compile(r"(?:^|(?<=[\n，。；：、]))\s*(?=[" + _ORDERED + "])")
_OTHER_PAIRS = (("揖", "铱", "【", "】", 20), ("耶", "爷", "‘", "’", 20))


def repair_founder(text: str) -> tuple[str, tuple[Change, ...]]:
    """`text` with the damaged punctuation put back, and every change made.

    Text without the damage comes back as it is, with no changes; repairing twice changes
    nothing more.
    """
    repair = _Repair(text)
    if not FOUNDER_TABLE.keys().isdisjoint(text):
        repair.source_notes()
        repair.pairs()
        for start, end in damaged_stretches(repair.current()):
            repair.damaged(start, end)
    return repair.result(), tuple(sorted(repair.changes, key=lambda change: change.position))


class _Repair:
    """The text while it is repaired: one slot a character, so that positions never move."""

    def __init__(self, text: str) -> None:
        self.chars = list(text)
        self.added: dict[int, str] = {}
        self.changes: list[Change] = []

    def current(self) -> str:
        return "".join(self.chars)

    def result(self) -> str:
        if not self.added:
            return self.current()
        return "".join(self.added.get(i, "") + ch for i, ch in enumerate([*self.chars, ""]))

    def put(self, position: int, after: str, reason: str) -> None:
        before = self.chars[position]
        if before != after:
            self.chars[position] = after
            self.changes.append(Change(position, before, after, reason))

    def source_notes(self) -> None:
        """（转自《…》）, also where its closing bracket was lost."""
        for match in _NOTE.finditer(self.current()):
            name, damaged = match.group("name"), match.group("open") == "渊"
            if not damaged and name[0] != "叶":
                continue
            self.put(match.start("open"), "（", "source note")
            if name[0] in "叶《":
                self.put(match.start("name"), "《", "source note")
                self.put(match.end("name") - 1, "》", "source note")
            if match.group("close"):
                self.put(match.end("close") - 1, "）", "source note")
            elif (closing := self._closed_at(match.end("name"))) is not None:
                self.put(closing, "）", "source note")
            elif damaged:
                self.added[match.end("name")] = "）"
                self.changes.append(Change(match.end("name"), "", "）", "source note"))

    def _closed_at(self, start: int) -> int | None:
        """The bracket that closes a note of which a second line follows."""
        for position in range(start, min(start + 30, len(self.chars))):
            if self.chars[position] in "冤）":
                return position
            if self.chars[position] in "渊（。":
                break
        return None

    def pairs(self) -> None:
        for opening, closing, reach in _PAIRS:
            text = self.current()
            opened: list[int] = []
            for position, ch in enumerate(text):
                if ch == opening:
                    opened.append(position)
                elif ch == closing and not in_word(text, position):
                    near = [p for p in opened[-reach:] if position - reach <= p < position - 1]
                    near = [p for p in near if not re.search("[。遥]", text[p:position])]
                    likely = [p for p in near if not in_word(text, p)]
                    # 渊 and 冤 are so rare that even 渊源头治理冤 is a pair; 野生…冶 is not.
                    start = likely[-1] if likely else near[-1] if near and opening == "渊" else -1
                    if start >= 0:
                        self.put(start, FOUNDER_TABLE[opening], "pair")
                        self.put(position, FOUNDER_TABLE[closing], "pair")
                        opened.clear()

    def damaged(self, start: int, end: int) -> None:
        """A stretch whose punctuation is damaged throughout."""
        text = self.current()
        for position in range(start, end):
            if text[position] in _SINGLE and not in_word(text, position):
                self.put(position, FOUNDER_TABLE[text[position]], "damaged text")
        self._each(_YEAR_BRACKETS, start, end, self._document_number)
        self._each(_DIGIT_RUN, start, end, self._digits)
        self._each(_DATE_DIGITS, start, end, self._digits)
        for pattern, sign in _FIGURE_SIGNS:
            for match in list(pattern.finditer(self.current(), start, end)):
                self.put(match.start(), sign, "damaged text")
        for match in list(_COLON.finditer(self.current(), start, end)):
            self.put(match.start(), "：", "damaged text")
        for opening, closing, left, right, reach in _OTHER_PAIRS:
            pattern = re.compile(f"{opening}[^{opening}{closing}。]{{1,{reach}}}{closing}")
            for match in list(pattern.finditer(self.current(), start, end)):
                self.put(match.start(), left, "pair")
                self.put(match.end() - 1, right, "pair")
        self._circled_numbers(start, end)
        text = self.current()
        for position in range(start, end):
            if text[position] == "窑" and not in_word(text, position):
                self.put(position, "·", "damaged text")

    def _each(
        self, pattern: re.Pattern[str], start: int, end: int, then: Callable[[re.Match[str]], None]
    ) -> None:
        for match in list(pattern.finditer(self.current(), start, end)):
            then(match)

    def _document_number(self, match: re.Match[str]) -> None:
        self.put(match.start(), "〔", "document number")
        self.put(match.end() - 1, "〕", "document number")
        self._digits(match)

    def _digits(self, match: re.Match[str]) -> None:
        start = match.start()
        if _DIGIT_WORD.match("".join(self.chars[max(0, start - 1) : start + 1])):
            return
        for position in range(match.start(), match.end()):
            digit = _DIGIT.get(self.chars[position])
            if digit is not None:
                self.put(position, digit, "digits")

    def _circled_numbers(self, start: int, end: int) -> None:
        found: list[int] = []
        for match in _CLAUSE_START.finditer(self.current(), start, end):
            if self.chars[match.end()] == _ORDERED[min(len(found), 9)]:
                found.append(match.end())
        if len(found) >= 2:
            for position in found:
                self.put(position, FOUNDER_TABLE[self.chars[position]], "list")
