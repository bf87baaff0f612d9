"""Which sentence of the documents that a conversation is on answers a turn of it.

Like `sentence_ranking.py`, beside the whole conversation: a turn is read as it was typed, made to stand
alone, and behind what was asked before it; and what answers it often stands next to what was quoted last.
The signs are weighed as `turn_ranking.yaml` says.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.evidence import Statement
from assistant.in_focus import unspaced
from assistant.question import ParsedQuestion
from assistant.ranked import Closeness, Weights, weighed, weights_in
from assistant.rule_ranking import TurnAsked, pairs_of, share_said
from assistant.sentence_ranking import (
    DENIES,
    HIGHEST,
    RankedSentence,
    Row,
    above_usual,
    asked_for,
    asks_measure,
    how_alike,
    in_order,
    measures,
    opening,
    rows_of,
    within,
)
from knowledge.documents import ScoredPassage
from knowledge.starter_questions import Alike
from knowledge.tokenization import fold

FILE = Path(__file__).with_name("turn_ranking.yaml")
"""Made by `python -m evals.learning.turn_ranking`."""
ClosenessFor = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""Of each of some questions how well each of some texts answers it."""
# Passages that are read beside the turn, and those of them whose sentences are.
_READ, _CHOSEN = 8, 3
# Characters of a sentence of usual length; and what is far.
_USUAL, _FAR = 60, 10_000


@dataclass(frozen=True, slots=True)
class TurnRanking:
    """Ranks sentences for a turn."""

    closely: ClosenessFor
    likely: Closeness
    weights: Weights = field(default_factory=lambda: weights_in(FILE))

    def ranked(
        self,
        turn: TurnAsked,
        question: ParsedQuestion,
        results: Sequence[ScoredPassage],
        statements: Sequence[Statement],
        alike: Mapping[str, Alike] | None = None,
    ) -> list[RankedSentence]:
        """The sentences of the passages that may answer, best first.

        `results` are passages of the documents the conversation is on, those quoted last among them,
        `statements` all their sentences, scored for `question`, the turn made to stand alone, `alike` what
        people ask of those of some documents, by id.
        """
        known = alike or {}
        rows = rows_of(self._passages(turn, results, known), statements)
        signs = list(self._signs(turn, question, rows, known))
        return in_order(rows, signs, self.weights["ranking"])

    def probability(
        self,
        turn: TurnAsked,
        question: ParsedQuestion,
        ranked: Sequence[RankedSentence],
        alike: Mapping[str, Alike] | None = None,
    ) -> float:
        """How probably the first of some sentences answers, 0 to 1."""
        signs = self.telling(turn, question, ranked, alike)
        return 1 / (1 + math.exp(-weighed(signs, self.weights["telling"])))

    def telling(
        self,
        turn: TurnAsked,
        question: ParsedQuestion,
        ranked: Sequence[RankedSentence],
        alike: Mapping[str, Alike] | None = None,
    ) -> dict[str, float]:
        """The signs by which it is told whether the first of some sentences answers."""
        first = ranked[0]
        known = (alike or {}).get(first.statement.document.id)
        text = within(first.statement)
        second = ranked[1].score if len(ranked) > 1 else first.score
        return {
            "likely": self.likely(turn.context, [text])[0],
            "likely_alone": self.likely(turn.alone, [text])[0],
            "likely_turn": self.likely(turn.text, [text])[0],
            "likely_before": self.likely(turn.before[-1], [text])[0],
            "lead": first.score - second,
            "unmeasured": float(asks_measure(question) and not first.signs["measured"]),
            "pairs": first.signs["pairs"],
            "said": first.signs["said"],
            "asked": first.signs["asked"],
            "unanswered": above_usual(known.unanswered) if known else 0.0,
            "intercept": 1.0,
        }

    def _passages(
        self, turn: TurnAsked, results: Sequence[ScoredPassage], alike: Mapping[str, Alike]
    ) -> list[ScoredPassage]:
        """The best passages, those of sentences asked for like this, and those quoted last."""
        weights = self.weights["passages"]
        quoted = {passage.id for passage in turn.quoted}

        def found(result: ScoredPassage) -> float:
            score = weights["score"] * min(result.score, HIGHEST)
            near = weights["near"] * (result.similarity or 0.0)
            return score + near + weights["quoted"] * (result.passage.id in quoted)

        first = sorted(results, key=lambda result: -found(result))[:_READ]
        texts = [opening(result.passage) for result in first]
        context, alone = self.closely((turn.context, turn.alone), texts)
        scores = [
            found(result) + weights["closely"] * (one + other) / 2
            for result, one, other in zip(first, context, alone, strict=True)
        ]
        best = sorted(range(len(first)), key=lambda place: -scores[place])
        chosen = [first[place] for place in best[:_CHOSEN]]
        chosen += asked_for(results, chosen, alike)
        known = {result.passage.id for result in chosen}
        return chosen + [r for r in results if r.passage.id in quoted - known][:1]

    def _signs(
        self,
        turn: TurnAsked,
        question: ParsedQuestion,
        rows: Sequence[Row],
        alike: Mapping[str, Alike],
    ) -> Iterator[dict[str, float]]:
        texts = [within(statement) for statement, _ in rows]
        put = (turn.text, turn.context, turn.opening, turn.before[-1])
        own, context, opened, before = self.closely(put, texts)
        pairs = pairs_of(fold(turn.text))
        quoted_last = _said(turn, [statement for statement, _ in rows])
        headings = {passage.heading_path for passage in turn.quoted}
        for number, (statement, result) in enumerate(rows):
            said = fold(statement.text)
            behind = _behind(statement, quoted_last)
            yield {
                "passage_score": min(result.score, HIGHEST),
                "closely_turn": own[number],
                "closely_context": context[number],
                "closely_opening": opened[number],
                "closely_before": before[number],
                "pairs": share_said(pairs, said),
                "measured": float(asks_measure(question) and measures(question, statement)),
                "denies": float(question.form == "yes_no" and bool(DENIES.search(said))),
                "announces": float(said.endswith(":")),
                "said": float(behind == 0),
                "next": 1 / behind if behind else 0.0,
                "asked": how_alike(statement, alike),
                "same_heading": float(statement.passage.heading_path in headings),
            }


def _said(turn: TurnAsked, statements: Sequence[Statement]) -> list[Statement]:
    """The sentences that were quoted last."""
    quotes = [unspaced(quote) for quote in turn.quotes]
    return [
        statement
        for statement in statements
        for own in [unspaced(statement.text)]
        if any(own in quote or quote in own for quote in quotes)
    ]


def _behind(statement: Statement, said: Sequence[Statement]) -> float:
    """0 for a sentence that was quoted; else how far behind one it stands, 1 for the next."""
    if statement in said:
        return 0.0
    gaps = [
        statement.start_char - other.end_char
        for other in said
        if other.document.id == statement.document.id and other.end_char <= statement.start_char
    ]
    return 1 + min(gaps, default=_FAR) / _USUAL
