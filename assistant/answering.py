"""A question that asks one thing → its answer: retrieve, weigh, compose.

The form of the question decides the way: an article's text, a comparison of places, an overview
of the library, or the sentences and figures that carry the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.answer_text import text_composed, text_of_reading, text_of_statements
from assistant.asked_payer import asked_due
from assistant.asked_units import asked_units
from assistant.citing import Citations
from assistant.clarifying import clarifying_question, open_topic
from assistant.clause_answer import clause_answer
from assistant.contradiction import compose_contradiction, contradiction
from assistant.definition import asks_meaning, defined_word, merely_lists, names_word
from assistant.derived_answer import DerivedAnswering
from assistant.derived_figures import asks_sum, derivation, is_only_computed
from assistant.fitting import dates_nothing, fitting_sentences, names_some, of_end, own_first
from assistant.free_of_charge import says_free, whether_free
from assistant.history_lines import asks_history_of, is_history
from assistant.issue_date import asks_issue_date, issue_date
from assistant.issuer_answer import asks_issuer, issuers_told
from assistant.places_answer import OVERVIEW_PASSAGES, PlacesAnswering
from assistant.question import ParsedQuestion, parse_question
from assistant.question_ranking import QuestionRanking
from assistant.question_terms import VERB_WEIGHT
from assistant.quoted_words import asked_figures, with_quoted, within_bounds
from assistant.ranked import Ranked
from assistant.refusal import judge_evidence
from assistant.rule_answer import names_list
from assistant.rule_choice import RuleChoice
from assistant.rule_computed import RuleComputing
from assistant.rule_date import asks_force, asks_history, force_date, history_dates
from assistant.rule_nearness import near_statements
from assistant.rule_ranking import TurnAsked
from assistant.rule_reading import Reading, RuleReader
from assistant.rule_scope import asks_of_unknown, refers_only
from assistant.rule_search import RuleSearch
from assistant.rule_versions import force_versions, names_missing_rule
from assistant.rule_within import Standing, WithinReader
from assistant.searching import Searching, covers_place, described, excerpt_of
from assistant.spoken_of import asks_absence, says_absence
from assistant.sufficiency_order import value_first
from assistant.superlative import asked_of_each
from assistant.told_apart import told_apart
from assistant.told_beside import is_told_beside
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import PAST, Passage
from knowledge.figures import find_figures
from knowledge.retrieval import HybridRetriever, named_versions
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

_DATES = re.compile(r"(?:时间|日期)[？?]?$")
_ASKS_SPOTS = re.compile(r"哪[些几]个?(?:地方|地区)")
# Cosine of the bundled model from which a quoted article says what another part asks.
_TOLD, _LIGHT = 0.895, 0.2
_FEE = "收费"
# So many sentences that hold one figure are told.
_OF_FIGURE = 2


class Answering:
    """Answers questions that ask one thing."""

    def __init__(self, retriever: HybridRetriever, top_k: int) -> None:
        self._top_k = top_k
        self._searching = Searching(retriever)
        search = RuleSearch(
            self._searching.retrieved, retriever.similarities, retriever.knows_cosines
        )
        similar, within = retriever.similarities_of, retriever.asked.within
        ranking = QuestionRanking(similar, within, retriever.reading.closely)
        choice = RuleChoice(search, retriever.asked.articles, ranking)
        self._reader = RuleReader(search, retriever.asked.before, choice)
        self._within = WithinReader(search, within, similar, retriever.reading.closely)
        self._computing = RuleComputing(self._reader)
        self._derived = DerivedAnswering(self._searching, top_k)
        self._places = PlacesAnswering(self._searching, self._reader, top_k)

    def answered(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer:
        """The answer to a question that asks one thing."""
        wanted = derivation(question.text)
        if wanted:
            computed = self._computing.computed(work, wanted, snapshot, citations)
            computed = computed or self._derived.computed(work, wanted, snapshot, citations)
            if computed:
                work.timed("answer")
                return work.answer("answered", computed, citations)
            if asks_sum(question.text):
                # One side of a sum is no answer to it.
                return work.answer("no_evidence", say("no_figure", work.language))
        if asks_issuer(question):
            only = work.places[0] if len(work.places) == 1 else None
            work.evidence = self._searching.retrieved(work, question, only, self._top_k)
            needs, _ = self._searching.scored(question, snapshot, ())
            ids = work.asked.document_ids
            told = issuers_told(
                question, needs, snapshot, work.places, citations, work.language, ids
            )
            if told:
                work.timed("answer")
                return work.answer("answered", told, citations)
        day = issue_date(work, snapshot, citations) if asks_issue_date(question.text) else None
        if day:
            work.timed("answer")
            return work.answer("answered", day, citations)
        if question.form == "comparison" and len(work.places) > 1:
            return self._places.compared(work, question, snapshot, citations)
        narrowed = work.places or work.asked.document_ids or work.versions
        each = None if narrowed else asked_of_each(question)
        if each and (most := self._places.most(work, each, snapshot, citations)):
            return most
        if question.form == "overview":
            surveyed = self._places.surveyed(work, question, snapshot, citations)
            if surveyed.status != "no_evidence" or not _ASKS_SPOTS.search(question.text):
                return surveyed
            # 哪些地方不准修坟: not which provinces, but where.
            question = replace(question, form="list")
        place = work.places[0] if len(work.places) == 1 else None
        work.evidence = self._searching.retrieved(work, question, place, self._top_k)
        work.timed("retrieve")
        if question.form == "clause":
            return clause_answer(work, snapshot, citations)
        if asked_back := self._asked_back(work, question, snapshot):
            read = names_list(question.text) and self._read(work, question, snapshot, citations)
            return work.answer(
                *(("answered", read, citations) if read else ("clarify", asked_back))
            )
        dates_rule = asks_force(question.text) or asks_history(question.text)
        if dates_rule and names_missing_rule(work, snapshot):
            return work.answer("no_evidence", say("nothing", work.language))
        needs, statements = self._searching.scored(question, snapshot, work.evidence)
        statements = within_bounds(question.text, with_quoted(question.text, statements))
        if of_figure := asked_figures(question.text, statements):
            text = text_of_statements(of_figure[:_OF_FIGURE], work, snapshot, citations)
            return work.answer("answered", text, citations)
        fitting = told_apart(question, needs, fitting_sentences(question, statements))
        if sides := contradiction(question, needs, fitting):
            read_on = excerpt_of(snapshot, work.evidence)
            both = compose_contradiction(sides, citations, work.language, read_on)
            work.timed("answer")
            return work.answer("answered", both, citations)
        of_rules = bool(work.evidence) and work.evidence[0].passage.article is not None
        if wanted and not of_rules and is_only_computed(wanted, [s.text for s in statements]):
            return work.answer("no_evidence", say("no_figure", work.language))
        is_unknown = of_rules and asks_of_unknown(question, snapshot.lexical.document_frequency)
        if is_unknown and not self._reader.is_asked_for(question.text, work.places):
            return work.answer("no_evidence", say("nothing", work.language))
        read = self._read(work, question, snapshot, citations)
        if read is not None:
            work.timed("answer")
            return work.answer("answered", read, citations)
        if of_rules and work.is_unlikely:
            return work.answer("no_evidence", say("nothing", work.language))
        specific = covers_place(snapshot.documents(), work.places)
        if self._reader.search.knows_cosines:
            statements = near_statements(statements, work.places)
        statements = tuple(s for s in statements if not refers_only(s.text, question.text))
        if due := asked_due(fold(question.text)):
            statements = tuple(s for s in statements if due.search(fold(s.passage.text)))
        if word := defined_word(question.text):
            statements = tuple(
                s
                for s in statements
                if not merely_lists(word, s.text)
                and (not asks_meaning(question.text) or names_word(word, (s.text, *s.above)))
            )
        if question.form == "date" or _DATES.search(question.text):
            dated = (s for s in statements if not is_history(s) or asks_history_of(s, question))
            statements = of_end(question, tuple(dated))
        own = told_apart(question, needs, statements)
        verdict = judge_evidence(question, needs, own, work.places, specific, statements)
        if verdict.enough and asks_absence(question.text) and not says_absence(own):
            return work.answer("no_evidence", say("says_what_is", work.language))
        if verdict.reason == "no_list" and (some := names_some(own)):
            text = text_of_statements(some, work, snapshot, citations)
            note = say("not_all_listed", work.language)
            return work.answer("partial", f"{text}\n\n{note}", citations)
        if not verdict.enough and (free := self._free(work, question, snapshot, citations)):
            return free
        if not verdict.enough:
            of_place = verdict.reason == "no_year" and verdict.place
            key = "no_year_in_region" if of_place else verdict.reason
            text = say(key, work.language, place=verdict.place, year=verdict.year)
            return work.answer("no_evidence", text)
        fitting = own_first(fitting_sentences(question, own), lambda d: d.region in work.places)
        if not (work.as_of or work.is_former or work.versions):
            fitting = own_first(fitting, lambda d: d.status not in PAST)
        fitting = value_first(question, needs, fitting)
        if question.form == "date" and dates_nothing(question, fitting):
            reason = "no_date" if question.measure == "day" else "no_figure"
            return work.answer("no_evidence", say(reason, work.language))
        text = text_composed(question, needs, fitting, work, snapshot, citations)
        work.timed("answer")
        return work.answer("answered", text, citations)

    def standing(
        self, work: Work, turn: TurnAsked, snapshot: Snapshot, rival: Passage | None, quote: str
    ) -> tuple[Standing, Answer] | None:
        """What the paragraph of a rule says that answers a turn best, beside another answer."""
        standing = self._within.ranked(work, turn, snapshot, rival, quote)
        if standing is None:
            return None
        answer = self._answer_of(work, standing.reading, snapshot)
        return (standing, answer) if answer else None

    def weighed_alone(self, work: Work, snapshot: Snapshot) -> list[Ranked]:
        """All paragraphs of rules that may answer a question, best first."""
        assert work.parsed is not None
        place = work.places[0] if len(work.places) == 1 else None
        evidence = self._searching.retrieved(work, work.parsed, place, self._top_k)
        return self._reader.weighed(work, work.parsed, snapshot, evidence)

    def weighed(self, work: Work, turn: TurnAsked, snapshot: Snapshot) -> list[Ranked]:
        """All paragraphs of rules that may answer a turn, best first."""
        return self._within.weighed(work, turn, snapshot)

    def quoted(
        self, work: Work, passage: Passage, quotes: Sequence[str], snapshot: Snapshot
    ) -> Answer | None:
        """The paragraph of a passage's article that is quoted; None if the passage is none of one."""
        return self._answer_of(work, self._within.quoted(passage, quotes, snapshot), snapshot)

    def sanction(self, work: Work, broken: Passage, snapshot: Snapshot) -> Answer | None:
        """The sanction of the rule that a passage holds; None if its text has none."""
        reading = self._within.sanction_of(broken, snapshot, work.places)
        return self._answer_of(work, reading, snapshot)

    def _answer_of(self, work: Work, reading: Reading | None, snapshot: Snapshot) -> Answer | None:
        if reading is None:
            return None
        assert work.parsed is not None
        citations, work.evidence = Citations(), reading.read
        told = text_of_reading(reading, work.parsed, work, snapshot, citations)
        return work.answer("answered", told, citations)

    def _free(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> Answer | None:
        """The rule by which nothing is to be paid, where a fee is asked for; None if none says so."""
        asked = whether_free(question.text)
        if not asked:
            return None
        whether = parse_question(asked)
        read = self._read(work, whether, snapshot, own := citations.copy())
        things = [t.word for t in whether.terms if t.weight >= VERB_WEIGHT and t.word != _FEE]
        cited = own.cited_in(read or "")
        titles = "".join(d.title for d in own.documents.values() if d.id in cited)
        if read is None or not things or not says_free(read, things, titles):
            return None
        citations.adopt(own)
        return work.answer("answered", read, citations)

    def is_told(self, question: ParsedQuestion, texts: Sequence[str], citations: Citations) -> bool:
        """True if the articles quoted in `texts` already say what `question` asks.

        They stand whole, so that one quoted for one part of a question may answer the next.
        """
        plain = [citation.quote for citation in citations.citations if not citation.article]
        if texts and is_told_beside(question, plain):
            return True
        quoted = [citation.quote for citation in citations.citations if citation.article]
        units = asked_units(fold(question.text))
        if units or question.asks_amount:
            # On the same subject is not yet the figure: 认定费多少钱 after 认定几天内申请.
            subject = [t.word for t in question.terms if t.weight > _LIGHT and len(t.word) > 1]
            quoted = [
                quote
                for quote in quoted
                if units
                and any(figure.unit in units for figure in find_figures(quote))
                and all(is_said(word, fold(quote)) for word in subject)
            ]
        named = [t.word for t in question.terms if t.weight >= 1 and len(t.word) > 1]
        said = fold("".join(quoted))
        if not (texts and quoted and self._reader.search.knows_cosines):
            return False
        if not all(is_said(word, said) for word in named):
            return False
        return max(self._reader.search.similarities(question.text, quoted)) >= _TOLD

    def _asked_back(self, work: Work, question: ParsedQuestion, snapshot: Snapshot) -> str | None:
        """A question back, where only a topic is named that many documents deal with."""
        topic = open_topic(question)
        narrowed = work.places or work.asked.document_ids or work.versions
        if topic is None or narrowed or named_versions(snapshot, question.text):
            return None
        found = self._searching.retrieved(work, question, None, OVERVIEW_PASSAGES)
        results = [(result, described(snapshot, result)) for result in found]
        return clarifying_question(topic, results, work.language)

    def _read(
        self, work: Work, question: ParsedQuestion, snapshot: Snapshot, citations: Citations
    ) -> str | None:
        """What the articles found say, read whole; it joins the evidence. None if they do not."""
        if asks_force(question.text) and not question.english:
            versions = force_versions(work, snapshot)
            if dated := force_date(versions, citations, snapshot):
                return dated
        if asks_history(question.text):
            versions = force_versions(work, snapshot)
            if dated := history_dates(question.text, versions, citations, snapshot):
                return dated
        reading = self._reader.read(work, question, snapshot, work.places, work.evidence)
        if reading is None:
            return None
        known = {result.passage.id for result in work.evidence}
        work.evidence += tuple(r for r in reading.read if r.passage.id not in known)
        return text_of_reading(reading, question, work, snapshot, citations)
