"""The evidence panel: a document's text with the quote highlighted inside its surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from assistant.answer import Citation
from knowledge.documents import PolicyDocument
from ui.cited_source import CitedSource
from ui.markup import escape
from ui.wording import text

SURROUNDINGS = 400
"""Characters shown before and after a quote: two or three paragraphs of a policy."""

WHOLE_TEXT_LIMIT = 200_000
"""Characters of "the whole text" around the quote; a longer document would stall a browser."""

LISTED_DOCUMENTS = 200
"""Documents the library list shows; the filter finds the rest by title."""

_SENTENCE_END = re.compile(r"[。！？；\n]")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def render_citation(
    source: CitedSource, citation: Citation, turn: int, language: str, whole: bool
) -> str:
    """HTML of the panel for a citation of turn number `turn`.

    The quote of the citation is always shown, also when the document has been removed or
    changed since: an old answer keeps the words it stood on.
    """
    document = source.document
    span, notice = _locate(document, citation, language)
    if source.has_newer and citation.validity in ("current", "unknown"):
        citation = replace(citation, validity="amended")
    if document and not notice and citation.validity == "amended":
        notice = text("document_former", language)
    if document is None or span is None:
        body = f'<p class="passage"><mark id="cited-quote">{escape(citation.quote)}</mark></p>'
        toggle = ""
    else:
        body = _text_html(document, span, WHOLE_TEXT_LIMIT if whole else SURROUNDINGS, language)
        toggle = _toggle(citation, turn, language, whole)
    places = [*citation.heading_path]
    if citation.article and citation.article not in places:
        places.append(citation.article)
    if citation.page is not None:
        places.append(text("page", language, page=citation.page))
    kicker = text("cited_as", language, number=citation.number)
    facts = _facts_html(document, citation, " › ".join(places), language)
    note = f'<p class="notice" role="status">{escape(notice)}</p>' if notice else ""
    if document and source.has_newer:
        label = text("open_current", language)
        note += f"<p>{_button(label, action='document', document=document.id)}</p>"
    return _panel(kicker, citation.title, facts + note, body, toggle, language)


def render_given(evidence: str, citation: Citation, turn: int, language: str, whole: bool) -> str:
    """HTML of the panel for a quote from a text that was given along with a claim."""
    start, end = citation.start_char, citation.end_char
    if evidence[start:end] != citation.quote:
        return render_message(text("check_gone", language), language)
    body = _text_html(
        PolicyDocument("", "", text=evidence),
        (start, end),
        WHOLE_TEXT_LIMIT if whole else SURROUNDINGS,
        language,
    )
    toggle = _toggle(citation, turn, language, whole)
    kicker = text("cited_as", language, number=citation.number)
    return _panel(kicker, text("given_evidence", language), "", body, toggle, language)


def render_document(document: PolicyDocument, language: str) -> str:
    """HTML of the panel with a document's whole text and nothing highlighted."""
    body = _text_html(document, (0, 0), WHOLE_TEXT_LIMIT, language)
    facts = _facts_html(document, None, "", language)
    return _panel(text("library", language), document.title, facts, body, "", language)


def render_library(documents: Sequence[PolicyDocument], language: str) -> str:
    """HTML of the panel that lists the library."""
    rows = []
    for document in documents[:LISTED_DOCUMENTS]:
        meta = [document.region, document.document_number, *document.issuers[:2]]
        line = " · ".join(part for part in meta if part)
        rows.append(
            f'<li><button type="button" class="shelf" data-action="document" '
            f'data-document="{escape(document.id)}"><span class="shelf-title">'
            f'{escape(document.title)}</span><span class="shelf-meta">{escape(line)}</span>'
            f"{validity_html(document.status, language)}</button></li>"
        )
    rest = len(documents) - LISTED_DOCUMENTS
    more = f"<p>{escape(text('library_rest', language, count=rest))}</p>" if rest > 0 else ""
    hint = text("library_hint" if documents else "library_empty", language)
    count = text("library_count", language, count=len(documents))
    body = f'<ul class="shelves">{"".join(rows)}</ul>{more}'
    intro = f'<p class="hint">{escape(hint)}</p>'
    return _panel(text("library", language), count, intro, body, "", language, home=True)


def render_message(message: str, language: str) -> str:
    """HTML of the panel with one sentence."""
    body = f'<p class="notice" role="status">{escape(message)}</p>'
    title = text("source_panel", language)
    return _panel("", title, body, "", "", language)


def validity_html(status: str, language: str) -> str:
    """A tag that names a document's validity, in words and not by colour alone."""
    label = text(f"validity_{status}", language)
    return f'<span class="validity {escape(status)}">{escape(label)}</span>'


def _panel(
    kicker: str, title: str, head: str, body: str, toggle: str, language: str, home: bool = False
) -> str:
    close = escape(text("close", language))
    return (
        f'<div class="panel" data-home="{int(home)}"><div class="panel-top">'
        f'<div class="panel-line"><p class="kicker">{escape(kicker)}</p>'
        f'<button type="button" class="plain close" data-action="close">{close}</button></div>'
        f'<h2 id="source-title" tabindex="-1">{escape(title)}</h2></div>'
        f'<div class="panel-facts">{head}</div>'
        f'<div class="panel-scroll" tabindex="0" role="group" aria-labelledby="source-title">'
        f'<div class="document-text">{body}</div>{toggle}</div></div>'
    )


def _button(label: str, **data: object) -> str:
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    return f'<button type="button" class="plain" {attributes}>{escape(label)}</button>'


def _toggle(citation: Citation, turn: int, language: str, whole: bool) -> str:
    """The button between the quoted part and the whole text."""
    return _button(
        text("excerpt_only" if whole else "whole_text", language),
        action="cite",
        turn=turn,
        number=citation.number,
        whole="0" if whole else "1",
    )


def _locate(
    document: PolicyDocument | None, citation: Citation, language: str
) -> tuple[tuple[int, int] | None, str]:
    """Where the quote stands in the document as it is now, and what to say about it."""
    if document is None:
        return None, text("document_gone", language)
    if document.text[citation.start_char : citation.end_char] == citation.quote:
        return (citation.start_char, citation.end_char), ""
    place = document.text.find(citation.quote)
    if place < 0 or not citation.quote:
        return None, text("document_changed", language)
    return (place, place + len(citation.quote)), text("document_moved", language)


def _facts_html(
    document: PolicyDocument | None, citation: Citation | None, place: str, language: str
) -> str:
    rows: list[tuple[str, str]] = []

    def row(key: str, value: object) -> None:
        if value:
            rows.append((text(key, language), escape(value)))

    number = document.document_number if document else citation and citation.document_number
    region = document.region if document else citation and citation.region
    source = document.source if document else citation.source if citation else ""
    # The answer knows of later versions and of other documents that repeal this one.
    status = citation.validity if citation else document.status if document else "unknown"
    row("issuers", "、".join(document.issuers) if document else "")
    row("document_number", number)
    row("region", region)
    if document:
        row("published_on", document.published_on)
        row("effective_from", document.effective_from)
        row("effective_until", document.effective_until)
    rows.append((text("validity", language), validity_html(status, language)))
    row("place", place)
    note = document.source_note if document else None
    rows.append((text("source", language), _source_html(source, note, language)))
    cells = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<dl class="facts">{cells}</dl>'


def _source_html(source: str, note: str | None, language: str) -> str:
    """A web address as a link; of a path the file's name alone, which tells a reader enough."""
    if _WEB_ADDRESS.fullmatch(source):
        shown = (
            f'<a href="{escape(source)}" target="_blank" rel="noopener noreferrer nofollow">'
            f"{escape(source)}</a>"
        )
    else:
        shown = escape(PurePosixPath(source.replace("\\", "/")).name)
    parts = [part for part in (shown, escape(note) if note else "") if part]
    return "，".join(parts) or escape(text("not_stated", language))


def _text_html(document: PolicyDocument, mark: tuple[int, int], around: int, language: str) -> str:
    """The text around `mark` as paragraphs and headings, the marked characters in <mark>."""
    start, end = _window(document.text, mark, around)
    before = f'<p class="cut">…… {escape(text("text_before", language))}</p>' if start else ""
    cut = end < len(document.text)
    after = f'<p class="cut">…… {escape(text("text_after", language))}</p>' if cut else ""
    # 第一条 opens a line that goes on: only a heading with a line of its own is set as one.
    headings = {(heading.start_char, heading.end_char) for heading in document.headings}
    blocks = []
    first = True
    for line_start, line_end in _lines(document.text, start, end):
        line = document.text[line_start:line_end]
        hashes = _MARKDOWN_HEADING.match(line)
        shown_from = line_start + (hashes.end() if hashes else 0)
        kind = (
            "heading"
            if hashes or headings & {(line_start, line_end), (shown_from, line_end)}
            else "passage"
        )
        inner, has_mark = _marked(document.text, shown_from, line_end, mark)
        if has_mark and first:
            inner = inner.replace("<mark>", '<mark id="cited-quote">', 1)
            first = False
        blocks.append(f'<p class="{kind}">{inner}</p>')
    return before + "".join(blocks) + after


def _window(content: str, mark: tuple[int, int], around: int) -> tuple[int, int]:
    """The range to show: `around` characters either side, moved out to whole sentences."""
    start, end = max(0, mark[0] - around), min(len(content), mark[1] + around)
    if start:
        ends = list(_SENTENCE_END.finditer(content, max(0, start - 120), start))
        start = ends[-1].end() if ends else start
    if end < len(content):
        sentence_end = _SENTENCE_END.search(content, end, min(len(content), end + 120))
        end = sentence_end.end() if sentence_end else end
    return start, end


def _lines(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Non-empty lines of `content[start:end]` as ranges, surrounding spaces left out."""
    place = start
    for line in content[start:end].splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            line_start = place + line.index(stripped)
            yield line_start, line_start + len(stripped)
        place += len(line)


def _marked(content: str, start: int, end: int, mark: tuple[int, int]) -> tuple[str, bool]:
    """`content[start:end]` escaped, the part inside `mark` in <mark>; whether there is one."""
    low, high = max(start, mark[0]), min(end, mark[1])
    if low >= high:
        return escape(content[start:end]), False
    quoted = f"<mark>{escape(content[low:high])}</mark>"
    return escape(content[start:low]) + quoted + escape(content[high:end]), True
