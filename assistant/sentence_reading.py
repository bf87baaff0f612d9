"""Reads official documents without articles beside a question, sentence by sentence.

Notices, plans and opinions are found by their own words (`answering.py`), and people ask in others. What
stands in them to a question is looked for once more by its meaning (`sentence_ranking.py`), and told
where nothing else was found, or something that hardly answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer
from assistant.answer_text import text_composed, text_of_statements
from assistant.asked_units import asked_units
from assistant.cited_document import THIS_DOCUMENT
from assistant.citing import Citations
from assistant.derived_figures import derivation
from assistant.evidence import Statement
from assistant.needs import Need
from assistant.question import ParsedQuestion, parse_question
from assistant.question_parts import question_parts
from assistant.run_in_heading import with_opening
from assistant.searching import Searching, described, excerpt_of
from assistant.sentence_fit import is_of_places, may_answer
from assistant.sentence_order import best_first
from assistant.sentence_ranking import RankedSentence, SentenceRanking, tells_nothing
from assistant.wording import say
from assistant.work import Work
from knowledge.authority import is_official
from knowledge.documents import ScoredPassage
from knowledge.figures import Figure
from knowledge.named_texts import named_versions
from knowledge.retrieval import HybridRetriever
from knowledge.snapshot import Snapshot
from knowledge.starter_questions import Alike
from knowledge.tokenization import fold

# So probably the first sentence answers, to be told where nothing was found or instead of what was, and
# instead of what tells nothing. Chosen on the questions that taught the weights: of those that are declined
# without it three in five are then answered, two of 26 wrongly, and of 90 that nothing answers five.
_ENOUGH, _AT_ALL, _OF_NAMED = 0.5, 0.25, 0.1
# The same of what a place's own document says: where nothing was found, what is no figure; instead of what
# was; and never instead of a list, a figure or a person.
_OF_PLACES, _INSTEAD_OF_OWN, _NEVER = 0.3, 0.6, 1.1
# The same where it is known what people ask of the document; nothing off the subject comes near.
_OF_KNOWN, _OF_ANY_PLACE, _INSTEAD_OF_KNOWN, _SURELY = 0.2, 0.3, 0.45, 0.85
# So much more is a question like one that a document does not answer than like any that it does. Of 476 right
# answers none is, with .012 one; of 76 that nothing answers and that were answered, each without itself, three.
_LACKS = 0.018
_SAID_IN_ONE = frozenset({"yes_no", "where", "general", "purpose"})
_ASKS_EFFECT = re.compile(r"(?:好处|用处|作用|意义|影响|帮助)(?:吗|呢)?[？?。]*$")
_MEASURED = frozenset({"figure", "date"})
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:个|名|家|年|人|万|%)")
# A second sentence that is no further behind is told with the first.
_BESIDE = 1.5
# One of so many passages found first is of a document without articles.
_LOOKED_AT = 6
_TOLD = ("answered", "partial")
_OF_OTHER_SHAPE = frozenset({"comparison", "clause"})
_TITLE = re.compile(r"《[^《》]{2,80}》")
_SHORTEST = 12
# No list of more things is told.
_LISTED = 20
_IN_CHARGE = re.compile(r"负责(?!人|同志)|指导|牵头|主管(?!人)|承担|归口")
_LABEL = re.compile(r"[-•·\s]*([^\s：:，。；（(]{2,16})(?:[（(][^（()）]*[)）])?[：:]")
_YEAR = re.compile(r"(?:19|20)\d\d年")


@dataclass(frozen=True, slots=True)
class SentencesRead:
    """What was read beside a question."""

    question: ParsedQuestion
    """Without the documents it names."""
    needs: Sequence[Need]
    results: tuple[ScoredPassage, ...]
    statements: Sequence[Statement]
    """All their sentences."""
    ranked: list[RankedSentence]
    """Best first; at least one."""
    alike: Mapping[str, Alike] = field(default_factory=dict)
    """What people ask of the sentences of some documents, by id."""

    @property
    def first(self) -> Statement:
        """The sentence that ranks first."""
        return self.ranked[0].statement

    @property
    def is_known(self) -> bool:
        """True if it is known what people ask of its document."""
        return self.first.document.id in self.alike


class SentenceReading:
    """Answers from the sentences of documents without articles."""

    def __init__(self, retriever: HybridRetriever, top_k: int) -> None:
        self._retriever, self._top_k = retriever, top_k
        self._searching = Searching(retriever)
        self.ranking = SentenceRanking(retriever.reading.closely, retriever.reading.likely)

    def answered(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """What the sentence says that answers best; `answer` where that is none, or the same."""
        read = self.read(work, snapshot) if self._is_put(work, answer) else None
        if read is None:
            return answer
        if self._is_told_better(work, answer, read):
            return told(work, read, snapshot)
        if _is_known_to_lack(answer, read):
            place = "、".join(work.places)
            key = "nothing_in_region" if place else "nothing"
            return work.answer("no_evidence", say(key, work.language, place=place))
        return _in_order(work, answer, read, snapshot)

    def _is_told_better(self, work: Work, answer: Answer, read: SentencesRead) -> bool:
        """True if the sentence that ranks first answers, and an answer does not."""
        if not may_answer(read.question, read.needs, work.places, read.ranked[0]):
            return False
        if self.ranking.probability(read.question, read.ranked, read.alike) < _least(
            work, answer, read
        ):
            return False
        return answer.status not in _TOLD or not _is_better(answer, read.question, read.first)

    def read(self, work: Work, snapshot: Snapshot) -> SentencesRead | None:
        """The sentences of official documents without articles that are found; None without any."""
        assert work.parsed is not None
        named = _named(work, snapshot)
        question = parse_question(_without_names(work.text)) if named else work.parsed
        if question.form == "overview" and not named:
            return None
        if named and work.asked.document_ids:
            named = tuple(one for one in named if one in work.asked.document_ids)
            if not named:
                return None
        asked = replace(work.asked, document_ids=named or work.asked.document_ids)
        place = work.places[0] if len(work.places) == 1 else None
        found = self._searching.retrieved(replace(work, asked=asked), question, place, self._top_k)
        # Of pages of the web several must say the same: they are weighed as before.
        found = tuple(r for r in found if is_official(described(snapshot, r), r.passage))
        if all(result.passage.article for result in found[:_LOOKED_AT]):
            return None
        documents = {r.passage.document_id: described(snapshot, r) for r in found}
        alike = self._retriever.asked.alike([work.text], tuple(documents.values()))
        excerpt = excerpt_of(snapshot, found)
        results = tuple(with_opening(result, excerpt) for result in found)
        needs, statements = self._searching.scored(question, snapshot, results)
        ranked = self.ranking.ranked(question, results, statements, alike)
        if not ranked:
            return None
        return SentencesRead(question, needs, results, statements, ranked, alike)

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


def told(work: Work, read: SentencesRead, snapshot: Snapshot) -> Answer:
    """An answer of the first sentence, and of the second where it is about as good."""
    citations, work.evidence = Citations(), read.results
    chosen = _chosen(read.question, read.ranked)
    text = text_composed(read.question, read.needs, chosen, work, snapshot, citations)
    work.timed("answer")
    return work.answer("answered", text, citations)


def _in_order(work: Work, answer: Answer, read: SentencesRead, snapshot: Snapshot) -> Answer:
    """An answer of several sentences with the best first, without those that hardly answer."""
    statements = best_first(
        answer, read.ranked, read.statements, keeps_all=bool(work.asked.history)
    )
    if statements is None:
        return answer
    citations = Citations()
    text = text_of_statements(statements, work, snapshot, citations)
    work.timed("answer")
    return work.answer(answer.status, text, citations)


def _named(work: Work, snapshot: Snapshot) -> tuple[str, ...]:
    """The documents that a question names by title or number."""
    by_title = (snapshot.versions[v].document.id for v in named_versions(snapshot, work.text))
    return tuple(dict.fromkeys((*work.cited, *by_title)))


def _without_names(text: str) -> str:
    """A question without the names of documents: they say where to look, and not what is asked."""
    return _TITLE.sub("", text).replace(THIS_DOCUMENT, "").strip() or text


def _least(work: Work, answer: Answer, read: SentencesRead) -> float:
    """How probably a sentence has to answer to be told, or to be told instead of an answer."""
    return (
        _least_instead(work, answer, read) if answer.status in _TOLD else _least_alone(work, read)
    )


def _least_alone(work: Work, read: SentencesRead) -> float:
    if work.cited:
        # It stands in this document or nowhere.
        return _AT_ALL
    if read.is_known and read.ranked[0].signs["asked"] < 0:
        # Further from all that people ask than any two questions on a policy are.
        return _NEVER
    if read.question.form in _MEASURED:
        return _ENOUGH
    if is_of_places(work.places, read.first):
        return _OF_KNOWN if read.is_known else _OF_PLACES
    return _OF_ANY_PLACE if read.is_known and not work.places else _ENOUGH


def _least_instead(work: Work, answer: Answer, read: SentencesRead) -> float:
    form, of_places = read.question.form, is_of_places(work.places, read.first)
    if read.is_known and form == "who":
        return _SURELY
    is_one = form in _SAID_IN_ONE or _ASKS_EFFECT.search(read.question.text)
    names_figure = _FIGURE.search(work.text) and not (read.is_known and form == "general")
    if of_places and (not is_one or names_figure):
        # Lists, figures and who does it are found by their words.
        return _NEVER
    if work.parsed and work.parsed.form == "overview" and form != "overview":
        # All documents that speak of it, where one is named.
        return _OF_NAMED
    quotes = [citation.quote for citation in answer.citations]
    if quotes and all(map(tells_nothing, quotes)):
        return _AT_ALL
    if read.is_known:
        return _INSTEAD_OF_KNOWN
    return _INSTEAD_OF_OWN if of_places else _ENOUGH


def _is_known_to_lack(answer: Answer, read: SentencesRead) -> bool:
    """True if people ask like this what none of the documents answers that an answer quotes."""
    if answer.status not in _TOLD or read.question.form == "overview":
        return False
    quoted = {citation.document_id for citation in answer.citations}
    return bool(quoted) and all(
        id in read.alike
        and read.alike[id].unanswered - max(read.alike[id].sentences.values(), default=-1.0)
        > _LACKS
        for id in quoted
    )


def _is_better(answer: Answer, question: ParsedQuestion, statement: Statement) -> bool:
    """True if an answer says the kind of thing that is asked for, and the sentence does not.

    A figure out of several that is put first for a year named further up is none that is known to be meant.
    """
    said_first = answer.text.startswith("**")
    is_of_year = any(str(year) in statement.text for year in question.years)
    if said_first and question.years and not (is_of_year or _sure_figures(question, statement)):
        return False
    if says(answer, question, statement) or 1 < question.asked_number <= _LISTED:
        return True
    if _is_of_label(answer, question):
        return True
    quotes = "".join(citation.quote for citation in answer.citations)
    if question.form == "who" and _IN_CHARGE.search(quotes):
        return not _IN_CHARGE.search(statement.text)
    return question.form in _MEASURED and said_first and not statement.figures


def _is_of_label(answer: Answer, question: ParsedQuestion) -> bool:
    """True if an answer quotes first what stands behind the very words asked for: 试点：…, 老年领域：…."""
    label = _LABEL.match(answer.citations[0].quote) if answer.citations else None
    return label is not None and fold(label[1]) in fold(question.text)


def says(answer: Answer, question: ParsedQuestion, statement: Statement) -> bool:
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
    if question.form not in _MEASURED:
        chosen += [one for one in ranked[1:2] if ranked[0].score - one.score <= _BESIDE]
    return [
        replace(
            one.statement,
            score=1.0,
            coverage=1.0,
            breadth=1.0,
            has_years=True,
            figures=_sure_figures(question, one.statement),
        )
        for one in chosen
    ]


def _sure_figures(question: ParsedQuestion, statement: Statement) -> tuple[Figure, ...]:
    """The one figure that may be said first; of several the reader sees which is which."""
    units = asked_units(fold(question.text))
    fitting = tuple(
        figure
        for figure in statement.figures
        if (not units or figure.unit in units)
        and (len(question.measure) != 1 or figure.unit == question.measure)
    )
    years = set(_YEAR.findall(statement.text))
    return fitting if len(fitting) == 1 and len(years) < 2 else ()
