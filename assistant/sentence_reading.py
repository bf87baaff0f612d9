"""Reads official documents without articles beside a question, sentence by sentence.

Notices, plans and opinions are found by their own words (`answering.py`), and people ask in others. What
stands in them to a question is looked for once more by its meaning (`sentence_ranking.py`), and told
where nothing else was found, or something that hardly answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.answer_text import text_composed, text_of_statements
from assistant.cited_document import THIS_DOCUMENT
from assistant.citing import Citations
from assistant.derived_figures import derivation
from assistant.evidence import Statement
from assistant.in_charge import Charged, asks_in_charge, matter, says_who, who_is_in_charge
from assistant.literal_figure import literal_figure
from assistant.question import ParsedQuestion, parse_question
from assistant.question_parts import question_parts
from assistant.run_in_heading import with_opening
from assistant.searching import Searching, described, excerpt_of
from assistant.sentence_bounds import AT_ALL, MEASURED, TOLD, SentencesRead, least
from assistant.sentence_fit import may_answer
from assistant.sentence_order import best_first
from assistant.sentence_ranking import RankedSentence, SentenceRanking
from assistant.sure_figures import sure_figures
from assistant.wording import say
from assistant.work import Work
from knowledge.authority import is_official
from knowledge.documents import ScoredPassage
from knowledge.named_texts import named_versions
from knowledge.retrieval import HybridRetriever
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# So much more is a question like one that a document does not answer than like any that it does. Of 476 right
# answers none is, with .012 one; of 76 that nothing answers and that were answered, each without itself, three.
_LACKS = 0.018
# A second sentence that is no further behind is told with the first.
_BESIDE = 1.5
# One of so many passages found first is of a document without articles.
_LOOKED_AT = 6
_OF_OTHER_SHAPE = frozenset({"comparison", "clause"})
_TITLE = re.compile(r"《[^《》]{2,80}》")
_SHORTEST = 12
# Sentences so far behind the first may be the one whose matter somebody is in charge of.
_AS_FIT = 2.0
# With more sentences about as fit it is asked of a whole document, and not of one task.
_ONE_MATTER = 4
# No list of more things is told.
_LISTED = 20
_IN_CHARGE = re.compile(r"负责(?!人|同志)|指导|牵头|主管(?!人)|承担|归口")
_LABEL = re.compile(r"[-•·\s]*([^\s：:，。；（(]{2,16})(?:[（(][^（()）]*[)）])?[：:]")


class SentenceReading:
    """Answers from the sentences of documents without articles."""

    def __init__(self, retriever: HybridRetriever, top_k: int) -> None:
        self._retriever, self._top_k = retriever, top_k
        self._searching = Searching(retriever)
        self.ranking = SentenceRanking(retriever.reading.closely, retriever.reading.likely)

    def answered(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """What the sentence says that answers best; `answer` where that is none, or the same."""
        if not self._is_put(work, answer):
            return answer
        if charged := self._charged(work, snapshot):
            return charged
        read = self.read(work, snapshot)
        if answer.status == "no_evidence" and (literal := self._literal(work, snapshot)):
            return literal
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
        if self.ranking.probability(read.question, read.ranked, read.alike) < least(
            work, answer, read
        ):
            return False
        return answer.status not in TOLD or not _is_better(answer, read.question, read.first)

    def _literal(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The figure that a clause gives in the question's own words; None if that is not one."""
        question = work.parsed
        assert question is not None
        if question.form != "figure":
            return None
        place = work.places[0] if len(work.places) == 1 else None
        found = self._searching.retrieved(work, question, place, self._top_k)
        found = tuple(r for r in found if is_official(described(snapshot, r), r.passage))
        needs, statements = self._searching.scored(question, snapshot, found)
        statement = literal_figure(question, statements)
        if statement is None:
            return None
        citations, work.evidence = Citations(), found
        sure = replace(statement, score=1.0, coverage=1.0, breadth=1.0, has_years=True)
        text = text_composed(question, needs, [sure], work, snapshot, citations)
        work.timed("answer")
        return work.answer("answered", text, citations)

    def _charged(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """Who brackets say is in charge of what is asked about; None if that is not told of one task."""
        assert work.parsed is not None
        if not asks_in_charge(work.parsed):
            return None
        text = matter(work.text)
        read = self.read(replace(work, text=text, parsed=parse_question(text)), snapshot)
        if read is None:
            return None
        if self.ranking.probability(read.question, read.ranked, read.alike) < AT_ALL:
            return None
        near = [one for one in read.ranked if read.ranked[0].score - one.score <= _AS_FIT]
        charged = who_is_in_charge([one.statement for one in near])
        if charged is None or len(near) > _ONE_MATTER or _is_told_otherwise(charged, near):
            return None
        return told_in_charge(work, charged, read.results, snapshot)

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
        if answer.status not in (*TOLD, "no_evidence") or derivation(question.text):
            return False
        return self._retriever.knows_cosines and len(question_parts(work.text)) == 1


def told(work: Work, read: SentencesRead, snapshot: Snapshot) -> Answer:
    """An answer of the first sentence, and of the second where it is about as good."""
    citations, work.evidence = Citations(), read.results
    chosen = _chosen(read.question, read.ranked)
    text = text_composed(read.question, read.needs, chosen, work, snapshot, citations)
    work.timed("answer")
    return work.answer("answered", text, citations)


def told_in_charge(
    work: Work, charged: Charged, results: tuple[ScoredPassage, ...], snapshot: Snapshot
) -> Answer:
    """An answer of who is in charge, and of what; without the names first where they name nobody."""
    citations, work.evidence = Citations(), results
    named = charged.named(citations, work) if charged.is_named else ""
    text = text_of_statements(charged.told, work, snapshot, citations)
    work.timed("answer")
    return work.answer("answered", f"{named}\n\n{text}".strip(), citations)


def _is_told_otherwise(charged: Charged, near: Sequence[RankedSentence]) -> bool:
    """True if a sentence about as fit says itself who is in charge, or stands before other brackets."""
    others = [one.statement for one in near if one.statement != charged.statement]
    if any(says_who(other) for other in others):
        return True
    names = charged.names.of(charged.ending.text)
    known = (who_is_in_charge([other]) for other in others)
    return any(other and other.names.of(other.ending.text) != names for other in known)


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


def _is_known_to_lack(answer: Answer, read: SentencesRead) -> bool:
    """True if people ask like this what none of the documents answers that an answer quotes."""
    if answer.status not in TOLD or read.question.form == "overview":
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
    if said_first and question.years and not (is_of_year or sure_figures(question, statement)):
        return False
    if says(answer, question, statement) or 1 < question.asked_number <= _LISTED:
        return True
    if _is_of_label(answer, question):
        return True
    quotes = "".join(citation.quote for citation in answer.citations)
    if question.form == "who" and _IN_CHARGE.search(quotes):
        return not _IN_CHARGE.search(statement.text)
    return question.form in MEASURED and said_first and not statement.figures


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
    if question.form not in MEASURED:
        chosen += [one for one in ranked[1:2] if ranked[0].score - one.score <= _BESIDE]
    return [
        replace(
            one.statement,
            score=1.0,
            coverage=1.0,
            breadth=1.0,
            has_years=True,
            figures=sure_figures(question, one.statement),
        )
        for one in chosen
    ]
