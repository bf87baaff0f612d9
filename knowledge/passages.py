"""A structured document → passages: whole sentences of about 220 characters.

220 characters were measured best with the bundled model; pieces of 1,000 lose a third of the
first-rank hits (DESIGN section 4). A passage never crosses a heading or an article. List items
carry the words that introduce the list, table rows their header, as `lead_in`. Every character
of a document is in a passage, in a heading above one or in the header of its table; only rules
(---), comments of Markdown and sections without a letter are not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.documents import Heading, Passage, PolicyDocument, passage_id
from knowledge.sentences import SENTENCE_END
from knowledge.structure import governing_articles, heading_paths
from knowledge.table_rows import Table, table_at

TARGET_LENGTH = 220
# A passage may grow to this when that keeps an article, a paragraph of it or a list in one piece.
WHOLE_LENGTH = 320
_LEAD_IN_LENGTH = 120
_CLAUSE_END = re.compile(r"[；;]")
_PAUSE = re.compile(r"[，,、：:]")
# One group a kind of mark: a list inside a list has another.
_ITEM = re.compile(
    r"\s*(?:([-*•·●○▪]\s+)|([（(][一二三四五六七八九十]{1,3}[)）])|([一二三四五六七八九十]{1,3}、)"
    r"|([（(]\d{1,3}[)）])|(\d{1,2}[.．、](?!\d))|([①-⑳]))"
)
_LAYOUT = re.compile(r"[-*=_—~─━|\s]*")
_COMMENT = re.compile(r"^[ \t]*<!--.*-->[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    lead_in: str = ""


def split_document(document: PolicyDocument) -> tuple[Passage, ...]:
    """The passages of a document, in reading order; none for a text without letters."""
    context = _Context(document)
    return tuple(
        _passage(document, span, context)
        for start, end in _sections(document)
        for span in _pack(
            document.text,
            list(_units(document.text, start, end)),
            in_article=context.at(start)[1] is not None,
        )
    )


class _Context:
    """The headings and the article above each place of a document."""

    def __init__(self, document: PolicyDocument) -> None:
        self._starts = [heading.start_char for heading in document.headings]
        self._paths = heading_paths(document.headings)
        self._articles = governing_articles(document.headings)

    def at(self, position: int) -> tuple[tuple[str, ...], str | None]:
        """Heading path and article, as `heading_path_at` and `article_at` say."""
        index = bisect_right(self._starts, position) - 1
        return (self._paths[index], self._articles[index]) if index >= 0 else ((), None)


def _passage(document: PolicyDocument, span: _Span, context: _Context) -> Passage:
    text = document.text[span.start : span.end]
    path, article = context.at(span.start)
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
    """Start and end of the text under each heading; an article includes its own number.

    A heading with nothing under it is a section of its own: nobody would find it otherwise.
    """
    edges: list[tuple[int, int, Heading | None]] = [(0, 0, None)]
    edges += [
        (
            heading.start_char,
            heading.start_char if heading.article else heading.end_char,
            heading,
        )
        for heading in document.headings
    ]
    for index, (_, start, heading) in enumerate(edges):
        following = edges[index + 1] if index + 1 < len(edges) else None
        end = following[0] if following else len(document.text)
        if any(map(str.isalnum, _COMMENT.sub("", document.text[start:end]))):
            yield start, end
        elif heading and heading.text != document.title:
            deeper = following and following[2] and following[2].level > heading.level
            if not deeper:
                yield heading.start_char, heading.end_char


def _units(text: str, start: int, end: int) -> Iterator[_Span]:
    """Sentences, list items and table rows between `start` and `end`, each with its lead-in."""
    lines = list(_lines(text, start, end))
    above: list[str] = []
    leads: list[tuple[int, str]] = []
    table: Table | None = None
    index = 0
    while index < len(lines):
        line = text[slice(*lines[index])]
        if not line.strip() or _COMMENT.match(line):
            index += 1
            continue
        found = table_at(text, lines, index, above, table) if "|" in line else None
        if found:
            table, above, leads = found, [], []
            for row in found.rows:
                yield from _row(text, row.start, row.end, row.lead_in)
            index += found.lines
            continue
        table = None
        kind = _kind_of(line)
        leads = _leads_above(leads, kind)
        yield from _sentences(text, *lines[index], "\n".join(lead for _, lead in leads))
        if line.rstrip().endswith(("：", ":")):
            leads.append((kind, line.strip()[-_LEAD_IN_LENGTH:]))
        above.append(line.strip())
        index += 1


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _kind_of(line: str) -> int:
    """Which kind of list item a line is; 0 for none."""
    match = _ITEM.match(line)
    return (match.lastindex or 0) if match else 0


def _leads_above(leads: list[tuple[int, str]], kind: int) -> list[tuple[int, str]]:
    """The lines that introduce an item of this kind: those above the last one of its kind."""
    if not kind:
        return []
    kinds = [other for other, _ in leads]
    return leads[: kinds.index(kind)] if kind in kinds else leads


def _row(text: str, start: int, end: int, header: str) -> Iterator[_Span]:
    """A table row in one piece; a long one at its sentences, with the header for each piece."""
    if end - start <= WHOLE_LENGTH:
        yield _trimmed(text, start, end, header)
        return
    for span in _sentences(text, start, end, header):
        yield replace(span, lead_in=header)


def _sentences(text: str, start: int, end: int, lead_in: str) -> Iterator[_Span]:
    """Sentences of one line; overlong ones are cut at clauses, then at pauses, then anywhere."""
    for begin, stop in _cut(text, start, end, SENTENCE_END):
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


def _pack(text: str, units: Sequence[_Span], *, in_article: bool) -> Iterator[_Span]:
    """Join neighbouring units of one section up to the target length."""
    units = _with_letters(text, units)
    if units and units[-1].end - units[0].start <= WHOLE_LENGTH:
        # The whole section fits: its list keeps its lead-in by standing with it.
        yield _Span(units[0].start, units[-1].end, units[0].lead_in)
        return
    if in_article:
        units = _paragraphs(text, units)
    group: list[_Span] = []
    for unit in units:
        too_long = group and unit.end - group[0].start > TARGET_LENGTH
        if too_long or (group and _is_other_list(text, group, unit)):
            yield _Span(group[0].start, group[-1].end, group[0].lead_in)
            group = []
        group.append(unit)
    if group:
        yield _Span(group[0].start, group[-1].end, group[0].lead_in)


def _with_letters(text: str, units: Sequence[_Span]) -> list[_Span]:
    """The units, those without a letter (……, ！) joined to their neighbour if there is room."""
    out: list[_Span] = []
    for unit in units:
        if _LAYOUT.fullmatch(text, unit.start, unit.end):
            continue
        if out and unit.end - out[-1].start <= WHOLE_LENGTH:
            if not _has_letters(text, out[-1]):
                out[-1] = replace(unit, start=out[-1].start)
                continue
            if not _has_letters(text, unit):
                out[-1] = replace(out[-1], end=unit.end)
                continue
        out.append(unit)
    return out if any(_has_letters(text, unit) for unit in out) else []


def _has_letters(text: str, span: _Span) -> bool:
    return any(map(str.isalnum, text[span.start : span.end]))


def _paragraphs(text: str, units: Sequence[_Span]) -> list[_Span]:
    """The units of an article, the sentences of a paragraph (款) or item (项) joined."""
    lines: list[list[_Span]] = []
    for unit in units:
        if lines and "\n" not in text[lines[-1][-1].end : unit.start]:
            lines[-1].append(unit)
        else:
            lines.append([unit])
    out: list[_Span] = []
    for line in lines:
        whole = _Span(line[0].start, line[-1].end, line[0].lead_in)
        out += [whole] if whole.end - whole.start <= WHOLE_LENGTH else line
    return out


def _is_other_list(text: str, group: Sequence[_Span], unit: _Span) -> bool:
    """True if a passage that goes on with `unit` would join two lists."""
    before = group[-1].lead_in
    if not before or unit.lead_in == before:
        return False
    # A list inside the list, or its end: what introduces it stands in the passage.
    outer = group[0].lead_in
    inner = unit.lead_in.removeprefix(outer).strip("\n") if outer else unit.lead_in
    inside = all(part in text[group[0].start : unit.start] for part in inner.split("\n"))
    return not (unit.lead_in and unit.lead_in.startswith(outer) and inside)


def _page_at(document: PolicyDocument, position: int) -> int | None:
    for page in document.pages:
        if page.start_char <= position < page.end_char:
            return page.number
    return None
