"""Lines that look like headings, before it is weighed which of them are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.documents import Heading
from knowledge.heading_pattern import (
    BOLD_END,
    CAPTION,
    FENCE,
    INTERESTING,
    LINE,
    REFERENCE,
    REFERENCE_EN,
    SPACES,
)
from knowledge.numerals import parse_numeral
from knowledge.references import article_name, numeral_value

TITLE_LEVEL, CHAPTER_LEVEL, ARTICLE_LEVEL = 1, 3, 6
# 条 below 一、: judicial interpretations group their articles under 一、.
_PART_LEVELS = {
    "编": 2,
    "篇": 2,
    "部分": 2,
    "分编": 2,
    "章": CHAPTER_LEVEL,
    "节": 4,
    "条": ARTICLE_LEVEL,
}
ATTACHMENT_LEVEL = SUBHEADING_LEVEL = 2
NUMBERED_LEVELS = {"一、": 5, "（一）": 7, "1.": 8, "（1）": 9, "①": 10}
_NUMBER_GROUPS = {
    "han": "一、",
    "han_bracket": "（一）",
    "digit": "1.",
    "digit_bracket": "（1）",
    "circle": "①",
}
_MAX_TITLE = 40
_MAX_RUN_IN = 30
_BLANK = " \t　\r"
_BOLD = "*_"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading."""

    heading: Heading
    kind: str
    """编 篇 部分 分编 章 节 条, 一、 （一） 1. （1） ①, 附件, # or 目录."""
    number: tuple[int, int]
    """The number and, of an article, the 之 part."""
    explicit: bool = False
    """Marked as a heading by the source itself: never dropped as a list item."""
    opens_line_only: bool = False
    """The line goes on with text after the heading."""
    title: str = ""
    """Of an attachment: the title on its own line."""

    @property
    def sign(self) -> tuple[str, tuple[int, int], str]:
        """What a table of contents and the text have in common."""
        return self.kind, self.number, "" if self.number[0] else self.heading.text


def find_candidates(text: str, *, markdown: bool) -> Iterator[Candidate]:
    """The lines of `text` that look like headings, in its order."""
    fenced = [match.span() for match in FENCE.finditer(text)] if markdown else []
    found: list[Candidate] = []
    begins = [begin for begin, _ in fenced]
    for start in INTERESTING.finditer(text):
        fence = bisect_right(begins, start.start()) - 1
        if fence >= 0 and start.start() < fenced[fence][1]:
            continue
        match = LINE.match(text, start.start())
        if match and (candidate := _candidate(match, markdown)):
            found.append(candidate)
    if not any(candidate.kind == "分编" for candidate in found):
        yield from found
        return
    # 编 > 分编 > 章: everything below 编 stands one level lower.
    for candidate in found:
        heading = candidate.heading
        lower = candidate.kind not in ("编", "附件", "#", "目录")
        yield replace(candidate, heading=replace(heading, level=heading.level + lower))


def _candidate(match: re.Match[str], markdown: bool) -> Candidate | None:
    marks = match["marks"] if markdown else None
    if match["marks"] and not markdown:
        return None
    rest = match["rest"].strip(_BLANK).removesuffix("**").removesuffix("__").strip(_BLANK)
    if match["article"] or match["article_en"]:
        return _article(match)
    if match["contents"] is not None:
        return _made(match, "目录", 2, 0)
    if match["closing"]:
        return _made(match, "章", CHAPTER_LEVEL, 0, shown="附则", explicit=bool(marks))
    if match["part"] or match["chapter_en"]:
        return _part(match, rest, explicit=bool(marks))
    if marks:
        return _made(match, "#", min(len(marks), ARTICLE_LEVEL - 1), 0, explicit=True)
    if match["attachment"]:
        return _attachment(match, rest)
    return _numbered(match, rest)


def _part(match: re.Match[str], rest: str, *, explicit: bool) -> Candidate | None:
    if len(rest) > _MAX_TITLE or rest.endswith(("。", "；", "，", ".", ";", ",")):
        return None
    if match["chapter_en"]:
        number = match["chapter_en_number"]
        value = int(number) if number.isdecimal() else 0
        return _made(match, "章", CHAPTER_LEVEL, value, explicit=explicit)
    kind = "".join(match["kind"].split())
    name = f"第{''.join(match['part_number'].split())}{kind}"
    shown = f"{name} {_unspaced(rest)}".strip() if _is_spaced(match["part"]) else None
    number = _number(match["part_number"])
    return _made(match, kind, _PART_LEVELS[kind], number, explicit=explicit, shown=shown)


def _article(match: re.Match[str]) -> Candidate | None:
    text = match.string
    group = "article" if match["article"] else "article_en"
    start, end = match.start(group), match.end(group)
    if match["bold"] and (bold := BOLD_END.match(text, end)):
        end = bold.end()
    elif (REFERENCE if match["article"] else REFERENCE_EN).match(text, end):
        return None
    if match["article"]:
        number = numeral_value("".join(match["article_number"].split()))
        part = numeral_value(match["article_sub"] or "0")
        article = name = article_name(number, part)
    else:
        number, part = int(match["article_en_number"]), 0
        article, name = article_name(number), match["article_en"].rstrip(".:")
    caption = CAPTION.match(text, end)
    if caption:
        end = caption.end()
        name += caption.group().strip(_BLANK)
    spaced = end == len(text) or text[end] in " \t　\r\n" or bool(caption or match["bold"])
    if match["bold"] and (bold := BOLD_END.match(text, end)):
        end = bold.end()
    spaces = SPACES.match(text, end)
    end = spaces.end() if spaces else end
    heading = Heading(ARTICLE_LEVEL, name, start, end, article)
    return Candidate(heading, "条", (number, part), explicit=spaced, opens_line_only=True)


def _attachment(match: re.Match[str], rest: str) -> Candidate | None:
    after = rest.lstrip("：:. 　")
    sign = match["attachment"].strip()
    numbered = sign[-1] not in "件录表附"
    if rest.endswith(("。", "；", "，")) or len(rest) > _MAX_TITLE:
        return None
    separated = match.string[match.end("attachment") : match.end("attachment") + 1] in (
        *"：:. 　\t",
        "",
    )
    # 附件：1.实施方案 lists the attachments; 附件所列 is running text.
    if after and (not separated or (not numbered and after[0] in "0123456789０１２一（(")):
        return None
    number = _number(sign.lstrip("附件录表 \t　")) if numbered else 0
    made = _made(match, "附件", ATTACHMENT_LEVEL, number, explicit=True)
    return replace(made, title=after)


def _numbered(match: re.Match[str], rest: str) -> Candidate | None:
    group = next((group for group in _NUMBER_GROUPS if match[group]), None)
    if group is None:
        return None
    kind = _NUMBER_GROUPS[group]
    level = NUMBERED_LEVELS[kind]
    number = ord(match[group]) - ord("①") + 1 if kind == "①" else _number(match[group])
    if (
        0 < len(rest) <= _MAX_TITLE
        and rest[-1] not in "。；;，,、！？"
        and "。" not in rest
        and _is_closed(rest)
    ):
        return _made(match, kind, level, number)
    title, stop, body = match["rest"].strip(_BLANK).partition("。")
    if not stop or not body.strip(_BLANK + _BOLD) or not 0 < len(title) <= _MAX_RUN_IN:
        return None
    if "；" in title or not _is_closed(title):
        return None
    start = match.start() + len(match.group()) - len(match.group().lstrip(_BLANK + _BOLD))
    end = match.string.index("。", match.start("rest"))
    text = " ".join(match.string[start:end].split())
    end += 1
    if match["bold"] and (bold := BOLD_END.match(match.string, end)):
        end = bold.end()
    heading = Heading(level, text, start, end)
    return Candidate(heading, kind, (number, 0), opens_line_only=True)


def _made(
    match: re.Match[str],
    kind: str,
    level: int,
    number: int,
    *,
    explicit: bool = False,
    shown: str | None = None,
) -> Candidate:
    line = match.group()
    start = match.start() + len(line) - len(line.lstrip(_BLANK))
    if shown is None:
        shown = line.strip(_BLANK)
        if match["marks"]:
            shown = shown.lstrip("#").rstrip("#").strip(_BLANK)
        if match["bold"]:
            shown = shown.removeprefix(match["bold"]).removesuffix(match["bold"]).strip(_BLANK)
    heading = Heading(level, " ".join(shown.split()), start, match.end())
    return Candidate(heading, kind, (number, 0), explicit)


def _is_spaced(text: str) -> bool:
    return bool(re.search(r"\s", text))


def _unspaced(text: str) -> str:
    """总 则 → 总则; words between spaces stay apart."""
    parts = text.split()
    return "".join(parts) if all(len(part) == 1 for part in parts) else " ".join(parts)


def _is_closed(text: str) -> bool:
    """False if a quotation begins that does not end: the line is a piece of a sentence."""
    return text.count("“") == text.count("”")


def _number(numeral: str) -> int:
    return int(parse_numeral("".join(numeral.split())) or 0)
