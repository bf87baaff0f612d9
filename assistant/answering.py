"""A question that asks one thing → its answer: retrieve, weigh, compose.

The form of the question decides the way: an article's text, a comparison of places, an overview
of the library, or the sentences and figures that carry the question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.citing import Citations
from assistant.definition import defined_word
from assistant.evidence import Statement, score_statements
from assistant.extractive import chosen_sentences, compose, compose_clause, compose_part
from assistant.figure_choice import best_figure
from assistant.found import Found
from assistant.likeness import Core, core_of
from assistant.needs import Need, question_needs
from assistant.question import ParsedQuestion, expansion_of, form_within
from assistant.quotation import Excerpt
from assistant.refusal import is_enough, judge_evidence
from assistant.rule_answer import compose_found, read_rules, search_hint
from assistant.rule_blocks import blocks_of
from assistant.tables import comparison, overview
from assistant.wording import say
from assistant.work import Work
from knowledge.article_parts import find_part_references
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.regions import applies_to
from knowledge.retrieval import HybridRetriever, SearchQuery, named_versions
from knowledge.snapshot import Snapshot

_OVERVIEW_PLACES, _PASSAGES_A_PLACE, _OVERVIEW_COVERAGE = 12, 4, 0.45
_COMPARED_COVERAGE = 0.4
_OVERVIEW_PASSAGES = 24
_READ_PASSAGES = 16


class Answering:
    """Answers questions that ask one thing."""

    def __init__(self, retriever: HybridRetriever, top_k: int) -> None:
        self._retriever = retriever
        self._top_k = top_k

    def answered(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer:
        """The answer to a question that asks one thing."""
        if question.form == "comparison" and len(work.places) > 1:
            return self._compared(work, question, snapshot, citations)
        if question.form == "overview":
            return self._surveyed(work, question, snapshot, citations)
        place = work.places[0] if len(work.places) == 1 else None
        work.evidence = self._retrieved(work, question, place, self._top_k)
        work.timed("retrieve")
        if question.form == "clause":
            return self._clause(work, snapshot, citations)
        reading = self._read(work, question, snapshot, work.places)
        if reading is not None:
            core, found = reading
            text = compose_found(
                question,
                core,
                found,
                citations,
                _excerpt(snapshot, work.evidence),
                work.language,
                bool(work.places),
            )
            work.timed("answer")
            return work.answer("answered", text, citations)
        needs, statements = self._scored(question, snapshot, work.evidence)
        specific = _covers_place(snapshot.documents(), work.places)
        verdict = judge_evidence(question, needs, statements, work.places, specific)
        if not verdict.enough:
            text = say(verdict.reason, work.language, place=verdict.place, year=verdict.year)
            return work.answer("no_evidence", text)
        text = compose(
            question,
            needs,
            _fitting(question, statements),
            citations,
            _sections(snapshot),
            _excerpt(snapshot, work.evidence),
        )
        work.timed("answer")
        return work.answer("answered", text, citations)

    def _clause(self, work: Work, snapshot: Snapshot, citations: Citations) -> Answer:
        """The text of the article asked for, from one document."""
        found = [result for result in work.evidence if result.origin == "structured"]
        if not found:
            return work.answer("no_evidence", say("no_article", work.language))
        document = _described(snapshot, found[0])
        by_article = _articles_of(snapshot, document, found)
        parts, read = find_part_references(work.text), _excerpt(snapshot, work.evidence)
        blocks: list[str] = []
        for name, passages in by_article.items():
            asked = [part for part in parts if part.article == name]
            exact = [compose_part(document, passages, part, citations, read) for part in asked]
            if any(text is None for text in exact):
                blocks.append(say("no_such_part", work.language))
            if asked and all(exact):
                blocks += [text for text in exact if text]
            else:
                blocks.append(compose_clause(document, passages, citations, read))
        work.timed("answer")
        return work.answer("answered", "\n\n".join(blocks), citations)

    def _compared(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer:
        """One row a place, each from a retrieval of its own."""
        cells: list[tuple[str, list[Statement]]] = []
        evidence: list[ScoredPassage] = []
        for region in question.regions:
            if region.name not in work.places:
                continue
            alone = replace(question, regions=(region,), form=form_within(question))
            found = self._retrieved(work, question, region.name, self._top_k)
            evidence.extend(found)
            needs, statements = self._scored(alone, snapshot, found)
            fitting = [s for s in statements if is_enough(s, _COMPARED_COVERAGE)]
            if not _covers_place(snapshot.documents(), (region.name,)):
                fitting = []
            reading = self._read(work, alone, snapshot, (region.name,)) if fitting else None
            own = [s for s in fitting if s.document.region == region.name] or fitting
            cell = reading[1].statements() if reading else _cell(alone, needs, own)
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

    def _surveyed(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer:
        """One row a document, over the whole library."""
        work.evidence = self._gathered(work, question, snapshot)
        work.timed("retrieve")
        _, statements = self._scored(question, snapshot, work.evidence)
        fitting = [
            s
            for s in statements
            if is_enough(s, _OVERVIEW_COVERAGE)
            and (s.has_years or not question.years)
            and (s.figures or not question.asks_amount)
        ]
        if not fitting:
            return work.answer("no_evidence", say("nothing", work.language))
        text = overview(fitting, citations, work.language)
        work.timed("answer")
        return work.answer("answered", text, citations)

    def _read(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        places: Sequence[str],
    ) -> tuple[Core, Found] | None:
        """What the articles found say to the question, and what the question is about.

        Searched for a second time with the words by which rules put it. What is read joins the
        evidence.
        """
        place = places[0] if len(places) == 1 else None
        core = core_of(question, snapshot.lexical.document_frequency, snapshot.lexical.size)
        results = list(work.evidence) if len(work.places) < 2 else []
        hint = search_hint(question)
        about = "" if defined_word(question.text) else core.text
        hinted = replace(question, search_text=f"{about} {hint}")
        results.extend(self._retrieved(work, hinted, place, _READ_PASSAGES))
        named = frozenset(
            snapshot.versions[version].document.id
            for version in named_versions(snapshot, question.text)
        )
        found = read_rules(question, core, blocks_of(snapshot, results), places, named)
        if found is None:
            return None
        known = {result.passage.id for result in work.evidence}
        read = [r for r in results if r.passage in found.block.passages]
        work.evidence += tuple(r for r in read if r.passage.id not in known)
        return core, found

    def _gathered(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot
    ) -> tuple[ScoredPassage, ...]:
        """Passages over the whole library, and some of each place, so that none is crowded out."""
        found = list(self._retrieved(work, question, None, _OVERVIEW_PASSAGES))
        places = sorted({d.region for d in snapshot.documents() if d.region not in (None, "全国")})
        for place in places[:_OVERVIEW_PLACES]:
            found.extend(self._retrieved(work, question, place, _PASSAGES_A_PLACE))
        return tuple({result.passage.id: result for result in found}.values())

    def _retrieved(
        self, work: Work, question: ParsedQuestion, place: str | None, top_k: int
    ) -> tuple[ScoredPassage, ...]:
        query = SearchQuery(
            question.search_text,
            region=place,
            document_ids=work.asked.document_ids,
            as_of=work.as_of,
            former=work.is_former,
            versions=work.versions,
            expansion=expansion_of(question),
        )
        return self._retriever.retrieve(query, top_k)

    def _scored(
        self, question: ParsedQuestion, snapshot: Snapshot, found: Sequence[ScoredPassage]
    ) -> tuple[tuple[Need, ...], tuple[Statement, ...]]:
        lexical = snapshot.lexical
        needs = question_needs(question, lexical.document_frequency, lexical.size)
        results = [(result, _described(snapshot, result)) for result in found]
        return needs, score_statements(question, needs, results)


def _articles_of(
    snapshot: Snapshot, document: PolicyDocument, found: Sequence[ScoredPassage]
) -> dict[str | None, list[Passage]]:
    """All passages of the articles that were found in `document`, whole, in reading order."""
    hits = [r.passage for r in found if _described(snapshot, r) == document]
    version = snapshot.version_of_passage(hits[0])
    articles = tuple(dict.fromkeys(p.article for p in hits if p.article))
    keys = snapshot.catalog.keys_of_article(version, articles) if version else ()
    whole = snapshot.catalog.passages(keys)
    by_article: dict[str | None, list[Passage]] = {}
    for passage in sorted([whole[key] for key in keys] or hits, key=lambda p: p.start_char):
        by_article.setdefault(passage.article, []).append(passage)
    return by_article


def _cell(
    question: ParsedQuestion, needs: Sequence[Need], fitting: Sequence[Statement]
) -> list[Statement]:
    """What one place says: the sentence with the figure asked for, or the best sentences."""
    if not fitting:
        return []
    if question.form in ("figure", "date") and (found := best_figure(question, needs, fitting)):
        return [found[0]]
    return chosen_sentences(question, fitting)


def _described(snapshot: Snapshot, result: ScoredPassage) -> PolicyDocument:
    """The document of a result, without its text."""
    return snapshot.described(result.passage)


def _excerpt(snapshot: Snapshot, found: Sequence[ScoredPassage]) -> Excerpt:
    """Reads the texts of the versions that were found, whichever are the present ones."""
    versions = {r.passage.document_id: snapshot.version_of_passage(r.passage) for r in found}

    def read(document_id: str, start: int, end: int) -> str | None:
        return snapshot.catalog.excerpt(document_id, start, end, versions.get(document_id))

    return read


def _fitting(question: ParsedQuestion, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The sentences that may be quoted, best first."""
    fitting = [s for s in statements if is_enough(s)]
    if question.years and any(s.has_years for s in fitting):
        fitting = [s for s in fitting if s.has_years]
    return tuple(fitting)


def _covers_place(documents: Sequence[PolicyDocument], places: Sequence[str]) -> bool:
    """True if the library holds rules of one of these places itself."""
    return any(
        document.region not in (None, "全国") and applies_to(document.region, place)
        for document in documents
        for place in places
    )


def _sections(snapshot: Snapshot) -> Callable[[Passage], Sequence[Passage]]:
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
