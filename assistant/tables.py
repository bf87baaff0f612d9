"""Answers over several places: comparison and overview tables, every cell cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing import Citations
from assistant.evidence import Statement
from assistant.overview import PlaceFacts
from assistant.quotation import escape
from assistant.wording import Language, say
from knowledge.figures import find_figures

_SENTENCES_A_CELL = 3
NOT_MENTIONED = ("（文件未提及）", "(the documents do not mention it)")
# More places without a statement than this are named in one sentence below the table.
_SILENT_ROWS = 6
_SILENT = ("文件未提及的地区：{places}。", "Places whose documents do not mention it: {places}.")
_ASPECT = ("方面", "Aspect")


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


def overview(
    statements: Sequence[Statement],
    citations: Citations,
    language: Language,
    *,
    by_title: bool = False,
) -> str:
    """A row a document, in the order of their best sentences; named by title where that is asked."""
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        found = by_document.setdefault(statement.document.id, [])
        if len(found) < _SENTENCES_A_CELL:
            found.append(statement)
    rows = _head(language)
    for found in by_document.values():
        document = found[0].document
        in_order = sorted(found, key=lambda statement: statement.start_char)
        name = document.region or document.title
        if by_title and not find_figures(document.title):
            # A figure in a title is not quoted and must not stand here.
            place = f"（{document.region}）" if document.region else ""
            titled = document.title if "《" in document.title else f"《{document.title}》"
            name = titled + place
        rows += _rows_of(escape(name), in_order, citations)
    return say("overview", language) + "\n\n" + "\n".join(rows)


def places_overview(rows: Sequence[PlaceFacts], citations: Citations, language: Language) -> str:
    """A row a sentence of each place; places whose documents do not mention it are said to be so."""
    lines = _head(language)
    for row in rows:
        lines += _rows_of(escape(row.place), row.statements, citations)
    silent = [escape(row.place) for row in rows if not row.statements]
    if len(silent) <= _SILENT_ROWS:
        lines += [_row(place, NOT_MENTIONED[language == "en"]) for place in silent]
        silent = []
    text = say("overview", language) + "\n\n" + "\n".join(lines)
    if silent:
        names = "、".join(silent)
        text += f"\n\n{_SILENT[language == 'en'].format(places=names)}"
    return text


def facets_table(
    columns: Sequence[tuple[str, Sequence[PlaceFacts]]], citations: Citations, language: Language
) -> str:
    """A row a kind of fact, a column a place; `columns` holds for each kind the places' facts.

    Every filled cell is cited; an empty one says that the documents do not mention it.
    """
    places = [row.place for row in columns[0][1]]
    lines = [_row_of([_ASPECT[language == "en"], *map(escape, places)])]
    lines.append("|" + " --- |" * (len(places) + 1))
    for name, rows in columns:
        by_place = {row.place: row.statements for row in rows}
        cells = [
            "<br>".join(_cited(s, citations) for s in by_place.get(place, ()))
            or NOT_MENTIONED[language == "en"]
            for place in places
        ]
        lines.append(_row_of([name, *cells]))
    return say("comparison", language) + "\n\n" + "\n".join(lines)


def _row_of(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


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
