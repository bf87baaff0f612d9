"""Puts a turn to the documents without articles that the conversation is on, sentence by sentence.

What a turn leaves out stands in the turns before, and words alone can hardly put it back: 钱从哪出, after a
question on what firms are paid back. So the sentences of the documents that the last answers quote are
weighed beside the whole conversation (`turn_ranking.py`), and the one that answers best is told where
nothing else was found, or something that answers less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.answer import Answer
from assistant.answer_list import ordinal
from assistant.citing import Citations
from assistant.declined import is_declined
from assistant.derived_figures import derivation
from assistant.evidence import is_of_form
from assistant.focusing import asks_several, goes_on, turn_of
from assistant.followup_words import bare
from assistant.in_charge import asks_in_charge, who_is_in_charge
from assistant.in_focus import RulesInFocus
from assistant.issue_date import asks_its_date, day_told
from assistant.needs import Need
from assistant.question import ParsedQuestion, parse_question
from assistant.rule_blocks import looked_up
from assistant.rule_ranking import TurnAsked
from assistant.run_in_heading import with_opening
from assistant.searching import Searching, described, excerpt_of
from assistant.sentence_bounds import SentencesRead
from assistant.sentence_fit import is_of_places, may_answer
from assistant.sentence_ranking import RankedSentence
from assistant.sentence_reading import says, told, told_in_charge
from assistant.turn_ranking import TurnRanking
from assistant.turn_subject import (
    is_from_elsewhere,
    lacking,
    named_before,
    new_things,
    speaks_of,
)
from assistant.wording import say
from assistant.work import Work
from knowledge.authority import is_official
from knowledge.documents import Passage, ScoredPassage
from knowledge.regions import COUNTRY, applies_to, asked_region
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.starter_questions import Alike
from knowledge.tokenization import fold

# Passages of each search in the documents in focus, and of one for what was quoted.
_FOUND, _LOOKED_UP = 8, 6
# So probably the sentence answers, to be told where nothing was found or something in another document, and
# instead of what was found in the same. Chosen on the conversations that taught the weights
# (docs/decisions/0024).
_ALONE, _INSTEAD = 0.4, 0.55
# Where it is known what people ask of the document: alone, instead of other persons or places, and so surely
# that the turn's own words suffice.
_ALONE_KNOWN, _RATHER_SURE, _SURE = 0.3, 0.75, 0.85
# Instead of what a document says that the conversation is not on: below that, neither is told.
_ALONE_ASTRAY = 0.15
_TOLD = ("answered", "partial")
# So many things that nobody spoke of are another subject; with one the sentence must be as sure as instead
# of an answer.
_OTHER_SUBJECT = 2
_ASKS_ACTOR = re.compile(
    r"谁(?:来|去)?(?:负责|管|牵头|主管|承担|审批|批)|(?:归|由)谁|(?:归|由|找|是)哪[个些]?(?:部门|单位|机构)|哪[个些]?(?:部门|单位)"
)
_ACTOR = re.compile(r"负责(?!人|同志)|指导|牵头|主管|承担|归口|部门|[局厅委办部府]|政府|机构|单位")
_OF_OTHER_SHAPE = frozenset({"comparison", "overview", "clause"})
_SAID_IN_ONE = frozenset({"yes_no", "general", "purpose"})


@dataclass(frozen=True, slots=True)
class TurnRead:
    """What was read beside a turn."""

    turn: TurnAsked
    question: ParsedQuestion
    """The turn made to stand alone."""
    needs: Sequence[Need]
    results: tuple[ScoredPassage, ...]
    ranked: list[RankedSentence]
    """Best first; at least one."""
    alike: Mapping[str, Alike] = field(default_factory=dict)
    """What people ask of the sentences of some documents, by id."""

    @property
    def put(self) -> ParsedQuestion:
        """The question as it is answered: in the turn's own words where they say what is asked."""
        own = parse_question(self.turn.text)
        return own if own.form != "general" else self.question


class TurnReading:
    """Reads the documents in focus beside a turn."""

    def __init__(self, retriever: HybridRetriever) -> None:
        self._retriever = retriever
        self._searching = Searching(retriever)
        self.ranking = TurnRanking(retriever.reading.closely_for, retriever.reading.likely)
        self._focus = RulesInFocus(
            lambda quote: retriever.retrieve(SearchQuery(quote), _LOOKED_UP),
            lambda document: retriever.snapshot().description(document).region,
            of_articles=False,
        )

    def answered(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """What the sentence says that answers a turn best; `answer` where that is none, or the same."""
        turn = self.turn(work, snapshot) if self._is_put(work) else None
        before = work.asked.history[-1][0] if work.asked.history else ""
        if turn and asks_its_date(turn.text, before) and (day := _day_of(work, turn, snapshot)):
            return day
        read = self.read(work, turn, snapshot) if turn else None
        if turn is None or read is None:
            return answer
        asks_actor = bool(_ASKS_ACTOR.search(fold(turn.text)))
        read = _fitting_first(read, asks_actor=asks_actor)
        first = read.ranked[0].statement
        is_known = first.document.id in read.alike
        is_told = answer.status in _TOLD
        if is_told and says(answer, read.question, first):
            return answer
        region = first.document.region
        places = turn.places or ((region,) if region not in (None, COUNTRY) else ())
        probability = self.ranking.probability(turn, read.question, read.ranked, read.alike)
        is_sure = is_known and probability >= _SURE
        own = parse_question(turn.text)
        # A turn that is surely answered may have been put together wrongly with what stands before it.
        asked = (own,) if is_sure else (read.question, own)
        strays = is_told and is_from_elsewhere(answer, turn.focus)
        if strays and not new_things(work, turn, "nv"):
            # Nothing in the turn leads to what the other document is on.
            answer = _declined(work)
        if not all(may_answer(question, read.needs, places, read.ranked[0]) for question in asked):
            return answer
        is_of_same = is_told and any(c.document_id in turn.focus for c in answer.citations)
        if asks_actor and not any(_ACTOR.search(citation.quote) for citation in answer.citations):
            is_of_same = False
        said_in_one = read.put.form in _SAID_IN_ONE or (
            is_known and probability >= _RATHER_SURE and read.put.form in ("who", "where")
        )
        if is_of_same and is_of_places(places, first) and not said_in_one:
            # As in first questions, lists and figures are found by their words.
            return answer
        named = new_things(work, turn)
        missing = lacking(named, first)
        if is_told and not is_of_same and speaks_of(answer, missing):
            return answer
        new = missing if missing == named else set[str]()
        alone = _ALONE_KNOWN if is_known else _ALONE
        least = _INSTEAD if is_of_same or new else _ALONE_ASTRAY if strays else alone
        if len(new) >= _OTHER_SUBJECT or probability < least:
            return answer
        charged = who_is_in_charge([first]) if asks_in_charge(own) else None
        if charged and charged.is_named:
            said = told_in_charge(work, charged, read.results, snapshot)
            return replace(said, standalone_question=work.standalone)
        found = SentencesRead(read.put, read.needs, read.results, (), read.ranked)
        return replace(told(work, found, snapshot), standalone_question=work.standalone)

    def turn(self, work: Work, snapshot: Snapshot) -> TurnAsked | None:
        """The turn beside what stands before it; None where that is on no document without articles."""
        said = [answer for _, answer in work.asked.history if not is_declined(answer)]
        # Each quote is looked up once.
        rules = replace(self._focus, search=lru_cache(maxsize=None)(self._focus.search))
        chosen = asked_region(work.asked.region)
        focus = [
            document
            for document in (
                *rules.documents(said, work.places),
                # One answer gone astray leaves the conversation where it began.
                *rules.documents(said[:1], work.places),
            )
            if chosen is None or applies_to(rules.region_of(document), chosen)
        ]
        focus = [*dict.fromkeys((*focus, *named_before(work, snapshot)))]
        return turn_of(work, rules, said, focus) if focus else None

    def _is_put(self, work: Work) -> bool:
        """True for a turn that asks one thing of what the conversation is on."""
        if not goes_on(work) or asks_several(work) or not self._retriever.knows_cosines:
            return False
        if work.excluded or derivation(work.text):
            return False
        if ordinal(bare(work.asked.text)):
            # 最后一个呢: of what was listed.
            return False
        assert work.parsed is not None
        return not work.parsed.english and work.parsed.form not in _OF_OTHER_SHAPE

    def read(self, work: Work, turn: TurnAsked, snapshot: Snapshot) -> TurnRead | None:
        """The sentences that may answer; None where the conversation is on no such document."""
        found = {r.passage.id: r for r in self._found(work, turn, snapshot)}
        if not found:
            return None
        excerpt = excerpt_of(snapshot, tuple(found.values()))
        results = tuple(with_opening(result, excerpt) for result in found.values())
        question = parse_question(turn.alone)
        needs, statements = self._searching.scored(question, snapshot, results)
        documents = [snapshot.description(document) for document in turn.focus]
        alike = self._retriever.asked.alike([turn.text, turn.alone], documents)
        ranked = self.ranking.ranked(turn, question, results, statements, alike)
        return TurnRead(turn, question, needs, results, ranked, alike) if ranked else None

    def _found(self, work: Work, turn: TurnAsked, snapshot: Snapshot) -> Iterator[ScoredPassage]:
        """Passages of the documents in focus: those found for the turn, those quoted, the next ones."""
        asked = replace(work.asked, document_ids=turn.focus)
        narrowed = replace(work, asked=asked)
        best: dict[str, ScoredPassage] = {}
        for text in dict.fromkeys((turn.alone, turn.context, turn.opening)):
            question = parse_question(text)
            for result in self._searching.retrieved(narrowed, question, None, _FOUND):
                known = best.get(result.passage.id)
                if known is None or known.score < result.score:
                    best[result.passage.id] = result
        for result in looked_up(_quoted_and_next(turn.quoted, snapshot)):
            best.setdefault(result.passage.id, replace(result, score=0.0))
        for result in best.values():
            if is_official(described(snapshot, result), result.passage):
                yield result


def _day_of(work: Work, turn: TurnAsked, snapshot: Snapshot) -> Answer | None:
    """The day that the document bears which was told of last; None where it bears none."""
    citations = Citations()
    version = snapshot.version_of_document(snapshot.description(turn.focus[0]))
    day = day_told(version, snapshot, citations) if version is not None else None
    return work.answer("answered", day, citations) if day else None


def _declined(work: Work) -> Answer:
    return work.answer("no_evidence", say("nothing", work.language))


def _fitting_first(read: TurnRead, *, asks_actor: bool) -> TurnRead:
    """With the sentences first that can say who is in charge, or who is served, where that is asked."""
    ranked, put = read.ranked, read.put
    if asks_actor:
        # 归哪个部门管 is told by no sentence without a body.
        ranked = sorted(ranked, key=lambda one: not _names_actor(one))
    if put.asks_served:
        ranked = sorted(ranked, key=lambda one: not is_of_form(put, one.statement.text))
    return replace(read, ranked=ranked)


def _names_actor(one: RankedSentence) -> bool:
    return bool(_ACTOR.search(one.statement.text))


def _quoted_and_next(quoted: Sequence[Passage], snapshot: Snapshot) -> Iterator[Passage]:
    for passage in quoted:
        version = snapshot.version_of_passage(passage)
        own = list(snapshot.catalog.passages_of(passage.document_id, version))
        for place, other in enumerate(own):
            if other.id == passage.id:
                yield from own[place : place + 2]
