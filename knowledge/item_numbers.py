"""The numbers that open the items of a document: 第二条, 一、, （三）, 4."""

from __future__ import annotations

import re

from knowledge.numerals import parse_numeral

_ITEM = re.compile(
    r"(?P<before>第|[（(]?)(?P<number>[一二三四五六七八九十百零〇]{1,7}|\d{1,3})"
    r"(?P<after>[编章节条](?= )|、|[.．](?!\d)|[）)](?![项款目、和与或至]))"
)
_PARTS = frozenset({"第编", "第章", "第节", "第条"})


class ItemNumbers:
    """The numbers that opened the paragraphs so far, by their shape: （一）, 1., 第一条."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def note(self, text: str) -> None:
        """Take the number that the paragraph `text` opens with, if it does."""
        if found := _item(text):
            self._last[found[0]] = found[1]

    def is_next(self, text: str) -> bool:
        """Whether `text` opens with the number after the last of its shape.

        A sentence that goes on at the start of a line may go on with a number (（二）项), but
        hardly with the one that is due. An article's number with a space after it opens one.
        """
        found = _item(text)
        if found is None:
            return False
        return found[0] in _PARTS or self._last.get(found[0]) == found[1] - 1


def _item(text: str) -> tuple[str, int] | None:
    match = _ITEM.match(text.replace("\u3000", " "))
    if not match or (match["before"] == "第") != (match["after"] in "编章节条"):
        return None
    number = match["number"]
    script = "1" if number.isdigit() else "一"
    value = parse_numeral(number)
    shape = match["before"] + match["after"]
    if value is None:
        return None
    return shape if shape in _PARTS else shape + script, int(value)
