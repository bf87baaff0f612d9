"""A parsed page → its blocks of visible text, in reading order.

A block is what stands on lines of its own: a paragraph, a heading, a cell of a table that only
lays out the page, or a whole table of data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from knowledge.errors import LoadError
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
MAX_DEPTH = 600
"""Elements inside each other. Pages that close nothing reach a few hundred."""


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
    """The visible blocks under `root` that hold a letter or a digit.

    Raises LoadError where elements are nested deeper than MAX_DEPTH: no page needs it.
    """
    reader = _Reader(hidden)
    reader.read(root, root)
    reader.flush(root)
    return reader.blocks


@dataclass(slots=True)
class _Open:
    """An element that is being read."""

    element: etree._Element
    block: etree._Element
    """The block element that its text belongs to: itself if it is one."""
    children: Iterator[etree._Element]
    ends_block: bool = False
    link: tuple[int, int] | None = None
    """Of a link, how many parts and blocks there were before it."""
    items: int = 0
    """Items read so far; to count those before each one takes the square of their number."""


class _Reader:
    def __init__(self, hidden: HiddenText) -> None:
        self.blocks: list[Block] = []
        self._hidden = hidden
        self._parts: list[str] = []
        self._links = 0
        self._file = False
        self._prefix = ""

    def read(self, element: etree._Element, block: etree._Element) -> None:
        """Read the content of `element`, which stands in the block element `block`.

        Without recursion: where nobody closes a <font>, each paragraph stands inside all the
        ones before it.
        """
        self._text(element.text, element)
        opened = [_Open(element, block, iter(element))]
        while opened:
            around = opened[-1]
            child = next(around.children, None)
            if child is None:
                opened.pop()
                self._closed(around)
                if opened:
                    self._text(around.element.tail, opened[-1].element)
            elif (inside := self._entered(child, around)) is None:
                self._text(child.tail, around.element)
            elif len(opened) >= MAX_DEPTH:
                raise too_deep()
            else:
                self._text(child.text, child)
                opened.append(inside)

    def _entered(self, child: etree._Element, around: _Open) -> _Open | None:
        """How to read on inside `child`; None if there is nothing, or it is dealt with."""
        tag, block = child.tag, around.block
        if not isinstance(tag, str):
            return None  # A comment.
        around.items += tag == "li"
        if self._hidden.hides(child):
            return None
        if tag == "br":
            self._parts.append("\n")
            return None
        if tag == "table":
            self.flush(block)
            return None if self._table(child) else _Open(child, child, iter(child), True)
        if tag in _BLOCK_TAGS:
            self.flush(block)
            self._prefix = _item_number(child, around.items - 1)
            return _Open(child, child, iter(child), True)
        link = (len(self._parts), len(self.blocks)) if tag == "a" else None
        return _Open(child, block, iter(child), False, link)

    def _closed(self, ended: _Open) -> None:
        if ended.link is not None:
            self._link(ended.element, *ended.link)
        if ended.ends_block:
            self.flush(ended.element)

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

    def _link(self, element: etree._Element, start: int, blocks: int) -> None:
        is_file = bool(_ATTACHMENT.search(element.get("href") or ""))
        self._file = self._file or is_file
        if not is_file and element.get("href") is not None:
            self._links += len(letters("".join(self._parts[start:])))
            for inner in self.blocks[blocks:]:
                inner.link_letters = inner.letters

    def _table(self, table: etree._Element) -> bool:
        """Read a table of labels or data; False if it only lays out the page."""
        # Cells must not be read to find that out: each table around another would double it.
        if _nested(table):
            return False
        rows = [
            [cell for cell in row if cell.tag in ("td", "th") and not self._hidden.hides(cell)]
            for row in _rows(table, self._hidden)
        ]
        texts = [[self._cell_text(cell) for cell in row] for row in rows]
        if _labels(texts) >= 3:
            self._label_table(rows, texts)
            return True
        if not _is_data(table, rows, texts):
            return False
        cells = [
            [Cell(plain_line(text), _span(cell, "colspan"), _span(cell, "rowspan"),
                  cell.tag == "th") for cell, text in zip(row, line, strict=True)]
            for row, line in zip(rows, texts, strict=True)
        ]  # fmt: skip
        caption = next(table.iter("caption"), None)
        if caption is not None and not self._hidden.hides(caption):
            self.read(caption, caption)
            self.flush(caption)
        lines = table_lines(cells)
        if lines:
            self.blocks.append(Block(table, "\n".join(lines), rows=lines))
        return True

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
        inner.read(cell, cell)
        inner.flush(cell)
        return "\n".join(block.text for block in inner.blocks)


def too_deep() -> LoadError:
    """Markup is nested so deep that its end cannot be read."""
    return LoadError(
        "网页或电子书的标记嵌套过深，无法完整读取；请在浏览器中打开，复制正文或另存为 PDF 后再试。",
        "The markup of the page or book is nested too deep to be read whole; open it in a "
        "browser, and copy the text or save it as PDF.",
    )


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
    if table.get("role") == "presentation":
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


def _item_number(element: etree._Element, place: int) -> str:
    """The number that a browser shows before the item at `place` of an ordered list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    if "none" in (parent.get("style") or "") or "none" in (element.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    first = int(start) if _WHOLE.fullmatch(start) else 1
    return f"{first + place}. "
