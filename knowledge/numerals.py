"""Chinese numerals: 一百二十, 二〇二七 and １２ as numbers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "Ｏ": 0,
    "两": 2,
    "兩": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "廿": 20, "卅": 30}
LARGE_UNITS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8, "兆": 10**12}

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def parse_numeral(text: str) -> Decimal | None:
    """The value of a numeral written in digits, in Chinese or in both, None if it is none.

    1,200 -> 1200; 120万 -> 1200000; 一百二十 -> 120; 二〇二七 -> 2027; 3.5 -> 3.5; 三点五 -> 3.5;
    三点五万 -> 35000.
    """
    text = text.translate(_FULL_WIDTH).replace(",", "")
    if not text:
        return None
    if text.isascii():
        return _decimal(text)
    whole, point, fraction = text.partition("点")
    if point:
        scale = LARGE_UNITS.get(fraction[-1:], 1)
        fraction = fraction if scale == 1 else fraction[:-1]
        digits = "".join(str(DIGITS.get(character, "x")) for character in fraction)
        value = _whole(whole)
        tail = _decimal("0." + digits) if digits else None
        return None if value is None or tail is None else (value + tail) * scale
    return _whole(text)


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _whole(text: str) -> Decimal | None:
    total = section = Decimal(0)
    number = ""
    last_unit = 0
    for character in text:
        if character in DIGITS:
            number += str(DIGITS[character])
        elif character.isdecimal() or character == ".":
            number += character
        elif character in ("廿", "卅") and not number:
            section += SMALL_UNITS[character]
            last_unit = 10
        elif character in SMALL_UNITS:
            count = _decimal(number) if number else Decimal(1)
            if count is None:
                return None
            last_unit = SMALL_UNITS[character]
            section += count * last_unit
            number = ""
        elif character in LARGE_UNITS:
            value = _decimal(number) if number else Decimal(0)
            if value is None or not (number or section or total):
                return None
            last_unit = LARGE_UNITS[character]
            # 一万亿: the larger unit multiplies all that stands before it.
            before = section + value
            total = (
                (total + before) * last_unit
                if 0 < total < last_unit
                else (total + before * last_unit)
            )
            section = Decimal(0)
            number = ""
        else:
            return None
    if number:
        rest = _decimal(number)
        if rest is None:
            return None
        # 一万二 is 12000, 三百五 is 350; 一万零二 and 一百二十三 are what they say.
        elliptic = last_unit > 10 and len(number) == 1 and text[-2] not in "零〇"
        section += rest * last_unit / 10 if elliptic else rest
    return total + section
