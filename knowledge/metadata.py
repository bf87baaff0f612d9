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

from knowledge.documents import ValidityStatus
from knowledge.regions import (
    COUNTRY,
    canonical_region,
    find_regions,
    province_by_abbreviation,
)
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
_NUMBER = re.compile(
    r"(?P<prefix>[\u4e00-\u9fff]{1,14})\s*[〔\[【（(［﹝]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]】）)］﹞]"
    r"\s*第?\s*(?P<number>\d{1,5})\s*号"
)
_ORDER = re.compile(
    r"(?:中华人民共和国)?(?P<issuer>国务院|主席|[\u4e00-\u9fff]{2,12}?(?:部|委员会|总局|政府))令"
    r"\s*[（(]?第?\s*(?P<number>[0-9一二三四五六七八九十百零〇]{1,6})\s*号"
)
_LABEL = re.compile(r"^[ \t　]*(?P<label>[^：:\n]{2,12})[：:]\s*(?P<value>[^\n]*)", re.MULTILINE)
_ADOPTED = re.compile(r"通过|修订|修正|公布|发布|批准|施行|修改")
_PUBLISHED = re.compile(r"公布|发布")
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
_AGENCY = re.compile(
    r"(?:部|委|委员会|厅|局|署|办|办公厅|办公室|政府|国务院|法院|检察院|中央|联合会|管理局|总工会|妇联|团委)$"
)
_NATIONAL = re.compile(
    r"^(?:中共中央|中央|全国|国务院|国家|最高人民|中华人民共和国|(?:民政|财政|教育|公安|司法|农业农村"
    r"|人力资源|住房|卫生|退役|文化和旅游|商务|应急管理|自然资源|生态环境|交通|工业和信息|科学技术|科技)[\u4e00-\u9fff]{0,8}部)"
)
_TITLE_END = re.compile(
    r"(?:通知|意见|办法|条例|规定|方案|决定|法|细则|公告|函|规划|指引|标准)(?:（[^）]*）)?$"
)
_SOURCE = re.compile(
    r"(?P<note>转自[^）)\s，。；]{2,20}|据[^，。；\n]{2,15}?(?:报道|消息)|来源[：:]\s*[^\s）)，。]{2,20})"
)
_SPLIT = re.compile(r"[；;、,，|/\s　]+|以及|(?<=[部委厅局署办])[和与]")


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
    `region_hint` in it (a folder's name) counts only where the text names no place.
    `file_name` is the bare name with or without its ending. `today` decides the status.
    """
    stated = _stated(given)
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", file_name.replace("\\", "/").rsplit("/", 1)[-1])
    named = _FILE_NAME.match(stem)
    head = text[:_HEAD_CHARACTERS]
    labels = _stated({m["label"].replace(" ", "").replace("　", ""): m["value"].strip()
                      for m in _LABEL.finditer(head)}, chinese_only=True)  # fmt: skip
    title = stated.get("title") or labels.get("title") or _title(head)
    if named and not (title and (head.lstrip().startswith("# ") or _TITLE_END.search(title))):
        title = stated.get("title") or labels.get("title") or named["title"]
    title = title or stem
    stated = {**labels, **stated}
    notes = _notes(head, title)
    published = parse_date(stated.get("published_on", "")) or _published(named, notes, text)
    validity = find_validity(text, published)
    number = stated.get("document_number")
    number = normalise_document_number(number) if number else _document_number(head, notes)
    issuers = _split(stated["issuers"]) if "issuers" in stated else _issuers(title, notes, head)
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
        or canonical_region(given.get("region_hint")),
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


def normalise_document_number(text: str) -> str:
    """民发[2021] 23号 and 民发（2021）第23号 -> 民发〔2021〕23号; other forms only lose spaces."""
    if match := _NUMBER.search(text):
        return f"{match['prefix']}〔{match['year']}〕{match['number']}号"
    return "".join(text.split())


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


def _title(head: str) -> str:
    lines = [line.strip(" \t　\ufeff") for line in head.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    if lines[0].startswith("# "):
        title = lines[0][2:].strip()
        # 民法典, then the part that the file holds.
        if len(lines) > 1 and lines[1].startswith("# "):
            title += lines[1][2:].strip()
        return title
    # A title may be broken over two or three lines; a sentence is none.
    for count in (1, 2, 3):
        title = "".join(lines[:count])
        if len(title) > 80 or title.endswith(("。", "；", "，", "：", ":")):
            break
        if _TITLE_END.search(title):
            return title
    return lines[0] if len(lines[0]) <= 60 and not lines[0].endswith(("。", "；", "，")) else ""


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


def _published(named: re.Match[str] | None, notes: list[str], text: str) -> date | None:
    if named:
        digits = re.sub(r"\D", "", named["date"])
        if found := parse_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"):
            return found
    acts = [note for note in notes if not re.search(r"日\s*(?:起)?施行$", note)]
    if acts:
        return max((found for note in acts if (found := parse_date(note))), default=None)
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


def _document_number(head: str, notes: list[str]) -> str | None:
    for match in _NUMBER.finditer(head):
        # In brackets after a title it is another document's number: 《…》（国发〔2019〕5号）.
        if head[max(0, match.start() - 2) : match.start()].endswith(("》（", "》(", "（", "(")):
            continue
        line_start = head.rfind("\n", 0, match.start()) + 1
        before = head[line_start : match.start()]
        if "《" not in before or before[-1].isspace():
            return normalise_document_number(match.group())
    for note in reversed(notes):
        if order := _ORDER.search(note):
            return f"{order['issuer']}令第{order['number']}号"
    return None


def _issuers(title: str, notes: list[str], head: str) -> tuple[str, ...]:
    if (match := _TITLE_ISSUERS.match(title)) and (
        found := tuple(name for name in _split(match["issuers"]) if _AGENCY.search(name))
    ):
        return found
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
            names = tuple(n for n in _split(match[1].replace("中华人民共和国", "")) if n)
            if names and all(_AGENCY.search(name) for name in names):
                return names
        if "国务院" in note:
            return ("国务院",)
    if match := _NEWS_ISSUERS.search(head):
        lead_in = re.compile(r"^(?:近日|日前|由|经|目前)")
        agencies = (lead_in.sub("", part) for part in _split(match["issuers"]))
        return tuple(agency for agency in agencies if _AGENCY.search(agency))
    return ()


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


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in _SPLIT.split(text.strip("[]")) if part))


def _split_titles(text: str) -> tuple[str, ...]:
    return tuple(
        part.strip(" 《》") for part in re.split(r"[；;\n|]+|》、《", text) if part.strip()
    )
