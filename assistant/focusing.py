"""A turn of a conversation on rules is answered by the paragraph that says it best.

What a turn leaves out stands in the turns before, and hardly ever can all of it be put back in words.
So the paragraphs that may answer are weighed beside the whole conversation (`rule_ranking.py`): those
of the rules that the last answers quote, and of whatever else the library says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Answer, Citation
from assistant.asked_units import asks_sum, holds_sum
from assistant.bare_asks import BareAsk, bare_ask
from assistant.correction import meant_instead
from assistant.declined import is_declined
from assistant.derived_figures import derivation
from assistant.document_name import named_documents
from assistant.followup_words import ASPECTS, OTHER_SUBJECT, asks_more
from assistant.in_focus import RulesInFocus, quotes_of, unspaced
from assistant.parts_answer import PartsAnswering
from assistant.question import parse_question
from assistant.question_parts import question_parts
from assistant.ranked import Ranked
from assistant.rule_date import asks_force
from assistant.rule_ranking import TurnAsked
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import Passage
from knowledge.references import find_references
from knowledge.regions import applies_to, asked_region
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold, simplify, tagged_words

# 罚多少, after the rule that is broken.
_ASKS_SANCTION = re.compile(
    r"(?:那|这样|如果|要是)*(?:违反了?|违规了?|违法了?|不(?:遵守|这么做|听|执行|改正?))?(?:的话|呢)?[，,]?(?:会|要|被)*(?:怎么|怎样|如何)?(?:罚(?:款)?(?:多少|几倍|得重吗)?(?:钱)?|处罚|处理)(?:呢|吗)?[？?。]?"
    r"|(?:那|这样)*(?:有)?什么(?:后果|处罚)[？?。]?"
)
# 他不肯接受会怎么样: what follows, and not once more what he is to do.
_REFUSES = re.compile(
    r"(?:不肯|不愿|不接受|不配合|不去|拒绝|不履行|不服从)[^，。？?]{0,12}(?:怎|后果|处理|办)"
)
_REFUSED = re.compile(r"拒绝|拒不|不接受|不配合|不履行|无正当理由|逾期")
_TOLD = frozenset({"answered", "partial"})
_OF_SEVERAL = frozenset({"comparison", "overview"})
_FOUND = 6
# Characters by which a quote is known again.
_OPENING = 24
# A paragraph answers if that is so probable: instead of another answer, and where there is none. Of
# turns off the subject one in seven is that probable, of right paragraphs four in five are.
_INSTEAD, _ALONE = 0.35, 0.55
# So many documents are in focus, and so many characters of an earlier question are looked at.
_IN_FOCUS, _LONGEST = 3, 200


class Focusing:
    """Puts a follow-up to the rules that the conversation is on, beside the rest of the library."""

    def __init__(self, retriever: HybridRetriever, parts: PartsAnswering) -> None:
        self._parts = parts
        self._focus = RulesInFocus(
            lambda quote: retriever.retrieve(SearchQuery(quote), _FOUND),
            lambda document: retriever.snapshot().description(document).region,
        )

    def answered(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """What the paragraph says that answers the turn best; `answer` where that is none."""
        ask = bare_ask(work.standalone)
        lacks = (
            ask is not None
            and bool(work.asked.history)
            and answer.status in _TOLD
            and any(citation.article for citation in answer.citations)
            and not _is_of_kind(answer, ask)
        )
        told = self._of_rules(work, answer, snapshot, lacks) if goes_on(work) else None
        if told is None and lacks:
            # Who is in charge, or what one may do, is not told by whatever else the rule says.
            return work.answer("no_evidence", say("nothing", work.language))
        return told or answer

    def weighed(self, work: Work, snapshot: Snapshot) -> list[Ranked]:
        """All paragraphs that may answer a turn, best first; none if it is not put to the rules."""
        if not goes_on(work):
            return []
        rules, said, focus = self._in_focus(work)
        if said and not focus:
            return []
        turn = turn_of(work, rules, said, focus)
        return self._parts.answering.weighed(self._put(work, turn), turn, snapshot)

    def _of_rules(
        self, work: Work, answer: Answer, snapshot: Snapshot, lacks: bool
    ) -> Answer | None:
        """What the paragraph says instead of `answer` that answers best; None to leave it."""
        rules, said, focus = self._in_focus(work)
        if said and not focus:
            # On policies, which are read by their sentences.
            return None
        if work.asks_source and said:
            return self._source(work, rules, answer, snapshot)
        if work.parsed and work.parsed.form == "clause":
            return None if answer.status in _TOLD else self._article(work, focus[:1], snapshot)
        if _ASKS_SANCTION.fullmatch(fold(work.asked.text.strip())):
            quoted = rules.passages(said[-1:], work.places)
            broken = next((p for p in quoted if p.document_id in focus), None)
            other = self._within(work, work.asked.text, focus)
            if broken and (told := self._parts.answering.sanction(other, broken, snapshot)):
                return _instead(told, other, work)
        is_told = answer.status in _TOLD and not lacks
        if is_told and asks_several(work):
            return None
        turn = turn_of(work, rules, said, focus)
        return self._ranked(work, turn, answer if is_told else None, snapshot)

    def _in_focus(self, work: Work) -> tuple[RulesInFocus, Sequence[str], Sequence[str]]:
        """The rules that the answers before quote, those answers, and the documents of the rules."""
        said = [told for _, told in work.asked.history if not is_declined(told)]
        # Each quote is looked up once.
        rules = replace(self._focus, search=lru_cache(maxsize=None)(self._focus.search))
        chosen = asked_region(work.asked.region)
        documents = rules.documents(said, work.places)
        fit = (d for d in documents if chosen is None or applies_to(rules.region_of(d), chosen))
        return rules, said, tuple(fit)

    def _ranked(
        self, work: Work, turn: TurnAsked, answer: Answer | None, snapshot: Snapshot
    ) -> Answer | None:
        """What the paragraph says that probably answers a turn.

        `answer` itself where it quotes that paragraph; None if it is unsure which answers.
        """
        cited = answer.citations[0] if answer and answer.citations else None
        rival = _cited_passage(cited, snapshot) if cited else None
        if cited and rival is None:
            return None
        other = self._put(work, turn)
        stands = self._parts.answering.standing(
            other, turn, snapshot, rival, cited.quote if cited else ""
        )
        if stands is None:
            return None
        standing, told = stands
        if answer and standing.is_same:
            return answer
        if answer and (_leaves_place(told, answer, turn.places) or _repeats(told, answer, turn)):
            return None
        if asks_sum(turn.text) and not any(holds_sum(c.quote) for c in told.citations):
            return None
        least = _INSTEAD if answer else _ALONE
        if standing.probability < least or (standing.ahead or 0.0) < 0:
            return None
        return _instead(told, other, work)

    def _source(
        self, work: Work, rules: RulesInFocus, answer: Answer, snapshot: Snapshot
    ) -> Answer | None:
        """The paragraph that the last answer quotes first, where it is asked what that stands on.

        None if `answer`, to the question before, quotes that as well.
        """
        said = work.asked.history[-1][1]
        quoted = next(rules.passages([said], work.places), None)
        again = {(citation.document_id, citation.article) for citation in answer.citations}
        if quoted is None or (quoted.document_id, quoted.article) in again:
            return None
        other = self._within(work, work.standalone, ())
        told = self._parts.answering.quoted(other, quoted, quotes_of(said), snapshot)
        return _instead(told, other, work) if told else None

    def _article(self, work: Work, focus: Sequence[str], snapshot: Snapshot) -> Answer | None:
        """The article asked for by its number alone, of the rule that was quoted last."""
        titles = {d.id: d.title for d in snapshot.documents()}
        if not focus or focus[0] not in titles:
            return None
        if not find_references(work.asked.text).articles:
            return None
        asked = work.asked.text[work.asked.text.find("第") :]
        other = self._within(work, f"《{titles[focus[0]]}》{asked}", ())
        told = self._parts.answered(other, snapshot)
        return _instead(told, other, work) if told.status in _TOLD else None

    def _put(self, work: Work, turn: TurnAsked) -> Work:
        other = self._within(work, turn.text, ())
        other.places = turn.places
        return other

    def _within(self, work: Work, text: str, focus: Sequence[str]) -> Work:
        asked = replace(work.asked, text=text, document_ids=tuple(focus), history=())
        other = Work(asked, work.language)
        other.standalone = other.text = text
        other.parsed, other.places = parse_question(text), work.places
        return other


def goes_on(work: Work) -> bool:
    """True for a turn that names neither a place, a document, a time, nor another subject."""
    asked = simplify(work.asked.text.strip())
    is_of_then = bool(work.versions or work.as_of or work.is_former)
    if not work.asked.history or work.asked.document_ids or is_of_then:
        return False
    if OTHER_SUBJECT.match(asked) or named_documents(asked):
        return False
    return not any(r.level != "country" for r in parse_question(asked).regions)


def turn_of(
    work: Work, rules: RulesInFocus, said: Sequence[str], focus: Sequence[str]
) -> TurnAsked:
    """A turn with what stands before it; `said` are the answers before, `focus` the documents they are on."""
    return TurnAsked(
        meant_instead(work.asked.text) or work.asked.text.strip(),
        work.standalone,
        tuple(asked[:_LONGEST] for asked, _ in work.asked.history),
        tuple(rules.passages(said[-1:], work.places)),
        quotes_of(said[-1]) if said else (),
        tuple(focus[:_IN_FOCUS]),
        work.places or _places_of(work.asked.history),
    )


def asks_several(work: Work) -> bool:
    """True if what is asked is more than one paragraph or sentence says: several things, a sum, a comparison.

    And of the rule itself: since when it is in force, or what else it says.
    """
    assert work.parsed is not None
    asked = work.parsed.text
    if work.parsed.form in _OF_SEVERAL or len(question_parts(work.text)) > 1:
        return True
    return bool(derivation(asked)) or asks_force(asked) or asks_more(work.asked.text)


def _cited_passage(citation: Citation, snapshot: Snapshot) -> Passage | None:
    """The passage of an article that a citation quotes; None if it quotes no article."""
    if not citation.article:
        return None
    version = snapshot.version_of_document(snapshot.description(citation.document_id))
    passages = snapshot.catalog.passages_of(citation.document_id, version)
    at = citation.start_char
    return next((p for p in passages if p.article and p.start_char <= at < p.end_char), None)


def _repeats(told: Answer, answer: Answer, turn: TurnAsked) -> bool:
    """True if `told` quotes again what the last answer did, and `answer` says more of what the turn names."""
    again, new = (unspaced("".join(c.quote for c in own.citations)) for own in (told, answer))
    if not any(unspaced(quote)[:_OPENING] in again for quote in turn.quotes):
        return False
    if _REFUSES.search(turn.text):
        return bool(_REFUSED.search(new)) and not _REFUSED.search(again)
    things = (
        word for word, tag in tagged_words(fold(turn.text)) if tag[0] == "n" and len(word) > 1
    )
    return any(w not in ASPECTS and is_said(w, new) and not is_said(w, again) for w in things)


def _leaves_place(told: Answer, answer: Answer, places: Sequence[str]) -> bool:
    """True if `answer` quotes a rule of a place that is asked about, and `told` does not."""
    own, other = (
        {citation.region for citation in said.citations[:1]} & set(places)
        for said in (answer, told)
    )
    return bool(own) and not other


def _places_of(history: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The places that the latest question to name any asks about."""
    for asked, _ in reversed(history):
        if named := [r.name for r in parse_question(asked).regions if r.level != "country"]:
            return tuple(named)
    return ()


def _is_of_kind(answer: Answer, ask: BareAsk) -> bool:
    return any(ask.holds.search(citation.quote) for citation in answer.citations)


def _instead(told: Answer, other: Work, work: Work) -> Answer:
    work.evidence, work.citations = other.evidence, other.citations
    return replace(told, standalone_question=work.standalone)
