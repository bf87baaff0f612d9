"""The text layer of one PDF page → lines of text and drawn rules.

Characters are taken with their places, not in pdfium's own text order: that order puts the
columns of a newspaper, and the cells of a table, into one another.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from knowledge.loading.page_line import Rule, TextLine

_MAX_CHARACTERS = 200_000
_MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 40_000
_COLUMN_GAP = 1.15
"""In ems: text with a wider gap inside stands in two columns or cells."""
_WORD_GAP = 0.2
_DOWNWARDS = 0.6
"""Share of the characters that stand below the one before them, in text that runs downwards."""
_MIN_DOWNWARDS = 12


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    em: float


@dataclass(frozen=True, slots=True)
class _Turn:
    """From PDF coordinates (y up) to those of the page as it is read."""

    quarter: int
    """How many quarter turns, counter-clockwise, its text is turned by."""
    left: float
    bottom: float
    right: float
    top: float
    downwards: bool = False
    """Its lines run down the page, the first one on the right: they are laid on their side,
    so that all that is known of lines and columns holds for them."""

    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if (self.quarter % 2 == 1) != self.downwards else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        across, down = self._upright(x, y)
        return (down, self.size()[1] - across) if self.downwards else (across, down)

    def _upright(self, x: float, y: float) -> tuple[float, float]:
        match self.quarter:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (a, b), (c, d) = self.place(x0, y0), self.place(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text layer of one page."""

    lines: tuple[TextLine, ...]
    rules: tuple[Rule, ...]
    width: float
    height: float


def read_text_layer(page: Any) -> TextLayer:
    """The lines and rules of a pypdfium2 `page`, in points, upright whatever its rotation.

    Text that runs aslant (watermarks) is left out. Raises pypdfium2's PdfiumError if the
    page is broken.
    """
    box = tuple(page.get_bbox())
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), _MAX_CHARACTERS)
        quarters = _quarters(textpage, count)
        usual = Counter(q for q in quarters if q is not None).most_common(1)
        turn = _Turn(usual[0][0] if usual else page.get_rotation() // 90 % 4, *box)
        glyphs = list(_glyphs(textpage, quarters, turn))
        if _runs_downwards(glyphs):
            turn = replace(turn, downwards=True)
            glyphs = list(_glyphs(textpage, quarters, turn))
    finally:
        textpage.close()
    rules = tuple(_rules(page, turn)) if glyphs else ()
    return TextLayer(tuple(_lines(glyphs, rules)), rules, *turn.size())


def _quarters(textpage: Any, count: int) -> list[int | None]:
    """The quarter turn of each character; None for those aslant."""
    found: list[int | None] = []
    for index in range(count):
        angle = pdfium.FPDFText_GetCharAngle(textpage, index)
        turns = angle / (math.pi / 2)
        near = round(turns)
        # pdfium counts clockwise.
        found.append(-near % 4 if angle >= 0 and abs(turns - near) < 0.05 else None)
    return found


def _glyphs(textpage: Any, quarters: Sequence[int | None], turn: _Turn) -> Iterator[_Glyph]:
    x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()
    high = 0
    for index, quarter in enumerate(quarters):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code  # Half of a rare character: the other half follows.
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if quarter != turn.quarter or pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        # pdfium's marks: 0 for a glyph without a meaning, 2 for a hyphen at the end of a line.
        character = {0: "\ufffd", 2: "-", 0xFFFE: "-", 10: " ", 13: " "}.get(code, chr(code))
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, loose):
            continue
        pdfium.FPDFText_GetCharBox(textpage, index, x0, x1, y0, y1)
        left, top, right, bottom = turn.box(loose.left, loose.bottom, loose.right, loose.top)
        _, tight_top, _, tight_bottom = turn.box(x0.value, y0.value, x1.value, y1.value)
        # Condensed headline type is narrower than it is high, so both measures are needed.
        em = max(right - left, (tight_bottom - tight_top) / 0.92)
        if not _is_han(character):
            em = (bottom - top) * 0.75
        if right > left and bottom > top and em > 0.5:
            yield _Glyph(character, left, top, right, bottom, em)


def _runs_downwards(glyphs: Sequence[_Glyph]) -> bool:
    """Whether the text is set in the old way, from top to bottom in columns from the right."""
    han = [glyph for glyph in glyphs if _is_han(glyph.text)]
    down = 0
    for before, after in itertools.pairwise(han):
        em = max(before.em, after.em)
        beside = abs(before.left + before.right - after.left - after.right) / 2
        down += beside < 0.3 * em and 0.5 * em < after.top - before.top < 2.5 * em
    return down >= max(_MIN_DOWNWARDS, _DOWNWARDS * (len(han) - 1))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _lines(glyphs: Sequence[_Glyph], rules: Sequence[Rule]) -> Iterator[TextLine]:
    uprights = [rule for rule in rules if not rule.is_level]
    runs: list[list[_Glyph]] = []
    for glyph in glyphs:
        if runs and _continues(runs[-1][-1], glyph) and not _between(uprights, runs[-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    runs = [run for run in (_trimmed(run) for run in runs) if run]
    # Some writers place every character, or every change of font, on its own.
    runs.sort(key=lambda run: (round(_middle(run) / 2), run[0].left))
    merged: list[list[_Glyph]] = []
    for run in runs:
        for other in reversed(merged[-12:]):
            if _adjoins(other, run) and not _between(uprights, other, run[0]):
                other.extend(run)
                break
        else:
            merged.append(run)
    seen: set[tuple[str, int, int]] = set()
    for run in merged:
        line = _line(run)
        # Bold type is at times the same text printed twice, a hair apart.
        places = {(line.text, round(line.left / 3), round(line.top / 3))}
        if line.text.strip() and not places & seen:
            seen |= places
            yield line


def _continues(before: _Glyph, after: _Glyph) -> bool:
    em = max(before.em, after.em)
    level = abs((before.top + before.bottom) - (after.top + after.bottom)) / 2
    similar = 0.6 < before.em / after.em < 1.67
    gap = after.left - before.right
    # Where the print goes back to the left, a new line begins.
    return similar and level < em * 0.45 and -em * 0.6 < gap < em * _COLUMN_GAP


def _adjoins(run: Sequence[_Glyph], other: Sequence[_Glyph]) -> bool:
    em = max(_em(run), _em(other))
    similar = 0.7 < _em(run) / _em(other) < 1.43
    gap = other[0].left - run[-1].right
    return similar and abs(_middle(run) - _middle(other)) < em * 0.4 and -0.5 * em < gap < em * 0.6


def _between(uprights: Sequence[Rule], run: Sequence[_Glyph], glyph: _Glyph) -> bool:
    middle = (glyph.top + glyph.bottom) / 2
    start = (run[-1].left + run[-1].right) / 2
    end = (glyph.left + glyph.right) / 2
    return any(start < rule.left < end and rule.top < middle < rule.bottom for rule in uprights)


def _trimmed(run: list[_Glyph]) -> list[_Glyph]:
    start, end = 0, len(run)
    while start < end and not run[start].text.strip():
        start += 1
    while end > start and not run[end - 1].text.strip():
        end -= 1
    return run[start:end]


def _middle(run: Sequence[_Glyph]) -> float:
    return (run[0].top + run[0].bottom) / 2


def _em(run: Sequence[_Glyph]) -> float:
    han = [glyph.em for glyph in run if _is_han(glyph.text)]
    return statistics.median(han or [glyph.em for glyph in run])


def _line(run: Sequence[_Glyph]) -> TextLine:
    em = _em(run)
    text = run[0].text
    for before, after in itertools.pairwise(run):
        gap = after.left - before.right
        latin = before.text.isascii() and after.text.isascii()
        if gap > em * (_WORD_GAP if latin else 0.6) and text[-1] != " " and after.text != " ":
            text += " "
        text += after.text
    return TextLine(
        text,
        run[0].left,
        min(glyph.top for glyph in run),
        max(glyph.right for glyph in run),
        max(glyph.bottom for glyph in run),
        em,
    )


def _rules(page: Any, turn: _Turn) -> Iterator[Rule]:
    budget = _MAX_SEGMENTS
    for number, item in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,))):
        segments = pdfium.FPDFPath_CountSegments(item)
        budget -= max(segments, 0)
        if number >= _MAX_OBJECTS or budget < 0:
            return
        # A drawing has curves or many corners; the grid of a table has straight lines.
        yield from _path_rules(item, segments, turn)


def _path_rules(item: Any, segments: int, turn: _Turn) -> Iterator[Rule]:
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = turn.place(*matrix.on_point(x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _rule(point, start)
        last = point


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    width, height = abs(start[0] - end[0]), abs(start[1] - end[1])
    if max(width, height) >= 6 and min(width, height) < 0.8:
        yield Rule(
            min(start[0], end[0]),
            min(start[1], end[1]),
            max(start[0], end[0]),
            max(start[1], end[1]),
        )
