"""Finds the paragraphs of rules that a question may be about, and measures how near each is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.bare_asks import bare_ask
from assistant.cross_reference import Similarities
from assistant.definition import defined_word
from assistant.likeness import Core, core_of
from assistant.question import ParsedQuestion
from assistant.rule_answer import search_hint
from assistant.rule_blocks import Block, blocks_of
from assistant.rule_blocks import measured as measured_blocks
from assistant.rule_list import as_denied
from assistant.rule_paragraph import fit_of
from assistant.rule_scope import asks_sanction, on_what_is_named, sanctions, strays
from assistant.work import Work
from knowledge.documents import ScoredPassage
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

PASSAGES = 12
"""Passages of one search."""
# An article of so many paragraphs is read by its paragraphs and their sentences.
_PARAGRAPHS = 2
# What it counts that others ask for a paragraph like this. Of 138 questions of the tuning halves that
# one paragraph of several answers the nearest was the right one in .898 by the paragraphs alone, in
# .804 by their sentences, and in .942 by both and this.
_ASKED = 0.15
# The passages that a search finds first are read all the same.
_FIRST = 4
# Share of the question below which no reading takes a paragraph.
_READABLE = 0.3

Retrieve = Callable[[Work, ParsedQuestion, str | None, int], tuple[ScoredPassage, ...]]


@dataclass(frozen=True, slots=True)
class RuleSearch:
    """Searches for the paragraphs of rules."""

    retrieve: Retrieve
    similarities: Similarities
    knows_cosines: bool = False
    """True if the model is one whose cosines are known to mean near or far."""

    def measured(self, question: ParsedQuestion, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The paragraphs with how near each is to the question, and whether it strays from it."""
        texts = [block.opening for block in blocks]
        cosines = self.similarities(question.text, texts)
        asked = fold(question.text)
        punished = asks_sanction(asked)
        return tuple(
            replace(block, strays=strays(asked, block), meets=punished and sanctions(block))
            for block in measured_blocks(blocks, cosines, self.knows_cosines)
        )

    def within_article(
        self, asked: str, blocks: Sequence[Block], lines: Mapping[int, float]
    ) -> tuple[Block, ...]:
        """The paragraphs of one article, as near as they and the nearest of their sentences are.

        And by how much like this others ask for each: `lines` by its number, from 1.
        """
        if len(blocks) < _PARAGRAPHS:
            return tuple(blocks)
        texts = [[p.text for p, _ in block.sentences()] or [block.whole.text] for block in blocks]
        cosines = iter(self.similarities(asked, [text for own in texts for text in own]))
        nearest = [max(next(cosines) for _ in own) for own in texts]
        others = min(lines.values(), default=0.0)
        near = [
            (block.similarity + sentence) / 2 + _ASKED * (lines.get(block.number, others) - others)
            if block.similarity is not None
            else sentence
            for block, sentence in zip(blocks, nearest, strict=True)
        ]
        return measured_blocks(blocks, near, self.knows_cosines)

    def searched(
        self,
        work: Work,
        question: ParsedQuestion,
        snapshot: Snapshot,
        places: Sequence[str],
        evidence: Sequence[ScoredPassage],
    ) -> tuple[Core, list[ScoredPassage], tuple[Block, ...]]:
        """The core of the question, the passages found for it, and their paragraphs, measured."""
        place = places[0] if len(places) == 1 else None
        core = core_of(question, snapshot.lexical.document_frequency, snapshot.lexical.size)
        results = list(evidence)
        for text in _search_texts(question, core):
            results += self.retrieve(work, replace(question, search_text=text), place, PASSAGES)
        asked = fold(question.text)
        blocks = as_denied(asked, on_what_is_named(asked, blocks_of(snapshot, results)))
        if ask := bare_ask(question.text):
            blocks = tuple(b for b in blocks if ask.holds.search(b.whole.text)) or blocks
        # Embedding takes time: only what could be read as an answer is measured.
        first = _FIRST if self.knows_cosines else 0
        blocks = tuple(b for b in blocks if b.rank < first or fit_of(core, b) >= _READABLE)
        return core, results, self.measured(question, blocks)


def _search_texts(question: ParsedQuestion, core: Core) -> list[str]:
    """The subject alone, and with the words by which rules put what is asked."""
    hint = search_hint(question)
    if defined_word(question.text):
        return [hint]
    texts = [core.text, f"{core.text} {hint}"] if hint else [core.text]
    if question.form in ("list", "who") and (names := core.names()):
        texts.append(f"所称{names[-1]}，是指")
    return texts
