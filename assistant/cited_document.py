"""Documents that a question names by their numbers: 国发〔2018〕42号, 国发2018年42号, 国发42号文.

The number says where to look and not what is asked: its year is none that is asked about. So the
question is put to those documents alone, as one on 这份文件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.document_number import normalise_document_number, numbers_cited, numbers_in
from knowledge.snapshot import Snapshot
from knowledge.tokenization import simplify

THIS_DOCUMENT = "这份文件"
# As it is typed: 国发2018年39号, 国办发2018-118号, 国发〔2018〕42号文件.
_LOOSE = re.compile(
    r"(?P<prefix>[一-鿿]{1,9}?(?:发|函|办|字|规|令|通|电))\s*[-—〔\[(（【]?\s*(?P<year>(?:19|20)\d\d)\s*年?"
    r"\s*[-—〕\])）】]?\s*第?\s*(?P<number>\d{1,5})\s*号"
)
# Without its year: 国发42号文.
_YEARLESS = re.compile(
    r"(?P<prefix>[一-鿿]{1,9}?(?:发|函|字|规|令))\s*第?\s*(?P<number>\d{1,5})\s*号"
)
_BEHIND = re.compile(
    r"^(?:文件|文(?!化|明|物|字|书)|令|通知|意见|函)?(?:里面?|中|上面?|内)?(?:的|说的|讲的)?"
)
_TITLE_BEHIND = re.compile(r"^《[^《》]{2,80}》")
_PLACES = re.compile(r"各(?:地方?|省|部门)")
_LEADS_UP = re.compile(
    r"(?:请问|想问|问一?下|查一?下|查询|看看|根据|依据|依照|按照|遵照|关于|那个|这个|还有|[按据照依在和与及由对见查问说看的])+(?=[一-鿿])"
)
_OPENING = re.compile(
    r"^(?:请问|根据|依据|依照|按照|[按据依照])?[，,、：:\s]+|^(?:根据|依据|依照|按照|[按据依照])"
)
_SAYS_SOMETHING = 4
_SEVERAL = re.compile(rf"{THIS_DOCUMENT}(?:[、和与及跟]?{THIS_DOCUMENT})+")


def cited_documents(text: str, snapshot: Snapshot) -> tuple[tuple[str, ...], str]:
    """The ids of the documents of the library that are named by number, and the question without these.

    A number that no document of the library bears stays where it is: a text may speak of it.
    """
    found: dict[str, None] = {}
    bare = text
    for start, end, number in sorted(_numbers(simplify(text), snapshot), reverse=True):
        ids = (snapshot.versions[v].document.id for v in snapshot.by_number[number])
        found.update(dict.fromkeys(ids))
        rest = bare[end:]
        behind = _BEHIND.match(rest)
        rest = rest[behind.end() :] if behind else rest
        bare = bare[:start] + THIS_DOCUMENT + _TITLE_BEHIND.sub("", rest)
    if not found:
        return (), text
    bare = _SEVERAL.sub("这几份文件", bare)
    # 要求各地什么时候前拿出方案: whom the document speaks to, and not documents of several places.
    return tuple(reversed(found)), _PLACES.sub("地方", bare)


def without_numbers(text: str, snapshot: Snapshot) -> str:
    """A question before, without the numbers of documents; as it is where it says nothing else.

    What a turn leaves out is taken from it, and no year of a number.
    """
    ids, bare = cited_documents(text, snapshot)
    rest = _OPENING.sub("", bare.replace(THIS_DOCUMENT, "")) if ids else text
    return rest if len(rest) >= _SAYS_SOMETHING else text


def _numbers(text: str, snapshot: Snapshot) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of the numbers that documents of the library bear."""
    taken: list[range] = []
    for start, end, number in (
        *_written(text),
        *_loosely_written(text),
        *_yearless(text, snapshot),
    ):
        if number in snapshot.by_number and not any(start in own for own in taken):
            taken.append(range(start, end))
            yield start, end, number


def _written(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end, number in numbers_in(text):
        # 按国发〔2018〕42号 names 国发〔2018〕42号.
        for own in numbers_cited(text[start:end]):
            yield start + len(number) - len(own), end, own


def _loosely_written(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _LOOSE.finditer(text):
        for begin, prefix in _prefixes(match["prefix"]):
            number = normalise_document_number(f"{prefix}〔{match['year']}〕{match['number']}号")
            yield match.start() + begin, match.end(), number


def _yearless(text: str, snapshot: Snapshot) -> Iterator[tuple[int, int, str]]:
    for match in _YEARLESS.finditer(text):
        for begin, prefix in _prefixes(match["prefix"]):
            end = f"〕{int(match['number'])}号"
            held = [
                n for n in snapshot.by_number if n.startswith(f"{prefix}〔") and n.endswith(end)
            ]
            if len(held) == 1:
                yield match.start() + begin, match.end(), held[0]


def _prefixes(text: str) -> Iterator[tuple[int, str]]:
    """The whole, and without what leads up to it: 川民发 is no 民发, 想问民发 is."""
    yield 0, text
    if leads := _LEADS_UP.match(text):
        yield leads.end(), text[leads.end() :]
