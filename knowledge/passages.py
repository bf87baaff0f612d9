"""A structured document → passages: whole sentences of about 220 characters.

220 characters were measured best with the bundled model; pieces of 1,000 lose a third of the
first-rank hits (DESIGN section 4). A passage never crosses a heading or an article. List items
carry the words that introduce the list, table rows their header, as `lead_in`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents import Passage, PolicyDocument, passage_id
from knowledge.structure import article_at, heading_path_at

TARGET_LENGTH = 220
# A passage may grow to this when that keeps an article or a list in one piece.
WHOLE_LENGTH = 320
_LEAD_IN_LENGTH = 120

_SENTENCE_END = re.compile(r"[。！？!?][”’」』）)\]]*|(?<=[A-Za-z0-9)])\.(?=\s)|\n")
_CLAUSE_END = re.compile(r"[；;]")
_PAUSE = re.compile(r"[，,、：:]")
_ITEM = re.compile(
    r"\s*(?:[-*•·●○▪]\s+|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳])"
)
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\s*\|[\s:|-]+\|\s*$")


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    lead_in: str = ""


def split_document(document: PolicyDocument) -> tuple[Passage, ...]:
    """The passages of a document, in reading order; none for a text without letters."""
    spans = [
        span
        for start, end in _sections(document)
        for span in _pack(document.text, list(_units(document.text, start, end)))
    ]
    return tuple(_passage(document, span) for span in spans)


def _passage(document: PolicyDocument, span: _Span) -> Passage:
    text = document.text[span.start : span.end]
    path = heading_path_at(document.headings, span.start)
    article = article_at(document.headings, span.start)
    path = tuple(part for part in path if part not in (document.title, article))
    return Passage(
        id=passage_id(document.id, document.sha256, span.start, text),
        document_id=document.id,
        text=text,
        heading_path=path,
        article=article,
        start_char=span.start,
        end_char=span.end,
        page=_page_at(document, span.start),
        title=document.title,
        lead_in=span.lead_in,
    )


def _sections(document: PolicyDocument) -> Iterator[tuple[int, int]]:
    """Start and end of the text under each heading; an article includes its own number."""
    edges: list[tuple[int, int]] = [(0, 0)]
    edges += [
        (heading.start_char, heading.start_char if heading.article else heading.end_char)
        for heading in document.headings
    ]
    for index, (_, start) in enumerate(edges):
        end = edges[index + 1][0] if index + 1 < len(edges) else len(document.text)
        if document.text[start:end].strip():
            yield start, end


def _units(text: str, start: int, end: int) -> Iterator[_Span]:
    """Sentences, list items and table rows between `start` and `end`, each with its lead-in."""
    lead_in, header, in_table = "", "", False
    position = start
    for line in text[start:end].splitlines(keepends=True):
        line_start, line_end = position, position + len(line)
        position = line_end
        if not line.strip() or _TABLE_RULE.match(line):
            continue
        if _TABLE_ROW.match(line):
            if not in_table:
                header, in_table = line.strip(), True
                continue
            yield _trimmed(text, line_start, line_end, header)
            continue
        in_table = False
        is_item = bool(_ITEM.match(line))
        if not is_item:
            lead_in = ""
        yield from _sentences(text, line_start, line_end, lead_in if is_item else "")
        if line.rstrip().endswith(("：", ":")):
            lead_in = line.strip()[-_LEAD_IN_LENGTH:]


def _sentences(text: str, start: int, end: int, lead_in: str) -> Iterator[_Span]:
    """Sentences of one line; overlong ones are cut at clauses, then at pauses, then anywhere."""
    for begin, stop in _cut(text, start, end, _SENTENCE_END):
        if stop - begin <= WHOLE_LENGTH:
            yield _trimmed(text, begin, stop, lead_in)
            continue
        opening = lead_in or _opening(text, begin, stop)
        for index, (clause_start, clause_end) in enumerate(_clauses(text, begin, stop)):
            yield _trimmed(text, clause_start, clause_end, opening if index else lead_in)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of an overlong sentence, none above the target length."""
    for begin, stop in _cut(text, start, end, _CLAUSE_END):
        if stop - begin <= WHOLE_LENGTH:
            yield begin, stop
            continue
        piece_start = begin
        for _, pause in _cut(text, begin, stop, _PAUSE):
            if pause - piece_start >= TARGET_LENGTH:
                yield from _chopped(piece_start, pause)
                piece_start = pause
        if piece_start < stop:
            yield from _chopped(piece_start, stop)


def _chopped(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Text without any pause (a run of figures, another language) in equal lengths."""
    for begin in range(start, end, WHOLE_LENGTH):
        yield begin, min(begin + WHOLE_LENGTH, end)


def _opening(text: str, start: int, end: int) -> str:
    """The words of an overlong sentence that its later clauses need: up to its first colon."""
    colon = text.find("：", start, min(end, start + _LEAD_IN_LENGTH))
    return text[start : colon + 1].strip() if colon > 0 else ""


def _cut(text: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = start
    for match in mark.finditer(text, start, end):
        yield begin, match.end()
        begin = match.end()
    if begin < end:
        yield begin, end


def _trimmed(text: str, start: int, end: int, lead_in: str) -> _Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return _Span(start, start + len(piece.strip()), lead_in)


def _pack(text: str, units: Sequence[_Span]) -> Iterator[_Span]:
    """Join neighbouring units of one section up to the target length."""
    units = [unit for unit in units if any(map(str.isalnum, text[unit.start : unit.end]))]
    if units and units[-1].end - units[0].start <= WHOLE_LENGTH:
        # The whole section fits: its list keeps its lead-in by standing with it.
        yield _Span(units[0].start, units[-1].end, units[0].lead_in)
        return
    group: list[_Span] = []
    for unit in units:
        too_long = group and unit.end - group[0].start > TARGET_LENGTH
        other_list = group and unit.lead_in != group[-1].lead_in and group[-1].lead_in
        if too_long or other_list:
            yield _Span(group[0].start, group[-1].end, group[0].lead_in)
            group = []
        group.append(unit)
    if group:
        yield _Span(group[0].start, group[-1].end, group[0].lead_in)


def _page_at(document: PolicyDocument, position: int) -> int | None:
    for page in document.pages:
        if page.start_char <= position < page.end_char:
            return page.number
    return None
