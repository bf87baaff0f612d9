"""Reads official documents without articles beside a question, sentence by sentence.

Notices, plans and opinions are found by their own words (`answering.py`), and people ask in others. What
stands in them to a question is looked for once more by its meaning (`sentence_ranking.py`), and told
where nothing else was found, or something that hardly answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.citing import Citations
from assistant.derived_figures import derivation
from assistant.evidence import Statement
from assistant.extractive import compose
from assistant.needs import Need
from assistant.question import ParsedQuestion, parse_question
from assistant.question_parts import question_parts
from assistant.question_ranking import ASKS_PAPERS, PAPERS
from assistant.question_terms import place_names
from assistant.quotation import place_mark
from assistant.rule_scope import asks_sanction, is_sanction
from assistant.run_in_heading import with_opening
from assistant.searching import Searching, described, excerpt_of, sections_of
from assistant.sentence_ranking import RankedSentence, SentenceRanking, tells_nothing
from assistant.work import Work
from knowledge.authority import is_official
from knowledge.document_number import numbers_in
from knowledge.documents import ScoredPassage
from knowledge.named_texts import named_versions
from knowledge.regions import COUNTRY
from knowledge.retrieval import HybridRetriever
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# So probably the first sentence answers, to be told where nothing was found or instead of what was, and
# instead of what tells nothing. Chosen on the questions that taught the weights: of those that are declined
# without it three in five are then answered, two of 26 wrongly, and of 90 that nothing answers seven.
_ENOUGH, _AT_ALL = 0.55, 0.25
# A second sentence that is no further behind is told with the first.
_BESIDE = 1.5
# One of so many passages found first is of a document without articles.
_LOOKED_AT = 6
_TOLD = ("answered", "partial")
_OF_OTHER_SHAPE = frozenset({"comparison", "clause"})
_TITLE = re.compile(r"《[^《》]{2,80}》")
_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class SentencesRead:
    """What was read beside a question."""

    question: ParsedQuestion
    """Without the documents it names."""
    needs: Sequence[Need]
    results: tuple[ScoredPassage, ...]
    ranked: Sequence[RankedSentence]
    """Best first; at least one."""

    @property
    def first(self) -> Statement:
        """The sentence that ranks first."""
        return self.ranked[0].statement


class SentenceReading:
    """Answers from the sentences of documents without articles."""

    def __init__(self, retriever: HybridRetriever, top_k: int) -> None:
        self._retriever, self._top_k = retriever, top_k
        self._searching = Searching(retriever)
        self.ranking = SentenceRanking(retriever.read_closely, retriever.read_likely)

    def answered(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """What the sentence says that answers best; `answer` where that is none, or the same."""
        read = self.read(work, snapshot) if self._is_put(work, answer) else None
        if read is None or not _may_answer(read.question, work.places, read.first):
            return answer
        is_told = answer.status in _TOLD
        least = _AT_ALL if is_told and _tells_nothing(work, answer, read) else _ENOUGH
        if self.ranking.probability(read.question, read.ranked) < least:
            return answer
        if is_told and _says(answer, read.question, read.first):
            return answer
        return _told(work, read, snapshot)

    def read(self, work: Work, snapshot: Snapshot) -> SentencesRead | None:
        """The sentences of official documents without articles that are found; None without any."""
        assert work.parsed is not None
        named = _named(work.text, snapshot)
        question = parse_question(_without_names(work.text)) if named else work.parsed
        if question.form == "overview" and not named:
            return None
        asked = replace(work.asked, document_ids=named or work.asked.document_ids)
        found = self._searching.retrieved(replace(work, asked=asked), question, None, self._top_k)
        # Of pages of the web several must say the same: they are weighed as before.
        found = tuple(r for r in found if is_official(described(snapshot, r), r.passage))
        if all(result.passage.article for result in found[:_LOOKED_AT]):
            return None
        excerpt = excerpt_of(snapshot, found)
        results = tuple(with_opening(result, excerpt) for result in found)
        needs, statements = self._searching.scored(question, snapshot, results)
        ranked = self.ranking.ranked(question, results, statements)
        return SentencesRead(question, needs, results, ranked) if ranked else None

    def _is_put(self, work: Work, answer: Answer) -> bool:
        """True for one question on the rules of today that a sentence may answer."""
        question = work.parsed
        if question is None or question.english or question.form in _OF_OTHER_SHAPE:
            return False
        if work.excluded or work.versions or work.as_of or work.is_former:
            return False
        if answer.status not in (*_TOLD, "no_evidence") or derivation(question.text):
            return False
        return self._retriever.knows_cosines and len(question_parts(work.text)) == 1


def _told(work: Work, read: SentencesRead, snapshot: Snapshot) -> Answer:
    citations, work.evidence = Citations(), read.results
    text = compose(
        read.question,
        read.needs,
        _chosen(read.question, read.ranked),
        citations,
        sections_of(snapshot),
        excerpt_of(snapshot, read.results),
        lambda document: place_mark(document, work.language, work.places),
    )
    work.timed("answer")
    return work.answer("answered", text, citations)


def _may_answer(question: ParsedQuestion, places: Sequence[str], statement: Statement) -> bool:
    """False without the papers, the sanction, the sum of money or the year that are asked for."""
    asked, said = fold(question.text), fold(statement.text)
    if ASKS_PAPERS.search(asked) and not PAPERS.search(said):
        return False
    if asks_sanction(asked) and not is_sanction(said):
        return False
    if question.form == "figure" and question.measure == "money" and not statement.figures:
        return False
    if not statement.has_years and any(str(year) in asked for year in question.years):
        return False
    return _is_on_places(question, places, statement)


def _is_on_places(question: ParsedQuestion, places: Sequence[str], statement: Statement) -> bool:
    """True if no place is asked about, or a national document that names those that are.

    A place's own documents name it in every sentence or in none, and are found by their words.
    """
    if not places:
        return True
    passage, document = statement.passage, statement.document
    said = fold("".join((passage.title, *passage.heading_path, passage.lead_in, passage.text)))
    names = (place_names(r) for r in question.regions if r.level != "country")
    is_named = all(any(fold(name) in said for name in own) for own in names)
    return document.region in (None, COUNTRY) and is_named


def _named(text: str, snapshot: Snapshot) -> tuple[str, ...]:
    """The documents that a question names by title or number."""
    # 按国发〔2018〕42号: what stands before a number may read as if it were part of it.
    cited = tuple(number for _, _, number in numbers_in(text))
    by_number = (
        document.id
        for document in snapshot.documents()
        if document.document_number and any(n.endswith(document.document_number) for n in cited)
    )
    by_title = (snapshot.versions[v].document.id for v in named_versions(snapshot, text))
    return tuple(dict.fromkeys((*by_number, *by_title)))


def _without_names(text: str) -> str:
    """A question without the names of documents: they say where to look, and not what is asked."""
    bare = text
    for start, end, _ in reversed(list(numbers_in(text))):
        bare = bare[:start] + bare[end:]
    return _TITLE.sub("", bare).strip() or text


def _tells_nothing(work: Work, answer: Answer, read: SentencesRead) -> bool:
    """True for a number, a date or who is in charge alone, and for all documents where one is named."""
    surveys = work.parsed is not None and work.parsed.form == "overview"
    is_bare = all(tells_nothing(citation.quote) for citation in answer.citations)
    return is_bare or (surveys and read.question.form != "overview")


def _says(answer: Answer, question: ParsedQuestion, statement: Statement) -> bool:
    """True if an answer quotes a sentence; who is in charge must be in what it quotes."""
    own = "".join(statement.text.split())
    for citation in answer.citations:
        quote = "".join(citation.quote.split())
        if own in quote:
            return True
        if question.form != "who" and len(quote) >= _SHORTEST and quote in own:
            return True
    return False


def _chosen(question: ParsedQuestion, ranked: Sequence[RankedSentence]) -> list[Statement]:
    """The first sentence, and the second where it is about as good; a figure stands alone."""
    chosen = [ranked[0]]
    if question.form not in ("figure", "date"):
        chosen += [one for one in ranked[1:2] if ranked[0].score - one.score <= _BESIDE]
    return [
        replace(one.statement, score=1.0, coverage=1.0, breadth=1.0, has_years=True)
        for one in chosen
    ]
