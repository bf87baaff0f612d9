"""What the page reader and its process tell each other: one JSON list a line.

JSON and not pickle: a file that takes over the process that reads it gains no way out of it.
"""

from __future__ import annotations

import json
from typing import Any

from knowledge.loading.page_line import PageContent, Rule, TextLine

Message = list[Any]
"""Its first item is one of the names below."""

READY = "ready"
"""The process has started; its first message."""
READ = "read"
"""To the process: kind ("pdf" or "image") and path of a file."""
COUNT = "count"
"""How many pages the file has; comes once, before the first page."""
RECOGNISING = "recognising"
"""The number of a page without text whose picture is now read: that takes longer."""
PAGE = "page"
"""One page, see `encoded_page`."""
DONE = "done"
"""That was the last page."""
REFUSED = "refused"
"""The file cannot be read: the sentence in Chinese and in English."""
OUT_OF_MEMORY = "memory"
"""The file needs more memory than the process may have."""
FAILED = "failed"
"""The file made the libraries fail: what they said, for the record."""

MAX_BYTES = 64 * 1024 * 1024
"""One message; the densest newspaper page takes 0.3 MB."""


def encoded(message: Message) -> bytes:
    """`message` as a line of ASCII."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def decoded(line: bytes) -> Message:
    """The message in `line`. Raises ValueError if there is none."""
    message = json.loads(line)
    if not isinstance(message, list) or not message:
        raise ValueError("no message")
    return message


def encoded_page(page: PageContent) -> Message:
    """`page` as the items of a PAGE message."""
    lines = [[x.text, x.left, x.top, x.right, x.bottom, x.em] for x in page.lines]
    rules = [[x.left, x.top, x.right, x.bottom] for x in page.rules]
    return [page.number, page.width, page.height, page.by_ocr, lines, rules]


def decoded_page(items: Message) -> PageContent:
    """The page in the items of a PAGE message. Raises TypeError or ValueError if it is none."""
    number, width, height, by_ocr, lines, rules = items
    return PageContent(
        int(number),
        float(width),
        float(height),
        tuple(TextLine(str(text), *map(float, box)) for text, *box in lines),
        tuple(Rule(*map(float, box)) for box in rules),
        bool(by_ocr),
    )
