"""Documents that a question names by their numbers: 国发〔2018〕42号, 国发2018年42号, 国发42号文.

The number says where to look and not what is asked: its year is none that is asked about. So the
question is put to those documents alone, as one on 这份文件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.rule_date import WHEN
from knowledge.document_number import normalise_document_number
from knowledge.named_texts import named_versions
from knowledge.rule_names import rule_name
from knowledge.snapshot import Snapshot
from knowledge.tokenization import simplify

THIS_DOCUMENT = "这份文件"
_PREFIX = r"(?P<prefix>[一-鿿]{1,14}?(?:发|函|办|字|规|令|通|电))"
_NUMBER = r"\s*第?\s*(?P<number>\d{1,5})\s*号"
# As it is written and as it is typed: 国发〔2018〕39号, 国发2018年39号, 国办发2018-118号.
_DATED = re.compile(
    rf"{_PREFIX}\s*[-—〔\[(（【]?\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[-—〕\])）】]?{_NUMBER}"
)
# Without its year: 国发42号文.
_YEARLESS = re.compile(rf"{_PREFIX}{_NUMBER}")
# What leads up to a number ends in one of these: 告诉我国发…, 解读国发…; 川民发 is another number than 民发.
_LEADS_UP = frozenset("我你您下个这那把给请想要了的是从用按照据依在和与及由对见查问说看读解诉于")
_OPENS = r"(?=[的里中上内，,：:、；。？?\s]|规定|要求|说|讲|提|写|是|对|关于|怎|如何|有|$)"
_BEHIND = re.compile(
    rf"^(?:(?:文件|通知|意见|[文函令]){_OPENS})?(?:里面|(?:里|中|上|内){_OPENS})?(?:的|说的|讲的)?"
)
_TITLE_BEHIND = re.compile(r"^《[^《》]{2,80}》")
_OPENING = re.compile(
    r"^(?:请问)?(?:根据|依据|依照|按照|[按据依照])?[，,、：:\s]+|^(?:根据|依据|依照|按照|[按据依照])"
)
_YEAR_OF_TEXT = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:印?发|出台?|公布|发布)?的?(?:那|这)?[版份个部]?的?(?=[《一-鿿])"
)
_SAYS_SOMETHING = 4
_SEVERAL = re.compile(rf"{THIS_DOCUMENT}(?:[、和与及跟]?{THIS_DOCUMENT})+")
# 除了国发〔2018〕39号，还有哪些文件: other documents are asked for than the one that is named.
_OTHERS = re.compile(
    rf"除[了去开]?{THIS_DOCUMENT}|{THIS_DOCUMENT}(?:之外|以外)"
    rf"|(?:哪[些几个份]|什么|其他|别的)[^，。？?]{{0,3}}(?:文件|政策|规定|通知)[^，。？?]{{0,6}}{THIS_DOCUMENT}"
)
# What is asked of a document as a whole, by a turn that names none.
_OF_WHOLE = re.compile(
    r"^(?:那|它|这个|这|该|此)?(?:份|个)?(?:文件|通知|意见)?(?:又|到底|现在|目前)?(?:是|在|于)?"
    rf"(?:{WHEN}(?:印发|发布|下发|出台|公布|发)的?"
    r"|(?:还|是否|是不是)?(?:有效|废止|失效|作废)(?:了)?|(?:谁|哪[个些]?(?:部门|单位|机关))(?:印发|发布|下发|出台|制定|发)的?"
    r"|(?:讲|说|规定)了(?:些)?(?:什么|啥)|主要内容(?:是什么|有哪些)?)(?:吗|呢|没有|的)?[？?。]*$"
)


def cited_documents(text: str, snapshot: Snapshot) -> tuple[tuple[str, ...], str]:
    """The ids of the documents of the library that are named by number, and the question without these.

    A number that no document of the library bears stays where it is: a text may speak of it. Nothing is
    named where other documents are asked for.
    """
    found: dict[str, None] = {}
    bare = text = _without_own_year(text, snapshot)
    for start, end, number in sorted(_numbers(simplify(text), snapshot), reverse=True):
        ids = (snapshot.versions[v].document.id for v in snapshot.by_number[number])
        found.update(dict.fromkeys(ids))
        rest = bare[end:]
        behind = _BEHIND.match(rest)
        rest = rest[behind.end() :] if behind else rest
        bare = bare[:start] + THIS_DOCUMENT + _TITLE_BEHIND.sub("", rest)
    if not found or _OTHERS.search(bare):
        return (), text
    return tuple(reversed(found)), _SEVERAL.sub("这几份文件", bare)


def _without_own_year(text: str, snapshot: Snapshot) -> str:
    """`text` without the year by which it calls the one text of a document (2004年那版国务院工作规则).

    Of a rule with several texts the year says which is meant, and stays.
    """
    for match in reversed(list(_YEAR_OF_TEXT.finditer(text))):
        name = rule_name(text[match.end() :])
        for version in named_versions(snapshot, name):
            document = snapshot.versions[version].document
            days = (document.published_on, document.effective_from)
            of_year = any(day and day.year == int(match["year"]) for day in days)
            is_only = len(snapshot.chains.chain(version)) == 1
            if of_year and is_only and name.startswith(rule_name(document.title)):
                text = text[: match.start()] + text[match.end() :]
                break
    return text


def without_numbers(text: str, snapshot: Snapshot) -> str:
    """A question before, without the numbers of documents; as it is where it says nothing else.

    What a turn leaves out is taken from it, and no year of a number.
    """
    ids, bare = cited_documents(text, snapshot)
    rest = _OPENING.sub("", bare.replace(THIS_DOCUMENT, "")) if ids else text
    return rest if len(rest) >= _SAYS_SOMETHING else text


def with_number(text: str, before: Sequence[str], snapshot: Snapshot) -> str | None:
    """A turn on a document as a whole (什么时候印发的) behind the number that was named last.

    None for any other turn, and where no number was named or several were.
    """
    if not _OF_WHOLE.match(simplify(text.strip())):
        return None
    for asked in reversed(before):
        numbers = [number for *_, number in _numbers(asked, snapshot)]
        if numbers or not _OF_WHOLE.match(simplify(asked.strip())):
            return numbers[0] + text.strip() if len(numbers) == 1 else None
    return None


def _numbers(text: str, snapshot: Snapshot) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of the numbers that documents of the library bear."""
    taken: list[range] = []
    for pattern in (_DATED, _YEARLESS):
        for match in pattern.finditer(text):
            if any(match.end() - 1 in own for own in taken):
                continue
            found = next(_borne(match, snapshot), None)
            if found:
                start, number = found
                taken.append(range(start, match.end()))
                yield start, match.end(), number


def _borne(match: re.Match[str], snapshot: Snapshot) -> Iterator[tuple[int, str]]:
    """Where a number begins that a document bears, and its normal form; the longest prefix first."""
    year = match.groupdict().get("year")
    for begin in range(len(match["prefix"]) - 1):
        prefix = match["prefix"][begin:]
        before = match["prefix"][begin - 1] if begin else ""
        if before and before not in _LEADS_UP:
            continue
        start = match.start() + begin
        if year:
            number = normalise_document_number(f"{prefix}〔{year}〕{match['number']}号")
            if number in snapshot.by_number:
                yield start, number
            continue
        end = f"〕{int(match['number'])}号"
        held = [n for n in snapshot.by_number if n.startswith(f"{prefix}〔") and n.endswith(end)]
        if len(held) == 1:
            yield start, held[0]
