"""Which sentence of a document without articles answers a question.

A notice says what it says in points of several sentences, and people ask in other words. First the
passages that were found are weighed, and the first few read beside the question, token by token; then
the sentences of the best, each with the title and the heading it stands under. The signs are weighed as
`sentence_ranking.yaml` says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.evidence import Statement
from assistant.furniture import is_furniture
from assistant.question import ParsedQuestion
from assistant.ranked import Closeness, Weights, weighed, weights_in
from assistant.rule_ranking import pairs_of, share_said
from knowledge.documents import Passage, ScoredPassage
from knowledge.tokenization import fold

FILE = Path(__file__).with_name("sentence_ranking.yaml")
"""Made by `python -m evals.learning.sentence_ranking`."""
# Passages that are read beside the question, and those of them whose sentences are.
_READ, _CHOSEN = 8, 3
# A passage that was looked up has a score far above all others.
HIGHEST = 8.0
# Characters of a heading, of what leads in and of a sentence that are read with it.
_HEADING, _LEAD, _SENTENCE = 40, 60, 260
# （财政部负责）: who is to do what stands before it.
_ASIDE = re.compile(r"^[（(][^（()）]*[）)][。；]?$")
DENIES = re.compile(r"不得|禁止|严禁|不应|不予|不宜|不再|无权|不能|停止")
# 只设一个展位: told in a form that no figure has.
_COUNTED = re.compile(
    r"[〇零一二两三四五六七八九十百千万\d]+[个家名位项条次户级成倍种类根台]|第[一二三四五六七八九十]"
)


Row = tuple[Statement, ScoredPassage]
"""A sentence, and the passage it was found in."""


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence, and how well it answers."""

    statement: Statement
    score: float
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SentenceRanking:
    """Ranks sentences."""

    closely: Closeness
    likely: Closeness
    """The same as logarithms of odds, which can be compared between questions."""
    weights: Weights = field(default_factory=lambda: weights_in(FILE))

    def ranked(
        self,
        question: ParsedQuestion,
        results: Sequence[ScoredPassage],
        statements: Sequence[Statement],
    ) -> list[RankedSentence]:
        """The sentences of the best passages, best first.

        `statements` are all sentences of `results`. Empty where none is of a document without articles.
        """
        rows = rows_of(self._passages(question, results), statements)
        signs = self._signs(question, rows) if rows else []
        return in_order(rows, signs, self.weights["ranking"])

    def probability(self, question: ParsedQuestion, ranked: Sequence[RankedSentence]) -> float:
        """How probably the first of some sentences answers, 0 to 1."""
        signs, telling = self.telling(question, ranked), self.weights["telling"]
        return 1 / (1 + math.exp(-weighed(signs, telling)))

    def telling(
        self, question: ParsedQuestion, ranked: Sequence[RankedSentence]
    ) -> dict[str, float]:
        """The signs by which it is told whether the first of some sentences answers."""
        first = ranked[0]
        passage = first.statement.passage.id
        others = [one.score for one in ranked if one.statement.passage.id != passage]
        others = others or [one.score for one in ranked[1:]]
        (likely,) = self.likely(question.text, [within(first.statement)])
        return {
            "likely": likely,
            "lead": first.score - max(others, default=first.score),
            "unmeasured": float(asks_measure(question) and not first.signs["measured"]),
            "intercept": 1.0,
        }

    def _passages(
        self, question: ParsedQuestion, results: Sequence[ScoredPassage]
    ) -> list[ScoredPassage]:
        """The best passages of documents without articles."""
        weights = self.weights["passages"]

        def found(result: ScoredPassage) -> float:
            score = weights["score"] * min(result.score, HIGHEST)
            return score + weights["near"] * (result.similarity or 0.0)

        own = [result for result in results if result.passage.article is None]
        first = sorted(own, key=lambda result: -found(result))[:_READ]
        read = self.closely(question.text, [opening(result.passage) for result in first])
        scores = [
            found(result) + weights["closely"] * closeness
            for result, closeness in zip(first, read, strict=True)
        ]
        best = sorted(range(len(first)), key=lambda place: -scores[place])
        return [first[place] for place in best[:_CHOSEN]]

    def _signs(self, question: ParsedQuestion, rows: Sequence[Row]) -> list[dict[str, float]]:
        pairs = pairs_of(fold(question.text))
        closely = self.closely(question.text, [within(statement) for statement, _ in rows])
        return [
            {
                "passage_score": min(result.score, HIGHEST),
                "closely": closeness,
                "pairs": share_said(pairs, said),
                "own_coverage": statement.own_coverage,
                "measured": float(asks_measure(question) and measures(question, statement)),
                "denies": float(question.form == "yes_no" and bool(DENIES.search(said))),
                "lacks_year": float(bool(question.years) and not statement.has_years),
                "announces": float(said.endswith(":")),
            }
            for (statement, result), closeness in zip(rows, closely, strict=True)
            for said in [fold(statement.text)]
        ]


def rows_of(results: Sequence[ScoredPassage], statements: Sequence[Statement]) -> list[Row]:
    """The sentences of passages that tell something, in the order of these and of the text."""
    by_passage: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: s.start_char):
        by_passage.setdefault(statement.passage.id, []).append(statement)
    return [
        (statement, result)
        for result in results
        for statement in _told(by_passage.get(result.passage.id, ()))
    ]


def in_order(
    rows: Sequence[Row], signs: Sequence[Mapping[str, float]], weights: Mapping[str, float]
) -> list[RankedSentence]:
    """Sentences by the weighed sums of their signs, best first."""
    ranked = [
        RankedSentence(statement, weighed(own, weights), own)
        for (statement, _), own in zip(rows, signs, strict=True)
    ]
    return sorted(ranked, key=lambda one: -one.score)


def measures(question: ParsedQuestion, statement: Statement) -> bool:
    """True with a figure of the kind asked for; of what is counted (几个) also in another form."""
    is_counted = len(question.measure) <= 1 and _COUNTED.search(statement.text)
    return bool(statement.figures or is_counted)


def asks_measure(question: ParsedQuestion) -> bool:
    """True if a figure or a date is asked for."""
    return question.form in ("figure", "date")


def tells_nothing(quote: str) -> bool:
    """True for a document's number or date, and for an aside that belongs to the sentence before it."""
    text = quote.strip()
    return bool(_ASIDE.match(text)) or is_furniture(text)


def _told(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Sentences that tell something, each with the （财政部负责） behind it."""
    pending: Statement | None = None
    for statement in statements:
        text = statement.text.strip()
        if pending and _ASIDE.match(text) and not is_furniture(text):
            yield _joined(pending, statement)
            pending = None
            continue
        if pending:
            yield pending
        pending = None if tells_nothing(text) else statement
    if pending:
        yield pending


def _joined(first: Statement, second: Statement) -> Statement:
    passage = first.passage
    begin = first.start_char - passage.start_char
    text = passage.text[begin : second.end_char - passage.start_char]
    return replace(
        first,
        end_char=second.end_char,
        text=text,
        figures=(*first.figures, *second.figures),
        all_figures=(*first.all_figures, *second.all_figures),
    )


def _heading(passage: Passage) -> str:
    last = passage.heading_path[-1] if passage.heading_path else ""
    return f"{last[:_HEADING]} {passage.lead_in[-_LEAD:]}".strip()


def opening(passage: Passage) -> str:
    """A passage with what it stands under."""
    return f"{passage.title} {_heading(passage)} {passage.text}"


def within(statement: Statement) -> str:
    """A sentence with what it stands under."""
    passage = statement.passage
    return f"{passage.title} {_heading(passage)} {statement.text[:_SENTENCE]}"
