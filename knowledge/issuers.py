"""Who issued a document: from its title, its history, the lines above it, its signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.document_number import issuer_of_order
from knowledge.title import AGENCY, agencies_of, head_agencies, squeeze
from knowledge.validity import DATE_PATTERN, parse_date

_CONGRESS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,12}?)第[^\s第]{1,6}届(?P<national>全国)?人民代表大会(?P<standing>常务委员会)?"
    r"|(?P<old>全国人民代表大会(?:常务委员会)?)"
)
_COURTS = re.compile(r"最高人民法院|最高人民检察院")
_TITLE_ISSUERS = re.compile(
    r"^(?P<issuers>[\u4e00-\u9fff、\s　（）]{2,80}?)"
    r"(?:印发|公布|批转|转发|对|关于)[^，。]{2,}"
)
_NEWS_ISSUERS = re.compile(
    r"(?P<issuers>[^，。；：:！？\n“”]{4,160}?)(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:部门|单位|厅局))?"
    r"(?:近日|日前)?(?:联合)?(?:印发|出台|下发|发布|制定|制发)(?:了)?(?:《|[^，。]{0,6}《|[^，。]{2,20}方案)"
)
_NEWS_LEAD_IN = re.compile(r"^(?:近日|日前|由|经|目前)")
_DATE_LINE = re.compile(rf"^[ \t　（(]*(?:{DATE_PATTERN})[ \t　）)]*$", re.MULTILINE)
# The signature closes the notice itself, before attachments that may be long.
_SIGNATURE_CHARACTERS = 20_000
_SIGNATURE_LINES = 8
_SPLIT = re.compile(r"[；;、,，|/\s　]+|以及|(?<=[部委厅局署办])[和与]")


def find_issuers(
    title: str, notes: Sequence[str], head: str, signature: tuple[str, ...]
) -> tuple[str, ...]:
    """The issuers of a document; empty where its text names none."""
    if (match := _TITLE_ISSUERS.match(title)) and (
        found := tuple(name for name in split_names(match["issuers"]) if AGENCY.search(name))
    ):
        return found
    if signed := issuer_of_order(head):
        return (signed,)
    if (found := _of_history(notes)) or (found := head_agencies(head)):
        return found
    if signature:
        return signature
    if match := _NEWS_ISSUERS.search(head):
        agencies = (_NEWS_LEAD_IN.sub("", part) for part in split_names(match["issuers"]))
        return tuple(agency for agency in agencies if AGENCY.search(agency))
    return ()


def find_signature(text: str) -> tuple[tuple[str, ...], date | None]:
    """The agencies above the first date that stands on a line of its own, and that date."""
    start = text[:_SIGNATURE_CHARACTERS]
    for match in _DATE_LINE.finditer(start):
        names: tuple[str, ...] = ()
        lines = [line.strip(" \t　") for line in start[: match.start()].splitlines()]
        for line in [line for line in lines if line][: -_SIGNATURE_LINES - 1 : -1]:
            if not (found := agencies_of(squeeze(line))):
                break
            names = found + names
        if names:
            return tuple(dict.fromkeys(names)), parse_date(match.group())
    return (), None


def split_names(text: str) -> tuple[str, ...]:
    """Names that are listed with commas, spaces or 和 after an agency."""
    return tuple(dict.fromkeys(part for part in _SPLIT.split(text.strip("[]")) if part))


def _of_history(notes: Sequence[str]) -> tuple[str, ...]:
    for note in notes:
        if "批准" in note and "通过" not in note:
            continue
        if courts := _COURTS.findall(note):
            return tuple(dict.fromkeys(courts))
        if match := _CONGRESS.search(re.sub(r"^[\d\s年月]+日", "", note)):
            if match["old"]:
                return (match["old"],)
            place = "全国" if match["national"] else match["place"]
            return (f"{place}人民代表大会{match['standing'] or ''}",)
    for note in notes:
        if match := re.search(r"日\s*([^\s第，。]{2,30}?)(?:发布|公布|令)", note):
            names = tuple(n for n in split_names(match[1].replace("中华人民共和国", "")) if n)
            if names and all(AGENCY.search(name) for name in names):
                return names
        if "国务院" in note:
            return ("国务院",)
    return ()
