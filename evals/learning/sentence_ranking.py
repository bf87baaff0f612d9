"""Learns `assistant/sentence_ranking.yaml`: how much each sign of a sentence counts.

    python -m evals.learning.sentence_ranking [--data FOLDER] [--out FILE]

How sentences are ordered from all questions that are not reported on documents without articles: those of
`evals/notices/asked.tsv`, and of the starter policies those that ask for one thing. Whether the first
answers from the former alone, as in the policies of a place the old way of reading is kept. Takes some
minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from assistant.factory import build_assistant
from assistant.in_focus import unspaced
from assistant.pipeline import PolicyAssistant
from assistant.question import ParsedQuestion
from assistant.ranked import weighed
from assistant.request import Question
from assistant.sentence_ranking import FILE, RankedSentence, SentenceRanking
from assistant.settings import load_settings
from evals.cases import load_cases
from evals.laws.turns import NOTHING, load_law_conversations
from evals.learning.sign_weights import (
    Told,
    learned_ranking,
    learned_telling,
    learning_arguments,
    weights_text,
)
from evals.learning.weighed_turns import WeighedTurn
from evals.notices.suite import NOTICES_SUITE
from evals.workspace import fresh_workspace
from knowledge.starter_questions import Alike

CASES = Path(__file__).parents[1] / "cases"
DECLINED = frozenset({"no_evidence", "clarify"})
TELLING = ("likely", "lead", "unmeasured")


@dataclass(frozen=True, slots=True)
class SentenceLesson:
    """A question with the words that stand where it is answered."""

    question: str
    of: str
    words: tuple[tuple[str, ...], ...]
    """Of each entry one string; none where nothing answers."""
    region: str | None = None
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class ReadLesson:
    """A question, and the sentences that were read beside it."""

    lesson: SentenceLesson
    question: ParsedQuestion
    ranked: tuple[RankedSentence, ...]
    alike: Mapping[str, Alike] = field(default_factory=dict)

    @property
    def right(self) -> tuple[int, ...]:
        """The sentences that hold the words, from 0."""
        return tuple(
            number
            for number, one in enumerate(self.ranked)
            if self.lesson.words and holds(one.statement.text, self.lesson.words)
        )

    @property
    def turn(self) -> WeighedTurn:
        """As weights are learned from it."""
        names = self.ranked[0].signs
        signs = {name: [one.signs[name] for one in self.ranked] for name in names}
        return WeighedTurn(
            self.lesson.question, self.lesson.of, "first", signs, self.right, tuple[int, ...]()
        )

    def ordered(self, weights: Mapping[str, float]) -> list[RankedSentence]:
        """The sentences by other weights, best first."""
        again = [replace(one, score=weighed(one.signs, weights)) for one in self.ranked]
        return sorted(again, key=lambda one: -one.score)


def asked_in(path: Path, *, is_notice: bool) -> Iterator[SentenceLesson]:
    """The first questions of a file that are not reported."""
    for conversation in load_law_conversations(path):
        if conversation.split == "tune":
            ((asked, gold),) = conversation.turns
            words = () if gold == NOTHING else ((gold,),)
            yield SentenceLesson(asked, conversation.law, words, is_notice=is_notice)


def lessons() -> Iterator[SentenceLesson]:
    """The questions that are not reported."""
    yield from asked_in(NOTICES_SUITE.path, is_notice=True)
    for name in ("starter", "everyday"):
        for case in load_cases(CASES / f"{name}.yaml"):
            is_told = case.expect.required and not set(case.expect.status) <= DECLINED
            if case.split == "tune" and not case.history and is_told:
                yield SentenceLesson(case.question, case.id, case.expect.required, case.region)


def read(assistant: PolicyAssistant, asked: Sequence[SentenceLesson]) -> Iterator[ReadLesson]:
    """Each question that sentences are found for, with these."""
    for lesson in asked:
        found = assistant.sentences_read(Question(lesson.question, region=lesson.region))
        if found is not None:
            yield ReadLesson(lesson, found.question, tuple(found.ranked), found.alike)


def learned(held: Sequence[ReadLesson], ranking: SentenceRanking) -> dict[str, dict[str, float]]:
    """The weights, with those of passages as they are; `ranking` knows how likely a sentence is."""
    names = list(ranking.weights["ranking"])
    turns = [one.turn for one in held]
    order = learned_ranking([turn for turn in turns if turn.right], names)
    ordering = dict(zip(names, map(float, order), strict=True))
    told = [
        _told(one, turn, ordering, ranking)
        for one, turn in zip(held, turns, strict=True)
        if one.lesson.is_notice
    ]
    telling = learned_telling(told).tolist()
    return {
        "passages": dict(ranking.weights["passages"]),
        "ranking": ordering,
        "telling": dict(zip((*TELLING, "intercept"), telling, strict=True)),
    }


def _told(
    one: ReadLesson, turn: WeighedTurn, weights: Mapping[str, float], ranking: SentenceRanking
) -> Told:
    ranked = one.ordered(weights)
    signs = ranking.telling(one.question, ranked)
    answers = bool(one.lesson.words) and holds(ranked[0].statement.text, one.lesson.words)
    return Told(turn, False, np.array([signs[name] for name in TELLING]), answers)


def holds(text: str, words: Sequence[Sequence[str]]) -> bool:
    """True if a text holds of each entry one string."""
    said = unspaced(text)
    return all(any(unspaced(option) in said for option in options) for options in words)


def written(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The text of the file."""
    heads = {
        "passages": "Which passages are read; chosen by hand.",
        "ranking": "Which of their sentences answers.",
        "telling": "Whether the first of them does: a probability, of its own signs and its lead over other"
        " passages.",
    }
    intro = (
        "Weights of the signs in assistant/sentence_ranking.py, learned from the tune half of"
        " evals/notices/asked.tsv",
        "and of the starter policies. Learned anew by: python -m evals.learning.sentence_ranking."
        " Why these:",
        "docs/decisions/0023.",
    )
    return weights_text(intro, heads, weights)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the weights anew and write them; returns the exit code."""
    asked = learning_arguments(arguments, FILE)
    with fresh_workspace(load_settings(), print) as workspace:
        if not NOTICES_SUITE.over(asked.data).ingested(workspace):
            return 1
        assistant = build_assistant(workspace.settings, print)
        held = list(read(assistant, list(lessons())))
        weights = learned(held, assistant.sentences.ranking)
    asked.out.write_text(written(weights), encoding="utf-8")
    print(f"{len(held)} questions, {sum(bool(one.right) for one in held)} answered by a sentence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
