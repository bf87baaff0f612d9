"""Questions on several places: a comparison, or an overview over the whole library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.citing import Citations
from assistant.evidence import Statement
from assistant.figure_choice import best_figure
from assistant.needs import Need, need_hit
from assistant.overview import FEW_PLACES, KINDS, facts_by_place, names_no_subject
from assistant.question import ParsedQuestion, put_to
from assistant.quotation import escape
from assistant.quoted_words import with_quoted
from assistant.refusal import is_enough
from assistant.rule_reading import RuleReader
from assistant.searching import Searching, covers_place
from assistant.sentence_choice import chosen_sentences
from assistant.superlative import figures_by_place
from assistant.tables import comparison, facets_table, overview, places_overview
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import FactKind, ScoredPassage
from knowledge.regions import COUNTRY
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

OVERVIEW_PASSAGES = 24
_OVERVIEW_PLACES, _PASSAGES_A_PLACE, _OVERVIEW_COVERAGE = 12, 4, 0.45
# Provinces and the like: what has most must not be missed.
_ALL_PLACES = 40
_ASKS_EACH = re.compile(
    r"各(?:地|省|自治区|个?(?:地方|省份?))|每个(?:地方|省)|[二三四五六]地(?![级市])|所有(?:地方|省)"
)
_COMPARED_COVERAGE = 0.4
_SAID = 0.7
_ASKS_TITLES = re.compile(
    r"哪[些几]个?(?:政策|文件|法规|法律|条例|方案)|which (?:policies|documents)"
)
_FACETS: dict[FactKind, tuple[str, str]] = {
    "domain": ("服务领域", "Domains"),
    "target": ("目标", "Targets"),
    "funding": ("经费", "Funding"),
}


@dataclass(frozen=True, slots=True)
class PlacesAnswering:
    """Answers questions on several places, each from a search of its own."""

    searching: Searching
    reader: RuleReader
    top_k: int

    def compared(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer:
        """One row a place, each from a retrieval of its own."""
        in_force = work.as_of is None and not work.versions
        table = (
            _facets_compared(work, question, snapshot, citations)
            if in_force and names_no_subject(question) and _asks_facts(question)
            else None
        )
        if table is not None:
            return table
        cells: list[tuple[str, list[Statement]]] = []
        evidence: list[ScoredPassage] = []
        for region in question.regions:
            if region.name not in work.places:
                continue
            alone = put_to(question, region)
            found = self.searching.retrieved(work, alone, region.name, self.top_k)
            evidence.extend(found)
            needs, statements = self.searching.scored(alone, snapshot, found)
            fitting = [s for s in statements if is_enough(s, _COMPARED_COVERAGE)]
            cell: list[Statement] = []
            if region.name == COUNTRY or covers_place(snapshot.documents(), (region.name,)):
                # A national rule fills the cell only where the place has none of its own.
                own = [s for s in fitting if s.document.region == region.name] or fitting
                reading = self.reader.read(work, alone, snapshot, (region.name,), found)
                cell = reading.found.statements() if reading else _cell(alone, needs, own)
            cells.append((region.name, cell))
        work.evidence = tuple(evidence)
        work.timed("retrieve")
        text = comparison(cells, citations, work.language)
        work.timed("answer")
        missing = [place for place, statements in cells if not statements]
        if len(missing) == len(cells):
            place = "、".join(missing)
            return work.answer("no_evidence", say("nothing_in_region", work.language, place=place))
        if missing:
            text += "\n\n" + say("missing_places", work.language, places="、".join(missing))
        return work.answer("partial" if missing else "answered", text, citations)

    def surveyed(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer:
        """One row a document, over the whole library."""
        if question.facets and names_no_subject(question) and work.as_of is None:
            kinds = question.facets[:1]
            rows = facts_by_place(question, snapshot, kinds, work.places)
            if any(row.statements for row in rows):
                text = places_overview(rows, citations, work.language)
                work.timed("answer")
                return work.answer("answered", text, citations)
        work.evidence = self._gathered(work, question, snapshot)
        work.timed("retrieve")
        needs, statements = self.searching.scored(question, snapshot, work.evidence)
        fitting = [
            s
            for s in with_quoted(question.text, statements)
            if is_enough(s, _OVERVIEW_COVERAGE)
            and (s.has_years or not question.years)
            and (s.figures or not question.asks_amount)
        ]
        fitting = _of_the_year(question, _most_telling(needs, fitting))
        if not fitting:
            return work.answer("no_evidence", say("nothing", work.language))
        by_title = bool(_ASKS_TITLES.search(question.text))
        text = overview(fitting, citations, work.language, by_title=by_title)
        if lacking := _without_any(question, fitting, snapshot):
            places = "、".join(map(escape, lacking))
            text += "\n\n" + say("places_without", work.language, places=places)
        work.timed("answer")
        return work.answer("answered", text, citations)

    def most(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer | None:
        """The figure of each place; `question` asks how much there is. None where rules answer."""
        work.evidence = self._gathered(work, question, snapshot, _ALL_PLACES)
        work.timed("retrieve")
        needs, statements = self.searching.scored(question, snapshot, work.evidence)
        fitting = [s for s in statements if is_enough(s, _OVERVIEW_COVERAGE)]
        found = figures_by_place(question, needs, fitting)
        if not found:
            of_rules = any(result.passage.article for result in work.evidence[:1])
            reason = "no_figure" if fitting else "nothing"
            return None if of_rules else work.answer("no_evidence", say(reason, work.language))
        text = overview(found, citations, work.language)
        work.timed("answer")
        if len(found) > 1:
            return work.answer("answered", text, citations)
        alone = say("only_place", work.language, place=found[0].document.region)
        return work.answer("partial", f"{text}\n\n{alone}", citations)

    def _gathered(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, most: int = _OVERVIEW_PLACES
    ) -> tuple[ScoredPassage, ...]:
        """Passages over the whole library, and some of each place, so that none is crowded out."""
        found = list(self.searching.retrieved(work, question, None, OVERVIEW_PASSAGES))
        places = sorted({d.region for d in snapshot.documents() if d.region not in (None, COUNTRY)})
        for place in places[:most]:
            found.extend(self.searching.retrieved(work, question, place, _PASSAGES_A_PLACE))
        return tuple({result.passage.id: result for result in found}.values())


def _without_any(
    question: ParsedQuestion, told: Sequence[Statement], snapshot: Snapshot
) -> list[str]:
    """The places of a small library of which nothing is told, where each is asked about."""
    held = {d.region for d in snapshot.documents() if d.region not in (None, COUNTRY)}
    if len(held) > FEW_PLACES or not _ASKS_EACH.search(fold(question.text)):
        return []
    return sorted(str(place) for place in held - {one.document.region for one in told})


def _asks_facts(question: ParsedQuestion) -> bool:
    """False where a number is asked for that is none of a facet (社工人数各是多少)."""
    return bool(question.facets) or not question.asks_amount


def _facets_compared(
    work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
) -> Answer | None:
    """Places side by side by what their facts say.

    A place whose documents say nothing of the facet asked for has an empty cell; None if no facet
    is asked for and a place has none at all.
    """
    kinds = question.facets or KINDS
    columns = [
        (
            _FACETS[kind][work.language == "en"],
            facts_by_place(question, snapshot, (kind,), work.places),
        )
        for kind in kinds
    ]
    silent = [
        place
        for place in work.places
        if not any(r.statements for _, rows in columns for r in rows if r.place == place)
    ]
    if silent and not question.facets:
        return None
    if len(silent) == len(work.places):
        place = "、".join(silent)
        return work.answer("no_evidence", say("nothing_in_region", work.language, place=place))
    order = {place: index for index, place in enumerate(work.places)}
    columns = [(name, tuple(sorted(rows, key=lambda r: order[r.place]))) for name, rows in columns]
    text = facets_table(columns, citations, work.language)
    work.timed("answer")
    return work.answer("partial" if silent else "answered", text, citations)


def _most_telling(needs: Sequence[Need], statements: list[Statement]) -> list[Statement]:
    """Those that have the rarest word of the question (医院 of 医院社工), where some have; else all."""
    named = [n for n in needs if not n.is_weak and len(n.word) > 1]
    rarest = max(named, key=lambda need: need.weight, default=None)
    own = [
        s
        for s in statements
        if rarest and any(need_hit(rarest, fold(text)) >= _SAID for text in (s.text, *s.above))
    ]
    return own or statements


def _of_the_year(question: ParsedQuestion, statements: list[Statement]) -> list[Statement]:
    """Of each document those that name the year themselves, where a year is all one asks about."""
    if not question.years or not names_no_subject(question):
        return statements
    named = [
        s
        for s in statements
        if any(str(year) in fold(s.text) for year in question.years)
        # What only announces a list says nothing in a table.
        and not s.text.rstrip().endswith(("：", ":"))
    ]
    told = {s.document.id for s in named}
    # Where a year stands in the title alone its sentences are all of it.
    return [s for s in statements if s in named or s.document.id not in told]


def _cell(
    question: ParsedQuestion, needs: Sequence[Need], fitting: Sequence[Statement]
) -> list[Statement]:
    """What one place says: the sentence with the figure asked for, or the best sentences."""
    if not fitting:
        return []
    if question.form in ("figure", "date"):
        if found := best_figure(question, needs, fitting):
            return [found[0]]
        if question.asks_amount:
            return []
    # A sentence that only announces what follows says nothing in a cell.
    telling = [s for s in fitting if not s.text.rstrip().endswith(("：", ":"))]
    return chosen_sentences(question, telling or fitting)
