"""A turn that goes on with a rule is answered from that rule, if that says it as well as another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.answer import Answer
from assistant.bare_asks import BareAsk, bare_ask, in_words_of_rules
from assistant.declined import is_declined
from assistant.document_name import named_documents
from assistant.focus_ranking import TurnAsked
from assistant.followup_words import OTHER_SUBJECT
from assistant.in_focus import RulesInFocus
from assistant.parts_answer import PartsAnswering
from assistant.question import parse_question
from assistant.question_parts import question_parts
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import Passage
from knowledge.references import find_references
from knowledge.regions import COUNTRY
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold, simplify

# 罚多少, after the rule that is broken.
_ASKS_SANCTION = re.compile(
    r"(?:那|这样|如果|要是)*(?:违反了?|违规了?|违法了?|不(?:遵守|这么做|听|执行|改正?))?(?:的话|呢)?[，,]?(?:会|要|被)*(?:怎么|怎样|如何)?(?:罚(?:款)?(?:多少|几倍|得重吗)?(?:钱)?|处罚|处理)(?:呢|吗)?[？?。]?"
    r"|(?:那|这样)*(?:有)?什么(?:后果|处罚)[？?。]?"
)
_TOLD = frozenset({"answered", "partial"})
_FOUND = 6
# Turns before in which a thing may have been named.
_LOOKED_BACK = 3
# A paragraph of the rules in focus answers if that is so probable and its score is so far ahead of
# that of another answer: the further, the less probable it may be by itself.
_PROBABLY = 0.4
_INSTEAD = ((0.7, 0.0), (_PROBABLY, 1.0), (0.1, 4.0))
_ALONE = ((0.3, 0.0),)
# What another text says gives way to the rules in focus if it is no nearer than this to the words of
# the turn; to a paragraph that leads there if it is not even so much nearer.
_BEHIND, _BEHIND_LEADING = 0.012, 0.018


class Focusing:
    """Puts a follow-up to the rules that the conversation is on."""

    def __init__(self, retriever: HybridRetriever, parts: PartsAnswering) -> None:
        self._retriever = retriever
        self._parts = parts
        self._focus = RulesInFocus(
            lambda quote: retriever.retrieve(SearchQuery(quote), _FOUND),
            lambda document: retriever.snapshot().description(document).region,
        )

    def answered(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """What the rules in focus say to the turn; `answer` if they are silent or further off."""
        ask = bare_ask(work.standalone)
        lacks = (
            ask is not None
            and bool(work.asked.history)
            and answer.status in _TOLD
            and any(citation.article for citation in answer.citations)
            and not _is_of_kind(answer, ask)
        )
        told = self._of_rules(work, answer, snapshot, lacks) if self._may_go_on(work) else None
        if told is None and lacks:
            # Who is in charge, or what one may do, is not told by whatever else the rule says.
            return work.answer("no_evidence", say("nothing", work.language))
        return told or answer

    def _may_go_on(self, work: Work) -> bool:
        asked = simplify(work.asked.text.strip())
        if not work.asked.history or work.asked.document_ids or work.versions:
            return False
        if OTHER_SUBJECT.match(asked) or named_documents(asked):
            return False
        return not any(r.level != "country" for r in parse_question(asked).regions)

    def _of_rules(
        self, work: Work, answer: Answer, snapshot: Snapshot, lacks: bool
    ) -> Answer | None:
        """What the rules in focus say instead of `answer`; None to leave it."""
        said = [told for _, told in work.asked.history if not is_declined(told)]
        # Each quote is looked up once.
        rules = replace(self._focus, search=lru_cache(maxsize=None)(self._focus.search))
        focus = rules.documents(said, work.places)
        if not focus:
            return None
        if work.parsed and work.parsed.form == "clause":
            return None if answer.status in _TOLD else self._article(work, focus, snapshot)
        if _ASKS_SANCTION.fullmatch(fold(work.asked.text.strip())):
            broken = next(rules.passages(said[-1:], work.places), None)
            other = self._within(work, work.asked.text, focus)
            if broken and (told := self._parts.answering.sanction(other, broken, snapshot)):
                return _instead(told, other, work)
        is_told = answer.status in _TOLD and not lacks
        if is_told and len(question_parts(work.text)) > 1:
            # Answered part by part; one paragraph would be the answer to one part.
            return None
        quoted = tuple(rules.passages(said[-1:], work.places))
        if told := self._ranked(work, answer if is_told else None, focus, quoted, snapshot):
            return told
        own = self._nearness(work, answer) if is_told else 0.0
        bare = self._within(work, work.asked.text, focus)
        told = self._parts.answering.within(bare, work.standalone, snapshot)
        fresh = _fresh(work)
        behind = _BEHIND_LEADING
        if _cites(answer, focus) or (fresh and not _is_of_other_place(answer, work)):
            behind = 0.0
        speaks = told is not None and _says(told, fresh)
        if told and speaks and self._nearness(work, told) >= own - behind:
            return _instead(told, bare, work)
        if _cites(answer, focus):
            return None
        alone = self._within(work, work.standalone, focus)
        told = self._parts.answered(alone, snapshot)
        behind = 0.0 if fresh else _BEHIND
        is_as_near = told.status in _TOLD and self._nearness(work, told) >= own - behind
        return (
            _instead(told, alone, work) if is_as_near and not lacks and _says(told, fresh) else None
        )

    def _ranked(
        self,
        work: Work,
        answer: Answer | None,
        focus: Sequence[str],
        quoted: tuple[Passage, ...],
        snapshot: Snapshot,
    ) -> Answer | None:
        """What the paragraph of the rules in focus says that probably answers.

        `answer` itself where it quotes that paragraph and nothing is surer; None if it is unsure
        which answers.
        """
        cited = answer.citations[0] if answer and answer.citations else None
        rival = next(
            (
                r.passage
                for r in work.evidence
                if cited
                and r.passage.article
                and r.passage.document_id == cited.document_id
                and r.passage.start_char <= cited.start_char < r.passage.end_char
            ),
            None,
        )
        before = work.asked.history[-1][0]
        turn = TurnAsked(work.asked.text.strip(), work.standalone, before, quoted)
        other = self._within(work, work.asked.text, focus)
        stands = self._parts.answering.standing(
            other, turn, snapshot, rival, cited.quote if cited else ""
        )
        if stands is None:
            return None
        standing, told = stands
        if answer and standing.is_same:
            return _instead(told, other, work) if standing.probability >= _PROBABLY else answer
        if answer and (standing.ahead is None or _leaves_place(told, answer, work)):
            return None
        bounds = _INSTEAD if answer else _ALONE
        ahead = standing.ahead or 0.0
        if not any(standing.probability >= p and ahead >= least for p, least in bounds):
            return None
        return _instead(told, other, work)

    def _article(self, work: Work, focus: Sequence[str], snapshot: Snapshot) -> Answer | None:
        """The article asked for by its number alone, of the rule that was quoted last."""
        titles = {d.id: d.title for d in snapshot.documents()}
        if focus[0] not in titles:
            return None
        if not find_references(work.asked.text).articles:
            return None
        asked = work.asked.text[work.asked.text.find("第") :]
        other = self._within(work, f"《{titles[focus[0]]}》{asked}", ())
        told = self._parts.answered(other, snapshot)
        return _instead(told, other, work) if told.status in _TOLD else None

    def _within(self, work: Work, text: str, focus: Sequence[str]) -> Work:
        asked = replace(work.asked, text=text, document_ids=tuple(focus), history=())
        other = Work(asked, work.language)
        other.standalone = other.text = text
        other.parsed, other.places = parse_question(text), work.places
        return other

    def _nearness(self, work: Work, answer: Answer) -> float:
        """Cosine of the turn and what the answer quotes first."""
        quotes = [citation.quote for citation in answer.citations[:1]]
        asked = in_words_of_rules(work.asked.text) or work.asked.text
        near = self._retriever.similarities(asked, quotes)
        return max(near, default=0.0)


def _is_of_other_place(answer: Answer, work: Work) -> bool:
    """True if the rule of a place answers, and that place was not asked about."""
    regions = {citation.region for citation in answer.citations[:1]} - {None, COUNTRY}
    return bool(regions) and not regions & set(work.places)


def _leaves_place(told: Answer, answer: Answer, work: Work) -> bool:
    """True if `answer` quotes a rule of a place that is asked about, and `told` does not."""
    own, other = (
        {citation.region for citation in said.citations[:1]} & set(work.places)
        for said in (answer, told)
    )
    return bool(own) and not other


def _fresh(work: Work) -> list[str]:
    """What the turn names that no turn before did, where it was not made to stand alone."""
    if work.parsed is None or work.standalone.strip() != work.asked.text.strip():
        return []
    said = fold("".join(asked + told for asked, told in work.asked.history[-_LOOKED_BACK:]))
    words = [t.word for t in work.parsed.terms if t.weight >= 1 and len(t.word) > 1]
    return [word for word in words if word not in said]


def _says(told: Answer, words: Sequence[str]) -> bool:
    """True if what is quoted speaks of all these, at least by two characters (空置房: 空置物业)."""
    quoted = fold("".join(citation.quote for citation in told.citations))
    return all(any(a + b in quoted for a, b in pairwise(word)) for word in words)


def _is_of_kind(answer: Answer, ask: BareAsk) -> bool:
    return any(ask.holds.search(citation.quote) for citation in answer.citations)


def _cites(answer: Answer, documents: Sequence[str]) -> bool:
    return any(citation.document_id in documents for citation in answer.citations)


def _instead(told: Answer, other: Work, work: Work) -> Answer:
    work.evidence, work.citations = other.evidence, other.citations
    return replace(told, standalone_question=work.standalone)
