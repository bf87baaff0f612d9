"""The styles of a Word file, as far as they say what a paragraph is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from knowledge.loading.office_package import (
    attribute,
    child,
    children,
    is_on,
    value_of,
    whole_number,
)

_DEEPEST = 32
"""Styles in one chain of `basedOn`; Word itself follows about ten."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style, with the styles it is based on, says of a paragraph."""

    outline_level: int | None = None
    """0 is the highest heading; None for text."""
    is_title: bool = False
    is_contents: bool = False
    """An entry of a generated table of contents."""
    list_number: str | None = None
    list_level: int = 0
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one file by their id."""

    _elements: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, root: etree._Element | None) -> Styles:
        """From styles.xml; without it no style is known."""
        elements: dict[str, etree._Element] = {}
        default = ""
        for element in children(root, "style") if root is not None else ():
            identifier = attribute(element, "styleId") or ""
            elements[identifier] = element
            if attribute(element, "type") == "paragraph" and attribute(element, "default") == "1":
                default = identifier
        return cls(elements, default)

    def list_styles(self) -> dict[str, str]:
        """The num ids of the list styles, by style id."""
        return {
            identifier: number
            for identifier, element in self._elements.items()
            if attribute(element, "type") == "numbering"
            and (number := value_of(element, "pPr", "numPr", "numId"))
        }

    def paragraph(self, identifier: str | None) -> ParagraphStyle:
        """The style of this id; the default style for None or an unknown one."""
        level: int | None = None
        number: str | None = None
        list_level: int | None = None
        names: list[str] = []
        hidden: bool | None = None
        for element in self._chain(identifier if identifier in self._elements else self.default):
            names.append((value_of(element, "name") or "").strip().lower())
            if level is None and (stated := value_of(element, "pPr", "outlineLvl")):
                level = whole_number(stated)
            number = number or value_of(element, "pPr", "numPr", "numId")
            stated_level = value_of(element, "pPr", "numPr", "ilvl")
            if list_level is None:
                list_level = whole_number(stated_level)
            if hidden is None and (vanish := child(element, "rPr", "vanish")) is not None:
                hidden = is_on(vanish)
        if level is None:
            level = next((found for name in names if (found := _named_level(name)) is not None),
                         None)  # fmt: skip
        return ParagraphStyle(
            outline_level=level if level is not None and level < 9 else None,
            is_title=any(name in ("title", "标题") for name in names),
            is_contents=any(name.startswith(("toc ", "toc标题", "目录 ")) for name in names),
            list_number=number,
            list_level=list_level or 0,
            is_hidden=bool(hidden),
        )

    def is_hidden_character(self, identifier: str | None) -> bool:
        """Whether a character style hides its text."""
        return any(
            is_on(child(element, "rPr", "vanish")) for element in self._chain(identifier or "")
        )

    def _chain(self, identifier: str) -> Iterator[etree._Element]:
        """The style and those it is based on, nearest first; a circle is cut."""
        seen: set[str] = set()
        while identifier not in seen and identifier in self._elements and len(seen) < _DEEPEST:
            seen.add(identifier)
            element = self._elements[identifier]
            yield element
            identifier = value_of(element, "basedOn") or ""


def _named_level(name: str) -> int | None:
    for prefix in ("heading ", "标题 "):
        rest = name.removeprefix(prefix)
        if rest != name and (number := whole_number(rest)) and number <= 9:
            return number - 1
    return None
