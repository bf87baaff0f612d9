"""A figure computed from sentences of policies that have no articles (465名 − 30名 = 435名).

Each input is looked for on its own, as if it had been asked for alone, and quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.carried_over import with_subject
from assistant.citing import Citations
from assistant.derived_figures import Derivation, calculation
from assistant.evidence import Statement
from assistant.figure_choice import OVER_YEARS, best_figure, with_qualifier
from assistant.question import parse_question
from assistant.quotation import escape, place_mark, quoted
from assistant.refusal import judge_evidence
from assistant.replacement import with_other_year
from assistant.searching import Searching, covers_place
from assistant.turn import Turn
from assistant.work import Work
from knowledge.figures import Figure
from knowledge.regions import find_regions
from knowledge.snapshot import Snapshot

_IN_ALL = re.compile(r"累计|一共|总共|合计|(?:19|20)\d\d年(?:以来)?")


@dataclass(frozen=True, slots=True)
class DerivedAnswering:
    """Computes from the sentences that a search finds."""

    searching: Searching
    top_k: int

    def computed(
        self, work: Work, wanted: Derivation, snapshot: Snapshot, citations: Citations
    ) -> str | None:
        """The calculation, then the sentences of its inputs; None if an input is not to be had.

        Of inputs that only bound a value (超13万人) no figure is computed: they are put side by side.
        """
        found: list[tuple[Statement, Figure]] = []
        first = wanted.asked_of(wanted.operands[0])
        for operand in wanted.operands:
            asked = wanted.asked_of(operand)
            if find_regions(first) and not find_regions(asked):
                asked = with_subject(asked, first)
            if operand != wanted.operands[0] and not parse_question(asked).terms:
                # 累计派的人比2025年这批多多少: the year is all that differs.
                asked = _of_other_time(first, asked)
            if found and wanted.operation == "ratio" and OVER_YEARS.search(found[0][0].text):
                # 930万元 since 2013 are not shared among those of this year.
                asked = re.sub(r"(?=多少|几)", "累计", asked, count=1)
            unit = found[0][1].unit if found and wanted.operation != "ratio" else ""
            figured = self._operand(work, asked, unit, snapshot)
            if figured is None:
                return None
            found.append(figured)
        if len({(s.document.id, s.start_char + f.start) for s, f in found}) < len(found):
            return None
        spans = {bool(OVER_YEARS.search(s.text)) for s, _ in found}
        if wanted.operation == "ratio" and len(spans) > 1:
            return None
        exact = all(with_qualifier(figure, s.text) == figure.text for s, figure in found)
        shown = calculation(wanted.operation, [figure for _, figure in found]) if exact else None
        return _composed(found, shown, work, citations)

    def _operand(
        self, work: Work, asked: str, unit: str, snapshot: Snapshot
    ) -> tuple[Statement, Figure] | None:
        """The figure that answers one of the questions, in `unit` where that is known."""
        question = parse_question(asked)
        places = tuple(region.name for region in question.regions) or work.places
        place = places[0] if len(places) == 1 else None
        results = self.searching.retrieved(work, question, place, self.top_k)
        work.evidence += tuple(r for r in results if r not in work.evidence)
        needs, statements = self.searching.scored(question, snapshot, results)
        statements = tuple(
            s
            for s in statements
            if s.passage.article is None and (not unit or any(f.unit == unit for f in s.figures))
        )
        if not statements:
            return None
        specific = covers_place(snapshot.documents(), places)
        if not judge_evidence(question, needs, statements, places, specific).enough:
            return None
        found = best_figure(question, needs, statements)
        return found if found and (not unit or found[1].unit == unit) else None


def _of_other_time(first: str, asked: str) -> str:
    """The question `first`, asked of the year that `asked` names."""
    years = parse_question(asked).years
    if not years or years == parse_question(first).years:
        return asked
    year = f"{years[0]}年"
    turn = Turn(_IN_ALL.sub("", first), "")
    return with_other_year(year, parse_question(year), turn) or asked


def _composed(
    found: Sequence[tuple[Statement, Figure]], shown: str | None, work: Work, citations: Citations
) -> str:
    blocks: dict[str, None] = {}
    marks: dict[str, None] = {}
    for statement, figure in found:
        number = citations.cite(statement)
        marks[f"[{number}]"] = None
        text = quoted(
            statement.document, statement.passage, statement.start_char, statement.text, citations
        )
        text += place_mark(statement.document, work.language, work.places)
        if shown is None:
            value = with_qualifier(figure, statement.text)
            citations.claim(value, number)
            text = f"**{escape(value)}**[{number}]\n\n{text}"
        blocks[text] = None
    head = [f"**{escape(shown)}**{''.join(marks)}"] if shown else []
    return "\n\n".join([*head, *blocks])
