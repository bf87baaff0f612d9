"""Words of a document as Markdown: they show as they stand and have no effect of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.citing import Citations
from assistant.wording import Language
from knowledge.documents import Passage, PolicyDocument
from knowledge.regions import COUNTRY

# Document id, start, end → the document's text between them.
Excerpt = Callable[[str, int, int], str | None]

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# What begins a list, a rule or a heading at the start of a line only.
_OPENING = re.compile(r"^([ \t]*)([-+=])|^([ \t]*\d{1,9})([.)])(?=[ \t]|$)", re.MULTILINE)
_ROW = re.compile(r"\s*\|(.*)\|\s*$", re.DOTALL)
_RULE = re.compile(r"\s*\|[\s:|-]*-[\s:|-]*\|\s*$")
_ROWS = re.compile(r"(?:^[ \t]*\|[^\n]*\|[ \t]*(?:\n|$))+", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_ITEM = re.compile(r"^\s*[-*•·]\s+")
_HEADER_SEARCH = 20_000
"""Characters above a row in which the header of its table is looked for."""


def escape(text: str) -> str:
    """Document text for Markdown: its own signs show as they are and have no effect."""
    escaped = _SIGNS.sub(r"\\\1", text)
    return _OPENING.sub(
        lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}",
        escaped,
    )


def named(title: str) -> str:
    """《…》 around a title, unless it has such brackets of its own."""
    return escape(title if "《" in title else f"《{title}》")


def place_mark(document: PolicyDocument, language: Language, places: Sequence[str] = ()) -> str:
    """（山东） behind the words of a rule of another place than those asked for; '' else.

    Asked of no place, a national rule needs no mark; asked of a place, it is marked 全国.
    """
    if document.region is None or document.region in (places or (COUNTRY,)):
        return ""
    place = escape(document.region or "")
    return f" ({place})" if language == "en" else f"（{place}）"


def quoted(
    document: PolicyDocument,
    passage: Passage,
    start: int,
    quote: str,
    citations: Citations,
    excerpt: Excerpt | None = None,
) -> str:
    """`quote` (verbatim, from `start` on) as Markdown with its mark; claim and citation noted.

    A table row stands under the header of its table, which is cited too, where `excerpt` can
    read it.
    """
    number = citations.cite_span(document, passage, start, start + len(quote), quote)
    citations.claim(quote, number)
    if not _is_rows(quote):
        return f"{block(quote)}[{number}]"
    rows = [row for row in _rows(quote) if not _RULE.match(row)]
    header = _header_above(document, passage, start, quote, excerpt)
    if header is not None:
        place, words = header
        mark = citations.cite_span(document, passage, place, place + len(words), words)
        citations.claim(words, mark)
        return _table(words, f"[{mark}]", rows, f"[{number}]")
    if len(rows) > 1:
        return _table(rows[0], "", rows[1:], f"[{number}]")
    return f"{block(quote)}[{number}]"


def block(text: str) -> str:
    """Verbatim text as Markdown: items as a list, tables as tables, other lines as they are."""
    lines: list[str] = []
    position = 0
    for match in _ROWS.finditer(text):
        rows = [row for row in _rows(match.group()) if not _RULE.match(row)]
        if len(rows) < 2:
            continue
        lines += _plain(text[position : match.start()])
        lines += ["", _table(rows[0], "", rows[1:], ""), ""]
        position = match.end()
    lines += _plain(text[position:])
    return "\n".join(lines).strip("\n")


def _plain(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if not line.strip() or _RULE.match(line):
            continue
        item = _ITEM.match(line)
        body = line[item.end() :] if item else line.strip()
        lines.append(f"- {escape(body)}" if item else escape(body))
    return lines


def _is_rows(quote: str) -> bool:
    return bool(_ROW.match(quote)) and all(_ROW.match(row) for row in _rows(quote))


def _rows(text: str) -> list[str]:
    """The rows of a table; a line that opens no row goes on with the one above."""
    rows: list[str] = []
    for line in text.strip().splitlines():
        if line.lstrip().startswith("|") or not rows:
            rows.append(line)
        else:
            rows[-1] += "\n" + line
    return rows


def _header_above(
    document: PolicyDocument,
    passage: Passage,
    start: int,
    quote: str,
    excerpt: Excerpt | None,
) -> tuple[int, str] | None:
    """Place and words of the header row that the passage names for its rows."""
    named = [line for line in passage.lead_in.split("\n") if _ROW.match(line)]
    if not named or excerpt is None or named[-1] in quote:
        return None
    begin = max(0, start - _HEADER_SEARCH)
    above = excerpt(document.id, begin, start) or ""
    words = "\n".join(named)
    found = above.rfind(words)
    if found < 0:
        words = named[-1]
        found = above.rfind(words)
    return (begin + found, words) if found >= 0 else None


def _table(header: str, header_mark: str, rows: list[str], mark: str) -> str:
    """A Markdown table; the marks stand in the last cell of the header and of the last row."""
    heads = [_cells(row) for row in _rows(header)]
    body = [_cells(row) for row in rows]
    width = max(len(cells) for cells in [*heads, *body])
    lines = [*heads, *body]
    shown = [[*cells, *[""] * (width - len(cells))] for cells in lines]
    shown[len(heads) - 1][-1] += header_mark
    shown[-1][-1] += mark
    out = [f"| {' | '.join(cells)} |" for cells in shown]
    out.insert(1, "|" + " --- |" * width)
    return "\n".join(out)


def _cells(row: str) -> list[str]:
    match = _ROW.match(row)
    inner = match.group(1) if match else row
    return [escape(" ".join(_BREAK.sub(" ", cell).split())) for cell in inner.split("|")]
