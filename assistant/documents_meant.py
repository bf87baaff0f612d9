"""The documents that a question may be answered from where they are read whole: rosters, tables, contacts.

Those of the place that is named or filtered for, in force, and of the year asked for; the latest edition
of those that differ in nothing but their year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.turn_reading import TurnReading
from assistant.work import Work
from knowledge.documents import PAST, PolicyDocument, ScoredPassage
from knowledge.regions import applies_to, asked_region, find_regions
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_FOUND = 12
# What has lapsed is told with a note that it has, where there is nothing else.
_FORMER = PAST - {"lapsed"}
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|[—－-]\d|\D{0,2}度)")
# A document that names no place of its own says at its head where it is of.
_HEAD = 400


@dataclass(frozen=True, slots=True)
class DocumentsMeant:
    """Chooses documents, those that a conversation is on first."""

    retriever: HybridRetriever
    turns: TurnReading

    def found(
        self, work: Work, snapshot: Snapshot, wanted: Callable[[ScoredPassage], bool] | None = None
    ) -> list[PolicyDocument]:
        """Documents with their texts, best first; `wanted` says of which passages found."""
        if work.found_whole is None:
            query = SearchQuery(work.text, document_ids=work.asked.document_ids)
            work.found_whole = tuple(self.retriever.retrieve(query, _FOUND))
        ids = [r.passage.document_id for r in work.found_whole if wanted is None or wanted(r)]
        chosen = work.asked.document_ids
        documents = []
        for id in dict.fromkeys((*self.focus(work, snapshot), *ids)):
            document = snapshot.catalog.document(id) if not chosen or id in chosen else None
            if document and document.status not in _FORMER and _is_of_places(work, document):
                documents.append(document)
        return _latest_first(documents)

    def focus(self, work: Work, snapshot: Snapshot) -> tuple[str, ...]:
        """Ids of the documents that a conversation is on."""
        turn = self.turns.turn(work, snapshot) if work.asked.history else None
        return tuple(turn.focus) if turn else ()


def is_of_years(work: Work, text: str) -> bool:
    """True if no year is asked for, or `text` (a title, a heading) names one of those that are."""
    assert work.parsed is not None
    asked = {str(year) for year in work.parsed.years}
    return not asked or any(year in text for year in asked)


def _is_of_places(work: Work, document: PolicyDocument) -> bool:
    filtered = asked_region(work.asked.region)
    places = (*work.places, *((filtered,) if filtered else ()))
    if not places:
        return True
    if document.region is not None:
        return any(applies_to(document.region, place) for place in places)
    named = find_regions(fold(document.title + document.text[:_HEAD]))
    return any(applies_to(region.name, place) for region in named for place in places)


def _latest_first(documents: list[PolicyDocument]) -> list[PolicyDocument]:
    """In their order, but editions of one paper with the latest year first."""
    order = {_undated(d.title): place for place, d in reversed(list(enumerate(documents)))}
    return sorted(documents, key=lambda d: (order[_undated(d.title)], -_year(d.title)))


def _undated(title: str) -> str:
    return _YEAR.sub("", title)


def _year(title: str) -> int:
    return max((int(year) for year in _YEAR.findall(title)), default=0)
