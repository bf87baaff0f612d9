"""Web pages (.html, .htm), above all those on which governments publish their documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree, html

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, LoadedPage
from knowledge.loading.hidden_text import HiddenText
from knowledge.loading.html_blocks import Block, page_blocks, too_deep
from knowledge.loading.html_body import document_blocks
from knowledge.loading.html_encoding import decode_html
from knowledge.loading.html_furniture import is_known_body
from knowledge.loading.html_labels import PageLabels
from knowledge.loading.html_metadata import page_metadata
from knowledge.loading.paragraph import (
    heading_line,
    letters,
    paragraph_lines,
    plain_line,
    same_words,
)

MAX_HTML_BYTES = 20 * 1024 * 1024
MAX_TAGS = 500_000
"""Opening and closing ones. Government pages have hundreds, the longest lists ten thousands."""
_HEAD_BLOCKS = 8
_TITLE_BLOCKS = 6


def load_html(path: Path) -> LoadedFile:
    """The document on a saved web page.

    Navigation, the page's own furniture and hidden text are left out; the table or line of
    labels (索引号, 发文字号, 发布日期 …) becomes `metadata`. Headings and tables are Markdown.

    Raises LoadError if the file is too big, no text, or holds no document.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_HTML_BYTES + 1)
    except OSError as error:
        raise LoadError(
            f"无法读取“{path.name}”（{error.strerror}）；请检查文件是否存在、是否有读取权限。",
            f"“{path.name}” cannot be read ({error.strerror}); check that it exists and that "
            "you may read it.",
        ) from error
    return read_html(data, path.name, str(path))


def read_html(data: bytes, name: str, source: str, charset: str = "") -> LoadedFile:
    """The document on the page `data`; `charset` is what the server said of its encoding.

    Raises LoadError as `load_html`.
    """
    if len(data) > MAX_HTML_BYTES:
        limit = f"{MAX_HTML_BYTES // 1024 // 1024} MB"
        raise LoadError(
            f"“{name}”超过网页 {limit} 的上限；请只保存正文后再试。",
            f"“{name}” is over the limit of {limit} for web pages; save only its text.",
        )
    markup = decode_html(data, name, charset)
    if markup.count("<") > MAX_TAGS:
        raise LoadError(
            f"“{name}”有超过 {MAX_TAGS // 10_000} 万个网页标记，无法读取；请只保存正文后再试。",
            f"“{name}” has over {MAX_TAGS} tags and cannot be read; save only its text.",
        )
    root = parse_html(markup)
    blocks = page_blocks(root, HiddenText.of_page(root)) if root is not None else []
    if root is None or not blocks:
        raise _without_document(name)
    body, labelled = document_blocks(root, blocks)
    labels = PageLabels()
    for block in labelled:
        labels.add(plain_line(block.text))
    metadata = page_metadata(root, body, blocks, labels)
    lines = document_lines(body, metadata.get("title", ""))
    text = "\n".join(lines).strip("\n")
    if not any(not line.startswith("# ") and letters(line) for line in lines):
        raise _without_document(name)
    if "\ufffd" in text:
        raise _damaged(name)
    return LoadedFile((LoadedPage(None, text),), source, metadata, "markdown")


def parse_html(markup: str) -> etree._Element | None:
    """The root of a page, with nothing fetched and nothing expanded; None for an empty one.

    Raises LoadError where the page is nested so deep that the parser leaves out the rest.
    """
    # huge_tree: without it the parser stops at the 256th element inside another, and says so
    # to nobody. The size is bounded before.
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True,
                             remove_pis=True, default_doctype=False)  # fmt: skip
    # A declaration of an encoding means nothing for text that is decoded.
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\x00", "")
    try:
        root = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if any("depth" in entry.message for entry in parser.error_log):
        raise too_deep()
    return root


def document_lines(blocks: Sequence[Block], title: str) -> list[str]:
    """The lines of text of a document's blocks, its title first as a Markdown heading."""
    start, end = _title_blocks(blocks, title)
    lines: list[str] = []
    for index, block in enumerate(blocks):
        if index < start and "。" in block.text and _stands_apart(block, blocks[start]):
            # Beside the title stands the order that issues a statute; elsewhere above it
            # running text is another box of the page.
            continue
        if start <= index < end:
            if index == start:
                lines.append(f"# {title}")
            continue
        if block.rows:
            lines.extend(block.rows)
        elif block.heading_level:
            lines.append(heading_line(block.text, max(block.heading_level, 2)))
        else:
            lines.extend(paragraph_lines(block.text))
    if title and start == end:
        lines = [f"# {title}", *_without_title(lines, title)]
    return lines


def _without_title(lines: list[str], title: str) -> list[str]:
    """`lines` without the title that may stand in one block with the number below it."""
    for place, line in enumerate(lines[:_HEAD_BLOCKS]):
        if same_words(line, title):
            return lines[:place] + lines[place + 1 :]
    return lines


def _stands_apart(block: Block, title: Block) -> bool:
    return block.element.getparent() is not title.element.getparent() and not any(
        is_known_body(ancestor) for ancestor in block.element.iterancestors()
    )


def _title_blocks(blocks: Sequence[Block], title: str) -> tuple[int, int]:
    """From where to where the blocks at the head of a document are its title."""
    for start in range(min(_HEAD_BLOCKS, len(blocks))):
        joined = ""
        for end in range(start + 1, min(start + _TITLE_BLOCKS, len(blocks)) + 1):
            joined += blocks[end - 1].text
            if same_words(joined, title):
                return start, end
            if not letters(title).startswith(letters(joined)):
                break
    return 0, 0


def _without_document(name: str) -> LoadError:
    return LoadError(
        f"“{name}”里没有找到正文（可能需要登录，或正文由脚本加载）；"
        "请在浏览器中打开，复制正文或另存为 PDF 后再试。",
        f"No document was found on “{name}” (it may need a login or load its text by script); "
        "open it in a browser, and copy the text or save it as PDF.",
    )


def _damaged(name: str) -> LoadError:
    return LoadError(
        f"“{name}”的正文有损坏的字符，无法可靠读取；请重新保存网页后再试。",
        f"The text of “{name}” has damaged characters and cannot be read reliably; save the "
        "page again and try once more.",
    )
