"""Hard-wrapped lines, as they come from the columns of a PDF → paragraphs.

Widths are in ems of the page's type: a Chinese character is 1, a letter, a digit and a
punctuation mark 0.5 (typesetters squeeze punctuation to keep columns flush), spaces are 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.item_numbers import ItemNumbers

SENTENCE_END = re.compile(r"[。！？!?…][”’）》」』)]*$")
"""A line that ends a sentence."""

_CLAUSE_END = re.compile(r"[；;：:]$")
_OPEN_END = re.compile(r"[，、,（(《“〔－—-]$")
_CLOSED = re.compile(r"[）】》”)]$")
_PUNCTUATION = re.compile(r"[，。；：！？、,;!?]")
_INNER_PUNCTUATION = re.compile(r"[，。；、！？].")
_MARKER = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条]|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳•●■◆□]|附件[\d一二三四五六七八九十]*[：:]"
)
_REFERENCE = re.compile(r"第[一二三四五六七八九十百零〇\d]+[编章节条](?! |  |$)")
_DATE_LINE = re.compile(r"(?:\d{4}|[二〇一三四五六七八九]{4})年.{0,12}日?$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇\d]+条")
_DATE = re.compile(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
_MARKDOWN = re.compile(r"^(?:#{1,6} |\||```|[-*+] |> |\d+\. )", re.MULTILINE)
_DIGIT_SPACES = re.compile(
    r"(?<=[\u4e00-\u9fff，。；：、（《“”》）])(?<!条)(?<!章)(?<!节) +(?=\d)"
    r"|(?<=[\d%]) +(?=[%\u4e00-\u9fff，。；：、）”》])"
)
_MAX_COLUMN = 48.0
_SLACK = 1.5
"""A full line may fall short of its column by this much: no line starts with punctuation."""
_WINDOW = 8
_MAX_INDENTED = 0.6
"""Where more of the lines than this are indented, an indent marks no first line."""
_INDENT = re.compile(r" {2,8}(?=[^ ])|\u3000{1,2}(?=[^\u3000 ])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading of a page, on one line."""

    text: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    width: float
    after_blank: bool
    indented: bool


def line_width(line: str) -> float:
    """The width of `line` in ems."""
    return sum(
        0.0 if ch.isspace() else 1.0 if "\u3400" <= ch <= "\u9fff" or ch > "\U00020000" else 0.5
        for ch in line
    )


def column_width(widths: Sequence[float]) -> float:
    """The width of the column that lines of these widths were set in; 0 without lines."""
    ordered = sorted(widths)
    # Headlines stand wider than their column: neither the widest line nor the mean will do.
    return ordered[int(len(ordered) * 0.8)] if ordered else 0.0


def is_hard_wrapped(text: str) -> bool:
    """Whether the lines of `text` break where a column ended, not where a paragraph did."""
    if len(_MARKDOWN.findall(text)) >= 2:
        return False
    lines = _split(text)
    if len(lines) < 4:
        return False
    column = column_width([line.width for line in lines])
    if not 7 <= column <= _MAX_COLUMN:
        return False
    if sum(line.width > column * 1.6 for line in lines) > len(lines) * 0.05:
        return False
    cut_off = sum(
        line.width >= column - 3.5
        and not SENTENCE_END.search(line.text)
        and not _CLAUSE_END.search(line.text)
        for line in lines
    )
    # Lists of names have lines of one width, too, but no sentences running through them.
    running = sum(bool(_INNER_PUNCTUATION.search(line.text)) for line in lines)
    return cut_off >= len(lines) * 0.45 and running >= len(lines) * 0.25


def join_hard_line_breaks(text: str) -> str:
    """`text` with one paragraph a line where its lines were wrapped; else as it was.

    Chinese lines are joined without a space, and the spaces that justification left between
    digits and Chinese go. Headings keep a line of their own; a heading on two lines becomes
    one, with a space between. Markdown, lists and text with one paragraph a line stay.
    """
    if not is_hard_wrapped(text):
        return text
    return "\n".join(paragraph.text for paragraph in rejoin_paragraphs(text))


def rejoin_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text`, which is known to be hard-wrapped."""
    lines = _split(text)
    columns = [
        column_width([line.width for line in lines[max(0, i - _WINDOW) : i + _WINDOW + 1]])
        for i in range(len(lines))
    ]
    # Some extractors put a blank line after every line: then it separates nothing.
    blanks_mean_nothing = sum(line.after_blank for line in lines) > len(lines) * 0.4
    paragraphs: list[Paragraph] = []
    numbers = ItemNumbers()
    open_text = ""
    for i, line in enumerate(lines):
        starts = not open_text
        if starts:
            numbers.note(line.text)
        if starts and _is_heading(lines, columns, i):
            above = paragraphs[-1] if paragraphs else None
            marked = bool(_MARKER.match(line.text))
            if above and above.is_heading and not line.after_blank and not marked:
                joined = f"{above.text} {tidy_spaces(line.text)}"
                paragraphs[-1] = Paragraph(joined, is_heading=True)
            else:
                paragraphs.append(Paragraph(tidy_spaces(line.text), is_heading=True))
            continue
        open_text = join_two(open_text, line.text)
        last = i + 1 == len(lines)
        if (
            last
            or _breaks_after(lines, columns, i, blanks_mean_nothing)
            or (numbers.is_next(lines[i + 1].text) and not _OPEN_END.search(line.text))
            # Only the first line of an item is out where its other lines are indented.
            or (not starts and not line.indented and lines[i + 1].indented)
        ):
            paragraphs.append(Paragraph(tidy_spaces(open_text), is_heading=False))
            open_text = ""
    return tuple(paragraphs)


def join_two(first: str, second: str) -> str:
    """`second` after `first` as one line: a space only between words of Latin letters."""
    if not first or not second:
        return first + second
    a, b = first[-1], second[0]
    latin = a.isascii() and b.isascii() and a.isalnum() and b.isalnum()
    return f"{first} {second}" if latin and not (a.isdigit() and b.isdigit()) else first + second


def tidy_spaces(line: str) -> str:
    """`line` without the spaces that justification put between digits and Chinese."""
    return _DIGIT_SPACES.sub("", line.strip())


def _split(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = True
    raws = text.split("\n")
    indented = [bool(_INDENT.match(raw)) for raw in raws if raw.strip()]
    has_indents = sum(indented) <= _MAX_INDENTED * len(indented)
    for raw in raws:
        stripped = raw.strip()
        if stripped:
            shown = has_indents and bool(_INDENT.match(raw))
            lines.append(_Line(stripped, line_width(stripped), blank, shown))
        blank = not stripped
    return lines


def _is_heading(lines: Sequence[_Line], columns: Sequence[float], i: int) -> bool:
    """Whether line `i`, which starts a paragraph, is a heading on a line of its own."""
    line, column = lines[i], columns[i]
    if _PUNCTUATION.search(_MARKER.sub("", line.text, count=1)) or _ARTICLE.match(line.text):
        return False
    if line.width > column + 2:
        return True
    # The first line of a paragraph is two ems short: its indent.
    if line.width > column - 3 or _DATE_LINE.fullmatch(line.text):
        return False
    return not _CLOSED.search(line.text) or i + 1 == len(lines)


def _breaks_after(
    lines: Sequence[_Line], columns: Sequence[float], i: int, blanks_mean_nothing: bool
) -> bool:
    line, following = lines[i], lines[i + 1]
    short = line.width <= columns[i] - _SLACK
    marked = bool(_MARKER.match(following.text))
    if following.indented and (SENTENCE_END.search(line.text) or _CLAUSE_END.search(line.text)):
        return True
    if SENTENCE_END.search(line.text):
        blank = following.after_blank and not blanks_mean_nothing
        return short or marked or blank or _starts_short(lines, columns, i + 1)
    if _CLAUSE_END.search(line.text):
        return marked or line.width <= columns[i] - 2.5
    if short and _DATE.match(following.text):
        return True
    if marked and not _REFERENCE.match(following.text) and line.width <= columns[i] - 2.5:
        return True
    return bool(_CLOSED.search(line.text)) and line.width <= columns[i] - 3


def _starts_short(lines: Sequence[_Line], columns: Sequence[float], i: int) -> bool:
    """Whether line `i` shows the indent of a first line: short without ending a sentence."""
    line = lines[i]
    return line.width <= columns[i] - _SLACK and not SENTENCE_END.search(line.text)
