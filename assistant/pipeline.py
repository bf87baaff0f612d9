"""The online main path: question → cited answer.

    guard → stand-alone question → what is asked → places → retrieve → evidence
          → enough? → answer → check every citation → Answer

`answer()` is `stream()` drained; the command line, the page and the evaluations use these two.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, AnswerStatus
from assistant.checking import checked
from assistant.citing import Citations
from assistant.conversation import standalone_question
from assistant.evidence import Need, Statement, question_needs, score_statements
from assistant.extractive import chosen_sentences, compose, compose_clause
from assistant.figure_choice import best_figure
from assistant.question import ParsedQuestion, expansion_of, form_within, parse_question
from assistant.question_parts import question_parts
from assistant.refusal import (
    is_enough,
    is_instruction,
    is_small_talk,
    judge_evidence,
    judge_region,
)
from assistant.request import Event, Question, StageReached, TextDelta
from assistant.tables import comparison, overview
from assistant.wording import Language, say
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.figures import find_figures
from knowledge.regions import applies_to, canonical_region
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.typos import corrected

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

_CHINESE = re.compile(r"[㐀-鿿]")
_OVERVIEW_PLACES, _PASSAGES_A_PLACE, _OVERVIEW_COVERAGE = 12, 4, 0.45
_COMPARED_COVERAGE = 0.4
_OVERVIEW_PASSAGES = 24
# Text is handed out in pieces of about this many characters.
_PIECE = 24


@dataclass(slots=True)
class _Work:
    """One question on its way to an answer."""

    asked: Question
    language: Language
    standalone: str = ""
    parsed: ParsedQuestion | None = None
    places: tuple[str, ...] = ()
    evidence: tuple[ScoredPassage, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)
    mark: float = field(default_factory=time.perf_counter)

    def timed(self, stage: str) -> None:
        """Note the milliseconds since the last stage ended."""
        now = time.perf_counter()
        self.timings[stage] = round((now - self.mark) * 1000, 3)
        self.mark = now

    def answer(self, status: AnswerStatus, text: str, citations: Citations | None = None) -> Answer:
        """The finished answer."""
        self.timings["total"] = round((time.perf_counter() - self.started) * 1000, 3)
        return Answer(
            status=status,
            text=text,
            claims=tuple(citations.claims) if citations else (),
            citations=tuple(citations.citations) if citations else (),
            evidence=self.evidence,
            standalone_question=self.standalone,
            timings_ms=dict(self.timings),
        )


class PolicyAssistant:
    """Answers questions from the library, with verbatim citations or not at all."""

    def __init__(
        self,
        retriever: HybridRetriever,
        *,
        top_k: int = 12,
        question_limit: int = 500,
        language: Language = "zh",
    ) -> None:
        self.retriever = retriever
        self._top_k = top_k
        self._limit = question_limit
        self._language = language

    def answer(self, question: Question) -> Answer:
        """The complete answer to one question."""
        *_, answer = self.stream(question)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Stages and text pieces as they come; the last event is the complete answer."""
        yield StageReached("question")
        work = _Work(question, self._language_of(question.text))
        answer = self._guarded(work)
        if answer is None:
            snapshot = self.retriever.snapshot()
            self._understand(work, snapshot)
            yield StageReached("retrieve", work.standalone)
            answer = self._refused_by_region(work, snapshot)
        if answer is None:
            answer = self._answered_in_parts(work, snapshot)
            yield StageReached("check")
            answer = checked(answer, snapshot.catalog)
        for piece in _pieces(answer.text):
            yield TextDelta(piece)
        yield answer

    def as_runnable(self) -> Runnable[str | Question, Answer]:
        """This assistant as a LangChain runnable: invoke, batch, and compose with others."""
        from assistant.langchain_parts import assistant_runnable

        return assistant_runnable(self)

    # Library ------------------------------------------------------------------------------

    def documents(self) -> Sequence[PolicyDocument]:
        """Current documents without their texts."""
        return self.retriever.snapshot().documents()

    def document(self, document_id: str) -> PolicyDocument | None:
        """One document with its text, or None."""
        return self.retriever.snapshot().catalog.document(document_id)

    # Steps --------------------------------------------------------------------------------

    def _language_of(self, text: str) -> Language:
        return self._language if _CHINESE.search(text) or not text.strip() else "en"

    def _guarded(self, work: _Work) -> Answer | None:
        """Answers that need no library: nothing asked, too much asked, not a question."""
        text = work.asked.text
        if not text.strip():
            return work.answer("clarify", say("empty", work.language))
        if len(text) > self._limit:
            return work.answer("clarify", say("too_long", work.language, limit=self._limit))
        if is_instruction(text):
            return work.answer("out_of_scope", say("instruction", work.language))
        if is_small_talk(text):
            return work.answer("out_of_scope", say("small_talk", work.language))
        return None

    def _understand(self, work: _Work, snapshot: Snapshot) -> None:
        """Make the question stand alone, mend its typing mistakes, and take it apart."""
        text = standalone_question(work.asked.text, work.asked.history)
        work.standalone, _ = corrected(text, snapshot.lexical.document_frequency)
        work.parsed = parse_question(work.standalone)
        filtered = canonical_region(work.asked.region) if work.asked.region else None
        named = tuple(region.name for region in work.parsed.regions if region.level != "country")
        work.places = (filtered,) if filtered else named
        work.timed("question")

    def _refused_by_region(self, work: _Work, snapshot: Snapshot) -> Answer | None:
        assert work.parsed is not None
        if not snapshot.dense.size:
            return work.answer("no_evidence", say("library_empty", work.language))
        verdict = judge_region(work.parsed, work.places, snapshot.documents())
        if verdict.enough:
            return None
        return work.answer("no_evidence", say("no_region", work.language, place=verdict.place))

    def _answered_in_parts(self, work: _Work, snapshot: Snapshot) -> Answer:
        """The answer; of a question that asks several things, part by part."""
        whole = work.parsed
        assert whole is not None
        parts = question_parts(work.standalone)
        if len(parts) == 1 or whole.form in ("comparison", "overview"):
            return self._answered(work, whole, snapshot, Citations())
        citations = Citations()
        texts, evidence, missing = [], list[ScoredPassage](), list[str]()
        for part in parts:
            answer = self._answered(work, parse_question(part), snapshot, citations)
            evidence.extend(work.evidence)
            if answer.status == "answered":
                texts.append(answer.text)
            else:
                missing.append(part)
        work.evidence = tuple({result.passage.id: result for result in evidence}.values())
        if not texts:
            return self._answered(work, whole, snapshot, Citations())
        if missing:
            texts.append(say("missing_part", work.language, parts=_named_parts(missing)))
        text = "\n\n".join(dict.fromkeys(texts))
        return work.answer("partial" if missing else "answered", text, citations)

    def _answered(
        self, work: _Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
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
            snapshot.catalog.excerpt,
        )
        work.timed("answer")
        return work.answer("answered", text, citations)

    def _clause(self, work: _Work, snapshot: Snapshot, citations: Citations) -> Answer:
        """The text of the article asked for, from one document."""
        found = [result for result in work.evidence if result.origin == "structured"]
        if not found:
            return work.answer("no_evidence", say("no_article", work.language))
        document = _described(snapshot, found[0])
        passages = [r.passage for r in found if r.passage.document_id == document.id]
        by_article: dict[str | None, list[Passage]] = {}
        for passage in sorted(passages, key=lambda p: p.start_char):
            by_article.setdefault(passage.article, []).append(passage)
        text = "\n\n".join(
            compose_clause(document, article, citations) for article in by_article.values()
        )
        work.timed("answer")
        return work.answer("answered", text, citations)

    def _compared(
        self, work: _Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
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
            cells.append((region.name, _cell(alone, needs, fitting)))
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
        self, work: _Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
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

    def _gathered(
        self, work: _Work, question: ParsedQuestion, snapshot: Snapshot
    ) -> tuple[ScoredPassage, ...]:
        """Passages over the whole library, and some of each place, so that none is crowded out."""
        found = list(self._retrieved(work, question, None, _OVERVIEW_PASSAGES))
        places = sorted({d.region for d in snapshot.documents() if d.region not in (None, "全国")})
        for place in places[:_OVERVIEW_PLACES]:
            found.extend(self._retrieved(work, question, place, _PASSAGES_A_PLACE))
        return tuple({result.passage.id: result for result in found}.values())

    def _retrieved(
        self, work: _Work, question: ParsedQuestion, place: str | None, top_k: int
    ) -> tuple[ScoredPassage, ...]:
        query = SearchQuery(
            question.search_text,
            region=place,
            document_ids=work.asked.document_ids,
            as_of=work.asked.as_of,
            expansion=expansion_of(question),
        )
        return self.retriever.retrieve(query, top_k)

    def _scored(
        self, question: ParsedQuestion, snapshot: Snapshot, found: Sequence[ScoredPassage]
    ) -> tuple[tuple[Need, ...], tuple[Statement, ...]]:
        lexical = snapshot.lexical
        needs = question_needs(question, lexical.document_frequency, lexical.size)
        results = [(result, _described(snapshot, result)) for result in found]
        return needs, score_statements(question, needs, results)


def _cell(
    question: ParsedQuestion, needs: Sequence[Need], fitting: Sequence[Statement]
) -> list[Statement]:
    """What one place says: the sentence with the figure asked for, or the best sentences."""
    if not fitting:
        return []
    if question.form == "figure" and (found := best_figure(question, needs, fitting)):
        return [found[0]]
    return chosen_sentences(question, fitting)


def _named_parts(parts: Sequence[str]) -> str:
    """The parts without an answer, as the reader put them, but for their figures.

    A figure of the question is not a figure of the library and must not look like one.
    """
    return "；".join(part for part in parts if not find_figures(part))


def _described(snapshot: Snapshot, result: ScoredPassage) -> PolicyDocument:
    """The document of a result, without its text."""
    return snapshot.description(result.passage.document_id)


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
            for other in snapshot.catalog.passages_of(passage.document_id)
            if other.heading_path == passage.heading_path and other.article == passage.article
        ]

    return section


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PIECE):
        yield text[start : start + _PIECE]
