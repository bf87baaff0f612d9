"""Chooses among the paragraphs of rules that were found by all the signs of each.

A question leads to a paragraph by its words, its meaning, or what others ask (`rule_reading.py`). Each of
these is right more often than not, and neither knows of the others: the ranking weighs them together,
and what it puts so far ahead is read instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.asked_units import asked_units
from assistant.definition import defined_word
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.question_ranking import BODY, QuestionAsked, QuestionRanking
from assistant.ranked import Ranked
from assistant.rule_answer import read_leader
from assistant.rule_blocks import Block, blocks_of, looked_up
from assistant.rule_ranking import holds_date
from assistant.rule_scope import asks_sanction, refers_only, sanctions, strays
from assistant.rule_search import RuleSearch
from assistant.work import Work
from knowledge.documents import PAST, Passage, ScoredPassage
from knowledge.lay_words import statute_words
from knowledge.regions import COUNTRY, applies_to, asked_region, without_places
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

ArticlesAskedFor = Callable[[str, str | None, tuple[str, ...], int], Sequence[Passage]]
"""Of a question, a place or the country, some documents or all, and a number of lines."""
# Lines of what others ask that are looked at.
_LINES = 8
# So far ahead of the paragraph that words lead to another is read instead, and so probably it answers
# where they lead to none. Chosen on the questions that taught the weights, cross-validated by law: of 40
# that were up to .75 ahead 26 answered, and of those that words led to 11.
_AHEAD, _ALONE = 0.25, 0.5
# Less likely than this nothing answers: of right first paragraphs one in a hundred is, of wrong ones a
# fifth, and a third where the law that answers was taken away.
_LEAST = 0.07
# Share of the question's pairs of characters from which on it is in the words of a paragraph.
_WORDED = 0.4
# Two paragraphs of which the one told first is so far behind or so little ahead are both told, if the other
# is no longer than this: up to .5 ahead every second one answers.
_BEHIND, _BESIDE, _LONGEST = 0.75, 0.5, 400
# Beside what answers so improbably nothing is told.
_PROBABLE = 0.2
# Share of the pairs of characters of a rule that stand in one of the place itself which says it too.
_SAYS_THE_SAME = 0.75
_ARTICLE_MARK = re.compile(r"^第[一二三四五六七八九十百零]+条(?:之[一二三四五六七八九十])?")
# Laws for a group that a question has to name, besides those of `rule_scope.strays`.
_SPECIAL = re.compile(r"农民工|女职工|军人")
OF_OTHER_SHAPE = frozenset({"comparison", "overview", "clause", "definition"})
"""Forms of questions that no single paragraph answers."""


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
        """What the paragraph says that ranks far enough ahead, or else what was found by words.

        None, and `work.is_unlikely`, where hardly anything found is likely to answer.
        """
        told = "".join(piece.text for piece in searched.found.quotes) if searched.found else ""
        led_nowhere = refers_only(told, question.text)
        if led_nowhere:
            searched = replace(searched, found=None)
        found, work.is_unlikely = searched.found, False
        if not self._is_put(work, question, found):
            return found
        ranked = self.ranked(work, question, snapshot, places, searched)
        if not ranked:
            return found
        first, probability = ranked[0], self.ranking.probability(ranked)
        # A turn that leans on others is judged beside them (`focusing.py`).
        if probability < _LEAST and not work.asked.history and self._is_judged(first):
            work.is_unlikely = True
            return None
        if searched.named and first.block.document.id not in searched.named:
            return found
        if found is None:
            enough = _PROBABLE if led_nowhere else _ALONE
            is_unsure = probability < enough or _is_local(first.block, places, searched.named)
            return None if is_unsure else _read_alone(question, searched, first.block, places)
        own = next(one for one in ranked if _is_same(one.block, found.block))
        if first.score - own.score >= _AHEAD:
            read = _read(question, searched, first.block, places)
            if read and _takes_place(question, searched.core, read, found):
                found, own = replace(read, is_paragraph=True), first
        if not searched.named and (nearer := _of_place(question, searched, found, ranked, places)):
            found, own = nearer
        if probability < _PROBABLE or searched.named:
            return found
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
            and not refers_only(block.whole.text, question.text)
        ]
        chosen = searched.found.block if searched.found else None
        if chosen and not any(_is_same(block, chosen) for block in blocks):
            blocks.append(chosen)
        if not blocks:
            return []
        asked = QuestionAsked(question, tuple(places), searched.named, chosen)
        return self.ranking.ranked(asked, blocks)

    def _is_judged(self, first: Ranked) -> bool:
        """True if a paragraph may be called unlikely.

        Not where nobody has written down what people ask of its law, where the question is in its own
        words, or for a rule of a place: of these low probabilities say little.
        """
        signs = first.signs
        is_worded = signs["pairs"] >= _WORDED or signs["of_other_place"]
        return self.ranking.is_written_about(first) and not is_worded

    def _is_put(self, work: Work, question: ParsedQuestion, found: Found | None) -> bool:
        """True for a question on the rules of today that one paragraph may answer."""
        if not self.search.knows_cosines or question.english:
            return False
        if work.as_of or work.is_former or work.versions or question.form in OF_OTHER_SHAPE:
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
    """False for what lacks the figure, the day, the sanction, the body or the name that the other has.

    And for what stands beside it in one article: which of its paragraphs answers is read more finely
    (`RuleSearch.within_article`), but for figures.
    """
    own, other, asked = read.block, found.block, fold(question.text)
    if found.value and not read.value:
        return False
    if question.form == "date" and holds_date(other) and not holds_date(own):
        return False
    if asks_sanction(asked) and sanctions(other) and not sanctions(own):
        return False
    if question.form == "who" and BODY.search(other.whole.text) and not BODY.search(own.whole.text):
        return False
    if (strays(asked, own) and not strays(asked, other)) or _is_special(question.text, own, other):
        return False
    if core.names_exactly(fold(other.lead.text)) and not core.names_exactly(fold(own.lead.text)):
        # 严重不良行为 is another thing than 不良行为.
        return False
    is_of_article = own.passages[0].id == other.passages[0].id
    return not is_of_article or bool(read.value) or question.asks_amount


def _is_special(asked: str, own: Block, other: Block) -> bool:
    """True for a rule on a group that neither the question nor the other rule names."""
    known = asked + "".join(statute_words(asked)) + other.document.title
    return any(group not in known for group in _SPECIAL.findall(own.document.title))


def _is_local(block: Block, places: Sequence[str], named: frozenset[str]) -> bool:
    """True for the rule of a place, where none is asked about."""
    is_of_country = block.document.region in (None, COUNTRY)
    return not (places or is_of_country or block.document.id in named)


def _of_place(
    question: ParsedQuestion,
    searched: Searched,
    found: Found,
    ranked: Sequence[Ranked],
    places: Sequence[str],
) -> tuple[Found, Ranked] | None:
    """What the rule of the very place says, where it says the same as that of the province, and more.

    首次业主大会的筹备经费由建设单位承担, of a province; the city adds how much it is.
    """
    if not places or found.block.document.region in places:
        return None
    told = _pairs("".join(piece.text for piece in found.quotes))
    for one in ranked:
        block = one.block
        if block.document.region not in places:
            continue
        if told and len(told & _pairs(block.whole.text)) >= _SAYS_THE_SAME * len(told):
            read = _read(question, searched, block, places)
            if read and bool(read.value) >= bool(found.value):
                return replace(read, is_paragraph=True), one
    return None


def _pairs(text: str) -> set[str]:
    """Pairs of characters, without the number of the article."""
    own = _ARTICLE_MARK.sub("", fold("".join(text.split())))
    return {own[at : at + 2] for at in range(len(own) - 1)}


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
    if other is None or not -_BEHIND < own.score - other.score < _BESIDE:
        return found
    is_short = len(other.block.whole.text) <= _LONGEST
    return replace(found, beside=(_whole(other.block),)) if is_short else found


def _read_alone(
    question: ParsedQuestion, searched: Searched, block: Block, places: Sequence[str]
) -> Found | None:
    """What a paragraph says that no words led to; None if it lacks the figure asked for."""
    read = _read(question, searched, block, places)
    if asked_units(fold(question.text)) and not (read and read.value):
        return None
    return replace(read, is_paragraph=True) if read else _whole(block)


def _whole(block: Block) -> Found:
    return Found(block, (block.whole,), 1.0, is_paragraph=True)
