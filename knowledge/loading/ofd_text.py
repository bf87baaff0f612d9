"""The placed text of an OFD page (GB/T 33190-2016, chapter 11) → its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from knowledge.loading.office_package import child, children, local

_SAME_LINE = 0.5
"""Baselines closer than this share of the type size are one line."""
_WORD_GAP = 0.25


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters on a page; lengths in millimetres from the top left."""

    x: float
    y: float
    """The baseline."""
    right: float
    size: float
    text: str


def page_lines(page: etree._Element) -> list[str]:
    """The lines of the text of a `<Page>` from top to bottom, each from left to right."""
    pieces: list[_Piece] = []
    content = child(page, "Content")
    for layer in children(content, "Layer") if content is not None else ():
        pieces.extend(_pieces(layer, 0.0, 0.0))
    return _lines(pieces)


def _pieces(block: etree._Element, x: float, y: float) -> Iterator[_Piece]:
    for element in block:
        if local(element) == "PageBlock":
            yield from _pieces(element, x, y)
        elif local(element) == "TextObject" and _is_visible(element):
            yield from _text_object(element, x, y)


def _is_visible(element: etree._Element) -> bool:
    if element.get("Visible") in ("false", "0") or element.get("Alpha") == "0":
        return False
    fill = child(element, "FillColor")
    if fill is None or element.get("Fill") == "false":
        return bool(element.get("Fill") != "false" or element.get("Stroke") == "true")
    return fill.get("Alpha") != "0" and (fill.get("Value") or "").split() not in (
        ["255", "255", "255"],
        ["#FF", "#FF", "#FF"],
    )


def _text_object(element: etree._Element, x: float, y: float) -> Iterator[_Piece]:
    left, top = [*_numbers(element.get("Boundary")), 0.0, 0.0][:2]
    size = [*_numbers(element.get("Size")), 4.0][0]
    matrix = _numbers(element.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    last_x = last_y = 0.0
    for code in children(element, "TextCode"):
        text = (code.text or "").strip("\r\n")
        last_x = [*_numbers(code.get("X")), last_x][0]
        last_y = [*_numbers(code.get("Y")), last_y][0]
        if not text.strip():
            continue
        steps = _deltas(code.get("DeltaX"), len(text) - 1)
        width = sum(steps) + size if steps else size * len(text)
        drops = _deltas(code.get("DeltaY"), len(text) - 1)
        down = sum(drops)
        if down and not any(steps):
            # Set from top to bottom: a piece for each character would be read across.
            width = size
        start_x, start_y = a * last_x + c * last_y + e, b * last_x + d * last_y + f
        scale = abs(a) or abs(b) or 1.0
        yield _Piece(x + left + start_x, y + top + start_y,
                     x + left + start_x + width * scale, size * (abs(d) or scale), text)  # fmt: skip


def _lines(pieces: Sequence[_Piece]) -> list[str]:
    """The lines of a page from top to bottom, the pieces of each from left to right."""
    rows: list[list[_Piece]] = []
    height = 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x)):
        if rows and piece.y - rows[-1][0].y <= _SAME_LINE * min(height, piece.size):
            rows[-1].append(piece)
            height = max(height, piece.size)
        else:
            rows.append([piece])
            height = piece.size
    lines = []
    for row in rows:
        text, right = "", 0.0
        for piece in sorted(row, key=lambda piece: piece.x):
            gap = piece.x - right
            if (
                text
                and gap > piece.size * _WORD_GAP
                and (gap > piece.size or (text[-1].isascii() and piece.text[0].isascii()))
            ):
                text += " "
            text += piece.text
            right = piece.right
        if text.strip():
            lines.append(text.strip())
    return lines


def _deltas(text: str | None, count: int) -> list[float]:
    """The steps between characters; `g 3 4.2` stands for three steps of 4.2."""
    steps: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            times, step = _numbers(next(words, "")), _numbers(next(words, ""))
            steps.extend(step * min(int(times[0]) if times else 0, max(count, 0)))
        else:
            steps.extend(_numbers(word))
        if len(steps) > count:
            break
    return steps[: max(count, 0)]


def _numbers(text: str | None) -> list[float]:
    found = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            continue
        if abs(value) < 1e6:
            found.append(value)
    return found
