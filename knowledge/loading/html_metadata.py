"""What a web page says of its document: labels, meta elements, and above all its title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from knowledge.line_breaks import join_two
from knowledge.loading.html_blocks import Block
from knowledge.loading.html_labels import PageLabels
from knowledge.loading.paragraph import letters, plain_line, title_line

_DATE_ONLY = re.compile(
    r"[（(]?\s*(?:\d{4}|[一二三四五六七八九〇○零]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*[)）]?"
)
_META = {
    "articletitle": "title", "pubdate": "released_on", "contentsource": "source_note",
    "publishdate": "released_on", "og:title": "title",
}  # fmt: skip
_TITLE_PARTS = re.compile(
    r"\s*(?:[_|｜]|--+|\s[-–—]\s|-(?=[^-]*(?:网|政府|门户|局|厅|部|委)[^-]*$))\s*"
)
_TITLE_BLOCKS = 6
_LONGEST_TITLE = 500


def page_metadata(
    root: etree._Element, body: Sequence[Block], blocks: Sequence[Block], labels: PageLabels
) -> dict[str, str]:
    """The metadata of the document `body` on the page of `blocks`, as `knowledge.metadata` reads it.

    `labels` are those of the page's own table or line of labels; they win.
    """
    stated: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        if name in _META and (content := plain_line(meta.get("content") or "")):
            stated.setdefault(name, content)
    if "发布日期" not in labels.values and (
        released := stated.get("pubdate", "") or stated.get("publishdate", "")
    ):
        labels.values["发布日期"] = released
    closing = [line for block in body[-12:] for line in block.text.split("\n")]
    is_dated = any(_DATE_ONLY.fullmatch(plain_line(line)) for line in closing)
    metadata = labels.metadata(is_dated=is_dated)
    if "source_note" not in metadata and "contentsource" in stated:
        metadata["source_note"] = stated["contentsource"]
    title = _title(metadata, stated, root, body, blocks)
    if title:
        metadata["title"] = title
    return metadata


def _title(
    metadata: Mapping[str, str],
    stated: Mapping[str, str],
    root: etree._Element,
    body: Sequence[Block],
    blocks: Sequence[Block],
) -> str:
    if title := metadata.get("title"):
        return title_line(title)
    element = next(root.iter("title"), None)
    page_title = (
        plain_line("".join(element.itertext()))[:_LONGEST_TITLE] if element is not None else ""
    )
    words = letters(page_title)
    offers = [stated.get("articletitle", ""), stated.get("og:title", "")]
    # What the browser's title repeats is the document's, not the site's or the column's.
    named = [title_line(block.text) for block in blocks if _may_be_title(block, words)]
    named.append(_joined_head(body, words))
    offers += sorted(named, key=lambda text: len(letters(text)), reverse=True)[:1]
    first = [title_line(block.text) for block in body[:3] if 1 <= block.heading_level <= 2]
    offers += first[:1]
    offers.append(_TITLE_PARTS.split(page_title)[0])
    for offer in offers:
        if len(letters(offer)) >= 4 and not offer.endswith(("...", "…")):
            return title_line(offer)
    return ""


def _may_be_title(block: Block, page_title: str) -> bool:
    return (
        not block.rows
        and 4 <= block.letters <= 100
        and block.link_letters * 2 <= block.letters
        and (block.heading_level > 0 or block.letters >= 8)
        and letters(block.text) in page_title
    )


def _joined_head(body: Sequence[Block], page_title: str) -> str:
    """The lines at the head of the body whose words the browser's title has, as one."""
    for start in range(min(4, len(body))):
        joined = ""
        for block in body[start : start + _TITLE_BLOCKS]:
            longer = join_two(joined, title_line(block.text))
            if letters(longer) not in page_title:
                break
            joined = longer
        if len(letters(joined)) >= 8:
            return joined
    return ""
