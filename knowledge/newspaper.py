"""One newspaper page → its articles, each with its own headline.

A page is recognised by the notes that close its articles (（转自…）, 来源：…). Where the last
note is followed by a headline and nothing else, headlines follow their articles; otherwise
they stand before them. Without notes, the openings of reports (本报讯, 新华社…电) mark where
articles start.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.cleaning import clean_text
from knowledge.founder import repair_founder
from knowledge.line_breaks import (
    SENTENCE_END,
    Paragraph,
    column_width,
    is_hard_wrapped,
    join_two,
    line_width,
    rejoin_paragraphs,
    tidy_spaces,
)


@dataclass(frozen=True, slots=True)
class NewspaperArticle:
    """One article of a page."""

    title: str
    """The headline on one line; empty where the page shows none."""
    body: str
    """One paragraph or sub-heading a line."""
    source_note: str | None
    """Where the article was taken from, in the page's words without brackets: 转自《…》."""
    subheadings: tuple[str, ...] = ()
    """The lines of `body` that are sub-headings, in order."""


_NOTE = re.compile(
    r"(?:(?<=^)|(?<=[\n。！？”]))[ \n]*[（(][ \n]*"
    r"(?P<note>(?:转自|转载自|摘自|摘编自|选自|原载|(?:本文|稿件|信息)?来源[:：])[^（）()。]{1,40}|"
    r"据[^（）()。，]{1,25}(?:[报网社刊台]|[》”]|公众号))[ \n]*[）)]"
    r"|^[ ]*(?P<bare>(?:转自|(?:本文|稿件|信息)?来源)[:：][^\n。，]{2,30})$",
    re.MULTILINE,
)
_OPENER = re.compile(
    r"(?:近日|日前|连日来|昨日|今日|昨天|近年来|去年|今年|截至|\d{1,2} ?月 ?\d{1,2} ?日|"
    r"\d{4} ?年 ?\d{1,2} ?月|[（(]?本报|[（(]?[^，。]{0,8}讯[ （(]|新华社|中新社|记者|据悉|[“‘])"
)
_REPORT_START = re.compile(
    r"^[ ]*(?:本报[^\n，。]{0,12}[讯电]|[^\n，。]{0,8}新华社[^\n。]{0,16}电)", re.M
)
_BYLINE = re.compile(
    r"[□■◆●]|(?:[（(]?(?:本报|本刊|见习|特约|通讯员|文[/／]|图[/／])?(?:记者|通讯员|作者)[ :：])"
)
_FURNITURE = re.compile(
    r"责任?编辑|责编|版式|校对|美编|电话|邮箱|投稿|第 ?\d+ ?版|星期[一二三四五六日]"
)
_OPEN_ENDED = re.compile(r"(?:[年月的和与及、在对向为以将把被让《“（—－-]|\d)$")
_CONTINUES = re.compile(r"^[的了和与及、》”）]")
_STATUTE = re.compile(r"^ *第[一二三四五六七八九十百]+条", re.MULTILINE)
_MAX_HEADLINE_LINES = 4
_MIN_BODY = 40
"""Characters: less between two notes is a list of sources, not an article."""


def split_newspaper_page(text: str) -> tuple[NewspaperArticle, ...]:
    """The articles of the page in `text`, in its order; empty if it is no newspaper page.

    `text` may be raw or cleaned and repaired: both give the same articles. Every character
    of the page other than layout stands in exactly one article.
    """
    text, _ = repair_founder(clean_text(text))
    if len(_STATUTE.findall(text)) >= 3:
        return ()
    wrapped = is_hard_wrapped(text)
    notes = list(_NOTE.finditer(text))
    if len(notes) >= 2 or (notes and wrapped):
        return _by_notes(text, notes, wrapped)
    return _by_openings(text, wrapped)


def _by_notes(
    text: str, notes: Sequence[re.Match[str]], wrapped: bool
) -> tuple[NewspaperArticle, ...]:
    starts = [0, *(note.end() for note in notes)]
    ends = [*(note.start() for note in notes), len(text)]
    segments = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    shown = [_note_text(note) for note in notes]
    tail = segments.pop()
    if _is_headline_only(tail):
        heads = [_split_headline(segment) for segment in segments[1:]]
        bodies = [segments[0], *(body for _, body in heads)]
        titles = [*(title for title, _ in heads), _join_headline(_lines(tail))]
    else:
        notes_shown: list[str | None] = [*shown]
        if len(tail) >= _MIN_BODY and not _is_furniture(tail):
            segments.append(tail)
            notes_shown.append(None)
        elif tail.strip():
            segments[-1] += "\n" + tail
        return _articles([_split_headline(s) for s in segments], notes_shown, wrapped)
    return _articles(list(zip(titles, bodies, strict=True)), list(shown), wrapped)


def _by_openings(text: str, wrapped: bool) -> tuple[NewspaperArticle, ...]:
    """Articles of a page without notes: a headline right before each 本报讯, 新华社…电."""
    lines = text.split("\n")
    starts: list[int] = []
    for i, line in enumerate(lines):
        if not _REPORT_START.match(line):
            continue
        j = i
        while j and i - j < _MAX_HEADLINE_LINES * 2 and _may_be_headline(lines[j - 1]):
            j -= 1
        while j < i and not lines[j].strip():
            j += 1
        if j < i:
            starts.append(j)
    if len(starts) < 2 or any(line.strip() for line in lines[: starts[0]]):
        return ()
    pieces = [
        "\n".join(lines[start:end])
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    return _articles([_split_headline(p) for p in pieces], [None] * len(pieces), wrapped)


def _articles(
    parts: Sequence[tuple[str, str]], notes: Sequence[str | None], wrapped: bool
) -> tuple[NewspaperArticle, ...]:
    if any(len(body.strip()) < _MIN_BODY for _, body in parts):
        return ()
    if not any(title for title, _ in parts):
        return ()
    articles = []
    for (title, body), note in zip(parts, notes, strict=True):
        paragraphs = rejoin_paragraphs(body) if wrapped else _paragraphs(body)
        headings = (p.text for p in paragraphs if p.is_heading and not _BYLINE.match(p.text))
        text = "\n".join(paragraph.text for paragraph in paragraphs)
        articles.append(NewspaperArticle(title, text, note, tuple(headings)))
    return tuple(articles)


def _paragraphs(body: str) -> tuple[Paragraph, ...]:
    lines = _lines(body)
    return tuple(
        Paragraph(line, line_width(line) <= 25 and not re.search("[，。；：！？]", line))
        for line in lines
    )


def _note_text(note: re.Match[str]) -> str:
    lines = (note.group("note") or note.group("bare")).split("\n")
    joined = ""
    for line in lines:
        joined = join_two(joined, line.strip())
    return tidy_spaces(joined)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _may_be_headline(line: str) -> bool:
    return not re.search("[。；]", line) and not SENTENCE_END.search(line) and len(line) <= 60


def _is_furniture(text: str) -> bool:
    return all(_FURNITURE.search(line) for line in _lines(text))


def _is_headline_only(tail: str) -> bool:
    lines = _lines(tail)
    return (
        0 < len(lines) <= _MAX_HEADLINE_LINES
        and all(_may_be_headline(line) for line in lines)
        and not any(_FURNITURE.search(line) for line in lines)
    )


def _split_headline(segment: str) -> tuple[str, str]:
    """The headline at the start of `segment`, and the rest."""
    lines = [line.strip() for line in segment.strip("\n ").split("\n")]
    column = column_width([line_width(line) for line in lines if line])
    taken = end = 0
    for i, line in enumerate(lines):
        if not line:
            continue
        if taken == _MAX_HEADLINE_LINES or not _is_headline_line(lines, i, column, taken):
            break
        taken, end = taken + 1, i + 1
    return _join_headline([line for line in lines[:end] if line]), "\n".join(lines[end:])


def _is_headline_line(lines: Sequence[str], i: int, column: float, taken: int) -> bool:
    line = lines[i]
    if not _may_be_headline(line) or _BYLINE.match(line) or line.endswith(("，", "、", "：")):
        return False
    after_blank = i > 0 and not lines[i - 1]
    opens = bool(_OPENER.match(line)) and not re.fullmatch(r"\d{4}年.{0,30}", line)
    if not taken:
        return not opens or ("，" not in line and line_width(line) > column + 1.5)
    if opens or ("，" in line and after_blank):
        return False
    # The first line of a body is two ems short of its column, and the next one is full.
    width = line_width(line)
    if after_blank:
        return width > column + 1.5 or width <= column - 3.5
    following = next((x for x in lines[i + 1 :] if x), "")
    like_body = column - 3.2 <= width <= column + 1 and "，" in line + following
    blank_follows = i + 1 < len(lines) and not lines[i + 1]
    return blank_follows or not like_body or bool(_OPENER.match(following))


def _join_headline(lines: Sequence[str]) -> str:
    """Lines of one headline: a space where a phrase ends, none where a line was wrapped."""
    title = ""
    for line in lines:
        wrapped = (
            not title
            or bool(_OPEN_ENDED.search(title))
            or bool(_CONTINUES.match(line))
            or line_width(title) < 4
        )
        title = join_two(title, line) if wrapped else f"{title} {line}"
    return tidy_spaces(title)
