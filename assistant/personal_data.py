"""Personal data in Chinese text: where it stands and of what kind.

Only what can be told apart from policy text with certainty is found: numbers with a checksum or
a fixed form, an address from its street on, a name after a word that announces one. Document
numbers, unified social credit codes, amounts, dates and public hotlines are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.person_names import find_names

PersonalKind = Literal["identity", "passport", "card", "phone", "email", "plate", "address", "name"]

# Digits may be written apart: 138 0013 8000, 138-0013-8000, 138.0013.8000.
_GAP = r"[ \t   .·\-‐-―]{0,2}"
_NOT_AFTER = r"(?<![0-9A-Za-z])"
_IDENTITY = re.compile(rf"{_NOT_AFTER}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![0-9A-Za-z])")
_OLD_IDENTITY = re.compile(rf"{_NOT_AFTER}[1-9]\d{{5}}\d{{6}}\d{{3}}(?![0-9A-Za-z])")
_CARD = re.compile(rf"{_NOT_AFTER}[3-6](?:{_GAP}\d){{14,18}}(?![0-9A-Za-z])")
_MOBILE = re.compile(
    rf"(?:{_NOT_AFTER}|(?<=tel))(?:[+]?{_GAP}(?:00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?![0-9A-Za-z])"
)
_LANDLINE = re.compile(
    rf"{_NOT_AFTER}(?:[(]0\d{{2,3}}[)]|0\d{{2,3}}[-‐-― \t]{{1,2}}){_GAP}"
    rf"[2-9]\d{{2,3}}{_GAP}\d{{4}}(?!\d)"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}")
_PLATE = re.compile(
    r"(?<![一-鿿A-Za-z0-9][A-Z])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·.•\- ]?(?=[A-HJ-NP-Z0-9]*\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)
_PASSPORT = re.compile(
    r"(?:护照|通行证|passport)[^0-9A-Za-z\n]{0,8}([A-Za-z]{1,2}\d{7,9})(?![0-9A-Za-z])", re.I
)
# An amount or a count of eleven digits is no telephone number.
_QUANTITY = re.compile(r"\s*(?:元|万|亿|人|户|名|个|件|吨|%|％|次|股|平方)")
_NUMBERED = re.compile(r"(?:第|编号|文号|案号|订单号|单号|流水号|批号|信用代码|邮编)[:\s]*$")
_HAN_DIGIT = "0-9零〇一二三四五六七八九十百"
_HOUSE = rf"[{_HAN_DIGIT}A-Za-z]{{1,6}}(?:[-–之][{_HAN_DIGIT}]{{1,4}})?"
_STREET = (
    r"[一-鿿]{1,10}?(?:大道|大街|马路|路|街|巷|胡同|里弄|弄|道)"
    rf"(?:[东南西北中]?[{_HAN_DIGIT}]{{1,3}}段|[东南西北中]段)?"
)
_ESTATE = r"[一-鿿]{2,12}?(?:小区|花园|公寓|家园|新村|大院|苑|村|社区|大厦|宿舍)"
_UNITS = rf"(?:{_HOUSE}(?:号院|号楼|号|栋|幢|座|单元|层|楼|室|房|户|组|队)){{1,6}}(?:{_HOUSE}(?:室|房)?)?"
_ADDRESS = re.compile(
    rf"(?:{_STREET}{_GAP}(?:{_HOUSE}号(?![文令])(?:{_ESTATE})?(?:{_UNITS})?|{_UNITS})"
    rf"|{_ESTATE}{_GAP}{_HOUSE}(?:号楼|栋|幢|座|单元|号院|组|队)(?:{_UNITS})?)"
)
# What comes before the street: a place, or a word that says that someone lives there.
_BEFORE_STREET = re.compile(
    r"^.*(?:省|自治区|市|自治州|区|县|自治旗|镇|乡|街道|住在|住址|家住|地址|居住于|居住在|位于|住|在|是|[::])"
)
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83".split()
)
# GB 11643-1999: weights modulo 11, and the check characters by remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One item of personal data in a text."""

    kind: PersonalKind
    start: int
    end: int


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """All personal data in `text`, in its order, without overlaps. Linear in its length."""
    # Full-width digits and letters count as their half-width forms; positions stay.
    plain = "".join(_half_width(char) for char in text)
    taken = [False] * len(plain)
    found = []
    for item in _candidates(plain):
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = [True] * (item.end - item.start)
            found.append(item)
    return tuple(sorted(found, key=lambda item: item.start))


def is_identity_number(text: str) -> bool:
    """True for an 18-character resident identity number with a date of birth and a right check.

    GB 11643-1999.
    """
    digits = re.sub(r"[^0-9Xx]", "", text).upper()
    if len(digits) != 18 or digits[:2] not in _PROVINCES or not digits[:17].isdecimal():
        return False
    if not _is_birth(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == digits[17]


def is_card_number(text: str) -> bool:
    """True for 15 to 19 digits whose Luhn sum (ISO/IEC 7812-1) is right."""
    digits = [int(char) for char in text if char.isdecimal()]
    if not 15 <= len(digits) <= 19 or len(set(digits)) < 3:
        return False
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _candidates(text: str) -> Iterator[PersonalData]:
    for match in _EMAIL.finditer(text):
        yield PersonalData("email", *match.span())
    for match in _IDENTITY.finditer(text):
        if is_identity_number(match.group()):
            yield PersonalData("identity", *match.span())
    for match in _OLD_IDENTITY.finditer(text):
        digits = match.group()
        if (
            digits[:2] in _PROVINCES
            and _is_birth("19" + digits[6:12])
            and not _follows(text, match)
        ):
            yield PersonalData("identity", *match.span())
    for match in _CARD.finditer(text):
        if is_card_number(match.group()) and not _NUMBERED.search(text[: match.start()][-8:]):
            yield PersonalData("card", *match.span())
    for match in _PASSPORT.finditer(text):
        yield PersonalData("passport", *match.span(1))
    for match in (*_MOBILE.finditer(text), *_LANDLINE.finditer(text)):
        if not _follows(text, match):
            yield PersonalData("phone", *match.span())
    for match in _PLATE.finditer(text):
        yield PersonalData("plate", *match.span())
    for match in _ADDRESS.finditer(text):
        place = _BEFORE_STREET.match(match.group())
        start = match.start() + (place.end() if place and place.end() < len(match.group()) else 0)
        if start < match.end():
            yield PersonalData("address", start, match.end())
    for start, end in find_names(text):
        yield PersonalData("name", start, end)


def _follows(text: str, match: re.Match[str]) -> bool:
    """True if a number belongs to a quantity or to a document's number."""
    return bool(_QUANTITY.match(text, match.end()) or _NUMBERED.search(text[: match.start()][-8:]))


def _is_birth(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1890, 1, 1) <= born <= date.today()


def _half_width(char: str) -> str:
    """The half-width form of a full-width character, if it is one character too."""
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
