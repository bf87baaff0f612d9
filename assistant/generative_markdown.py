"""A model's Markdown made plain: no links, no images, no HTML, no hidden signs, no marks.

What is left is text; the page's own Markdown is put around it afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBERS = r"\d{1,3}(?:\s*[,，、;；-]\s*\d{1,3})*"
MARK = re.compile(
    rf"\s*[\[［【〔]\s*\^?\s*(?:资料|来源|出处|证据|文档|编号|依据|[Ss]ource|[Dd]oc)?\s*[:：]?\s*({_NUMBERS})\s*[\]］】〕]"
)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)?|\[[^\]]*\])?")
_LINK = re.compile(r"\[((?:[^\[\]]|\[\d{1,3}\])*)\]\((?:[^()]|\([^()]*\))*\)?")
_DEFINITION = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$")
_ELEMENT = re.compile(r"<(script|style|iframe|svg|object)\b.*?(?:</\1\s*>|$)", re.I | re.S)
_TAG = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z!][^<>]*(?:>|$)|<[a-z]+:[^<>]*>", re.S)
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,12}://|www\.|javascript:|data:)[!-~]+", re.I)
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|~~|`+|==")
_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]+|[A-Za-z]{2,10});")
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>", re.I)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words with the evidence numbers that stand behind them."""

    text: str
    numbers: tuple[int, ...]


def plain(text: str) -> str:
    """`text` of one line without markup and hidden signs, citation marks kept; digits as 0-9."""
    if _DEFINITION.match(text):
        return ""
    text = "".join(_shown(char) for char in text)
    text = _ELEMENT.sub("", _ENTITY.sub("", text))
    text = _LINK.sub(_link_text, _IMAGE.sub("", text))
    text = _EMPHASIS.sub("", _ADDRESS.sub("", _TAG.sub("", text)))
    return " ".join(text.split())


def split_marks(text: str) -> tuple[Marked, ...]:
    """The stretches of `text` that end in marks, each with its numbers; the last may have none."""
    parts: list[Marked] = []
    position = 0
    for match in MARK.finditer(text):
        numbers = _numbers(match.group(1))
        said = text[position : match.start()]
        position = match.end()
        if parts and not _says(said):
            parts[-1] = Marked(parts[-1].text + said, (*parts[-1].numbers, *numbers))
        else:
            parts.append(Marked(said, numbers))
    rest = text[position:]
    if parts and not _says(rest):
        parts[-1] = Marked(parts[-1].text + rest, parts[-1].numbers)
    elif rest.strip():
        parts.append(Marked(rest, ()))
    return tuple(parts)


class ThoughtFilter:
    """Takes out what a reasoning model thinks aloud at the head of its reply."""

    def __init__(self) -> None:
        self._held = ""
        self._closing = ""
        self._is_open = False

    def feed(self, text: str) -> str:
        """What of the reply so far is meant for the reader."""
        if self._is_open:
            return text
        self._held += text
        head = self._held.lstrip()
        if not self._closing:
            opening = _THOUGHT.match(head)
            if opening:
                self._closing = f"</{opening.group(1).lower()}>"
            elif head.startswith("<") and len(head) < 12 and ">" not in head:
                return ""
            elif head:
                self._is_open = True
                return self._held
            else:
                return ""
        end = head.lower().find(self._closing)
        if end < 0:
            return ""
        self._is_open = True
        return head[end + len(self._closing) :]


def _shown(char: str) -> str:
    """`char`, a plain digit for any other script's, nothing for what cannot be seen."""
    if char in "\t ":
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Cc", "Co", "Cn", "Cs", "Mn", "Me") or char in "ㅤ͏":
        return ""
    if category == "Nd" and not char.isascii():
        return str(unicodedata.digit(char))
    if category in ("No", "Nl") and not char.isascii() and char not in "〇":
        return unicodedata.normalize("NFKC", char)
    return char


def _link_text(match: re.Match[str]) -> str:
    text = match.group(1)
    return f"[{text}]" if text.strip().isdigit() else text


def _numbers(written: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in re.split(r"[,，、;；]", written):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < 10:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return tuple(dict.fromkeys(found))


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))
