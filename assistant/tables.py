"""Answers over several places: comparison and overview tables, every cell cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing import Citations
from assistant.evidence import Statement
from assistant.extractive import escape
from assistant.wording import Language, say

_SENTENCES_A_CELL = 3


def comparison(
    cells: Sequence[tuple[str, Sequence[Statement]]], citations: Citations, language: Language
) -> str:
    """A row a place: its best sentences, or that the library holds none."""
    rows = [_row((say("place", language), say("says", language))), "| --- | --- |"]
    for place, statements in cells:
        cell = "<br>".join(_cited(statement, citations) for statement in statements)
        rows.append(_row((place, cell or say("not_mentioned", language))))
    return say("comparison", language) + "\n\n" + "\n".join(rows)


def overview(statements: Sequence[Statement], citations: Citations, language: Language) -> str:
    """A row a document, in the order of their best sentences."""
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        found = by_document.setdefault(statement.document.id, [])
        if len(found) < _SENTENCES_A_CELL:
            found.append(statement)
    rows = [_row((say("place", language), say("says", language))), "| --- | --- |"]
    for found in by_document.values():
        document = found[0].document
        cell = "<br>".join(
            _cited(statement, citations) for statement in sorted(found, key=lambda s: s.start_char)
        )
        rows.append(_row((escape(document.region or document.title), cell)))
    return say("overview", language) + "\n\n" + "\n".join(rows)


def _cited(statement: Statement, citations: Citations) -> str:
    number = citations.cite(statement)
    citations.claim(statement.text, number)
    return f"{escape(' '.join(statement.text.lstrip('-*• ').split()))}[{number}]"


def _row(cells: tuple[str, str]) -> str:
    return "| " + " | ".join(cells) + " |"
