"""Two documents in force that give different values for what is asked: both sides, never one.

Two sentences contradict each other if they say the same of the same thing but for the value:
what differs between them is only a figure, a date or a name that the question does not hold. A
difference of year, place or number (第六届, 第七届) means that they speak of different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.citing import Citations
from assistant.evidence import Statement
from assistant.needs import Need
from assistant.question import ParsedQuestion
from assistant.quotation import Excerpt, escape, quoted
from assistant.sentence_difference import says_same, sentence_difference
from assistant.sufficiency_asked import AskedValue, asked_value
from assistant.sufficiency_votes import Candidate, candidates
from assistant.wording import Language, say
from knowledge.asked_unit import asked_unit_fit
from knowledge.authority import authority
from knowledge.documents import PolicyDocument
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.rule_names import rule_name

# Sentences of the best that are compared with each other.
_COMPARED = 16
# How well a number must answer, of 1, to be set against another in a sentence of other words.
_CLEAR = 0.9
# Share of the question that each of two sentences must carry, itself and with its surroundings.
_OWN, _OWN_UNTYPED, _COVERAGE = 0.45, 0.75, 0.5
_MOST_SIDES = 4
_IN_FORCE = frozenset({"current", "unknown", "not_yet_in_force"})


@dataclass(frozen=True, slots=True)
class Side:
    """One value with the clearest sentence that gives it."""

    value: str
    """Verbatim in the sentence."""
    statement: Statement
    documents: int
    """How many documents give it."""


def contradiction(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Side, ...]:
    """The sides that documents in force take on what is asked; empty if they agree.

    `statements` are the best first.
    """
    asked = asked_value(question, needs)
    fitting = [
        s
        for s in statements
        if s.coverage >= _COVERAGE and s.own_coverage >= _OWN and s.document.status in _IN_FORCE
    ][:_COMPARED]
    given: dict[str, list[Statement]] = {}
    for one, other in combinations(fitting, 2):
        if one.document.id == other.document.id or not _same_place(one.document, other.document):
            continue
        difference = sentence_difference(asked, one.text, other.text)
        if difference is not None and (
            asked.kind != "other" or min(one.own_coverage, other.own_coverage) >= _OWN_UNTYPED
        ):
            given.setdefault(difference.first, []).append(one)
            given.setdefault(difference.second, []).append(other)
    for pair in _opposed(asked, candidates(asked, needs, fitting)):
        for figure, statement in pair:
            given.setdefault(figure.text, []).append(statement)
    sides = [
        Side(value, found[0], len({s.document.id for s in found}))
        for value, found in _merged(given).items()
    ]
    return tuple(sides[:_MOST_SIDES]) if len(sides) > 1 else ()


def _opposed(
    asked: AskedValue, found: Sequence[Candidate]
) -> list[tuple[tuple[Figure, Statement], tuple[Figure, Statement]]]:
    """Numbers that differ in sentences of other words which both answer (共有5万名, 达到8万名).

    Only the number of the kind asked for that stands alone in its sentence can be meant.
    """
    if asked.kind != "number":
        return []
    clear: list[tuple[Figure, Statement]] = []
    for vote in (candidate.best for candidate in found):
        if vote.weight < _CLEAR or vote.head < _CLEAR:
            continue
        figures = [f for f in find_figures(vote.statement.text) if asked_unit_fit(f, asked.text)]
        if len(figures) == 1:
            clear.append((figures[0], vote.statement))
    return [
        (one, other)
        for one, other in combinations(clear, 2)
        if one[0].unit == other[0].unit
        and not same_figure(one[0], other[0])
        and one[1].document.id != other[1].document.id
        and _same_place(one[1].document, other[1].document)
    ]


def compose_contradiction(
    sides: Sequence[Side], citations: Citations, language: Language, excerpt: Excerpt | None = None
) -> str:
    """The sides in Markdown: value, document, issuer and date of each, then its sentence."""
    blocks = [say("differ", language)]
    for side in sides:
        document = side.statement.document
        number = citations.cite(side.statement)
        citations.claim(side.value, number)
        quote = quoted(
            document,
            side.statement.passage,
            side.statement.start_char,
            side.statement.text,
            citations,
            excerpt,
        )
        head = f"**{escape(side.value)}**[{number}] {_origin(document, language)}"
        blocks.append(f"{head}\n\n{quote}")
    blocks += _ranked([side.statement.document for side in sides], language)
    return "\n\n".join(blocks)


def _ranked(documents: Sequence[PolicyDocument], language: Language) -> list[str]:
    """Which document is the later and which the higher one, where that can be told."""
    notes = []
    days = sorted((day, d.title) for d in documents if (day := _day(d)))
    if len(days) == len(documents) and days[-1][0] > days[-2][0]:
        notes.append(("later", days[-1][1]))
    laws = {d.title for d in documents if authority(rule_name(d.title), d.region)}
    if len(laws) == 1 and len({d.title for d in documents}) > 1:
        notes.append(("law", laws.pop()))
    return [say(key, language, title=f"《{escape(title)}》") for key, title in notes]


def _day(document: PolicyDocument) -> date | None:
    return document.published_on or document.effective_from


def _origin(document: PolicyDocument, language: Language) -> str:
    issuers = "、".join(document.issuers) or say("no_issuer", language)
    day = _day(document)
    dated = day.isoformat() if day else say("undated", language)
    return f"《{escape(document.title)}》（{escape(issuers)}，{dated}）"


def _same_place(one: PolicyDocument, other: PolicyDocument) -> bool:
    """Rules of two places may differ; that is no contradiction."""
    return one.region == other.region or None in (one.region, other.region)


def _merged(given: dict[str, list[Statement]]) -> dict[str, list[Statement]]:
    """Values that say the same under the first that came."""
    merged: dict[str, list[Statement]] = {}
    for value, found in given.items():
        known = next((v for v in merged if says_same(v, value)), value)
        merged.setdefault(known, []).extend(found)
    return merged
