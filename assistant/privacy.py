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
    "account": ("账号", "account"),
    "plate": ("车牌", "number plate"),
    "address": ("地址", "address"),
    "name": ("姓名", "name"),
}
_MARK = re.compile(r"【(?:身份证号|证件号|银行卡号|电话|邮箱|账号|车牌|地址|姓名)\d{1,3}】")


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
    _kinds: dict[str, PersonalKind] = field(default_factory=dict)
    _counts: dict[PersonalKind, int] = field(default_factory=dict)
    _typed: set[str] = field(default_factory=set)

    def masked(self, text: str) -> MaskedText:
        """`text` with a mark in the place of each item of personal data.

        What was found in an earlier text of the conversation is found here too, whether or
        not anything announces it again.
        """
        # A mark that was typed stays what it is, and stands for nobody.
        self._typed.update(_MARK.findall(text))
        items = {(item.start, item.end): item.kind for item in find_personal_data(text)}
        kinds = dict.fromkeys(kind for _, kind in sorted(items.items()))
        parts, position = list[str](), 0
        for (start, end), kind in sorted(items.items()):
            parts += [self._known(text[position:start], kinds), self._mark(kind, text[start:end])]
            position = end
        parts.append(self._known(text[position:], kinds))
        return MaskedText("".join(parts), tuple(kinds))

    def restored(self, text: str) -> str:
        """`text` with what the marks of this conversation stand for."""
        values = {mark: value for value, mark in self._by_value.items()}
        return _MARK.sub(lambda match: values.get(match.group(), match.group()), text)

    def _known(self, text: str, kinds: dict[PersonalKind, None]) -> str:
        """`text` with marks for what an earlier text has told."""
        for value in sorted(self._by_value, key=len, reverse=True):
            # A surname alone stands in too many words.
            if len(value) > 1 and value in text:
                text = text.replace(value, self._by_value[value])
                kinds[self._kinds[value]] = None
        return text

    def _mark(self, kind: PersonalKind, value: str) -> str:
        if value not in self._by_value:
            number = self._counts.get(kind, 0) + 1
            while (mark := f"【{_NAMES[kind][0]}{number}】") in self._typed:
                number += 1
            self._counts[kind], self._kinds[value] = number, kind
            self._by_value[value] = mark
        return self._by_value[value]


def without_marks(text: str) -> str:
    """`text` without the marks, for searching: they say nothing about policy."""
    return _MARK.sub("", text)


def kind_names(kinds: tuple[PersonalKind, ...], language: str) -> str:
    """The kinds in words, for a warning: 姓名、电话."""
    index = 1 if language == "en" else 0
    return ("、", ", ")[index].join(_NAMES[kind][index] for kind in kinds)
