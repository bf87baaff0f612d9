"""Learns `assistant/turn_ranking.yaml`: how much each sign of a sentence counts for a turn.

    python -m evals.learning.turn_ranking [--data FOLDER] [--out FILE]

From the conversations that are not reported on the policy briefs and on documents without articles. Each
turn is put behind the answers that the assistant gives, and, where these differ, behind the sentences that
answer; and the first of each behind another conversation, whose documents do not answer it. Takes some
minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from assistant.answer import Answer
from assistant.factory import build_assistant
from assistant.in_focus import unspaced
from assistant.ranked import weighed
from assistant.request import Question
from assistant.sentence_ranking import RankedSentence
from assistant.settings import load_settings
from assistant.turn_ranking import FILE, TurnRanking
from assistant.turn_reading import TurnRead
from assistant.wording import say
from evals.briefs.suite import BRIEF_TURNS_SUITE
from evals.laws.turns import NOTHING, LawConversation, load_law_conversations
from evals.learning.sign_weights import (
    Told,
    learned_ranking,
    learned_telling,
    learning_arguments,
    weights_text,
)
from evals.learning.weighed_turns import WeighedTurn
from evals.notices.suite import NOTICE_TURNS_SUITE
from evals.workspace import fresh_workspace
from knowledge.documents import PolicyDocument
from knowledge.sentences import sentences

TELLING = (
    "likely",
    "likely_alone",
    "likely_turn",
    "likely_before",
    "lead",
    "unmeasured",
    "pairs",
    "said",
    "asked",
    "unanswered",
)


# So many turns of another conversation stand before one that opens another subject.
_TURNS_BEFORE = 2
_ASKED = frozenset({"asked", "unanswered"})
"""Signs of documents of which it is known what people ask."""


class Assistant(Protocol):
    """What is needed of an assistant."""

    def answer(self, question: Question) -> Answer:
        """The answer to a turn."""
        ...

    def turn_read(self, question: Question) -> TurnRead | None:
        """What is read beside a turn."""
        ...


@dataclass(frozen=True, slots=True)
class TurnLesson:
    """A turn with the words that answer it, and what was read beside it."""

    of: str
    words: str
    """Empty where nothing answers."""
    read: TurnRead

    @property
    def right(self) -> tuple[int, ...]:
        """The sentences that hold the words, from 0."""
        return tuple(n for n, one in enumerate(self.read.ranked) if self._answers(one))

    @property
    def turn(self) -> WeighedTurn:
        """As weights are learned from it."""
        names = self.read.ranked[0].signs
        signs = {name: [one.signs[name] for one in self.read.ranked] for name in names}
        text = self.read.turn.text
        return WeighedTurn(text, self.of, "first", signs, self.right, tuple[int, ...]())

    def told(
        self, weights: Mapping[str, float], ranking: TurnRanking, names: Sequence[str]
    ) -> Told:
        """What stands first by some weights, with the signs `names` that tell whether it answers."""
        again = [replace(one, score=weighed(one.signs, weights)) for one in self.read.ranked]
        ordered = sorted(again, key=lambda one: -one.score)
        read = self.read
        signs = ranking.telling(read.turn, read.question, ordered, read.alike)
        values = np.array([signs[name] for name in names])
        return Told(self.turn, False, values, self._answers(ordered[0]))

    def _answers(self, one: RankedSentence) -> bool:
        return bool(self.words) and unspaced(self.words) in unspaced(one.statement.text)


def conversations() -> Iterator[LawConversation]:
    """Those that are not reported."""
    for suite in (BRIEF_TURNS_SUITE, NOTICE_TURNS_SUITE):
        yield from (c for c in load_law_conversations(suite.path) if c.split == "tune")


def lessons(
    assistant: Assistant, texts: Sequence[str], conversation: LawConversation
) -> Iterator[TurnLesson]:
    """The turns of a conversation that something is read for; `texts` are those of all documents."""
    given: tuple[tuple[str, str], ...] = ()
    right: tuple[tuple[str, str], ...] = ()
    for number, (asked, words) in enumerate(conversation.turns):
        words = "" if words == NOTHING else words
        for history in dict.fromkeys((given, right)) if number else ():
            read = assistant.turn_read(Question(asked, history=history))
            if read is not None:
                yield TurnLesson(conversation.law, words, read)
        said = assistant.answer(Question(asked, history=given)).text
        given = (*given, (asked, said))
        right = (*right, (asked, sentence_with(words, texts)))


def others(
    assistant: Assistant, texts: Sequence[str], held: Sequence[LawConversation]
) -> Iterator[TurnLesson]:
    """The first turn of each conversation behind another one, on another document: nothing there answers."""
    for place, conversation in enumerate(held):
        before = held[(place + len(held) // 2) % len(held)]
        if before.law == conversation.law:
            continue
        history = tuple(
            (asked, sentence_with(words, texts))
            for asked, words in before.turns[:_TURNS_BEFORE]
            if words != NOTHING
        )
        asked, words = conversation.turns[0]
        read = assistant.turn_read(Question(asked, history=history))
        if read is not None:
            yield TurnLesson(conversation.law, words, read)


def sentence_with(words: str, texts: Sequence[str]) -> str:
    """An answer of the sentence that holds the words; that nothing was found where there are none."""
    sought = unspaced(words)
    for text in texts if sought else ():
        for span in sentences(text):
            if sought in unspaced(span.of(text)):
                return f"{span.of(text).strip()}[1]"
    return say("nothing", "zh")


def learned(held: Sequence[TurnLesson], ranking: TurnRanking) -> dict[str, dict[str, float]]:
    """The weights, with those of passages as they are; `ranking` knows how likely a sentence is.

    What people ask is known of few documents: what that counts is learned beside all other signs, and
    these without it, so that they hold for the other documents.
    """
    names = list(ranking.weights["ranking"])
    others = [name for name in names if name not in _ASKED]
    with_asked, ordering = _ordering(held, names), _ordering(held, others)
    told, plain = (
        _telling(held, with_asked, ranking, TELLING),
        _telling(held, ordering, ranking, tuple(name for name in TELLING if name not in _ASKED)),
    )
    return {
        "passages": dict(ranking.weights["passages"]),
        "ranking": ordering | {n: w for n, w in with_asked.items() if n in _ASKED},
        "telling": plain | {n: w for n, w in told.items() if n in _ASKED},
    }


def _ordering(held: Sequence[TurnLesson], names: Sequence[str]) -> dict[str, float]:
    order = learned_ranking([one.turn for one in held if one.right], names)
    return dict(zip(names, map(float, order), strict=True))


def _telling(
    held: Sequence[TurnLesson],
    ordering: Mapping[str, float],
    ranking: TurnRanking,
    names: Sequence[str],
) -> dict[str, float]:
    weights = learned_telling([one.told(ordering, ranking, names) for one in held])
    return dict(zip((*names, "intercept"), map(float, weights), strict=True))


def written(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The text of the file."""
    heads = {
        "passages": "Which passages are read; chosen by hand.",
        "ranking": "Which of their sentences answers.",
        "telling": "Whether the first of them does: a probability.",
    }
    intro = (
        "Weights of the signs in assistant/turn_ranking.py, learned from the tune halves of"
        " evals/notices/turns.tsv",
        "and evals/briefs/turns.tsv. Learned anew by: python -m evals.learning.turn_ranking. Why"
        " these:",
        "docs/decisions/0024.",
    )
    return weights_text(intro, heads, weights)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the weights anew and write them; returns the exit code."""
    asked = learning_arguments(arguments, FILE)
    with fresh_workspace(load_settings(), print) as workspace:
        if not NOTICE_TURNS_SUITE.over(asked.data).ingested(workspace):
            return 1
        assistant = build_assistant(workspace.settings, print)
        whole = [assistant.document(document.id) for document in assistant.documents()]
        texts = [document.text for document in whole if isinstance(document, PolicyDocument)]
        chosen = list(conversations())
        held = [one for c in chosen for one in lessons(assistant, texts, c)]
        held += others(assistant, texts, chosen)
        weights = learned(held, assistant.turns.ranking)
    asked.out.write_text(written(weights), encoding="utf-8")
    print(f"{len(held)} turns, {sum(bool(one.right) for one in held)} answered by a sentence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
