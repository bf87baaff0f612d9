"""A number in a spreadsheet cell → what the sheet shows: a date, a share, a figure.

Number formats: ECMA-376 part 1, section 18.8.30 (built-in ids) and 18.8.31 (codes).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

# Ids 14 to 22, 45 to 47; 27 to 36 and 50 to 58 are dates in the Chinese versions.
_BUILT_IN = {
    9: "0%", 10: "0.00%", 11: "0.00E+00", 2: "0.00", 4: "#,##0.00", 3: "#,##0",
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:mm"),
    22: "yyyy-mm-dd h:mm",
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LONGEST_CODE = 255
"""As in Excel; the zeros of a code are places that every cell is filled up to."""
_MAX_SERIAL = 2_958_465
"""9999-12-31."""


def format_code(number_id: int, custom: dict[int, str]) -> str:
    """The code of a number format; empty for the general one."""
    return custom.get(number_id, _BUILT_IN.get(number_id, ""))[:_LONGEST_CODE]


def show_number(text: str, code: str, *, from_1904: bool) -> str:
    """The value `text` as the format `code` shows it.

    Dates come out as 2025年3月1日 if the format names 年, else as 2025-03-01; shares with their
    percent sign; figures without the noise of binary fractions (0.30000000000000004).
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 40:
        return text
    plain = _QUOTED.sub("", code).split(";")[0].lower()
    if any(sign in plain for sign in "ymdhs") and "general" not in plain:
        return _date(value, plain, code, from_1904) or _figure(value)
    if "%" in plain:
        places = min(len(plain.partition(".")[2].split("%")[0].strip()), 10)
        return f"{value * 100:.{places}f}%" if places else f"{_figure(value * 100)}%"
    match = re.search(r"[0#](?:\.(0+))?$", plain.strip())
    if match and "," in plain:
        return f"{value:,.{len(match[1] or '')}f}"
    if match and match[1]:
        return f"{value:.{len(match[1])}f}"
    if re.fullmatch(r"0{2,}", plain):
        # A code with leading zeros (an area code, a number on a list).
        return f"{value:0{len(plain)}.0f}"
    return _figure(value)


def _figure(value: Decimal) -> str:
    rounded = value.quantize(Decimal(1).scaleb(max(-12, value.adjusted() - 14)))
    shown = f"{rounded:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _date(value: Decimal, plain: str, code: str, from_1904: bool) -> str:
    if not 0 <= value <= _MAX_SERIAL:
        return ""
    # Day 60 is the 29 February 1900 that never was: the epoch is a day early after it.
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    try:
        moment = epoch + timedelta(seconds=round(float(value) * 86400))
    except OverflowError:  # Within a day of the last one, or counted from 1904.
        return ""
    has_day, has_time = "d" in plain, "h" in plain or "s" in plain
    has_year = "y" in plain
    time = f"{moment:%H:%M}" if has_time else ""
    if not has_day and not has_year and has_time:
        return time
    if time == "00:00":
        time = ""
    chinese = "年" in code or "月" in code
    if chinese:
        date = (f"{moment.year}年" if has_year else "") + f"{moment.month}月"
        date += f"{moment.day}日" if has_day else ""
    elif has_day:
        date = f"{moment:%Y-%m-%d}" if has_year else f"{moment:%m-%d}"
    else:
        date = f"{moment:%Y-%m}" if "m" in plain else f"{moment:%Y}"
    return f"{date} {time}".strip()
