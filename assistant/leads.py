"""Where to read on when nothing answers: the sentences nearest to the question, as quotes and no more.

People ask in other words than documents use, and what is declined may stand there all the same. So the
reader is shown where to look, and told that it may not answer. No claim is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.answering import Answering
from assistant.citing import Citations
from assistant.declined import is_unanswered
from assistant.evidence import Statement
from assistant.focusing import Focusing
from assistant.rule_blocks import Block
from assistant.sentence_bounds import SentencesRead
from assistant.sentence_reading import SentenceReading
from assistant.turn_reading import TurnRead, TurnReading
from assistant.work import Work
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

# More than fit on a screen are not read.
_SHOWN = 3
# Cosine below which a passage is off the subject (refusal.py).
_ON_SUBJECT = 0.85
# So far behind the first a sentence is of something else. Of 29 questions that were declined though a
# sentence answers them, it is the first of all in 18, and among three so near to it in 23.
_BEHIND = 4.0
# Characters of a longer paragraph are not quoted whole, but by its first line.
_WHOLE = 300


@dataclass(frozen=True, slots=True)
class Leads:
    """Finds what stands nearest to a question that is not answered."""

    answering: Answering
    sentences: SentenceReading
    turns: TurnReading
    focusing: Focusing

    def given(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """`answer` with leads, where it says that nothing answers a question; else as it is."""
        assert work.parsed is not None
        if answer.status != "no_evidence" or not is_unanswered(answer.text) or work.parsed.english:
            return answer
        found = Citations()
        for statement in self._sentences(work, snapshot):
            found.cite(statement)
        if not found.citations:
            for block in self._paragraphs(work, snapshot):
                piece = block.whole if len(block.whole.text) <= _WHOLE else block.lead
                passage = block.passage_at(piece.start)
                found.cite_span(block.document, passage, piece.start, piece.end, piece.text)
        return replace(answer, leads=tuple(found.citations[:_SHOWN]))

    def _sentences(self, work: Work, snapshot: Snapshot) -> Iterator[Statement]:
        """Of documents without articles; none where a rule is nearest."""
        read: TurnRead | SentencesRead | None = None
        if turn := self.turns.turn(work, snapshot) if work.asked.history else None:
            read = self.turns.read(work, turn, snapshot)
        read = read or self.sentences.read(work, snapshot)
        if read is None or read.results[0].passage.article:
            return
        for one in read.ranked[:_SHOWN]:
            is_near = read.ranked[0].score - one.score <= _BEHIND
            if is_near and _is_on(
                work, one.statement.similarity, one.statement.text, one.statement.passage.title
            ):
                yield one.statement

    def _paragraphs(self, work: Work, snapshot: Snapshot) -> Iterator[Block]:
        of_turn = self.focusing.weighed(work, snapshot) if work.asked.history else []
        for one in (of_turn or self.answering.weighed_alone(work, snapshot))[:_SHOWN]:
            block = one.block
            if _is_on(work, block.similarity, block.whole.text, block.document.title):
                yield block


def _is_on(work: Work, similarity: float | None, text: str, title: str) -> bool:
    """True for what is near in meaning, where that is known, and shares a word with the question."""
    assert work.parsed is not None
    said = fold(title + text)
    shares = any(len(t.word) > 1 and is_said(t.word, said) for t in work.parsed.terms)
    return shares and (similarity is None or similarity >= _ON_SUBJECT)
