"""What a page hides from its reader: the text that must not reach an answer.

Text that nobody sees is where instructions to a machine are planted. Only what a page says
itself is judged: inline styles, attributes, and simple rules of its own style sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

_NEVER_SHOWN = frozenset(
    "script style noscript template head iframe frame frameset object applet embed canvas svg "
    "math audio video map select option datalist textarea input button meta link title "
    "noframes".split()
)
_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text hidden d-none hide-text".split()
)
_BRACE = re.compile(r"[{}]")
_SHOWN_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)", re.IGNORECASE)
_SIMPLE = re.compile(r"^(?P<tag>[a-z][a-z0-9]*)?(?P<mark>[.#])(?P<name>[\w-]+)$", re.IGNORECASE)
_NUMBER = re.compile(r"^(-?\d*\.?\d+)\s*(px|pt|em|rem|%|)\s*$")
_WHITE = frozenset(
    "white #fff #ffffff rgb(255,255,255) rgba(255,255,255,1) transparent #fefefe #fffffe".split()
)
_TABLE_PARTS = frozenset("th td tr thead table".split())
_MAX_STYLE = 200_000
_MAX_OUTER_STYLE = 4000
"""Characters of a style attribute that are read again for every white element inside."""
_FAR_AWAY = -500.0
_SMALLEST_FONT = 2.0


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Tells whether an element of one page is seen."""

    _hiding: frozenset[tuple[str, str, str]] = frozenset()
    """Tag or nothing, `.` or `#`, name: the selectors of rules that hide."""

    @classmethod
    def of_page(cls, root: etree._Element) -> HiddenText:
        """From the style sheets inside the page."""
        found: set[tuple[str, str, str]] = set()
        for style in root.iter("style"):
            if (style.get("media") or "all").strip().lower() not in ("all", "screen", ""):
                continue
            sheet = _without_comments((style.text or "")[:_MAX_STYLE])
            for selectors, declarations in _rules(sheet):
                if not _hides(_declarations(declarations)):
                    continue
                for selector in selectors.split(","):
                    if match := _SIMPLE.match(selector.strip()):
                        tag = (match["tag"] or "").lower()
                        found.add((tag, match["mark"], match["name"]))
        return cls(frozenset(found))

    def hides(self, element: etree._Element) -> bool:
        """Whether `element` and all in it are not shown."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER_SHOWN:
            return True
        attributes = element.attrib
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        classes = attributes.get("class", "").split()
        if not _CLASSES.isdisjoint(name.lower() for name in classes):
            return True
        if self._hiding and self._by_sheet(tag, classes, attributes.get("id", "")):
            return "display" not in _declarations(attributes.get("style", ""))
        style = attributes.get("style")
        if style:
            declared = _declarations(style)
            return _hides(declared) or _is_white_on_white(element, declared)
        return tag == "font" and _is_white_on_white(element, {})

    def _by_sheet(self, tag: str, classes: Iterable[str], identifier: str) -> bool:
        marks = [(".", name) for name in classes] + [("#", identifier)]
        return any(
            (owner, mark, name) in self._hiding for mark, name in marks for owner in ("", tag)
        )


def _without_comments(sheet: str) -> str:
    # No pattern: one over comments that never end takes the square of their number.
    kept = []
    while sheet:
        before, _, rest = sheet.partition("/*")
        kept.append(before)
        sheet = rest.partition("*/")[2]
    return "".join(kept)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of the rules for every screen, in one pass.

    Blocks for print or for small screens hide what the reader of the page does see.
    """
    position = 0
    while (opening := sheet.find("{", position)) >= 0:
        prelude = sheet[position:opening].rpartition(";")[2].strip(" \t\r\n\f}")
        if _SHOWN_MEDIA.fullmatch(prelude):
            position = opening + 1
        elif prelude.startswith("@"):
            depth = 0
            for brace in _BRACE.finditer(sheet, opening):
                depth += 1 if brace.group() == "{" else -1
                position = brace.end()
                if not depth:
                    break
            if depth:
                return
        else:
            closing = sheet.find("}", opening)
            if closing < 0:
                return
            yield prelude, sheet[opening + 1 : closing]
            position = closing + 1


def _declarations(style: str) -> dict[str, str]:
    declared: dict[str, str] = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            declared[name.strip()] = value.replace("!important", "").strip()
    return declared


def _hides(declared: dict[str, str]) -> bool:
    if declared.get("display") == "none":
        return True
    if declared.get("visibility") in ("hidden", "collapse"):
        return True
    if declared.get("content-visibility") == "hidden":
        return True
    opacity = _length(declared.get("opacity"))
    if opacity is not None and opacity <= 0.05:
        return True
    size = _length(declared.get("font-size"))
    if size is not None and size <= _SMALLEST_FONT and not _is_relative(declared["font-size"]):
        return True
    if size is not None and size <= 0.1:
        return True
    if declared.get("overflow") == "hidden" and any(
        (length := _length(declared.get(side))) is not None and length <= 1
        and not _is_relative(declared[side])
        for side in ("width", "height", "max-width", "max-height")
    ):  # fmt: skip
        return True
    if declared.get("position") in ("absolute", "fixed") and any(
        (_length(declared.get(side)) or 0) <= _FAR_AWAY
        for side in ("left", "top", "right", "bottom")
    ):
        return True
    if (_length(declared.get("text-indent")) or 0) <= _FAR_AWAY:
        return True
    clip = "".join(declared.get("clip", "").split())
    if clip in ("rect(0,0,0,0)", "rect(0000)", "rect(1px,1px,1px,1px)", "rect(0px,0px,0px,0px)"):
        return True
    return declared.get("clip-path", "").replace(" ", "") in ("inset(50%)", "inset(100%)")


def _is_white_on_white(element: etree._Element, declared: dict[str, str]) -> bool:
    color = "".join((declared.get("color") or element.get("color") or "").lower().split())
    ground = _background(declared, element)
    if color and ground and color == ground:
        return True
    if color not in _WHITE and not re.fullmatch(r"rgba\(.*,0?\.?0+\)", color):
        return False
    if ground:
        return ground in _WHITE
    # White on something: on the colour or the picture of an element around it it is read.
    for around in (element, *element.iterancestors()):
        style = (around.get("style") or "")[:_MAX_OUTER_STYLE]
        if outer := _background(_declarations(style), around):
            return outer in _WHITE
        # The head of a table is often coloured by a style sheet that is not in the page.
        if around.get("background") or (around.tag in _TABLE_PARTS and around.get("class")):
            return color == "transparent" or color.startswith("rgba")
    return True


def _background(declared: dict[str, str], element: etree._Element) -> str:
    stated = declared.get("background-color") or declared.get("background")
    stated = stated or (element.get("bgcolor") or "").lower()
    ground = "".join(stated.split())
    return "" if ground in ("transparent", "none", "inherit", "initial") else ground


def _length(value: str | None) -> float | None:
    match = _NUMBER.match(value.strip()) if value else None
    return float(match[1]) if match else None


def _is_relative(value: str) -> bool:
    return value.strip().endswith(("em", "%"))
