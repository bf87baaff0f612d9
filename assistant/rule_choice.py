"""Chooses among the paragraphs of rules that were found by all the signs of each.

A question leads to a paragraph by its words, its meaning, or what others ask (`rule_reading.py`). Each of
these is right more often than not, and neither knows of the others: the ranking weighs them together,
and what it puts so far ahead is read instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.asked_units import asked_units
from assistant.definition import defined_word
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.question_ranking import QuestionAsked, QuestionRanking
from assistant.rule_answer import read_leader
from assistant.rule_blocks import Block, blocks_of, looked_up
from assistant.rule_ranking import Ranked, holds_date
from assistant.rule_search import RuleSearch
from assistant.work import Work
from knowledge.documents import PAST, Passage, ScoredPassage
from knowledge.regions import applies_to, asked_region, without_places
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

ArticlesAskedFor = Callable[[str, str | None, tuple[str, ...], int], Sequence[Passage]]
"""Of a question, a place or the country, some documents or all, and a number of lines."""
# Lines of what others ask that are looked at.
_LINES = 8
# So far ahead of the paragraph that words lead to another is read instead, and so probably it answers
# where they lead to none. Chosen on the tune half of evals/laws/turns.tsv, cross-validated by law.
_AHEAD, _ALONE = 0.75, 0.5
# Two paragraphs of which the one is so little ahead are both told, if the other is no longer than this: of
# such pairs the first answers in two of five, the other in one of five.
_BESIDE, _LONGEST = 0.5, 400
_OF_OTHER_SHAPE = frozenset({"comparison", "overview", "clause", "definition"})


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search for a question found, and what its words led to."""

    core: Core
    results: Sequence[ScoredPassage]
    named: frozenset[str]
    """The documents that the question names."""
    found: Found | None


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """Chooses a paragraph."""

    search: RuleSearch
    asked_for: ArticlesAskedFor
    ranking: QuestionRanking

    def best(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        places: Sequence[str],
        searched: Searched,
    ) -> Found | None:
        """What the paragraph says that ranks far enough ahead, or else what was found by words."""
        found = searched.found
        if not self._is_put(work, question, found):
            return found
        ranked = self.ranked(work, question, snapshot, places, searched)
        if not ranked:
            return found
        first = ranked[0]
        if found is None:
            if self.ranking.probability(ranked) < _ALONE:
                return None
            read = _read(question, searched, first.block, places)
            lacks_figure = asked_units(fold(question.text)) and not (read and read.value)
            return None if lacks_figure else read or _whole(first.block)
        own = next(one for one in ranked if _is_same(one.block, found.block))
        if first.score - own.score >= _AHEAD:
            read = _read(question, searched, first.block, places)
            if read and _takes_place(question, searched.core, read, found):
                found, own = read, first
        return _with_next(question, found, own, ranked)

    def ranked(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        places: Sequence[str],
        searched: Searched,
    ) -> list[Ranked]:
        """All paragraphs that may answer, best first; the one that words led to among them."""
        results = (*searched.results, *self._asked_for(work, question, places))
        blocks = [
            block
            for block in blocks_of(snapshot, results)
            if may_speak(block, work, snapshot, searched.named)
        ]
        chosen = searched.found.block if searched.found else None
        if chosen and not any(_is_same(block, chosen) for block in blocks):
            blocks.append(chosen)
        if not blocks:
            return []
        asked = QuestionAsked(question, tuple(places), searched.named, chosen)
        return self.ranking.ranked(asked, blocks)

    def _is_put(self, work: Work, question: ParsedQuestion, found: Found | None) -> bool:
        """True for a question on the rules of today that one paragraph may answer."""
        if not self.search.knows_cosines or question.english:
            return False
        if work.as_of or work.is_former or work.versions or question.form in _OF_OTHER_SHAPE:
            return False
        return not (found and defined_word(question.text))

    def _asked_for(
        self, work: Work, question: ParsedQuestion, places: Sequence[str]
    ) -> Iterator[ScoredPassage]:
        """The articles that others ask for most like this, of the places and of the country."""
        bare = without_places(question.text)
        for place in (*places, None):
            yield from looked_up(self.asked_for(bare, place, work.asked.document_ids, _LINES))


def _is_same(block: Block, other: Block) -> bool:
    return block.whole == other.whole and block.document.id == other.document.id


def may_speak(
    block: Block, work: Work, snapshot: Snapshot, named: frozenset[str] = frozenset()
) -> bool:
    """False for a rule not in force, one that gives way to a later one, and of another place."""
    document, place = block.document, asked_region(work.asked.region)
    if place and not applies_to(document.region, place):
        return False
    if document.id in named:
        return True
    return document.status not in PAST and document.id not in snapshot.overruled


def _read(
    question: ParsedQuestion, searched: Searched, block: Block, places: Sequence[str]
) -> Found | None:
    """What a paragraph says to the question; None if it says nothing in particular."""
    own = frozenset({block.document.id})
    return read_leader(question, searched.core, block, places, own)


def _takes_place(question: ParsedQuestion, core: Core, read: Found, found: Found) -> bool:
    """False for what lacks the figure, the day or the very name that the other has.

    And for what stands beside it in one article: which of its paragraphs answers is read more finely
    (`RuleSearch.within_article`), but for figures.
    """
    own, other = read.block, found.block
    if found.value and not read.value:
        return False
    if question.form == "date" and holds_date(other) and not holds_date(own):
        return False
    if core.names_exactly(fold(other.lead.text)) and not core.names_exactly(fold(own.lead.text)):
        # 严重不良行为 is another thing than 不良行为.
        return False
    is_of_article = own.passages[0].id == other.passages[0].id
    return not is_of_article or bool(read.value) or question.asks_amount


def _with_next(
    question: ParsedQuestion, found: Found, own: Ranked, ranked: Sequence[Ranked]
) -> Found:
    """What was found, and beside it the paragraph that ranks about as high, or higher.

    A figure stands alone: of two figures the reader would not know which is the one.
    """
    if found.value or found.beside or found.before or question.asks_amount:
        return found
    article = own.block.passages[0].id
    other = next((one for one in ranked if one.block.passages[0].id != article), None)
    if other is None or own.score - other.score >= _BESIDE:
        return found
    is_short = len(other.block.whole.text) <= _LONGEST
    return replace(found, beside=(_whole(other.block),)) if is_short else found


def _whole(block: Block) -> Found:
    return Found(block, (block.whole,), 1.0, is_paragraph=True)
