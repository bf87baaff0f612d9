"""A paragraph of a marked-up format → its lines of text.

A paragraph is one line; a heading that the format marks becomes a Markdown heading, because
`knowledge.structure` reads those whatever the format was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from knowledge.line_breaks import join_two, line_width

_MAX_HEADING = 60
_ENDS = re.compile(r"[。；：！？;:!?…”）》)]$")
_MARKER = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条]|[一二三四五六七八九十]+、|[-•●■◆□*①-⑳]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|附[件：]"
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇两\d]+条")
_COLUMN = 20.0
_MARKUP = re.compile(r"^(?=#{1,6} |\||```)")
_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u3000]+")


def plain_line(text: str) -> str:
    """`text` on one line, runs of blanks as one space; never read as Markdown by accident."""
    line = _BLANKS.sub(" ", text).strip()
    # A leading space would be lost again in cleaning; a zero-width one is, too. Full-width
    # forms stay and look the same.
    if _MARKUP.match(line):
        first = "＃" if line[0] == "#" else "｜" if line[0] == "|" else "’"
        line = first + line[1:]
    return line


def paragraph_lines(text: str) -> list[str]:
    """The lines of one paragraph, in which `\\n` is a line break that its author typed.

    Breaks that only wrap a long line are undone; others separate lines.
    """
    lines: list[list[str]] = []
    width = 0.0
    for raw in text.split("\n"):
        line = plain_line(raw)
        indented = raw.startswith(("\u3000\u3000", "\u00a0\u00a0", "    "))
        # The whole line is as long as its paragraph: only its width so far and its end are
        # looked at, and it is put together once.
        if line and lines and lines[-1] and not indented and _wraps(width, lines[-1][-1], line):
            lines[-1].append(line)
            width += line_width(line)
        else:
            lines.append([line] if line else [])
            width = line_width(line)
    return [_joined(pieces) for pieces in lines if pieces]


def heading_line(text: str, level: int) -> str:
    """`text` as a Markdown heading of `level` (1 to 6), or as it is where it can be none.

    An article (第X条) is found by its own words and must start its line; a whole sentence that
    is set in a heading style is text.
    """
    line = title_line(text)
    if not line:
        return ""
    if len(line) > _MAX_HEADING or line.endswith(("。", "；", ";", "，")) or _ARTICLE.match(line):
        return plain_line(line)
    return f"{'#' * min(max(level, 1), 6)} {line.lstrip('#').strip()}"


def title_line(text: str) -> str:
    """A title or heading on one line: broken Chinese words made whole."""
    return _joined([_BLANKS.sub(" ", part).strip() for part in text.split("\n")])


def same_words(first: str, second: str) -> bool:
    """Whether two texts have the same letters and digits, whatever the spaces and signs."""
    return bool(letters(first)) and letters(first) == letters(second)


def letters(text: str) -> str:
    """The letters and digits of `text`, full-width forms as half-width ones."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch.isalnum())


def is_numbered(line: str) -> bool:
    """Whether `line` opens with the number or mark of a chapter, an article or an item."""
    return bool(_MARKER.match(line))


def _wraps(width: float, before: str, after: str) -> bool:
    return width >= _COLUMN and not _ENDS.search(before) and not _MARKER.match(after)


def _joined(pieces: Sequence[str]) -> str:
    """The pieces of one line as `join_two` joins them, in time of their length."""
    parts: list[str] = []
    for piece in pieces:
        if piece:
            # Whether a space comes between depends on the characters that meet.
            parts.append(join_two(parts[-1][-1], piece)[1:] if parts else piece)
    return "".join(parts)
