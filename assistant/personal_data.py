"""Personal data in Chinese text: where it stands and of what kind.

Only what can be told apart from policy text with certainty is found: numbers with a checksum or
a fixed form, an address from its street on, a name where something announces one. Document
numbers, unified social credit codes, amounts, dates and public hotlines are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from assistant.person_names import find_names
from assistant.personal_numbers import find_numbers, find_spoken_numbers
from assistant.street_addresses import find_addresses
from knowledge.document_number import numbers_in

PersonalKind = Literal[
    "identity", "passport", "card", "phone", "email", "account", "plate", "address", "name"
]
# Crosses that stand for the X of an identity number.
_CROSSES = str.maketrans("×✕✖╳ХхΧχ", "XXXXXxXx")
_CHINESE_DIGITS = str.maketrans(
    "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789"
)
_SPOKEN = re.compile(
    r"[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖][ \-]?[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{2}"
)


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One item of personal data in a text."""

    kind: PersonalKind
    start: int
    end: int


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """All personal data in `text`, in its order, without overlaps."""
    half = plain(text)
    taken = [False] * len(half)
    for start, end, _ in numbers_in(half):
        # 川民发〔2024〕12号 is no house number.
        taken[start:end] = [True] * (end - start)
    found = []
    for item in _candidates(half):
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = [True] * (item.end - item.start)
            found.append(item)
    found += _repeated(half, found, taken)
    return tuple(sorted(found, key=lambda item: item.start))


def plain(text: str) -> str:
    """`text` with half-width digits and letters; every position stays."""
    if text.isascii():
        return text
    return "".join(_half_width(char) for char in text).translate(_CROSSES)


def _candidates(text: str) -> Iterator[PersonalData]:
    for kind, start, end in find_numbers(text):
        yield PersonalData(cast(PersonalKind, kind), start, end)
    if _SPOKEN.search(text):
        for kind, start, end in find_spoken_numbers(text.translate(_CHINESE_DIGITS)):
            yield PersonalData(cast(PersonalKind, kind), start, end)
    for start, end in find_addresses(text):
        yield PersonalData("address", start, end)
    for start, end in find_names(text):
        yield PersonalData("name", start, end)


def _repeated(text: str, found: list[PersonalData], taken: list[bool]) -> Iterator[PersonalData]:
    """Names that were announced once and stand elsewhere without their word."""
    for name in {text[item.start : item.end] for item in found if item.kind == "name"}:
        if len(name) < 2:
            continue
        for match in re.finditer(re.escape(name), text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(name)
                yield PersonalData("name", *match.span())


def _half_width(char: str) -> str:
    """The half-width form of a full-width character, if it is one character too."""
    if "\u4e00" <= char <= "\u9fff":
        return char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
