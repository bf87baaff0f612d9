"""The words of a Word paragraph as a reader sees them.

Insertions under revision are kept and deletions left out; hidden, white and microscopic text
is left out: nobody who approved the document saw it, and it is a way to plant instructions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from knowledge.loading.docx_styles import Styles
from knowledge.loading.office_package import (
    attribute,
    child,
    children,
    is_on,
    local,
    value_of,
    whole_number,
)

_INLINE = frozenset(
    "r ins moveTo hyperlink smartTag sdt sdtContent fldSimple customXml bdo dir ruby rubyBase "
    "oMath oMathPara e num den sub sup fName lim f sSup sSub rad d nary func acc bar "
    "drawing inline anchor graphic graphicData wsp wgp wpc txbx pict group shape rect roundrect "
    "textbox object".split()
)
_SMALLEST = 4
"""Half-points: text of 2 points or less cannot be read."""
_SYMBOLS = {
    "F0FE": "☑", "F052": "☑", "F0FC": "✓", "F050": "✓", "F0A8": "□", "F06F": "□", "F0A3": "□",
    "F0B7": "•", "F06C": "●", "F0D8": "➢",
}  # fmt: skip


@dataclass(slots=True)
class ParagraphText:
    """What one paragraph holds."""

    text: str = ""
    """With `\\n` where its author broke the line."""
    notes: list[str] = field(default_factory=list)
    """Ids of the footnotes and endnotes it points to, as `footnote:2`."""
    boxes: list[etree._Element] = field(default_factory=list)
    """The contents of its text boxes."""


def read_paragraph(paragraph: etree._Element, styles: Styles, first_note: int) -> ParagraphText:
    """The text of a `<w:p>`; the marks of its notes are counted on from `first_note`."""
    found = ParagraphText()
    parts: list[str] = []
    for element in _visible(paragraph, styles, found):
        match local(element):
            case "t":
                parts.append((element.text or "").replace("\n", " "))
            case "tab" | "ptab":
                parts.append(" ")
            case "cr":
                parts.append("\n")
            case "br":
                parts.append("\n" if attribute(element, "type") in (None, "textWrapping") else "")
            case "noBreakHyphen":
                parts.append("-")
            case "sym":
                parts.append(_SYMBOLS.get((attribute(element, "char") or "").upper(), ""))
            case "footnoteReference" | "endnoteReference" as name:
                identifier = attribute(element, "id") or ""
                if attribute(element, "customMarkFollows") not in ("1", "true"):
                    parts.append(note_mark(first_note + len(found.notes)))
                found.notes.append(f"{name.removesuffix('Reference')}:{identifier}")
    found.text = "".join(parts)
    return found


def note_mark(number: int) -> str:
    """The mark of the n-th note: ① to ⑳, then in brackets."""
    return chr(0x245F + number) if number <= 20 else f"（注{number}）"


def _visible(
    element: etree._Element, styles: Styles, found: ParagraphText
) -> Iterator[etree._Element]:
    """The leaves that are seen, in order; text boxes go to `found`."""
    for entry in element:
        name = local(entry)
        if name == "txbxContent":
            found.boxes.append(entry)
        elif name == "AlternateContent":
            # The same drawing twice, for new and for old programs: the first with a content.
            for choice in children(entry, "Choice", "Fallback"):
                before = len(found.boxes)
                leaves = list(_visible(choice, styles, found))
                yield from leaves
                if leaves or len(found.boxes) > before:
                    break
        elif name == "r":
            if not _is_hidden(child(entry, "rPr"), styles):
                yield from _visible(entry, styles, found)
        elif name in _INLINE:
            yield from _visible(entry, styles, found)
        else:
            yield entry


def _is_hidden(properties: etree._Element | None, styles: Styles) -> bool:
    if properties is None:
        return False
    vanish = child(properties, "vanish")
    if is_on(vanish) or is_on(child(properties, "specVanish")):
        return True
    if vanish is None and styles.is_hidden_character(value_of(properties, "rStyle")):
        return True
    size = whole_number(value_of(properties, "sz"))
    if size is not None and size <= _SMALLEST:
        return True
    if (value_of(properties, "color") or "").upper() != "FFFFFF":
        return False
    return not _is_filled(properties) and not any(
        _is_ground(ancestor) for ancestor in properties.iterancestors()
    )


def _is_filled(properties: etree._Element | None) -> bool:
    fill = (attribute(child(properties, "shd"), "fill") or "auto").upper()
    return fill not in ("AUTO", "FFFFFF") or value_of(properties, "highlight") is not None


def _is_ground(element: etree._Element) -> bool:
    """Whether white text on `element` is there to be read: the head of a table, a coloured box."""
    match local(element):
        case "tc":
            return _is_filled(child(element, "tcPr"))
        case "p":
            return _is_filled(child(element, "pPr"))
        case "tbl":
            return value_of(element, "tblPr", "tblStyle") is not None
        case "txbxContent":
            return True
    return False
