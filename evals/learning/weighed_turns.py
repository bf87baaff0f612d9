"""Turns of conversations with the signs of all that may answer them: what weights are learned from.

Each turn behind another stands after the answers that the law gives to those before it (`right`), of
every second conversation also after those that the assistant gave (`given`). And the first turn of a
conversation behind turns of another one opens another subject (`other`). What nothing stands before is
a first question (`first`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

from assistant.answer import Answer
from assistant.in_focus import unspaced
from assistant.question import parse_question
from assistant.ranked import Ranked
from assistant.request import Question
from assistant.rule_blocks import Block, blocks_of, looked_up
from assistant.wording import say
from evals.json_lines import json_lines
from evals.laws.turns import NOTHING, LawConversation, load_law_conversations
from knowledge.regions import COUNTRY
from knowledge.rule_names import rule_name
from knowledge.snapshot import Snapshot

Behind = Literal["right", "given", "other", "first"]
"""What a turn stands behind."""
_OTHERS, _SEED = 256, 77
# The answers that the assistant gives take most of the time.
_GIVEN_OF = 2


class Assistant(Protocol):
    """What is needed of an assistant."""

    def answer(self, question: Question) -> Answer:
        """The answer to a turn."""
        ...

    def weighed(self, question: Question) -> Sequence[Ranked]:
        """All that may answer it, with the signs."""
        ...


class Laws(Protocol):
    """What is needed of the laws that the conversations are on."""

    def paragraph(self, law: str, words: str) -> str | None:
        """The paragraph of a law that holds some words; None if none does."""
        ...

    def is_national(self, law: str) -> bool:
        """True if a law is one of the country."""
        ...


@dataclass(frozen=True, slots=True)
class WeighedTurn:
    """A turn, and each of the paragraphs that may answer it."""

    id: str
    law: str
    """That the conversation is on."""
    behind: Behind
    signs: Mapping[str, Sequence[float]]
    """By name, of each paragraph."""
    right: tuple[int, ...]
    """The paragraphs that answer, from 0."""
    of_law: tuple[int, ...]
    """The paragraphs of the law that answers."""


@dataclass(frozen=True, slots=True)
class LawTexts:
    """The laws of a library, by their names."""

    snapshot: Snapshot

    def paragraph(self, law: str, words: str) -> str | None:
        """The paragraph of a law that holds some words; None if none does."""
        blocks = _paragraphs(self.snapshot, rule_name(law))
        sought = unspaced(words)
        return next((b.whole.text for b in blocks if sought in unspaced(b.whole.text)), None)

    def is_national(self, law: str) -> bool:
        """True if a law is one of the country."""
        documents = (d for d in self.snapshot.documents() if rule_name(d.title) == rule_name(law))
        return any(document.region == COUNTRY for document in documents)


@lru_cache(maxsize=64)
def _paragraphs(snapshot: Snapshot, name: str) -> tuple[Block, ...]:
    held = [
        passage
        for document in snapshot.documents()
        if rule_name(document.title) == name
        for passage in snapshot.catalog.passages_of(
            document.id, snapshot.version_of_document(document)
        )
        if passage.article
    ]
    return blocks_of(snapshot, looked_up(held))


def taught(path: Path) -> tuple[LawConversation, ...]:
    """The conversations of the half that may teach: the other one only measures."""
    return tuple(c for c in load_law_conversations(path) if c.split == "tune")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn that is to be weighed."""

    id: str
    law: str
    behind: Behind
    question: Question
    answering: str
    """The law that answers it."""
    words: str
    """That stand where it does."""


def weighed_turns(
    conversations: Sequence[LawConversation],
    assistant: Assistant,
    laws: Laws,
    held: Mapping[str, WeighedTurn],
) -> Iterator[WeighedTurn]:
    """All turns; those `held`, by their ids, are not weighed again."""
    right = {c.id: tuple(_after_right_answers(c, laws)) for c in conversations}
    for number, conversation in enumerate(conversations):
        turns = right[conversation.id]
        yield from (_weighed(turn, assistant, held) for turn in turns)
        if number % _GIVEN_OF:
            continue
        ids = [_as_given(turn).id for turn in turns]
        if all(id in held for id in ids):
            yield from (held[id] for id in ids)
        else:
            given = _after_given_answers(conversation, turns, assistant)
            yield from (_weighed(turn, assistant, held) for turn in given)
    for turn in _others(conversations, right, laws):
        yield _weighed(turn, assistant, held)


def weighed_firsts(
    conversations: Iterable[LawConversation],
    assistant: Assistant,
    held: Mapping[str, WeighedTurn],
) -> Iterator[WeighedTurn]:
    """The first questions alone; those `held`, by their ids, are not weighed again."""
    for conversation in conversations:
        asked, words = conversation.turns[0]
        if words != NOTHING:
            # A question may stand in both files, or twice with other words.
            id, law = f"{conversation.id} {asked}", conversation.law
            yield _weighed(_Turn(id, law, "first", Question(asked), law, words), assistant, held)


def _after_right_answers(conversation: LawConversation, laws: Laws) -> Iterator[_Turn]:
    history: list[tuple[str, str]] = []
    for number, (asked, words) in enumerate(conversation.turns):
        if number and words != NOTHING:
            id, question = f"{conversation.id}-{number + 1}", Question(asked, tuple(history))
            yield _Turn(id, conversation.law, "right", question, conversation.law, words)
        told = laws.paragraph(conversation.law, words) if words != NOTHING else None
        history.append((asked, f"{told}[1]" if told else say("nothing", "zh")))


def _as_given(turn: _Turn) -> _Turn:
    return replace(turn, id=f"{turn.id} given", behind="given")


def _after_given_answers(
    conversation: LawConversation, turns: Sequence[_Turn], assistant: Assistant
) -> Iterator[_Turn]:
    history: list[tuple[str, str]] = []
    for turn in turns:
        # Those between that nothing answers are answered as well.
        for asked, _ in conversation.turns[len(history) : len(turn.question.history)]:
            answer = assistant.answer(Question(asked, history=tuple(history)))
            history.append((asked, answer.text))
        yield replace(_as_given(turn), question=replace(turn.question, history=tuple(history)))


def _others(
    conversations: Sequence[LawConversation],
    right: Mapping[str, Sequence[_Turn]],
    laws: Laws,
) -> Iterator[_Turn]:
    """First turns of conversations on national laws, behind the turns of others.

    One that names a place is not put to the rules in focus.
    """
    openings = [
        c
        for c in conversations
        if c.turns[0][1] != NOTHING
        and not parse_question(c.turns[0][0]).regions
        and laws.is_national(c.law)
    ]
    followed = [turn for turns in right.values() for turn in turns]
    draw = random.Random(_SEED)  # noqa: S311 - an order to repeat, not a secret
    for number in range(_OTHERS if openings and followed else 0):
        turn, opening = draw.choice(followed), draw.choice(openings)
        if turn.law != opening.law:
            asked, words = opening.turns[0]
            question = replace(turn.question, text=asked)
            yield _Turn(f"other {number}", turn.law, "other", question, opening.law, words)


def _weighed(turn: _Turn, assistant: Assistant, held: Mapping[str, WeighedTurn]) -> WeighedTurn:
    if turn.id in held:
        return held[turn.id]
    ranked = assistant.weighed(turn.question)
    names = ranked[0].signs if ranked else ()
    words, law = unspaced(turn.words), rule_name(turn.answering)
    texts = [unspaced(one.block.whole.text) for one in ranked]
    titles = [rule_name(one.block.document.title) for one in ranked]
    return WeighedTurn(
        turn.id,
        turn.law,
        turn.behind,
        {name: [round(one.signs[name], 5) for one in ranked] for name in names},
        tuple(at for at, text in enumerate(texts) if words in text),
        tuple(at for at, title in enumerate(titles) if title == law),
    )


def kept_turns(path: Path) -> list[WeighedTurn]:
    """The turns that a file keeps; none if it is not there."""
    if not path.is_file():
        return []
    return [
        WeighedTurn(**{**line, "right": tuple(line["right"]), "of_law": tuple(line["of_law"])})
        for line in json_lines(path)
    ]


def keep_turn(path: Path, turn: WeighedTurn) -> None:
    """Write a turn behind those that a file keeps."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(turn), ensure_ascii=False) + "\n")
