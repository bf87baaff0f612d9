"""Answers over several places: comparison and overview tables, every cell cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing import Citations
from assistant.evidence import Statement
from assistant.quotation import escape
from assistant.wording import Language, say

_SENTENCES_A_CELL = 3


def comparison(
    cells: Sequence[tuple[str, Sequence[Statement]]], citations: Citations, language: Language
) -> str:
    """A row a place: its best sentences, or that the library holds none."""
    rows = _head(language)
    for place, statements in cells:
        rows += _rows_of(escape(place), statements, citations, place)
        if not statements:
            rows.append(_row(escape(place), say("not_mentioned", language)))
    return say("comparison", language) + "\n\n" + "\n".join(rows)


def overview(statements: Sequence[Statement], citations: Citations, language: Language) -> str:
    """A row a document, in the order of their best sentences."""
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        found = by_document.setdefault(statement.document.id, [])
        if len(found) < _SENTENCES_A_CELL:
            found.append(statement)
    rows = _head(language)
    for found in by_document.values():
        document = found[0].document
        in_order = sorted(found, key=lambda statement: statement.start_char)
        rows += _rows_of(escape(document.region or document.title), in_order, citations)
    return say("overview", language) + "\n\n" + "\n".join(rows)


def _head(language: Language) -> list[str]:
    return [_row(say("place", language), say("says", language)), "| --- | --- |"]


def _rows_of(
    name: str, statements: Sequence[Statement], citations: Citations, place: str | None = None
) -> list[str]:
    """A row a sentence; the name stands in the first.

    Under a `place`, a rule of another one (全国, the province of a city) is marked as such.
    """
    return [
        _row("" if index else name, _cited(statement, citations) + _other_place(statement, place))
        for index, statement in enumerate(statements)
    ]


def _other_place(statement: Statement, place: str | None) -> str:
    region = statement.document.region
    return "" if place is None or region in (None, place) else f"（{escape(region or '')}）"


def _cited(statement: Statement, citations: Citations) -> str:
    number = citations.cite(statement)
    citations.claim(statement.text, number)
    return f"{escape(' '.join(statement.text.split()))}[{number}]"


def _row(place: str, text: str) -> str:
    return f"| {place} | {text} |"
