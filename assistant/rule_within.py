"""Reads the rules that a conversation is on: what they say to a turn, and what breaking them costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.antecedent import with_antecedent
from assistant.asked_units import asked_units
from assistant.bare_asks import BareAsk, bare_ask
from assistant.cross_reference import sanction_for
from assistant.focus_ranking import (
    AskedFor,
    FocusRanking,
    Place,
    Similarities,
    TurnAsked,
    probability,
)
from assistant.found import Found
from assistant.likeness import Core, core_of
from assistant.question import ParsedQuestion, parse_question
from assistant.rule_answer import read_leader
from assistant.rule_blocks import Block, blocks_of
from assistant.rule_leader import leader_within
from assistant.rule_reading import Reading
from assistant.rule_scope import sanctions
from assistant.rule_search import PASSAGES, READ, RuleSearch
from assistant.work import Work
from knowledge.documents import Passage, ScoredPassage
from knowledge.rarity import rarity
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# Further from the question than this a paragraph is on something else.
_NEAR_ALONE = 0.85
# Articles that others ask for like this, looked at besides what a search finds.
_ASKED_FOR = 6
_OPENING = 12
_ASKING_FORMS = frozenset({"figure", "yes_no", "who", "list", "procedure", "date"})


AskedWithin = Callable[[str, Sequence[str]], Mapping[Place, float]]
"""Of each place of some documents how much like a question others ask for it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules in focus say to a turn, beside what another answer says."""

    reading: Reading
    probability: float
    """That this answers, 0 to 1."""
    ahead: float | None
    """Its score less that of the other answer's paragraph; None if there is none of an article."""
    is_same: bool
    """True if it is the paragraph that the other answer quotes first."""


@dataclass(frozen=True, slots=True)
class WithinReader:
    """Reads the documents that a search is narrowed to."""

    search: RuleSearch
    asked_within: AskedWithin
    similarities_of: Similarities

    def read(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        places: Sequence[str],
        alone: str,
    ) -> Reading | None:
        """The paragraph that leads in meaning in the documents that `work` is narrowed to.

        Which law is meant is known then, so that hardly a word of the question need stand there. Of
        a bare ask it is the one of its kind that is nearest to the ask and to the question made to
        stand `alone`.
        """
        if not self.search.knows_cosines or question.english:
            return None
        ask = bare_ask(question.text)
        put = replace(question, text=ask.words, search_text=ask.words) if ask else question
        results = self.search.retrieve(work, put, None, PASSAGES)
        blocks = self.search.measured(put, blocks_of(snapshot, results))
        if ask:
            first = self._first_of_kind(ask, alone, blocks)
        else:
            first = leader_within(fold(question.text), blocks)
        if first is None:
            return None
        return _read(question, first, results, snapshot, places)

    def ranked(
        self, work: Work, turn: TurnAsked, snapshot: Snapshot, rival: Passage | None, quote: str
    ) -> Standing | None:
        """The paragraph that answers a turn best, of the documents that `work` is narrowed to.

        And of `rival`, a passage that another answer quotes with `quote`. None without paragraphs.
        """
        assert work.parsed is not None
        if not self.search.knows_cosines or work.parsed.english:
            return None
        # What others ask for is looked up once, for the candidates and for their signs.
        documents = {*work.asked.document_ids, *([rival.document_id] if rival else ())}
        asked_for = lru_cache(maxsize=None)(
            lambda text: self.asked_within(text, tuple(sorted(documents)))
        )
        results = list(self._candidates(work, turn, snapshot, asked_for))
        blocks = blocks_of(snapshot, results)
        other = _quoted_block(snapshot, rival, quote) if rival else None
        if not blocks:
            return None
        lexical = snapshot.lexical
        ranking = FocusRanking(
            self.similarities_of,
            asked_for,
            lambda word: rarity(lexical.document_frequency(word), lexical.size),
        )
        together = ranking.ranked(turn, (*blocks, *([other] if other else ())))
        own = [one for one in together if one.block is not other]
        against = next((one.score for one in together if one.block is other), None)
        is_same = other is not None and other.whole == own[0].block.whole
        question = work.parsed if _says_what_it_asks(work.parsed) else parse_question(turn.alone)
        reading = _read(question, own[0].block, results, snapshot, work.places)
        ahead = None if against is None else own[0].score - against
        return Standing(reading, probability(own), ahead, is_same)

    def _candidates(
        self, work: Work, turn: TurnAsked, snapshot: Snapshot, asked_for: AskedFor
    ) -> Iterator[ScoredPassage]:
        """Passages whose articles may answer: nearest, most asked for, and quoted before."""
        assert work.parsed is not None
        for text in (turn.context, turn.text):
            put = replace(work.parsed, text=text, search_text=text)
            yield from self.search.retrieve(work, put, None, PASSAGES)
        asked: dict[tuple[str, str], float] = {}
        for text in (turn.text, turn.alone):
            for (document, article, _), cosine in asked_for(text).items():
                if document in work.asked.document_ids:
                    asked[document, article] = max(asked.get((document, article), -1.0), cosine)
        for document, article in sorted(asked, key=lambda place: -asked[place])[:_ASKED_FOR]:
            version = snapshot.version_of_document(snapshot.description(document))
            keys = snapshot.keys_of_article((version,), article) if version else ()
            held = snapshot.catalog.passages(keys)
            yield from (ScoredPassage(passage, 1.0, 1, "dense") for passage in held.values())
        yield from (ScoredPassage(passage, 1.0, 1, "dense") for passage in turn.quoted)

    def sanction_of(
        self, broken: Passage, snapshot: Snapshot, places: Sequence[str]
    ) -> Reading | None:
        """The paragraph that punishes a breach of the article a passage is of; None if none does."""
        hit = ScoredPassage(broken, 1.0, 1, "dense")
        for block in blocks_of(snapshot, [hit]):
            if sanctions(block):
                return None
            chosen = Found(replace(block, similarity=1.0), (block.whole,), 1.0)
            found = sanction_for(chosen, (), snapshot, places, self.search.similarities)
            if found:
                read = tuple(ScoredPassage(p, 1.0, 1, "dense") for p in found.block.passages)
                return Reading(Core("", ()), found, (*read, hit))
        return None

    def _first_of_kind(self, ask: BareAsk, alone: str, blocks: Sequence[Block]) -> Block | None:
        own = [b for b in blocks if ask.holds.search(b.whole.text)]
        if ask.best and (best := [b for b in own if ask.best.search(b.whole.text)]):
            own = best
        if not own:
            return None
        also = self.search.similarities(alone, [b.whole.text[:READ] for b in own])
        near = [
            ((b.similarity or 0.0) + cosine, b)
            for b, cosine in zip(own, also, strict=True)
            if cosine >= _NEAR_ALONE
        ]
        return max(near, key=lambda entry: entry[0])[1] if near else None


def _read(
    question: ParsedQuestion,
    first: Block,
    results: Sequence[ScoredPassage],
    snapshot: Snapshot,
    places: Sequence[str],
) -> Reading:
    """What a paragraph of `results` says to a question; the whole of it if nothing in particular."""
    core = core_of(question, snapshot.lexical.document_frequency, snapshot.lexical.size)
    found = read_leader(question, core, first, places, frozenset({first.document.id}))
    found = found or Found(first, (first.whole,), 1.0, is_paragraph=True)
    read = tuple(r for r in results if r.passage in first.passages)
    return Reading(core, with_antecedent(found, snapshot), read)


def _says_what_it_asks(question: ParsedQuestion) -> bool:
    """True unless what is asked stands in the turns before (那五级呢)."""
    return question.form in _ASKING_FORMS or bool(asked_units(fold(question.text)))


def _quoted_block(snapshot: Snapshot, passage: Passage, quote: str) -> Block | None:
    """The paragraph of a passage's article that a quote opens in."""
    opening = quote.strip()[:_OPENING]
    blocks = blocks_of(snapshot, [ScoredPassage(passage, 1.0, 1, "dense")])
    return next((block for block in blocks if opening in block.whole.text), None)
