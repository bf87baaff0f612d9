"""Reads the rules that a conversation is on: what they say to a turn, and what breaking them costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.antecedent import with_antecedent
from assistant.bare_asks import BareAsk, bare_ask
from assistant.cross_reference import sanction_for
from assistant.found import Found
from assistant.likeness import Core, core_of
from assistant.question import ParsedQuestion
from assistant.rule_answer import read_leader
from assistant.rule_blocks import Block, blocks_of
from assistant.rule_leader import leader_within
from assistant.rule_reading import Reading
from assistant.rule_scope import sanctions
from assistant.rule_search import PASSAGES, READ, RuleSearch
from assistant.work import Work
from knowledge.documents import Passage, ScoredPassage
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# Further from the question than this a paragraph is on something else.
_NEAR_ALONE = 0.85


@dataclass(frozen=True, slots=True)
class WithinReader:
    """Reads the documents that a search is narrowed to."""

    search: RuleSearch

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
        core = core_of(question, snapshot.lexical.document_frequency, snapshot.lexical.size)
        found = read_leader(question, core, first, places, frozenset({first.document.id}))
        found = found or Found(first, (first.whole,), 1.0, is_paragraph=True)
        found = with_antecedent(found, snapshot)
        return Reading(core, found, tuple(r for r in results if r.passage in first.passages))

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
