"""Finds the articles that a question is about and reads them; computes from what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.antecedent import with_antecedent
from assistant.article_terms import with_all_terms
from assistant.asked_before import (
    ON_THE_MATTER,
    AskedFor,
    article_asked_for,
    is_as_near,
    may_give_way,
    read_article,
)
from assistant.asked_payer import asked_due
from assistant.asked_units import asked_units
from assistant.cross_reference import deed_of, sanction_for
from assistant.definition import defined_word
from assistant.found import Found
from assistant.graduated import with_step
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.ranked import Ranked
from assistant.rule_answer import read_leader, read_rules
from assistant.rule_blocks import Block, blocks_of, looked_up
from assistant.rule_choice import OF_OTHER_SHAPE, RuleChoice, Searched
from assistant.rule_figure import answers_within, holds_unit
from assistant.rule_leader import AHEAD, AHEAD_ALONE, leader, outranks
from assistant.rule_nearness import is_near, national, nearest_paragraph
from assistant.rule_paragraph import fit_of
from assistant.rule_scope import (
    asks_sanction,
    on_what_is_named,
    sanctions,
    speaks_of_subject,
)
from assistant.rule_search import RuleSearch
from assistant.spoken_of import speaks_of_entry
from assistant.work import Work
from knowledge.documents import Passage, ScoredPassage
from knowledge.everyday_questions import Asked
from knowledge.regions import without_places
from knowledge.retrieval import named_versions
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

# The first passages of an article that is looked up.
_ARTICLE = 4
# Passages whose paragraphs are measured where no words lead to one.
_NEAREST_PASSAGES = 14
_ASKS_ANY = re.compile(r"多少|几(?!点)")
# Share of the question below which a paragraph that no words lead to is not read.
_READABLE_LEADING = 0.15
_FIRST_ARTICLES = ("第一条", "第二条")
# So near the nearest is a paragraph that holds the figure, to lead those that hold one.
_BEHIND = 0.008

AskedBefore = Callable[[str, str | None], Sequence[tuple[Asked, float]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the articles say to a question."""

    core: Core
    found: Found
    read: tuple[ScoredPassage, ...]
    """The passages of the article, as they were found."""


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads the articles that a search finds."""

    search: RuleSearch
    asked_before: AskedBefore
    choice: RuleChoice

    def read(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        places: Sequence[str],
        evidence: Sequence[ScoredPassage],
    ) -> Reading | None:
        """What the articles of `evidence`, and of a search in the words of rules, say.

        None if no paragraph of them carries the question.
        """
        searched, blocks = self._searched(work, question, snapshot, places, evidence)
        found = self.choice.best(work, question, snapshot, places, searched)
        if found is None or (found.is_paragraph and _is_of_policy(snapshot, places, evidence)):
            return None
        said, due = found.block.article + found.block.above, asked_due(fold(question.text))
        if not speaks_of_entry(question.text, said) or (due and not due.search(said)):
            return None
        found = with_step(found, question.text, blocks)
        article = blocks_of(snapshot, looked_up(found.block.passages[:1]))
        found = with_all_terms(found, question, searched.core, article, places)
        found = with_antecedent(found, snapshot)
        read = tuple(r for r in searched.results if r.passage in found.block.passages)
        return Reading(searched.core, found, read or looked_up(found.block.passages[:1]))

    def weighed(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        evidence: Sequence[ScoredPassage],
    ) -> list[Ranked]:
        """All paragraphs that may answer, best first."""
        searched, _ = self._searched(work, question, snapshot, work.places, evidence)
        return self.choice.ranked(work, question, snapshot, work.places, searched)

    def _searched(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        places: Sequence[str],
        evidence: Sequence[ScoredPassage],
    ) -> tuple[Searched, tuple[Block, ...]]:
        """What a search finds, what its words lead to, and the paragraphs that they led through."""
        core, results, blocks = self.search.searched(work, question, snapshot, places, evidence)
        named = named_in(question.text, snapshot)
        blocks = _of_highest(work, blocks, snapshot, named)
        found = read_rules(question, core, blocks, places, named)
        if led := self._led(question, core, blocks, places, named, found):
            found = led
        if asked := self._as_asked(work, question, core, snapshot, places, named, found):
            found = asked
        # That others ask for it in like words tells as much as its own cosine.
        if found and not (asked or is_near(found, places, named)):
            found = read_rules(question, core, national(blocks), places, named)
            found = found if found and is_near(found, places, named) else None
        if (found is None or not sanctions(found.block)) and (deed := deed_of(question.text)):
            done = replace(question, text=deed, search_text=deed)
            _, _, broken = self.search.searched(work, done, snapshot, places, evidence)
            found = sanction_for(found, broken, snapshot, places, self.search.similarities) or found
        if found is None and self.search.knows_cosines:
            found = self._nearest(question, snapshot, results, places)
        return Searched(core, results, named, found), blocks

    def _led(
        self,
        question: ParsedQuestion,
        core: Core,
        blocks: Sequence[Block],
        places: Sequence[str],
        named: frozenset[str],
        chosen: Found | None,
    ) -> Found | None:
        """What the paragraph says that leads all others in meaning, `chosen` by its words too.

        None if none does, or if `chosen` is about as near.
        """
        if question.form in OF_OTHER_SHAPE or question.english or defined_word(question.text):
            return None
        ahead = AHEAD if chosen else AHEAD_ALONE
        first = leader(blocks, places, named, ahead)
        asked = fold(question.text)
        units = asked_units(asked)
        if units and not (first and answers_within(first, asked, units)):
            # Of paragraphs as near the one that has a figure of the kind asked for.
            holding = [block for block in blocks if answers_within(block, asked, units)]
            first = leader(holding, places, named, ahead, _BEHIND)
        if first is None or (named and first.document.id not in named):
            return None
        if chosen is None and not _may_answer(question, core, first):
            return None
        if chosen and not outranks(first, chosen, core, named):
            return None
        return read_leader(question, core, first, places, named)

    def _as_asked(
        self,
        work: Work,
        question: ParsedQuestion,
        core: Core,
        snapshot: Snapshot,
        places: Sequence[str],
        named: frozenset[str],
        chosen: Found | None,
    ) -> Found | None:
        """What the article says that others ask for in like words; None to leave `chosen`."""
        compares = question.form == "comparison" and len(places) > 1
        if (question.form in OF_OTHER_SHAPE - {"comparison"}) or compares or question.english:
            return None
        bare = without_places(question.text)
        asked, is_own = self.article_asked_for(bare, places)
        if asked is None:
            return None
        if chosen:
            document = chosen.block.document
            if not is_own and (document.region in places or document.id in named):
                return None
            if not may_give_way(chosen, core, asked):
                return None
            if asks_sanction(fold(question.text)) and sanctions(chosen.block):
                return None
        exactly = replace(question, search_text=f"{asked.law}{asked.article}")
        looked_up = self.search.retrieve(work, exactly, None, _ARTICLE)
        held = [
            r for r in looked_up if r.origin == "structured" and r.passage.article == asked.article
        ]
        held = [r for r in held if not named or r.passage.document_id in named]
        if held and not named and held[0].passage.document_id in snapshot.overruled:
            return None
        blocks = self.search.measured(question, blocks_of(snapshot, held[:1]))
        read = self.search.within_article(bare, blocks, asked.paragraphs)
        found = read_article(question, core, read, places, named) if read else None
        if found is None:
            return None
        found = replace(found, block=blocks[read.index(found.block)])
        if not is_as_near(found, chosen, asked):
            return None
        unasked = sanctions(found.block) and not asks_sanction(fold(question.text))
        is_nearer = chosen and (chosen.block.similarity or 0.0) >= (found.block.similarity or 0.0)
        if unasked and (is_nearer or question.form == "yes_no"):
            # What is allowed or due stands in another article than what becomes of whoever fails.
            return None
        if chosen:
            return found if found.block.passages != chosen.block.passages else None
        lacks = question.form == "figure" and not speaks_of_subject(question, found.block)
        return None if lacks and not asked.is_told_apart else found

    def is_asked_for(self, asked: str, places: Sequence[str]) -> bool:
        """True if others ask in like words for what an article of the library says."""
        return self.article_asked_for(without_places(asked), places)[0] is not None

    def article_asked_for(self, asked: str, places: Sequence[str]) -> tuple[AskedFor | None, bool]:
        """The article others ask for in words like these, and whether it is of a place asked for."""
        nearest = 0.0
        for place in places:
            likest = self.asked_before(asked, place)
            if of_place := article_asked_for(likest, is_of_place=True):
                return of_place, True
            nearest = max([nearest, *(cosine for _, cosine in likest[:1])])
        if nearest >= ON_THE_MATTER:
            return None, False
        return article_asked_for(self.asked_before(asked, None)), False

    def _nearest(
        self,
        question: ParsedQuestion,
        snapshot: Snapshot,
        results: Sequence[ScoredPassage],
        places: Sequence[str],
    ) -> Found | None:
        """The paragraph nearest in meaning, of the passages that are; with the unit asked for."""
        if question.form in OF_OTHER_SHAPE or question.english:
            return None
        near = sorted(results, key=lambda result: -(result.similarity or 0.0))[:_NEAREST_PASSAGES]
        asked = fold(question.text)
        blocks = self.search.measured(question, on_what_is_named(asked, blocks_of(snapshot, near)))
        found = nearest_paragraph(blocks, places)
        if found and question.form in ("figure", "date"):
            if not speaks_of_subject(question, found.block):
                return None
            units = asked_units(asked)
            # Of 多少 without a unit it is not known what would answer.
            holds = holds_unit(found, units) if units else not _ASKS_ANY.search(asked)
            return found if holds else None
        return found


def _of_highest(
    work: Work, blocks: Sequence[Block], snapshot: Snapshot, named: frozenset[str]
) -> tuple[Block, ...]:
    """The paragraphs without those of rules that a later, higher text on the subject overrules.

    All where such a rule is named, where an older state is asked for, or where there is no other.
    """
    if work.as_of or work.is_former or work.versions or named & snapshot.overruled:
        return tuple(blocks)
    return tuple(b for b in blocks if b.document.id not in snapshot.overruled) or tuple(blocks)


def _may_answer(question: ParsedQuestion, core: Core, first: Block) -> bool:
    """True if enough words stand in a paragraph that no words lead to, and what is measured does."""
    if fit_of(core, first) < _READABLE_LEADING:
        return False
    if question.form != "figure" or question.counted_after or not question.focus:
        return True
    # 带薪年休假有几天 is not answered by how long anything else is.
    return is_said(question.focus[-1], first.article + first.above)


def _is_of_policy(
    snapshot: Snapshot, places: Sequence[str], evidence: Sequence[ScoredPassage]
) -> bool:
    """True if a text without articles is nearest, or is of the place that is asked about.

    四川的经费怎么安排 is for the plan of Sichuan to say, not for a statute that speaks of funds.
    """
    return any(
        result.passage.article is None
        and (not rank or snapshot.described(result.passage).region in places)
        and not _is_of_statute(snapshot, result.passage)
        for rank, result in enumerate(evidence)
    )


def _is_of_statute(snapshot: Snapshot, passage: Passage) -> bool:
    """True for what stands before or behind the articles of a rule (通过, 公布)."""
    version = snapshot.version_of_passage(passage)
    return bool(version and snapshot.catalog.keys_of_article(version, _FIRST_ARTICLES))


def named_in(text: str, snapshot: Snapshot) -> frozenset[str]:
    """The documents that `text` names."""
    versions = named_versions(snapshot, text)
    return frozenset(snapshot.versions[version].document.id for version in versions)
