"""Finds the paragraph of a rule that answers a turn best, and what breaking a rule costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.antecedent import with_antecedent
from assistant.asked_units import asked_units, asks_sum, holds_sum
from assistant.cross_reference import sanction_for
from assistant.found import Found
from assistant.likeness import Core, core_of
from assistant.question import ParsedQuestion, parse_question
from assistant.ranked import Closeness, Ranked
from assistant.rule_answer import read_leader
from assistant.rule_blocks import Block, blocks_of, looked_up
from assistant.rule_choice import may_speak
from assistant.rule_ranking import (
    AskedFor,
    RuleRanking,
    Similarities,
    TurnAsked,
    names_quoted,
)
from assistant.rule_reading import Reading
from assistant.rule_scope import sanctions
from assistant.rule_search import RuleSearch
from assistant.work import Work
from knowledge.documents import Passage, ScoredPassage
from knowledge.rarity import rarity
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# What a paragraph with the sum that is asked for may be behind the first.
_ABOUT_AS_GOOD = 2.0
# Passages of a search in the whole library, and in the documents in focus.
_OF_LIBRARY, _OF_FOCUS = 12, 8
# Articles that others ask for like this, looked at besides what a search finds.
_ASKED_FOR = 6
_OPENING = 12
_ASKING_FORMS = frozenset({"figure", "yes_no", "who", "list", "procedure", "date"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say to a turn, beside what another answer says."""

    reading: Reading
    probability: float
    """That this answers, 0 to 1."""
    ahead: float | None
    """Its score less that of the other answer's paragraph; None if there is none of an article."""
    is_same: bool
    """True if it is the paragraph that the other answer quotes first."""


@dataclass(frozen=True, slots=True)
class WithinReader:
    """Reads the paragraph that answers best."""

    search: RuleSearch
    asked_within: AskedFor
    similarities_of: Similarities
    closely: Closeness

    def ranked(
        self, work: Work, turn: TurnAsked, snapshot: Snapshot, rival: Passage | None, quote: str
    ) -> Standing | None:
        """The paragraph that answers a turn best, beside `rival`, which another answer quotes.

        None without paragraphs.
        """
        assert work.parsed is not None
        if not self.search.knows_cosines or work.parsed.english:
            return None
        results = list(self._candidates(work, turn, snapshot))
        blocks = _blocks_in_force(results, work, snapshot)
        other = _quoted_block(snapshot, rival, quote) if rival else None
        if not blocks:
            return None
        ranking = self._ranking(snapshot)
        together = ranking.ranked(turn, (*blocks, *([other] if other else ())))
        own = [one for one in together if one.block is not other]
        own = _summed_first(turn.text, own)
        against = next((one.score for one in together if one.block is other), None)
        is_same = other is not None and other.whole == own[0].block.whole
        question = work.parsed if _says_what_it_asks(work.parsed) else parse_question(turn.alone)
        reading = _read(question, own[0].block, results, snapshot, work.places)
        ahead = None if against is None else own[0].score - against
        return Standing(reading, ranking.probability(own), ahead, is_same)

    def weighed(self, work: Work, turn: TurnAsked, snapshot: Snapshot) -> list[Ranked]:
        """All paragraphs that may answer a turn, best first, beside no other answer."""
        results = list(self._candidates(work, turn, snapshot))
        return self._ranking(snapshot).ranked(turn, _blocks_in_force(results, work, snapshot))

    def _ranking(self, snapshot: Snapshot) -> RuleRanking:
        lexical = snapshot.lexical
        return RuleRanking(
            self.similarities_of,
            self.asked_within,
            self.closely,
            lambda word: rarity(lexical.document_frequency(word), lexical.size),
        )

    def _candidates(
        self, work: Work, turn: TurnAsked, snapshot: Snapshot
    ) -> Iterator[ScoredPassage]:
        """Passages whose articles may answer: of the whole library, of the rules in focus, quoted."""
        place = turn.places[0] if len(turn.places) == 1 else None
        for text in dict.fromkeys((turn.text, turn.alone, turn.context, turn.opening)):
            put = parse_question(text)
            yield from self.search.retrieve(work, put, place, _OF_LIBRARY)
        if not turn.focus:
            return
        narrowed = replace(work, asked=replace(work.asked, document_ids=turn.focus))
        for text in dict.fromkeys((turn.text, turn.context, turn.opening)):
            yield from self.search.retrieve(narrowed, parse_question(text), None, _OF_FOCUS)
        asked: dict[tuple[str, str], float] = {}
        for likest in self.asked_within((turn.text, turn.alone, turn.opening), turn.focus):
            for (document, article, _), cosine in likest.items():
                asked[document, article] = max(asked.get((document, article), -1.0), cosine)
        for document, article in sorted(asked, key=lambda place: -asked[place])[:_ASKED_FOR]:
            version = _version(document, snapshot)
            keys = snapshot.keys_of_article((version,), article) if version else ()
            held = snapshot.catalog.passages(keys)
            yield from looked_up(held.values())
        # What breaking an article costs is said elsewhere by its number.
        own = snapshot.catalog.passages_of(turn.focus[0], _version(turn.focus[0], snapshot))
        punishing = [
            p for p in own if p.article and names_quoted(p.text, p.document_id, turn.quoted)
        ]
        yield from looked_up((*turn.quoted, *punishing))

    def quoted(self, passage: Passage, quotes: Sequence[str], snapshot: Snapshot) -> Reading | None:
        """The paragraph of a passage's article that one of `quotes` opens in."""
        blocks = (_quoted_block(snapshot, passage, quote) for quote in quotes)
        block = next((block for block in blocks if block), None)
        if block is None:
            return None
        read = looked_up([passage])
        return Reading(Core("", ()), Found(block, (block.whole,), 1.0, is_paragraph=True), read)

    def sanction_of(
        self, broken: Passage, snapshot: Snapshot, places: Sequence[str]
    ) -> Reading | None:
        """The paragraph that punishes a breach of the article a passage is of; None if none does."""
        hit = looked_up([broken])
        for block in blocks_of(snapshot, hit):
            if sanctions(block):
                return None
            chosen = Found(replace(block, similarity=1.0), (block.whole,), 1.0)
            found = sanction_for(chosen, (), snapshot, places, self.search.similarities)
            if found:
                return Reading(Core("", ()), found, (*looked_up(found.block.passages), *hit))
        return None


def _summed_first(asked: str, ranked: list[Ranked]) -> list[Ranked]:
    """The paragraphs, with one first that holds a sum where a sum is asked for, if it is about as good."""
    if not asks_sum(asked):
        return ranked
    near = (one for one in ranked if one.score > ranked[0].score - _ABOUT_AS_GOOD)
    first = next((one for one in near if holds_sum(one.block.whole.text)), ranked[0])
    return [first, *(one for one in ranked if one is not first)]


def _version(document: str, snapshot: Snapshot) -> int | None:
    return snapshot.version_of_document(snapshot.description(document))


def _blocks_in_force(
    results: Sequence[ScoredPassage], work: Work, snapshot: Snapshot
) -> list[Block]:
    return [b for b in blocks_of(snapshot, results) if may_speak(b, work, snapshot)]


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
    blocks = blocks_of(snapshot, looked_up([passage]))
    return next((block for block in blocks if opening in block.whole.text), None)
