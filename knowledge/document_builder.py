"""A loaded file → the policy documents it holds, cleaned, split and described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePath

from knowledge.cleaning import clean_text
from knowledge.documents import PageSpan, PolicyDocument, content_hash
from knowledge.figures import find_figures
from knowledge.founder import repair_founder
from knowledge.line_breaks import join_hard_line_breaks
from knowledge.loading import RUNS_ON, LoadedFile, LoadedPage
from knowledge.metadata import extract_metadata
from knowledge.newspaper import split_newspaper_page
from knowledge.structure import find_headings

_SENTENCE_ENDS = tuple("。！？!?；;：:…”」』）)】]")
# Kinds whose line breaks are the author's own.
_AUTHORED_LINES = frozenset({"markdown", "html", "docx", "xlsx", "pptx", "epub", "ofd", "jsonl"})
# Kinds whose loader has rejoined the lines by the layout of the page, which knows better than
# the text alone.
_REJOINED = frozenset({"pdf", "image"})


@dataclass(frozen=True, slots=True)
class _Part:
    """One document of a file: its text with what is known of it."""

    text: str
    pages: tuple[PageSpan, ...]
    metadata: Mapping[str, str]
    subheadings: tuple[str, ...] = ()
    suffix: str = ""
    """`#n` for the n-th article of a newspaper page."""


def build_documents(
    loaded: LoadedFile, *, document_id: str | None = None, today: date | None = None
) -> tuple[PolicyDocument, ...]:
    """The documents of a file: one, or one for each article of a newspaper page.

    `document_id` names the only document of a file; otherwise ids are made from the source.
    """
    return tuple(
        _document(loaded, part, document_id, today) for part in _parts(loaded) if part.text.strip()
    )


def source_id(source: str) -> str:
    """The stable id of the document from a source: 16 hex characters."""
    return content_hash(source)[:16]


_OPENING = 24


def _parts(loaded: LoadedFile) -> Iterator[_Part]:
    """The documents in a file: articles that the container or the page layout sets apart."""
    if loaded.articles:
        for number, article in enumerate(loaded.articles, 1):
            text, pages = _joined(article.pages, article.kind)
            yield _Part(text, pages, {**loaded.metadata, **article.metadata}, (), f"#{number}")
        return
    if loaded.kind not in _AUTHORED_LINES | _REJOINED and len(loaded.pages) == 1:
        articles = split_newspaper_page(clean_text(loaded.pages[0].text))
        if len(articles) > 1:
            for number, found in enumerate(articles, 1):
                given = {**loaded.metadata, "title": found.title}
                if found.source_note:
                    given["source_note"] = found.source_note
                yield _Part(found.body, (), given, found.subheadings, f"#{number}")
            return
    text, pages = _joined(loaded.pages, loaded.kind)
    yield _Part(text, pages, loaded.metadata)


def _joined(pages: Sequence[LoadedPage], kind: str) -> tuple[str, tuple[PageSpan, ...]]:
    """Cleaned pages as one text; a sentence that runs over a page break is made whole."""
    text, spans, unfinished = "", [], False
    for page in pages:
        cleaned = _cleaned(page.text, kind)
        if not cleaned.strip():
            continue
        if text:
            # The layout of the page may know that a paragraph goes on; else its last sign tells.
            goes_on = unfinished or _runs_on(text, cleaned, kind)
            text += "" if goes_on else "\n"
        start = len(text)
        text += cleaned
        unfinished = page.text.endswith(RUNS_ON)
        if page.number is not None:
            spans.append(PageSpan(page.number, start, len(text)))
    return text, tuple(spans)


def _cleaned(text: str, kind: str) -> str:
    cleaned = clean_text(text)
    if kind in _AUTHORED_LINES:
        return cleaned.strip("\n")
    repaired, _ = repair_founder(cleaned)
    if kind in _REJOINED:
        return repaired.strip("\n")
    return join_hard_line_breaks(repaired).strip("\n")


def _runs_on(before: str, after: str, kind: str) -> bool:
    return (
        kind not in _AUTHORED_LINES
        and not before.rstrip().endswith(_SENTENCE_ENDS)
        and not after.startswith(("第", "（", "(", " ", "一", "附"))
        and len(before.rpartition("\n")[2]) > 20
    )


def _opening(text: str) -> str:
    """The first words of a text, to name a line of a .jsonl that has no title."""
    words = " ".join(text[: 20 * _OPENING].split())
    if len(words) <= _OPENING:
        return words
    # Half a figure would be another one: 2020年 is not 202.
    cut = next((f.start for f in find_figures(words) if f.start < _OPENING < f.end), _OPENING)
    return words[: cut or _OPENING] + "…"


def _document(
    loaded: LoadedFile, part: _Part, document_id: str | None, today: date | None
) -> PolicyDocument:
    source = loaded.source + part.suffix
    described = extract_metadata(
        part.text,
        given=part.metadata,
        # A line of a .jsonl is no file; its id says more than the file's name.
        file_name=document_id or PurePath(loaded.source).name,
        today=today,
    )
    digest = content_hash(part.text)
    return PolicyDocument(
        id=document_id or source_id(source),
        title=_opening(part.text) if described.title == document_id else described.title,
        issuers=described.issuers,
        document_number=described.document_number,
        region=described.region,
        published_on=described.published_on,
        effective_from=described.effective_from,
        effective_until=described.effective_until,
        status=described.status,
        supersedes=described.supersedes,
        source=source,
        retrieved_at=datetime.now(UTC).replace(microsecond=0),
        sha256=digest,
        text=part.text,
        pages=part.pages,
        headings=find_headings(
            part.text, markdown=loaded.kind == "markdown", subheadings=part.subheadings
        ),
        source_note=described.source_note,
    )
