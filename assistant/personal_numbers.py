"""Numbers that belong to one person: identity, bank card, telephone, plate, certificate, account.

Found by their checksum or fixed form, or after a word that announces them. Patterns run on a
text with half-width digits and letters (`assistant.personal_data.plain`), so positions are those
of the text as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

# Digits may be written apart: 138 0013 8000, 138-0013-8000, 138.0013.8000; also with characters
# that cannot be seen.
_GAP = r"[ \t\u00a0\u2002-\u200d\u2060\ufeff\u3000.·•_/\-‐-―]{0,3}"
_START = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
# Keeps a figure from being cut out of a longer one: 12-13800138000, 3.13800138000.
_PART = r"(?<![0-9][.\-])"

_IDENTITY = re.compile(rf"(?<![0-9A-Z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![0-9A-Za-z])")
_OLD_IDENTITY = re.compile(rf"{_START}[1-9](?:{_GAP}\d){{14}}{_END}")
_IDENTITY_CUE = re.compile(
    r"(?:身份证|公民身份号码|残疾人?证|居住证|户口)[^0-9\n。；;]{0,10}$|identity (?:card|number)[^0-9\n.;]{0,12}$",
    re.I,
)
_CARD = re.compile(rf"{_START}[3-69](?:{_GAP}\d){{14,18}}{_END}")
_CARD_ISSUERS = re.compile(r"62|4|5[1-5]|35|3[47]|60|6[89]|9558|9559")
_CARD_CUE = re.compile(r"(?:卡号?|账号|帐号|账户|帐户|存折|银行|card)[^0-9\n。；;]{0,10}$", re.I)
_ACCOUNT_CUED = re.compile(
    r"(?:银行卡|储蓄卡|借记卡|信用卡|社保卡|一卡通|打款卡|卡号|银行账[号户]|银行帐[号户]|存折|开户行|收款账[号户])"
    rf"[^0-9\n。；;，,]{{0,8}}(\d(?:{_GAP}\d){{11,20}}){_END}"
)
_MOBILE = re.compile(
    rf"{_START}{_PART}(?:[(]?[+]?[ ]?(?:00)?86[)]?{_GAP})?(1{_GAP}[3-9](?:{_GAP}\d){{9}}){_END}(?!\.\d)"
)
# How people group the digits; statistics side by side (15.2 16.3 …) are grouped otherwise.
_GROUPS = frozenset(
    {
        (11,),
        (1,) * 11,
        (3, 4, 4),
        (3, 3, 5),
        (3, 5, 3),
        (4, 3, 4),
        (4, 4, 3),
        (3, 8),
        (5, 6),
        (6, 5),
        (7, 4),
        (5, 3, 3),
        (3, 2, 2, 2, 2),
        (3, 2, 2, 4),
        (3, 4, 2, 2),
        (2, 3, 3, 3),
        (1, 5, 5),
        (1, 2, 4, 4),
    }
)
_LANDLINE = re.compile(
    rf"{_START}{_PART}(?:[+]?86{_GAP})?(?:[(]0?(?:10|2\d|[3-9]\d\d)[)]|0(?:10|2\d|[3-9]\d\d)){_GAP}"
    rf"[2-8]\d{{2,3}}{_GAP}\d{{4}}(?:(?:转|分机|-|ext\.?)[ ]?\d{{1,5}})?(?![0-9A-Za-z])"
)
_LOCAL = re.compile(
    r"(?:电话|座机|固话|手机|联系方式|小灵通|tel|phone)(?:号码?)?[^0-9\n。；;，,]{0,6}"
    r"([2-9]\d{2,3}[ -]?\d{4})(?![ -]?[0-9A-Za-z])",
    re.I,
)
_ABROAD = re.compile(
    r"[+](?:852|853|886|1|44|81|82|65|60|61|7)[ -]?\d(?:[ -]?\d){6,10}(?![0-9A-Za-z])"
)
_HOTLINE = re.compile(r"(?:400|800)\D{0,2}\d{3,4}\D{0,2}\d{3,4}$")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9.+_-])[A-Za-z0-9][A-Za-z0-9_.+-]{0,63} ?@ ?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}"
)
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCE}] ?[A-HJ-NP-Z][·.•\- ]{{0,2}}"
    r"(?=(?:[A-Z] ?){0,3}(?:\d ?[A-Z]? ?){2})(?:[A-HJ-NP-Z0-9] ?){4,5}[A-HJ-NP-Z0-9挂学警港澳使领](?![A-Za-z0-9-])"
)
# 护照E12345678, 港澳通行证C12345678, 回乡证H1234567890, 台胞证12345678.
_TRAVEL = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|证件号码?|passport)[^0-9A-Za-z\n。；;]{0,8}"
    rf"((?:[A-Z]{{1,2}}[ ]?\d{{7,10}}|\d{{8}})(?:[(]\d[)])?){_END}",
    re.I,
)
_CERTIFICATE = re.compile(
    r"(?:残疾证|残疾人证|低保证|特困证|优待证|军官证|士兵证|社保卡?|医保卡?|学籍|病历|住院|病案|门诊|就诊卡?|居住证|准考证|驾驶证|驾照|学)"
    rf"(?:证|卡)?(?:编?号码?)[^0-9A-Za-z\n。；;，,]{{0,4}}([A-Z]{{0,4}}\d[0-9A-Z-]{{5,20}}){_END}",
    re.I,
)
_WECHAT = re.compile(
    r"(?:微信|wechat|weixin|(?<![a-z])wx|抖音|快手|微博|支付宝)(?!公众|小程序|支付|群|平台)(?:[号名]码?|id|ID|账号)?"
    r"[ ]*(?:[:：是为叫加]|id|=|(?<=[号D])|(?=[A-Za-z_-]*\d))[ ]*([A-Za-z][A-Za-z0-9_-]{4,19}|\d{6,12})(?![0-9A-Za-z])"
)
_QQ = re.compile(
    rf"(?<![A-Za-z])QQ(?:号码?|邮箱)?[^0-9A-Za-z\n。；;，,]{{0,4}}([1-9]\d{{4,10}}){_END}", re.I
)
# An amount or a count of eleven digits is no telephone number.
_QUANTITY = re.compile(
    r"[ ]*(?:[余多]?(?:元|万|亿|人|户|名|个|件|吨|%|股|平方|公里|次|美元|千克)|yuan|people)"
)
_NUMBERED = re.compile(
    r"(?:第|编号|文号|案号|标准号|订单号?|单号|运单|流水号?|批号|批次|批准文号|信用代码|机构代码|邮编|项目号|项目编码|"
    r"登记证号|备案号|许可证号?|ISBN|ISSN|No\.?|合同号?|发票号?码?|税号|区划代码|统计代码|工单号?|受理号|查询码|序列号)"
    r"[^0-9A-Za-z\n。；;，,]{0,4}[A-Z]{0,4}$",
    re.I,
)
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83".split()
)
# GB 11643-1999: weights modulo 11, and the check characters by remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# GB 32100-2015: the characters of a unified social credit code by value, and its weights.
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

Span = tuple[str, int, int]
"""Kind of a number, start, end."""


def find_numbers(text: str) -> Iterator[Span]:
    """Every personal number of `text`, the surest kinds first; spans may overlap."""
    yield from (("email", *match.span()) for match in _EMAIL.finditer(text))
    yield from _identities(text)
    yield from _cards(text)
    for pattern, kind in (
        (_TRAVEL, "passport"),
        (_CERTIFICATE, "passport"),
        (_WECHAT, "account"),
        (_QQ, "account"),
    ):
        yield from ((kind, *match.span(1)) for match in pattern.finditer(text))
    yield from _phones(text)
    for match in _PLATE.finditer(text.upper()):
        yield "plate", match.start(), match.start() + len(match.group().rstrip())


def find_spoken_numbers(text: str) -> Iterator[Span]:
    """The same for a text whose Chinese digits became figures: 一三八零零一三八零零零."""
    yield from _identities(text)
    yield from _phones(text)


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


def is_credit_code(text: str) -> bool:
    """True for an 18-character unified social credit code with a right check (GB 32100-2015)."""
    values = [_CREDIT.find(char) for char in text.upper()]
    if len(values) != 18 or min(values) < 0:
        return False
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == values[17]


def _identities(text: str) -> Iterator[Span]:
    for match in _IDENTITY.finditer(text):
        digits = _bare(match.group())
        before = text[max(match.start() - 24, 0) : match.start()]
        # A mistyped number is still somebody's, where the text calls it an identity number.
        is_announced = bool(_IDENTITY_CUE.search(before)) and _is_birth(digits[6:14])
        if is_announced or (is_identity_number(digits) and not _NUMBERED.search(before)):
            yield "identity", *match.span()
    # A disability certificate is numbered with the identity number and two digits more.
    for match in re.finditer(rf"{_START}[1-9]\d{{16}}[\dXx]\d{{2}}{_END}", text):
        if is_identity_number(match.group()[:18]):
            yield "identity", *match.span()
    for match in _OLD_IDENTITY.finditer(text):
        digits, before = _bare(match.group()), text[max(match.start() - 24, 0) : match.start()]
        if digits[:2] in _PROVINCES and _is_birth("19" + digits[6:12]):
            plain = match.group() == digits or _IDENTITY_CUE.search(before)
            if plain and not _is_counted(text, *match.span()):
                yield "identity", *match.span()


def _cards(text: str) -> Iterator[Span]:
    for match in _ACCOUNT_CUED.finditer(text):
        yield "card", *match.span(1)
    for match in _CARD.finditer(text):
        digits, before = _bare(match.group()), text[max(match.start() - 16, 0) : match.start()]
        if not is_card_number(digits) or _NUMBERED.search(before) or is_credit_code(digits):
            continue
        sizes = _sizes(match.group())
        # One number in ten has a right sum by chance: figures of a table must not become one.
        grouped = len(sizes) == 1 or set(sizes[:-1]) in ({4}, {1}) or sizes[0] == 6
        if grouped and (_CARD_ISSUERS.match(digits) or _CARD_CUE.search(before)):
            yield "card", *match.span()


def _phones(text: str) -> Iterator[Span]:
    for match in _MOBILE.finditer(text):
        if _sizes(match.group(1)) in _GROUPS and not _is_counted(text, *match.span()):
            yield "phone", *match.span()
    for match in _LANDLINE.finditer(text):
        if not _is_counted(text, *match.span()):
            yield "phone", *match.span()
    for match in _LOCAL.finditer(text):
        if not _HOTLINE.match(text[match.start(1) : match.end(1) + 6].strip()):
            yield "phone", *match.span(1)
    yield from (("phone", *match.span()) for match in _ABROAD.finditer(text))


def _is_counted(text: str, start: int, end: int) -> bool:
    """True if a number belongs to a quantity or is numbered: a document, an order, a batch."""
    return bool(_QUANTITY.match(text, end) or _NUMBERED.search(text[max(start - 16, 0) : start]))


def _bare(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _sizes(text: str) -> tuple[int, ...]:
    """The lengths of the groups of digits that a number is written in."""
    return tuple(len(group) for group in re.findall(r"\d+", text))


def _is_birth(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1890, 1, 1) <= born <= date.today()
