"""A figure computed from sentences of policies that have no articles (465名 − 30名 = 435名).

Each input is looked for on its own, as if it had been asked for alone, and quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.calculation import calculation
from assistant.citing import Citations
from assistant.derived_figures import Derivation
from assistant.evidence import Statement
from assistant.figure_choice import OVER_YEARS, best_figure, with_qualifier
from assistant.question import ParsedQuestion, parse_question
from assistant.quotation import escape, place_mark, quoted
from assistant.refusal import judge_evidence
from assistant.replacement import with_other_year
from assistant.searching import Searching, covers_place
from assistant.turn import Turn
from assistant.work import Work
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.regions import find_regions, region_mentions
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

# Of these one input beside the other tells nothing.
_ONLY_COMPUTED = frozenset({"ratio", "share", "times", "rest"})
# Weight of a word that names something: nouns, and verbs that only one of several figures has.
_NAMED = 0.5
_COUNTED = re.compile(r"(?:多少|几)([^\s，。？?]?)")
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

        Where two of one kind bound their sum or difference on no one side they are put side by side.
        """
        found: list[tuple[Statement, Figure]] = []
        first = wanted.asked_of(wanted.operands[0])
        for operand in wanted.operands:
            asked = wanted.asked_of(operand)
            if (mentions := region_mentions(first)) and not find_regions(asked):
                asked = first[slice(*mentions[0][:2])] + asked
            if operand != wanted.operands[0] and not parse_question(asked).terms:
                # 累计派的人比2025年这批多多少: the year is all that differs.
                asked = _of_other_time(first, asked)
            if found and wanted.operation == "ratio" and OVER_YEARS.search(found[0][0].text):
                # 930万元 since 2013 are not shared among those of this year.
                asked = re.sub(r"(?=多少|几)", "累计", asked, count=1)
            unit = found[0][1].unit if found and wanted.operation != "ratio" else ""
            held = tuple(s for s, _ in found) if wanted.operation == "ratio" else ()
            figured = self._operand(work, asked, unit, snapshot, held)
            if figured is None:
                return None
            found.append(figured)
        if len({(s.document.id, s.start_char + f.start) for s, f in found}) < len(found):
            return None
        named = any(map(region_mentions, map(wanted.asked_of, wanted.operands))) or work.places
        if not named and len({s.document.region for s, _ in found}) > 1:
            return None
        if wanted.operation == "share" and _are_siblings(found):
            return None
        spans = {bool(OVER_YEARS.search(s.text)) for s, _ in found}
        if wanted.operation == "ratio" and len(spans) > 1:
            return None
        figures = [figure for _, figure in found]
        terms = [with_qualifier(figure, s.text) for s, figure in found]
        shown = calculation(wanted.operation, figures, terms)
        alike = len({(figure.kind, figure.unit) for figure in figures}) == 1
        if shown is None and (wanted.operation in _ONLY_COMPUTED or not alike):
            return None
        return _composed(found, shown, work, citations)

    def _operand(
        self,
        work: Work,
        asked: str,
        unit: str,
        snapshot: Snapshot,
        before: Sequence[Statement] = (),
    ) -> tuple[Statement, Figure] | None:
        """The figure that answers one of the questions, in `unit` where that is known.

        Its sentence speaks of all that the question names; a figure that the question itself gives
        (选派的30名, 两批) is the one, once a sentence says it.
        """
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
        if given := _given(question, (*before, *statements)):
            return given
        things = [t.word for t in question.terms if t.weight >= _NAMED and len(t.word) > 1]
        statements = tuple(s for s in statements if _speaks_of(things, s))
        if not statements or not (question.terms or question.focus):
            return None
        specific = covers_place(snapshot.documents(), places)
        if not judge_evidence(question, needs, statements, places, specific).enough:
            return None
        found = best_figure(question, needs, statements)
        return found if found and (not unit or found[1].unit == unit) else None


def _are_siblings(found: Sequence[tuple[Statement, Figure]]) -> bool:
    """True if one figure is none of the other: 20个机构和60个组织 stand beside each other."""
    (first, _), (second, _) = found[:2]
    same = (first.document.id, first.start_char) == (second.document.id, second.start_char)
    return same and not re.search(r"其中|中，|当中", first.text)


def _given(
    question: ParsedQuestion, statements: Sequence[Statement]
) -> tuple[Statement, Figure] | None:
    """The figure that the question names itself, in the sentence with most of its words that has it."""
    figures = [f for f in find_figures(question.text) if f.kind in ("count", "number", "money")]
    counted = _COUNTED.search(question.text)
    if len(figures) != 1 or (counted and counted[1] not in figures[0].text):
        return None
    things = [term.word for term in question.terms]
    found = [
        (sum(is_said(thing, fold(s.text)) for thing in things), -rank, s, figure)
        for rank, s in enumerate(statements)
        for figure in find_figures(s.text)
        if same_figure(figure, figures[0])
        or (not figures[0].unit and figure.value == figures[0].value)
    ]
    if not found:
        return None
    best = max(found, key=lambda one: one[:2])
    return best[2], best[3]


def _speaks_of(things: Sequence[str], statement: Statement) -> bool:
    texts = (statement.text, *statement.above, statement.document.title)
    return all(any(is_said(thing, fold(text)) for text in texts) for thing in things)


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
