"""发文字号: the number by which a document is cited, in all the brackets that offices use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_OPEN, _CLOSE = r"〔\[【（(［﹝〖〈<{｛", r"〕\]】）)］﹞〗〉>}｝"
_NUMBER = re.compile(
    rf"(?P<prefix>[\u4e00-\u9fff]{{1,14}})\s*[{_OPEN}]\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[{_CLOSE}]"
    r"\s*第?\s*(?P<number>\d{1,5})\s*号"
)
# Words that lead up to a number in a sentence and are no part of it.
_LEAD_IN = re.compile(
    r".*(?:根据|按照|依据|依照|参照|遵照|贯彻|落实|执行|印发|下发|转发|通知|意见|办法|规定|决定|方案|的|原"
    r"|以|和|与|及|由|对|经|将|见|或|为)(?=.)"
)
# The same in a question, where the number may read as if it began with them.
_ASKED_BY = re.compile(
    r"^(?:根据|依据|依照|按照|遵照|请问|查询|关于|[按据照依在和与及由对见查问说看])+(?=[一-鿿])"
)
_ORDER = re.compile(
    r"(?:中华人民共和国)?(?P<issuer>国务院|主席|[\u4e00-\u9fff]{2,20}?(?:部|委员会|总局|局|政府))令"
    r"\s*[（(]?\s*(?:(?:19|20)\d\d年\s*)?第?\s*(?P<number>[0-9一二三四五六七八九十百零〇]{1,6})\s*号"
)
_HEAD_ORDER = re.compile(r"^[ \t　]*" + _ORDER.pattern, re.MULTILINE)
_ANNOUNCEMENT = re.compile(
    r"^[ \t　]*(?P<issuer>[\u4e00-\u9fff]{4,30}?)(?P<kind>公告|通告)\s*[（(]?\s*"
    r"(?P<year>(?:19|20)\d\d)\s*年?\s*第\s*(?P<number>\d{1,5})\s*号",
    re.MULTILINE,
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
# An order's or an announcement's number stands in its first lines.
_TOP_CHARACTERS = 160


def normalise_document_number(text: str) -> str:
    """民发[2021] 23号 and 民发（2021）第23号 -> 民发〔2021〕23号; other forms only lose spaces."""
    text = text.translate(_FULL_WIDTH)
    if match := _NUMBER.search(text):
        return f"{_own(match['prefix'])}〔{match['year']}〕{int(match['number'])}号"
    return "".join(text.split())


def numbers_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of every document number in `text`."""
    for match in _NUMBER.finditer(text.translate(_FULL_WIDTH)):
        start = match.start() + len(match["prefix"]) - len(_own(match["prefix"]))
        yield start, match.end(), normalise_document_number(match.group())


def numbers_cited(question: str) -> frozenset[str]:
    """The numbers by which a question names documents, without what leads up to them.

    按国发〔2018〕42号 names 国发〔2018〕42号; 川民发〔2021〕8号 is another document than 民发〔2021〕8号.
    """
    return frozenset(_ASKED_BY.sub("", number) for _, _, number in numbers_in(question))


def is_number_line(line: str) -> bool:
    """Whether a line holds a document number and nothing else but who signs."""
    line = line.translate(_FULL_WIDTH).strip(" \t　（()）")
    match = _NUMBER.match(line)
    return (
        match is not None
        and re.fullmatch(r"[\s　）)]*(?:签发人[：:].*)?", line[match.end() :]) is not None
    )


def find_document_number(head: str, notes: Sequence[str]) -> str | None:
    """The document's own number in its head; a number that it cites is none.

    `notes` are the lines that tell a law's history: the latest order there counts.
    """
    for start, end, number in numbers_in(head):
        # In brackets after a title it is another document's number: 《…》（国发〔2019〕5号）.
        line = head[head.rfind("\n", 0, start) + 1 : start]
        after = head[end:].partition("\n")[0]
        alone = not line.strip(" \t　（(")
        labelled = line.rstrip().endswith(("：", ":"))
        titled = bool(line) and line[-1].isspace() and "，" not in line
        joined = (
            re.search(r"[\u4e00-\u9fff](?:通知|意见|办法|决定|函|公告|方案)$", line) is not None
        )
        if (alone or labelled or titled or joined) and not re.match(r"[^\s　）)]", after):
            return number
    top = head[:_TOP_CHARACTERS].translate(_FULL_WIDTH)
    if order := _HEAD_ORDER.search(top):
        return _order(order)
    if found := _ANNOUNCEMENT.search(top):
        return f"{found['issuer']}{found['kind']}{found['year']}年第{found['number']}号"
    for note in reversed(notes):
        if cited := _ORDER.search(note):
            return _order(cited)
    return None


def issuer_of_order(head: str) -> str | None:
    """Who signed the order or the announcement that `head` opens with."""
    top = head[:_TOP_CHARACTERS].translate(_FULL_WIDTH)
    match = _HEAD_ORDER.search(top) or _ANNOUNCEMENT.search(top)
    return match["issuer"] if match else None


def _order(match: re.Match[str]) -> str:
    return f"{match['issuer']}令第{match['number']}号"


def _own(prefix: str) -> str:
    return _LEAD_IN.sub("", prefix)
