"""Personal data out of a question before anything is sent, stored or logged, and back again.

Each item becomes a mark (【姓名1】, 【电话1】) that stays the same through one conversation; the
marks are put back in what is shown on the screen, and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.personal_data import PersonalKind, find_personal_data

_NAMES: dict[PersonalKind, tuple[str, str]] = {
    "identity": ("身份证号", "identity number"),
    "passport": ("证件号", "passport number"),
    "card": ("银行卡号", "card number"),
    "phone": ("电话", "phone number"),
    "email": ("邮箱", "e-mail address"),
    "plate": ("车牌", "number plate"),
    "address": ("地址", "address"),
    "name": ("姓名", "name"),
}
_MARK = re.compile(r"【(?:身份证号|证件号|银行卡号|电话|邮箱|车牌|地址|姓名)\d{1,3}】")


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text without its personal data."""

    text: str
    kinds: tuple[PersonalKind, ...]
    """Of what was masked, each once, in the order of the text."""


@dataclass(slots=True)
class Mask:
    """The marks of one conversation. Lives in memory only."""

    _by_value: dict[str, str] = field(default_factory=dict)
    _counts: dict[PersonalKind, int] = field(default_factory=dict)

    def masked(self, text: str) -> MaskedText:
        """`text` with a mark in the place of each item of personal data."""
        parts, position, kinds = [], 0, dict[PersonalKind, None]()
        for item in find_personal_data(text):
            mark = self._mark(item.kind, text[item.start : item.end])
            parts += [text[position : item.start], mark]
            position = item.end
            kinds[item.kind] = None
        parts.append(text[position:])
        return MaskedText("".join(parts), tuple(kinds))

    def restored(self, text: str) -> str:
        """`text` with what the marks of this conversation stand for."""
        values = {mark: value for value, mark in self._by_value.items()}
        return _MARK.sub(lambda match: values.get(match.group(), match.group()), text)

    def _mark(self, kind: PersonalKind, value: str) -> str:
        if value not in self._by_value:
            number = self._counts[kind] = self._counts.get(kind, 0) + 1
            self._by_value[value] = f"【{_NAMES[kind][0]}{number}】"
        return self._by_value[value]


def without_marks(text: str) -> str:
    """`text` without the marks, for searching: they say nothing about policy."""
    return _MARK.sub("", text)


def kind_names(kinds: tuple[PersonalKind, ...], language: str) -> str:
    """The kinds in words, for a warning: 姓名、电话."""
    index = 1 if language == "en" else 0
    return ("、", ", ")[index].join(_NAMES[kind][index] for kind in kinds)
