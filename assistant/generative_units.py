"""A stream of text → complete sentences, list items, table rows and headings, one by one.

A sentence is complete only when what follows it has begun: its mark may stand after the full
stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.generative_markdown import MARK, Marked, plain, split_marks

UnitKind = Literal["sentence", "item", "heading", "row", "lead_in"]

_SENTENCE = re.compile(
    rf"[^。！？!?]*(?:[。！？!?]+[”’」』）)\]]*)(?:{MARK.pattern})*\s*", re.DOTALL
)
# What may still belong to the sentence before it.
_MAY_FOLLOW = re.compile(r"[\s\[［【〔（(”’」』）)。！？!?^]")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*")
_ITEM = re.compile(
    r"^\s*(?:>\s*)*(?:([-*+•·●○▪])\s+|(\d{1,2})[.)、．](?!\d)\s*|[（(](\d{1,2}|[一二三四五六七八九十]{1,3})[)）]\s*"
    r"|([一二三四五六七八九十]{1,3})[、．.]\s*|([①-⑳])\s*)"
)
_QUOTE = re.compile(r"^\s*(?:>\s*)+")
_ROW = re.compile(r"^\s*\|")
_RULE = re.compile(r"^\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_BOLD_LINE = re.compile(r"^\s*\*\*[^*]{1,40}\*\*\s*$")
_END = re.compile(r"[。！？!?：:；;”’」』）)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that the model said."""

    kind: UnitKind
    parts: tuple[Marked, ...]
    """Its words by the marks in it; of a row, its cells."""
    opens_line: bool
    """It stands at the head of its line."""
    is_whole: bool = True
    """It ends as a sentence does, or with its line."""

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(part.text for part in self.parts).strip()

    @property
    def numbers(self) -> tuple[int, ...]:
        """All evidence numbers that it names, in their order."""
        return tuple(dict.fromkeys(number for part in self.parts for number in part.numbers))


class UnitReader:
    """Takes pieces of text, gives complete units."""

    def __init__(self) -> None:
        self._line = ""
        """The line that has begun, less what was given of it."""
        self._opened = False
        """Something of the line was given already."""
        self._is_clear = False
        """The line's kind is known and its list sign taken off."""
        self._kind: UnitKind = "sentence"

    def feed(self, text: str) -> Iterator[Unit]:
        """The units that `text` completes."""
        self._line += text.replace("\r\n", "\n").replace("\r", "\n")
        while "\n" in self._line:
            line, _, self._line = self._line.partition("\n")
            yield from self._ended(line)
        yield from self._begun()

    def close(self) -> Iterator[Unit]:
        """What is left when the stream ends; not whole unless it ends as a sentence does."""
        line, self._line = self._line, ""
        for unit in self._ended(line):
            marked = bool(unit.numbers)
            whole = marked or bool(_END.search(unit.text)) or unit.kind == "row"
            yield Unit(unit.kind, unit.parts, unit.opens_line, whole)

    def _begun(self) -> Iterator[Unit]:
        """Sentences of a line that goes on."""
        if self._is_awaited():
            return
        if not self._is_clear:
            self._kind, self._line = _opening(self._line)
            self._is_clear = True
        while match := _SENTENCE.match(self._line):
            rest = self._line[match.end() :]
            if not rest or _MAY_FOLLOW.match(rest) or _is_in_tag(match.group()):
                return
            self._line = rest
            yield from self._given(match.group())

    def _is_awaited(self) -> bool:
        """True for lines that mean nothing before their end, and before it is clear what they are."""
        head = self._line.lstrip()
        if self._is_clear:
            return not head
        return len(head) < 6 or bool(re.match(r"[|#`~<]|\*\*|!\[", head))

    def _ended(self, line: str) -> Iterator[Unit]:
        if not self._is_clear:
            if not line.strip() or _FENCE.match(line) or _RULE.match(line):
                return
            if _ROW.match(line):
                cells = _cells(line)
                if cells:
                    yield Unit("row", cells, True)
                return
            if _HEADING.match(line) or _BOLD_LINE.match(line):
                parts = split_marks(plain(_HEADING.sub("", line)))
                if parts:
                    yield Unit("heading", parts, True)
                return
            self._kind, line = _opening(line)
        while match := _SENTENCE.match(line):
            yield from self._given(match.group())
            line = line[match.end() :]
        yield from self._given(line)
        self._opened, self._is_clear = False, False

    def _given(self, text: str) -> Iterator[Unit]:
        parts = split_marks(plain(text))
        if not any(any(map(str.isalnum, part.text)) for part in parts):
            return
        kind = self._kind
        if "".join(part.text for part in parts).rstrip().endswith(("：", ":")):
            kind = "lead_in"
        yield Unit(kind, parts, not self._opened)
        self._opened = True


def _opening(line: str) -> tuple[UnitKind, str]:
    """Kind of a line, and the line without its list sign."""
    item = _ITEM.match(line)
    if item:
        return "item", line[item.end() :]
    return "sentence", _QUOTE.sub("", line)


def _cells(line: str) -> tuple[Marked, ...]:
    inner = line.strip().strip("|")
    cells = []
    for cell in inner.split("|"):
        parts = split_marks(plain(cell))
        text = "".join(part.text for part in parts).strip()
        cells.append(Marked(text, tuple(n for part in parts for n in part.numbers)))
    return tuple(cells) if any(cell.text for cell in cells) else ()


def _is_in_tag(text: str) -> bool:
    return text.count("<") > text.count(">") or text.count("](") > text.count(")")
