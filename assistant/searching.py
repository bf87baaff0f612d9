"""A question → the passages and sentences of the library that may answer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Statement, score_statements
from assistant.excluded_places import is_excluded
from assistant.needs import Need, question_needs
from assistant.question import ParsedQuestion, expansion_of
from assistant.quotation import Excerpt
from assistant.run_in_heading import with_task
from assistant.work import Work
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.regions import COUNTRY, applies_to
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# A year that is named holds for so many passages of its section.
_BACK = 4
# 到2025年，…; not 2024年启动, nor 自2024年起.
_OPENS_YEAR = re.compile(r"(?:到|至|截至)?(?:19|20)\d\d年(?:年?[底末]|以?前)?,")


@dataclass(frozen=True, slots=True)
class Searching:
    """Searches the library as one question asks for it."""

    retriever: HybridRetriever

    def retrieved(
        self, work: Work, question: ParsedQuestion, place: str | None, top_k: int
    ) -> tuple[ScoredPassage, ...]:
        """The best passages of the place and the time asked for; of all places if None."""
        query = SearchQuery(
            question.search_text,
            region=place,
            document_ids=work.asked.document_ids,
            as_of=work.as_of,
            former=work.is_former,
            versions=work.versions,
            expansion=expansion_of(question),
        )
        found = self.retriever.retrieve(query, top_k)
        if not work.excluded:
            return found
        snapshot = self.retriever.snapshot()
        return tuple(
            r for r in found if not is_excluded(described(snapshot, r).region, work.excluded)
        )

    def scored(
        self, question: ParsedQuestion, snapshot: Snapshot, found: Sequence[ScoredPassage]
    ) -> tuple[tuple[Need, ...], tuple[Statement, ...]]:
        """The question's subject words, and all sentences of the passages, the best first."""
        lexical = snapshot.lexical
        needs = question_needs(question, lexical.document_frequency, lexical.size)
        excerpt = excerpt_of(snapshot, found)
        results = [(with_task(one, excerpt), described(snapshot, one)) for one in found]
        dated = _dated_before(snapshot, found) if question.years else {}
        return needs, score_statements(question, needs, results, dated)


def _dated_before(snapshot: Snapshot, found: Sequence[ScoredPassage]) -> dict[str, str]:
    """By passage of a document without articles, the last sentence shortly before it that opens a year.

    到2025年，…。 opens what is to be reached by then, in several lines.
    """
    section, dated = sections_of(snapshot), dict[str, str]()
    for passage in (result.passage for result in found if result.passage.article is None):
        before = [other for other in section(passage) if other.end_char <= passage.start_char]
        for other in reversed(before[-_BACK:]):
            named = [s for s in map(fold, _texts(other)) if _OPENS_YEAR.match(s)]
            if named:
                dated[passage.id] = named[-1]
                break
    return dated


def _texts(passage: Passage) -> Iterator[str]:
    return (span.of(passage.text) for span in sentences(passage.text))


def described(snapshot: Snapshot, result: ScoredPassage) -> PolicyDocument:
    """The document of a result, without its text."""
    return snapshot.described(result.passage)


def excerpt_of(snapshot: Snapshot, found: Sequence[ScoredPassage]) -> Excerpt:
    """Reads the texts of the versions that were found, whichever are the present ones."""
    versions = {r.passage.document_id: snapshot.version_of_passage(r.passage) for r in found}

    def read(document_id: str, start: int, end: int) -> str | None:
        return snapshot.catalog.excerpt(document_id, start, end, versions.get(document_id))

    return read


def covers_place(documents: Sequence[PolicyDocument], places: Sequence[str]) -> bool:
    """True if the library holds rules of one of these places itself."""
    return any(
        document.region not in (None, COUNTRY) and applies_to(document.region, place)
        for document in documents
        for place in places
    )


def sections_of(snapshot: Snapshot) -> Callable[[Passage], Sequence[Passage]]:
    """Passage → the passages under the same heading, in reading order."""

    def section(passage: Passage) -> Sequence[Passage]:
        return [
            other
            for other in snapshot.catalog.passages_of(
                passage.document_id, snapshot.version_of_passage(passage)
            )
            if other.heading_path == passage.heading_path and other.article == passage.article
        ]

    return section
