"""A parsed page → its blocks of visible text, in reading order.

A block is what stands on lines of its own: a paragraph, a heading, a cell of a table that only
lays out the page, or a whole table of data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from knowledge.loading.hidden_text import HiddenText
from knowledge.loading.html_labels import label_of
from knowledge.loading.paragraph import letters, plain_line
from knowledge.loading.table import Cell, table_lines

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu "
    "nav ol p pre section summary table tbody td tfoot th thead tr ul caption colgroup col".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WRAPPED = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|ceb)(?:[?#]|$)", re.I)
_WHOLE = re.compile(r"[0-9]{1,9}")
_LAYOUT_CELL = 400
_MAX_DEPTH = 250


@dataclass(slots=True)
class Block:
    """One block of a page."""

    element: etree._Element
    text: str
    """With `\\n` where the page breaks the line."""
    heading_level: int = 0
    """1 to 6 for h1 to h6."""
    link_letters: int = 0
    """How many of its letters are inside links; links to files to download do not count."""
    rows: list[str] = field(default_factory=list)
    """The lines of a table of data."""
    is_linked_file: bool = False

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return len(letters(self.text))


def page_blocks(root: etree._Element, hidden: HiddenText) -> list[Block]:
    """The visible blocks under `root` that hold a letter or a digit."""
    reader = _Reader(hidden)
    reader.read(root, root, 0)
    reader.flush(root)
    return reader.blocks


class _Reader:
    def __init__(self, hidden: HiddenText) -> None:
        self.blocks: list[Block] = []
        self._hidden = hidden
        self._parts: list[str] = []
        self._links = 0
        self._file = False
        self._prefix = ""

    def read(self, element: etree._Element, block: etree._Element, depth: int) -> None:
        """Read the content of `element`, which stands in the block element `block`."""
        if depth > _MAX_DEPTH:
            return
        self._text(element.text, element)
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                pass  # A comment.
            elif self._hidden.hides(child):
                pass
            elif tag == "br":
                self._parts.append("\n")
            elif tag == "table":
                self.flush(block)
                self._table(child, depth)
            elif tag in _BLOCK_TAGS:
                self.flush(block)
                self._prefix = _item_number(child)
                self.read(child, child, depth + 1)
                self.flush(child)
            elif tag == "a":
                self._link(child, block, depth)
            else:
                self.read(child, block, depth + 1)
            self._text(child.tail, element)

    def flush(self, block: etree._Element) -> None:
        """End the block that is being read."""
        text = "".join(self._parts)
        links, file = self._links, self._file
        self._parts, self._links, self._file = [], 0, False
        if not letters(text):
            return
        level = _HEADINGS.get(block.tag, 0)
        prefix, self._prefix = self._prefix, ""
        self.blocks.append(Block(block, prefix + text.strip("\n"), level, links, [], file))

    def _text(self, text: str | None, element: etree._Element) -> None:
        if not text:
            return
        if element.tag == "pre":
            self._parts.append(text)
        else:
            self._parts.append(_SPACES.sub(" ", _WRAPPED.sub("", text)))

    def _link(self, element: etree._Element, block: etree._Element, depth: int) -> None:
        start, blocks = len(self._parts), len(self.blocks)
        self.read(element, block, depth + 1)
        is_file = bool(_ATTACHMENT.search(element.get("href") or ""))
        self._file = self._file or is_file
        if not is_file and element.get("href") is not None:
            self._links += len(letters("".join(self._parts[start:])))
            for inner in self.blocks[blocks:]:
                inner.link_letters = inner.letters

    def _table(self, table: etree._Element, depth: int) -> None:
        rows = [
            [cell for cell in row if cell.tag in ("td", "th") and not self._hidden.hides(cell)]
            for row in _rows(table, self._hidden)
        ]
        texts = [[self._cell_text(cell) for cell in row] for row in rows]
        if _labels(texts) >= 3 and not _nested(table):
            self._label_table(rows, texts)
        elif _is_data(table, rows, texts):
            cells = [
                [Cell(plain_line(text), _span(cell, "colspan"), _span(cell, "rowspan"),
                      cell.tag == "th") for cell, text in zip(row, line, strict=True)]
                for row, line in zip(rows, texts, strict=True)
            ]  # fmt: skip
            caption = next(table.iter("caption"), None)
            if caption is not None and not self._hidden.hides(caption):
                self.read(caption, caption, depth + 1)
                self.flush(caption)
            lines = table_lines(cells)
            if lines:
                self.blocks.append(Block(table, "\n".join(lines), rows=lines))
        else:
            self.read(table, table, depth + 1)
            self.flush(table)

    def _label_table(self, rows: list[list[etree._Element]], texts: list[list[str]]) -> None:
        """The table of a page's metadata: each label with the cell after it, even if empty."""
        for row, line in zip(rows, texts, strict=True):
            index = 0
            while index < len(row):
                text = plain_line(line[index])
                if label_of(text) and index + 1 < len(row) and not label_of(line[index + 1]):
                    text = f"{label_of(text)}：{plain_line(line[index + 1])}"
                    index += 1
                if letters(text):
                    self.blocks.append(Block(row[index], text))
                index += 1

    def _cell_text(self, cell: etree._Element) -> str:
        inner = _Reader(self._hidden)
        inner.read(cell, cell, 1)
        inner.flush(cell)
        return "\n".join(block.text for block in inner.blocks)


def _rows(table: etree._Element, hidden: HiddenText) -> Iterator[etree._Element]:
    for child in table:
        if child.tag in ("thead", "tbody", "tfoot") and not hidden.hides(child):
            yield from _rows(child, hidden)
        elif child.tag == "tr" and not hidden.hides(child):
            yield child


def _labels(texts: list[list[str]]) -> int:
    return len({label for row in texts for text in row if (label := label_of(text))})


def _nested(table: etree._Element) -> bool:
    return next(table.iterdescendants("table"), None) is not None


def _is_data(
    table: etree._Element, rows: list[list[etree._Element]], texts: list[list[str]]
) -> bool:
    """Whether a table holds data, not the layout of the page."""
    if table.get("role") == "presentation" or _nested(table):
        return False
    filled = [row for row in texts if any(letters(text) for text in row)]
    if len(filled) < 2 or max(len(row) for row in filled) < 2:
        return False
    if any(cell.tag == "th" for row in rows for cell in row):
        return True
    several = sum(sum(bool(letters(text)) for text in row) >= 2 for row in filled)
    longest = max(len(text) for row in filled for text in row)
    return several >= 2 and several * 2 >= len(filled) and longest <= _LAYOUT_CELL * 4


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 500) if _WHOLE.fullmatch(value) else 1


def _item_number(element: etree._Element) -> str:
    """The number that a browser shows before an item of an ordered list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    if "none" in (parent.get("style") or "") or "none" in (element.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    first = int(start) if _WHOLE.fullmatch(start) else 1
    return f"{first + sum(1 for _ in element.itersiblings('li', preceding=True))}. "
