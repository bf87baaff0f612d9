"""Addresses of persons: from the street, the village or the estate on.

Province, city, county and township stay: the policy that applies hangs on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGIT = "0-9零〇一二三四五六七八九十百"
_HOUSE = rf"[{_DIGIT}A-Za-z]{{1,6}}(?:[-–之][{_DIGIT}]{{1,4}})?"
# Nobody lives on these roads; the words stand in many policies.
_NO_STREET = (
    r"(?<!铁)(?<!公)(?<!线)(?<!思)(?<!出)(?<!网)(?<!道)(?<!电)(?<!套)(?<!一带一)路|(?<!渠)(?<!频)(?<!街)(?<!轨)(?<!通)(?<!赛)"
    r"(?<!管)(?<!报)(?<!人)道"
)
_STREET = (
    rf"[一-鿿]{{1,10}}?(?:大道|大街|马路|{_NO_STREET}|街(?!道)|巷|胡同|里弄|弄)"
    rf"(?:[东南西北中]?[{_DIGIT}]{{1,3}}段|[东南西北中]段)?"
)
_ESTATE = (
    r"[一-鿿]{2,12}?(?:小区|花园|公寓|家园|新村|大院|苑|大厦|宿舍|广场|名邸|华府|新城|里|庄园|山庄)"
)
_BLOCK = r"(?:号院|号楼|栋|幢|座|单元|[#＃])"
_UNITS = (
    rf"(?:[ ]?{_HOUSE}(?:{_BLOCK}|层|楼|室|房|户|号(?![文令]))){{1,6}}"
    rf"(?:[ -]?{_HOUSE}(?:室|房|号)?(?![{_DIGIT}年月元人]))?"
)
_ROOM = r"\d{1,3}[-–]\d{1,3}(?:[-–]\d{1,4}){1,2}(?!\d)"
_GAP = r"[ 　]{0,2}"
_VILLAGE = r"[一-鿿]{2,10}?(?<![全各每本该农乡这那])(?:村委会|村|屯|嘎查|庄|寨|湾|社区)"
_ADDRESS = re.compile(
    rf"(?P<street>{_STREET}{_GAP}第?{_HOUSE}(?:号院|号|弄)(?![文令线卡公])(?:内|附\d+号)?(?:{_ESTATE})?(?:{_UNITS})?)"
    rf"|(?P<estate>(?:{_STREET})?{_ESTATE}{_GAP}(?:[东南西北ABCD一二三四]区)?(?:{_UNITS}|{_ROOM}))"
    rf"|(?P<village>{_VILLAGE}{_GAP}第?[{_DIGIT}]{{1,4}}(?:村民小组|组|队|社)(?![人成工])(?:{_UNITS})?"
    rf"|{_VILLAGE}{_GAP}(?:[东南西北上下][头街巷坡])?[{_DIGIT}]{{1,4}}号(?![文令楼线公])(?:{_UNITS})?)"
    rf"|(?P<building>[一-鿿A-Za-z]{{0,8}}?[{_DIGIT}]{{1,3}}(?:号楼|栋|幢|座|[#＃])"
    rf"[ ]?(?:[{_DIGIT}]{{1,2}}单元[ ]?)?[{_DIGIT}]{{2,5}}(?:室|号|房|户)?(?![{_DIGIT}年月元人套米平]))"
)
# What comes before the street: a place, or a word that says that someone lives there.
_BEFORE = re.compile(
    r"^.*(?:省|自治区|市|自治州|州(?=[^市])|盟|区(?![0-9一二三四])|县|自治旗|旗|镇|乡|街道办?|社区(?=.{2})|住在|住址|家住|住到|地址|"
    r"居住于|居住在|居住地|户籍地|位于|搬到|租住|现居|暂住|住|在|是|为|到|往|去|于|从|的|家|给|叫|：|:)"
)
_NUMBERED = re.compile(rf"第?{_HOUSE}(?:号|弄|栋|幢|座|单元|[#＃]|层|楼|室|组|队|社|村民|[-–])")
# Twelve blocks being built are a count; an address names a unit or a room as well.
_PRECISE = re.compile(rf"号楼|单元|室|房|号院|户|{_ROOM}|[栋幢座#＃][ ]?[{_DIGIT}]|[{_DIGIT}]号")
_LIVES = re.compile(r"(?:住|地址|家在|位于|户籍|居住|租|搬)[^。；;\n]{0,24}$")


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each address in `text`, without province, city, county and township."""
    for match in _ADDRESS.finditer(text):
        found = match.group()
        before = text[max(match.start() - 24, 0) : match.start()]
        if match["estate"] and not (_PRECISE.search(found) or _LIVES.search(before + found[:12])):
            continue
        numbered = _NUMBERED.search(found)
        head = found[: numbered.start()] if numbered else found
        place = _BEFORE.match(head[:-1]) if head else None
        start = match.start() + (place.end() if place else 0)
        if start < match.end():
            yield start, match.end()
