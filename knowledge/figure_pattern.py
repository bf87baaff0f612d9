"""The patterns by which figures are found in Chinese and English text."""

from __future__ import annotations

import re

_S = "[一二两三四五六七八九]"
_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:[.．]\d+)?"
_HAN = (
    "[零〇○一二两三四五六七八九十][零〇○一二两三四五六七八九十百千万亿]*"
    "(?:点[零〇一二三四五六七八九]+[万亿]?)?"
)
_SCALE = r"(?:[十百千]?万亿|[十百千]?[万亿]|[百千](?![分米克瓦帕]))"
# 每百名老人 is every hundred of them.
_EACH_UNIT = "(?<=每)[百千万](?=[名个人户位张例])"
_NUMBER = (
    rf"(?:{_DIGITS}(?:\s?[多余]?{_SCALE}|\s(?:hundred|thousand|million|billion))?"
    rf"|{_HAN}|{_EACH_UNIT})"
)
_HAN_CHARACTERS = r"\d零〇一二两三四五六七八九十百千万亿"
_ORDINAL_UNIT = "条|款|项|章|节|编|届|次|批|季度|名|位|个|期|类|号|部分"
_HAN_YEAR = "[一二][零〇○一二三四五六七八九]{3}"
WELL_FORMED = re.compile(
    rf"(?:(?:(?:{_S}千)?零?(?:{_S}百)?零?(?:{_S}?十)?零?{_S}?)亿)?零?"
    rf"(?:(?:(?:{_S}千)?零?(?:{_S}百)?零?(?:{_S}?十)?零?{_S}?)万)?零?"
    rf"(?:(?:{_S}千)?零?(?:{_S}百)?零?(?:{_S}?十)?零?{_S}?)|[零〇]"
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
FIGURE = re.compile(
    r"(?=[红\d零〇○一二两三四五六七八九十百千万半第¥￥“「『\"(（A-Za-z])(?:"
    rf"(?P<en_m>{'|'.join(MONTHS)})\s(?:(?P<en_d>\d{{1,2}}),?\s)?(?P<en_y>\d{{4}})"
    # Words and marks that hold a numeral and are no figure.
    r"|(?P<skip>(?!RMB\s?\d)[A-Za-z]+(?:-?\d+)?|\d+[A-Z]{1,2}(?![A-Za-z])"
    r"|三支一扶|万一|一一|三门峡|五台山|九寨沟|十分(?![之钟])|三八|五四|六一|七一|八一|十一国庆"
    r"|千万(?=[别不要])|一对一|一次性|百日咳|红十字|四川|二手"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|^[ \t　]*(?:\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、))"
    r"|[“「『\"]?(?P<plan>十[一二三四五六七]?|[一二三四五六七八九])五[”」』\"]"
    rf"|(?P<plan_bare>十[一二三四五六七])五(?![{_HAN_CHARACTERS}个名人家年月日岁天项条])"
    rf"|(?P<y>\d{{4}}|{_HAN_YEAR})\s?年\s?(?P<m>{_MONTH})\s?月(?:\s?(?P<d>{_DAY})\s?[日号])?"
    r"|(?P<iso_y>\d{4})(?P<sep>[-/.])(?P<iso_m>\d{1,2})(?P=sep)(?P<iso_d>\d{1,2})(?!\d)"
    rf"|(?P<md_m>{_MONTH})\s?月(?:\s?(?P<md_d>{_DAY})\s?[日号])?"
    rf"|(?P<year>(?:\d{{4}}|{_HAN_YEAR})\s?年(?!以上|以下)"
    r"|(?<![\d.,])(?:19|20)\d\d(?=\s?[-—–~～至到]\s?(?:19|20)\d\d))"
    rf"|第\s?(?P<ordinal>{_NUMBER})\s?(?P<ordinal_unit>{_ORDINAL_UNIT})?"
    rf"|(?P<whole>百|千|万|{_NUMBER})分之(?P<part>{_NUMBER})|(?P<over>\d{{1,3}}/\d{{1,3}}(?![\d/]))"
    rf"|(?P<tenths>{_S}|十)成(?P<fifth>{_S}|半)?(?=[以左多的社，。、；）)为\s]|$)"
    r"|半(?P<half_unit>年|个月)"
    rf"|(?P<sign>[¥￥]|RMB\s?)?(?P<number>{_NUMBER})(?P<more>[多余来几])?"
    r")",
    re.MULTILINE,
)
RANGE = re.compile(rf"\s?[-—–~～至到]{{1,2}}\s?{_NUMBER}[多余]?")
BEFORE = re.compile(
    r"(?:(?P<gt>超过|超出|突破|超|逾|more than |over |above )"
    r"|(?P<ge>不少于|不低于|不得少于|不得低于|至少|最少|最低|at least )"
    r"|(?P<le>不超过|不高于|不多于|不得超过|不得高于|至多|最多|最高|up to |at most )"
    r"|(?P<lt>不足|不满|未满|少于|低于|less than |fewer than |under )"
    r"|(?P<about>将近|接近|大约|约|近|about |nearly |almost ))\s?$",
    re.IGNORECASE,
)
AFTER = re.compile(r"(?P<ge>及?以上)|(?P<le>及?以下|以内|之内)|(?P<about>左右|上下)")
SYMBOLS = {"gt": ">", "ge": "≥", "le": "≤", "lt": "<", "about": "≈"}
ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
