"""Pure text repair: what is damaged in every format, undone in one place.

Nothing here knows a file format or guesses at meaning; the characters of a damaged font
are `knowledge.founder`'s, the lines of a page `knowledge.line_breaks`'s.
"""

from __future__ import annotations

import re
import unicodedata

from knowledge.line_breaks import join_hard_line_breaks

__all__ = ["clean_text", "join_hard_line_breaks", "writable", "writable_line"]

# CJK Radicals Supplement: PDFs emit these for the everyday characters below. Unicode gives
# only two of them a compatibility mapping, so the others are listed by hand (source: the
# character shapes of the Unicode 16 chart U+2E80); radicals that only occur as a part of a
# character (⺡, ⺮) never stand for one and are left alone.
_SUPPLEMENT = dict(
    zip(
        "⺒⺓⺝⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "巳幺月母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_KANGXI = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_FULL_WIDTH = {
    chr(c + 0xFEE0): chr(c) for c in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))
}
_SPACES = dict.fromkeys("\t\u00a0\u1680\u202f\u205f", " ")
_TYPOGRAPHIC_SPACES = {chr(c): " " for c in range(0x2000, 0x200B)}
_LINE_ENDS = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")

_REMOVED_RANGES = (
    # Control characters; those that stand for a space or a line end are mapped below.
    (0x00, 0x09),
    (0x0E, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    # Soft hyphen, bidi controls, zero-width characters, invisible operators, BOM.
    (0xAD, 0xAD),
    (0x61C, 0x61C),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
    (0xFFF0, 0xFFFB),
    # Variation selectors: they choose a glyph, and break every comparison of text.
    (0xFE00, 0xFE0F),
    (0xE0100, 0xE01EF),
    # Tag characters: invisible text.
    (0xE0000, 0xE007F),
)
_TABLE: dict[int, str | None] = {
    **{c: None for first, last in _REMOVED_RANGES for c in range(first, last + 1)},
    # A lone surrogate cannot be written as UTF-8; the mark of damage can.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
for _mapping in (_KANGXI, _SUPPLEMENT, _FULL_WIDTH, _SPACES, _TYPOGRAPHIC_SPACES, _LINE_ENDS):
    _TABLE.update((ord(before), after) for before, after in _mapping.items())

_INDENT = re.compile(r"^[ \u3000]*\u3000[ \u3000]*", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
_FIGURE_SIGNS = re.compile(r"(?<=[0-9])(?:．(?=[0-9])|％)")
_CIRCLE_ZERO = re.compile(r"(?<=[一二三四五六七八九])[○◯〇]+(?=[一二三四五六七八九年])")


# Control and bidi characters, line and paragraph ends, lone surrogates.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def writable(text: str) -> str:
    """`text` as it can be stored, sent and shown; line ends and tabs stay.

    Control and bidi characters go, a lone surrogate becomes U+FFFD.
    """
    return _UNFIT.sub(_kept_or_marked, text)


def writable_line(text: str) -> str:
    """A path or a name as it can be shown on one line, stored and sent.

    A name on a disk may hold line ends, bytes that are no text (a lone surrogate in Python)
    and marks that turn the line around. They are written out (`\\n`, `\\xff`), so that two
    names that differ stay different.
    """
    return _UNFIT.sub(_written_out, text)


def _kept_or_marked(match: re.Match[str]) -> str:
    character = match.group()
    if character in "\n\t":
        return character
    return "\ufffd" if "\ud800" <= character <= "\udfff" else ""


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:
        # A byte that os.fsdecode could not read.
        return f"\\x{code - 0xDC00:02x}"
    return match.group().encode("unicode_escape").decode("ascii")


def clean_text(text: str) -> str:
    """`text` with normal characters, spaces and line ends; cleaning twice changes nothing.

    Kangxi radicals and compatibility ideographs become the normal characters, full-width
    letters and digits half-width (full-width punctuation stays: it is proper Chinese),
    `．` and `％` in figures and `○` in 二○二五 likewise. Zero-width, control and bidi
    characters go. A tab becomes a space, an indent of ideographic spaces two spaces, other
    ideographic spaces one; trailing spaces and repeated blank lines go.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    text = _INDENT.sub("  ", text).replace("\u3000", " ")
    # No pattern: `[ ]+$` takes the square of a run of spaces inside a line.
    text = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    text = _FIGURE_SIGNS.sub(lambda m: "." if m.group() == "．" else "%", text)
    text = _CIRCLE_ZERO.sub(lambda m: "〇" * len(m.group()), text)
    return _BLANK_LINES.sub("\n\n", text).strip("\n")
