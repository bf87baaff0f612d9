"""A passage → its sentences and clauses, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# ……监督管理。（市场监管总局、农业农村部负责）: who is in charge belongs to what was just said.
DUTY_BRACKET = r"[（(](?P<duty>[^（()）\n。！？]{0,200}?(?:负责|指导|牵头|配合|参与|责任(?:单位|部门))[^（()）\n。！？]{0,120})[）)]"
SENTENCE_END = re.compile(
    rf"[。！？!?][”’」』）)\]]*(?:[ 　]?{DUTY_BRACKET}。?)?"
    # 1. at the beginning of a line is the number of an item.
    r"|(?<=[A-Za-z0-9)])(?<!\n\d)(?<!\n\d\d)(?<!\A\d)\.(?=\s)|\n"
)
"""Where a sentence ends; a line end closes it too."""
_CLAUSE_END = re.compile(r"[，；;,]|(?<=[^\d])、(?=[^\d])")


# “……。”某某说。 is one sentence: without the speaker nobody knows whose words they are.
_SAID = re.compile(r"[^。！？\n“]{1,40}(?:说|表示|介绍|指出|强调)[。！]")
# A row of a table is one statement, line breaks in its cells included: what stands in one cell
# means nothing without the others.
_ROW = re.compile(r"^[ \t]*\|[^\n]*(?:(?<!\|)\n(?![ \t]*\|)[^\n]+){0,11}?\|[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"\s*(?:[-*•·●○]\s+)(?=\S)")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, without the blanks around it."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece itself."""
        return text[self.start : self.end]


def sentences(text: str) -> Iterator[Span]:
    """The sentences of `text`, in order; a line end closes a sentence too, a table row is one."""
    begin = 0
    for row in _ROW.finditer(text):
        yield from _pieces(text, begin, row.start(), SENTENCE_END)
        yield from _trimmed(text, row.start(), row.end())
        begin = row.end()
    yield from _pieces(text, begin, len(text), SENTENCE_END)


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The clauses between two positions: what stands between commas and semicolons."""
    yield from _pieces(text, start, end, _CLAUSE_END)


def _pieces(text: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[Span]:
    begin = start
    for match in mark.finditer(text, start, end):
        if _SAID.match(text, match.end()) and match.group()[-1] in "”’」":
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        # The mark of a list item is layout, not part of what is said.
        mark = _MARK.match(piece)
        start += mark.end() if mark else len(piece) - len(piece.lstrip())
        piece = text[start:end]
        yield Span(start, start + len(piece.strip()))
