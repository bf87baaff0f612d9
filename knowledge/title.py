"""The title of a document, read from the head of its text."""

from __future__ import annotations

import re

from knowledge.document_number import is_number_line
from knowledge.validity import parse_date

TITLE_END = re.compile(
    r"(?:通知|意见|办法|条例|规定|方案|决定|法|细则|公告|函|规划|指引|标准|通告|批复|计划|纲要|章程|指南"
    r"|规范|规程|规则|要点|答复|解释|决议|预案|导则)(?:（[^）]*）)?$"
)
AGENCY = re.compile(
    r"(?:部|委|委员会|厅|局|署|办|办公厅|办公室|政府|国务院|法院|检察院|中央|联合会|管理局|总工会|妇联|团委)$"
)
_LONGEST = 80
_LONGEST_GUESS = 60
# A title, what stands above it, and the lines it may be broken over.
_LINES = 14
_HEADING = re.compile(
    r"第[\s　]*[一二三四五六七八九十百零〇0-9]+[\s　]*[编篇章节条]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9０-９]{1,2}[.．、](?!\d)|目[\s　]*[录次]$"
)
_ATTACHMENT = re.compile(
    r"附[\s　]*[件录表][\s　]*[0-9０-９一二三四五六七八九十]{0,2}[\s　]*[：:]?$"
)
_ORDER_LINE = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:令|公告|通告)$|[（(]?(?:(?:19|20)\d\d年)?第?\s*[0-9一二三四五六七八九十百零〇]+\s*号[)）]?$"
)
_RED_HEAD = re.compile(r"[\u4e00-\u9fff、\s　]{4,40}文件$")
_CODE = re.compile(r"[A-Za-z0-9\s\-—–_./]+$")
_PROCLAIMED = re.compile(
    r"(?:现(?:将|予)?(?:发布|公布|颁布)?)?《(?P<title>[^》\n]{3,60})》[^。\n]{0,60}?(?:现予|予以)?(?:公布|发布|通过)"
)


def find_title(head: str) -> str:
    """The title in the head of a text, "" where no line looks like one.

    A chapter or numbered heading, a document number, an agency's name alone, the mark of an
    attachment are none.
    """
    lines = [line.strip(" \t　\ufeff") for line in head.splitlines()]
    lines = [line for line in lines if line][:_LINES]
    if not lines:
        return ""
    if lines[0].startswith("# "):
        title = lines[0][2:].strip()
        # 民法典, then the part that the file holds.
        if len(lines) > 1 and lines[1].startswith("# "):
            title += lines[1][2:].strip()
        return title
    first, after_heading = _first(lines)
    if first is None:
        return ""
    if _is_order(lines[:first]) and (named := _PROCLAIMED.search(head)):
        return named["title"]
    if title := _ending_like_a_title(lines, first):
        return title
    # Nothing after a heading is a title unless it ends like one.
    line = lines[first]
    guess = len(line) <= _LONGEST_GUESS and not line.endswith(("。", "；", "，"))
    return line if guess and not after_heading else ""


def head_agencies(head: str) -> tuple[str, ...]:
    """The agencies that stand above the title, one or several a line."""
    found: list[str] = []
    for line in [line.strip(" \t　\ufeff") for line in head.splitlines() if line.strip()][:_LINES]:
        squeezed = squeeze(line)
        if _RED_HEAD.match(squeezed):
            squeezed = squeezed.removesuffix("文件")
        if names := agencies_of(squeezed):
            found += names
        elif not (is_number_line(line) or _CODE.match(line) or _ATTACHMENT.match(line)):
            break
    return tuple(dict.fromkeys(found))


def agencies_of(line: str) -> tuple[str, ...]:
    """The agencies in a line that names nothing else."""
    if len(line) > _LONGEST or not re.fullmatch(r"[\u4e00-\u9fff（）()、\s　]+", line):
        return ()
    names = tuple(part for part in re.split(r"[、\s　]+", line) if part)
    known = all(len(name) >= 2 and AGENCY.search(name) for name in names)
    return names if known else ()


def squeeze(line: str) -> str:
    """浙 江 省 民 政 厅 -> 浙江省民政厅; spaces between whole names stay."""
    parts = line.split()
    return "".join(parts) if len(parts) > 2 and all(len(part) == 1 for part in parts) else line


def _first(lines: list[str]) -> tuple[int | None, bool]:
    """Where the title may begin, and whether a heading stands above it."""
    after_heading = False
    agencies: int | None = None
    for number, line in enumerate(lines):
        if _HEADING.match(line):
            after_heading, agencies = True, None
        elif agencies_of(squeeze(line)):
            agencies = number if agencies is None else agencies
        elif not _above(line):
            if after_heading and not TITLE_END.search(line):
                # The body has begun.
                return None, True
            # The agency's name belongs to 关于… where it stands directly above.
            if agencies is not None and re.match(r"关于|印发|转发", line):
                return agencies, after_heading
            return number, after_heading
        else:
            agencies = None
    return None, after_heading


def _above(line: str) -> bool:
    """Whether a line may stand above a title without being a part of it."""
    return bool(
        is_number_line(line)
        or _ATTACHMENT.match(line)
        or _ORDER_LINE.match(line)
        or _RED_HEAD.match(line)
        or _CODE.match(line)
        or (parse_date(line) and len(line) <= 16)
    )


def _is_order(above: list[str]) -> bool:
    return any(re.search(r"令$|令\s*第?\S{1,6}号$|公告$|通告$", line) for line in above)


def _ending_like_a_title(lines: list[str], first: int) -> str:
    """A title may be broken over several lines; a sentence is none."""
    title = ""
    for count, line in enumerate(lines[first : first + 5]):
        if title and agencies_of(title.split(" ")[-1]) and agencies_of(squeeze(line)):
            title += " "
        title += squeeze(line)
        if len(title) > _LONGEST or title.endswith(("。", "；", "，", "：", ":")):
            return ""
        if TITLE_END.search(title) and title.count("《") == title.count("》"):
            return title
        if count >= 2 and not agencies_of(squeeze(lines[first])):
            return ""
    return ""
