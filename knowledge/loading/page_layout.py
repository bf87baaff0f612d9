"""The lines of the pages of a file → its text in reading order, or its articles.

Order of work: tables are taken out, then what repeats at the edges of the pages, then
columns are found; what is left becomes paragraphs of one line each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.founder import repair_founder
from knowledge.loading import RUNS_ON, LoadedFile, LoadedPage
from knowledge.loading.page_article import PageArticle, find_articles
from knowledge.loading.page_block import Block, find_blocks
from knowledge.loading.page_gutter import find_gutters
from knowledge.loading.page_line import PageContent, TextLine, joined_row, rows_of
from knowledge.loading.page_margin import without_margins
from knowledge.loading.page_order import in_reading_order
from knowledge.loading.page_paragraph import Paragraph, find_paragraphs, runs_on
from knowledge.loading.page_table import aligned_tables, continued, ruled_tables

_MAX_LINES = 2500
"""A broadsheet page has 1,500; finding columns takes the square of it."""
_TABLE_ENDS, _TABLE_STARTS = 0.6, 0.3
"""Shares of the height: a table that goes on on the next page fills the first one."""


@dataclass(frozen=True, slots=True)
class _LaidOut:
    number: int
    blocks: tuple[Block, ...]
    articles: tuple[PageArticle, ...]
    by_ocr: bool
    height: float


def lay_out(pages: Sequence[PageContent], source: str) -> LoadedFile:
    """A file of kind "pdf" from its pages: one paragraph, heading or table row a line.

    If a page is a newspaper page its articles come as `articles`, each with its `title`; the
    pages between that are none follow as one more of them. `pages` of the result always
    holds the whole text. Deterministic; never raises.
    """
    tables: list[tuple[Block, ...]] = []
    bare = []
    for page in pages:
        found, rest = ruled_tables(_repaired(page.lines), page.rules)
        tables.append(found)
        bare.append(replace(page, lines=rest))
    laid = [
        _laid_out(page, found) for page, found in zip(without_margins(bare), tables, strict=True)
    ]
    laid = _with_whole_tables(laid)
    texts = _page_texts([(page, page.blocks) for page in laid])
    articles = _articles(laid, source) if any(page.articles for page in laid) else ()
    return LoadedFile(texts, source, {}, "pdf", articles if len(articles) > 1 else ())


def _repaired(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Lines with Founder damage undone: paragraphs are told by their punctuation."""
    text = "\n".join(line.text for line in lines)
    repaired, changes = repair_founder(text)
    parts = repaired.split("\n")
    if not changes or len(parts) != len(lines):
        return lines
    return tuple(replace(line, text=part) for line, part in zip(lines, parts, strict=True))


def _laid_out(page: PageContent, tables: tuple[Block, ...]) -> _LaidOut:
    if len(page.lines) > _MAX_LINES:
        rows = tuple(Block((joined_row(row),)) for row in rows_of(page.lines))
        return _LaidOut(page.number, (*rows, *tables), (), page.by_ocr, page.height)
    gutters = find_gutters(page.lines)
    aligned, lines = aligned_tables(page.lines, gutters)
    blocks = in_reading_order(find_blocks(lines, gutters, (*tables, *aligned)), gutters)
    articles = find_articles(blocks, gutters, page.height)
    return _LaidOut(page.number, blocks, articles, page.by_ocr, page.height)


def _with_whole_tables(pages: Sequence[_LaidOut]) -> list[_LaidOut]:
    """`pages` with the header of a table given to its rows on the pages that follow."""
    found: list[_LaidOut] = []
    for page in pages:
        if found and page.blocks and found[-1].blocks:
            before, first = found[-1].blocks[-1], page.blocks[0]
            low = before.bottom > _TABLE_ENDS * found[-1].height
            if low and first.rows and first.top < _TABLE_STARTS * page.height:
                blocks = (continued(first, before), *page.blocks[1:])
                page = replace(page, blocks=blocks)
        found.append(page)
    return found


def _page_texts(pages: Sequence[tuple[_LaidOut, Sequence[Block]]]) -> tuple[LoadedPage, ...]:
    """The text of each page; RUNS_ON where its last paragraph goes on on the next one."""
    found = [(page, find_paragraphs(blocks)) for page, blocks in pages]
    texts = []
    header = ""
    for i, (page, paragraphs) in enumerate(found):
        shown = [_shown(paragraph.text, page) for paragraph in paragraphs]
        if shown and header and shown[0].split("\n")[0] == header:
            # The header that a long table repeats on its next page.
            shown[0] = shown[0].partition("\n")[2]
        text = "\n".join(part for part in shown if part)
        if i + 1 < len(found) and runs_on(paragraphs, found[i + 1][1]):
            text += RUNS_ON
        texts.append(LoadedPage(page.number, text))
        header = _table_header(paragraphs) or ("" if paragraphs else header)
    return tuple(texts)


def _shown(text: str, page: _LaidOut) -> str:
    """The text of a paragraph; recognition tells the two quotation marks apart badly."""
    marks = [i for i, ch in enumerate(text) if ch in '“”"']
    if not page.by_ocr or len(marks) % 2:
        return text
    characters = list(text)
    for turn, i in enumerate(marks):
        characters[i] = "“”"[turn % 2]
    return "".join(characters)


def _table_header(paragraphs: Sequence[Paragraph]) -> str:
    """The header of the table that ends a page; empty if it ends in text."""
    if not paragraphs or paragraphs[-1].first is not None:
        return ""
    return paragraphs[-1].text.split("\n")[0]


def _articles(pages: Sequence[_LaidOut], source: str) -> tuple[LoadedFile, ...]:
    found: list[LoadedFile] = []
    others: list[tuple[_LaidOut, Sequence[Block]]] = []
    for page in pages:
        for article in page.articles:
            texts = _page_texts([(page, article.blocks)])
            title = _shown(article.title, page)
            metadata = {"title": title} if title else {}
            found.append(LoadedFile(texts, source, metadata, "pdf"))
        if not page.articles and page.blocks:
            others.append((page, page.blocks))
    if others:
        found.append(LoadedFile(_page_texts(others), source, {}, "pdf"))
    return tuple(found)
