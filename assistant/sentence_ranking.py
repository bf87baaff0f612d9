"""Which sentence of a document without articles answers a question.

A notice says what it says in points of several sentences, and people ask in other words. First the
passages that were found are weighed, and the first few read beside the question, token by token; then
the sentences of the best, each with the title and the heading it stands under. The signs are weighed as
`sentence_ranking.yaml` says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.evidence import Statement, is_title
from assistant.furniture import is_furniture
from assistant.question import ParsedQuestion
from assistant.ranked import Closeness, Weights, weighed, weights_in
from assistant.rule_ranking import pairs_of, share_said
from knowledge.documents import Passage, ScoredPassage
from knowledge.starter_questions import Alike
from knowledge.tokenization import fold

FILE = Path(__file__).with_name("sentence_ranking.yaml")
"""Made by `python -m evals.learning.sentence_ranking`."""
ASKED = FILE.with_name("asked_ranking.yaml")
"""The same for documents of which it is known what people ask; made by `….asked_ranking`."""
# Passages that are read beside the question, and those of them whose sentences are.
_READ, _CHOSEN = 8, 3
# So many more passages are read of whose sentences people ask most like this, and the cosine that any two
# questions on a policy have.
_ASKED_FOR, _USUAL = 3, 0.93
# A passage that was looked up has a score far above all others.
HIGHEST = 8.0
_MOST_WEIGHED = 3.0
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
    weights: Weights = field(default_factory=lambda: {**weights_in(FILE), **weights_in(ASKED)})

    def ranked(
        self,
        question: ParsedQuestion,
        results: Sequence[ScoredPassage],
        statements: Sequence[Statement],
        alike: Mapping[str, Alike] | None = None,
    ) -> list[RankedSentence]:
        """The sentences of the best passages, best first.

        `statements` are all sentences of `results`, `alike` what people ask of those of some documents, by
        id. Empty where none is of a document without articles.
        """
        known = alike or {}
        rows = rows_of(self._passages(question, results, known), statements)
        signs = self._signs(question, rows, known) if rows else []
        is_known = any(statement.document.id in known for statement, _ in rows)
        return in_order(rows, signs, self.weights["ranking_asked" if is_known else "ranking"])

    def probability(
        self,
        question: ParsedQuestion,
        ranked: Sequence[RankedSentence],
        alike: Mapping[str, Alike] | None = None,
    ) -> float:
        """How probably the first of some sentences answers, 0 to 1."""
        signs = self.telling(question, ranked, alike)
        telling = self.weights["telling_asked" if "unanswered" in signs else "telling"]
        return 1 / (1 + math.exp(-weighed(signs, telling)))

    def telling(
        self,
        question: ParsedQuestion,
        ranked: Sequence[RankedSentence],
        alike: Mapping[str, Alike] | None = None,
    ) -> dict[str, float]:
        """The signs by which it is told whether the first of some sentences answers.

        With `asked` and `unanswered` where it is known what people ask of its document.
        """
        first = ranked[0]
        known = (alike or {}).get(first.statement.document.id)
        asked = (
            {
                "asked": first.signs["asked"],
                "unanswered": above_usual(known.unanswered),
                "weighed": first.signs["weighed"],
            }
            if known
            else {}
        )
        passage = first.statement.passage.id
        others = [one.score for one in ranked if one.statement.passage.id != passage]
        others = others or [one.score for one in ranked[1:]]
        (likely,) = self.likely(question.text, [within(first.statement)])
        return {
            "likely": likely,
            "lead": first.score - max(others, default=first.score),
            "unmeasured": float(asks_measure(question) and not first.signs["measured"]),
            "intercept": 1.0,
            **asked,
        }

    def _passages(
        self,
        question: ParsedQuestion,
        results: Sequence[ScoredPassage],
        alike: Mapping[str, Alike],
    ) -> list[ScoredPassage]:
        """The best passages of documents without articles, and those of sentences asked for like this."""
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
        chosen = [first[place] for place in best[:_CHOSEN]]
        return chosen + asked_for(own, chosen, alike)

    def _signs(
        self, question: ParsedQuestion, rows: Sequence[Row], alike: Mapping[str, Alike]
    ) -> list[dict[str, float]]:
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
                "asked": how_alike(statement, alike),
                "weighed": min(statement.score, _MOST_WEIGHED),
            }
            for (statement, result), closeness in zip(rows, closely, strict=True)
            for said in [fold(statement.text)]
        ]


def asked_for(
    results: Sequence[ScoredPassage], chosen: Sequence[ScoredPassage], alike: Mapping[str, Alike]
) -> list[ScoredPassage]:
    """The passages of whose sentences people ask most like this, without those that are chosen."""
    known = [result for result in results if result.passage.document_id in alike]
    first = sorted(known, key=lambda result: -likest(result.passage, alike))[:_ASKED_FOR]
    return [result for result in first if result not in chosen]


def above_usual(cosine: float) -> float:
    """A cosine of two questions above that of any two on a policy, in tenths."""
    return (cosine - _USUAL) * 10


def likest(passage: Passage, alike: Mapping[str, Alike]) -> float:
    """The cosine of what people ask most like this of a sentence of a passage; −1 where that is unknown."""
    own = alike[passage.document_id].sentences if passage.document_id in alike else {}
    within = (c for start, c in own.items() if passage.start_char <= start < passage.end_char)
    return max(within, default=-1.0)


def how_alike(statement: Statement, alike: Mapping[str, Alike]) -> float:
    """The same of a sentence, above the usual, in tenths; 0 where it is unknown."""
    own = alike[statement.document.id].sentences if statement.document.id in alike else {}
    known = own.get(statement.start_char)
    return 0.0 if known is None else above_usual(known)


def rows_of(results: Sequence[ScoredPassage], statements: Sequence[Statement]) -> list[Row]:
    """The sentences of passages that tell something, in the order of these and of the text."""
    by_passage: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: s.start_char):
        by_passage.setdefault(statement.passage.id, []).append(statement)
    return [
        (statement, result)
        for result in results
        for statement in by_passage.get(result.passage.id, ())
        if not tells_nothing(statement.text) and not is_title(statement)
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
