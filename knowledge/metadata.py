"""What a document is: title, issuers, document number, region, dates and validity.

The container's own statements win (front matter, a page's metadata table), then the head of
the text, then the file name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from knowledge.document_number import find_document_number
from knowledge.document_number import normalise_document_number as normalise_document_number
from knowledge.documents import ValidityStatus
from knowledge.issuers import find_issuers, find_signature, split_names
from knowledge.regions import (
    COUNTRY,
    canonical_region,
    find_regions,
    province_by_abbreviation,
    region_mentions,
)
from knowledge.title import TITLE_END, find_title
from knowledge.validity import dates_in, find_validity, parse_date, status_on

# A title, the note under it and the recipients fit into this many characters.
_HEAD_CHARACTERS = 1500
_ALIASES = {
    "title": ("title", "标题"),
    "issuers": ("issuers", "issuer", "office", "author", "发文机关", "发布机构", "制定机关"),
    "document_number": ("document_number", "doc_no", "number", "发文字号", "文号"),
    "region": ("region", "地区", "area"),
    "published_on": ("published_on", "published", "成文日期", "date", "发布日期", "公布日期"),
    "effective_from": ("effective_from", "施行日期", "实施日期", "生效日期"),
    "effective_until": ("effective_until", "有效期至", "失效日期"),
    "status": ("status",),
    "supersedes": ("supersedes",),
    "source_note": ("source_note", "来源"),
}
_FILE_NAME = re.compile(
    r"(?P<title>.+?)\s*[(（_]\s*(?P<date>(?:19|20)\d\d[-._]?\d\d[-._]?\d\d)\s*[)）]?$"
)
_LABEL = re.compile(r"^[ \t　]*(?P<label>[^：:\n]{2,12})[：:]\s*(?P<value>[^\n]*)", re.MULTILINE)
_ADOPTED = re.compile(r"通过|修订|修正|公布|发布|批准|施行|修改")
_PUBLISHED = re.compile(r"公布|发布")
_NATIONAL = re.compile(
    r"^(?:中共中央|中央|全国|国务院|国家|最高人民|中华人民共和国|(?:民政|财政|教育|公安|司法|农业农村"
    r"|人力资源|住房|卫生|退役|文化和旅游|商务|应急管理|自然资源|生态环境|交通|工业和信息|科学技术|科技)[\u4e00-\u9fff]{0,8}部)"
)
_SOURCE = re.compile(
    r"(?P<note>转自[^）)\s，。；]{2,20}|据[^，。；\n]{2,15}?(?:报道|消息)|来源[：:]\s*[^\s）)，。]{2,20})"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document states about itself; None or empty where nothing is stated."""

    title: str
    issuers: tuple[str, ...] = ()
    document_number: str | None = None
    region: str | None = None
    """Canonical: 全国, 广西, 浙江杭州市."""
    published_on: date | None = None
    """Of a law the publication or last amendment of this version."""
    effective_from: date | None = None
    effective_until: date | None = None
    status: ValidityStatus = "unknown"
    supersedes: tuple[str, ...] = ()
    source_note: str | None = None


def extract_metadata(
    text: str, *, given: Mapping[str, str], file_name: str, today: date | None = None
) -> Metadata:
    """Read the metadata of one document.

    `given` holds the container's statements by field name or Chinese label (标题, 发文字号);
    `region_hint` in it (folders, the nearest last: 四川/2023) counts only where the text names
    no place, and only a folder whose whole name is a region's.
    `file_name` is the bare name with or without its ending. `today` decides the status.
    """
    stated = _stated(given)
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", file_name.replace("\\", "/").rsplit("/", 1)[-1])
    named = _FILE_NAME.match(stem)
    head = text[:_HEAD_CHARACTERS]
    labels = _stated({m["label"].replace(" ", "").replace("　", ""): m["value"].strip()
                      for m in _LABEL.finditer(head)}, chinese_only=True)  # fmt: skip
    title = stated.get("title") or labels.get("title") or find_title(head)
    if named and not (title and (head.lstrip().startswith("# ") or TITLE_END.search(title))):
        title = stated.get("title") or labels.get("title") or named["title"]
    title = title or stem
    stated = {**labels, **stated}
    notes = _notes(head, title)
    signature, signed_on = find_signature(text)
    published = parse_date(stated.get("published_on", "")) or _published(
        named, notes, signed_on, text
    )
    validity = find_validity(text, published)
    number = stated.get("document_number")
    number = normalise_document_number(number) if number else find_document_number(head, notes)
    issuers = (
        split_names(stated["issuers"])
        if "issuers" in stated
        else find_issuers(title, notes, head, signature)
    )
    start = parse_date(stated.get("effective_from", "")) or _start(notes) or validity.effective_from
    end = parse_date(stated.get("effective_until", "")) or validity.effective_until
    status = stated.get("status", "")
    note = _SOURCE.search(head) or _SOURCE.search(text[-300:])
    return Metadata(
        title=title,
        issuers=issuers,
        document_number=number,
        region=canonical_region(stated.get("region"))
        or _region(title, issuers, number, notes, text)
        or _folder_region(given.get("region_hint", "")),
        published_on=published,
        effective_from=start,
        effective_until=end,
        status=status  # type: ignore[arg-type]
        if status in get_args(ValidityStatus)
        else status_on(
            today or date.today(),
            published_on=published,
            effective_from=start,
            effective_until=end,
            first_start=validity.first_start,
        ),
        supersedes=_split_titles(stated["supersedes"])
        if "supersedes" in stated
        else tuple(name for name in validity.supersedes if name != title),
        source_note=stated.get("source_note") or (note["note"] if note else None),
    )


def _stated(given: Mapping[str, str], *, chinese_only: bool = False) -> dict[str, str]:
    found = {}
    for field_name, aliases in _ALIASES.items():
        for alias in aliases:
            if chinese_only and (alias.isascii() or alias == "地区"):
                continue
            if value := given.get(alias, "").strip():
                found[field_name] = value
                break
    return found


def _notes(head: str, title: str) -> list[str]:
    """The lines of the head that tell the document's history: each with a date and a verb."""
    bracketed = re.match(
        r"[\s\S]{0,200}?[（(]([^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*)[)）]", head
    )
    lines = head.splitlines()
    if bracketed and _ADOPTED.search(bracketed[1]) and parse_date(bracketed[1]):
        lines = re.split(r"(?=\d{4}年\d{1,2}月\d{1,2}日)", bracketed[1]) + lines
    notes = []
    for line in lines:
        line = line.strip(" \t　（）()")
        if re.match(r"第[一二三四五六七八九十百]+[编章条]|#+ 第", line):
            break
        if len(line) < 160 and line != title and _ADOPTED.search(line) and parse_date(line[:20]):
            notes.append(line)
    return notes


def _published(
    named: re.Match[str] | None, notes: list[str], signed_on: date | None, text: str
) -> date | None:
    if named:
        digits = re.sub(r"\D", "", named["date"])
        if found := parse_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"):
            return found
    acts = [note for note in notes if not re.search(r"日\s*(?:起)?施行$", note)]
    if acts:
        return max((found for note in acts if (found := parse_date(note))), default=None)
    if signed_on:
        return signed_on
    # 成文日期: a line of its own at the end of the document's body.
    for line in text[-800:].splitlines():
        line = line.strip(" \t　（）()")
        if len(line) <= 20 and (closing := next(dates_in(line), None)) and closing[0] == 0:
            return closing[1]
    return None


def _start(notes: list[str]) -> date | None:
    """The start of this version where the head has a line for it (2012年1月1日 施行)."""
    starts = [note for note in notes if re.search(r"日\s*(?:起)?施行$", note)]
    start = parse_date(starts[-1]) if starts else None
    acts = [found for note in notes if note not in starts and (found := parse_date(note))]
    return start if start and (not acts or start >= max(acts)) else None


def _region(
    title: str, issuers: tuple[str, ...], number: str | None, notes: list[str], text: str
) -> str | None:
    if (issuers and _NATIONAL.match(issuers[0])) or title.startswith(("中华人民共和国", "国务院")):
        return COUNTRY
    if found := find_regions(title):
        return found[0].name
    for issuer in issuers:
        if found := find_regions(issuer):
            return found[0].name
    if number and (province := province_by_abbreviation(number[0])):
        return province
    if any("国务院" in note or "全国人民代表大会" in note for note in notes):
        return COUNTRY
    places = [region for region in find_regions(text[:400]) if region.level != "country"]
    return places[0].name if places else None


def _folder_region(hint: str) -> str | None:
    """The nearest folder whose whole name is a region's: 四川/2023 -> 四川, 四川材料 -> None."""
    for folder in reversed(hint.split("/")):
        folder = folder.strip()
        for name in (folder, folder + "市", folder + "州"):
            region = canonical_region(folder)
            if region is None or len(folder) < 2:
                break
            mentions = region_mentions(name)
            covered = len(mentions) == 1 and mentions[0][1] == len(name)
            above = name[: mentions[0][0]] if covered else ""
            if region == folder or (covered and (not above or canonical_region(above))):
                return region
    return None


def _split_titles(text: str) -> tuple[str, ...]:
    return tuple(
        part.strip(" 《》") for part in re.split(r"[；;\n|]+|》、《", text) if part.strip()
    )
