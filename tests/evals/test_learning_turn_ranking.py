"""Weights for turns, learned from lessons whose answer one sign tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.evidence import whole_statement
from assistant.question import parse_question
from assistant.ranked import weights_in
from assistant.rule_ranking import TurnAsked
from assistant.sentence_ranking import RankedSentence
from assistant.turn_ranking import FILE, TurnRanking
from assistant.turn_reading import TurnRead
from evals.learning.turn_ranking import (
    TELLING,
    TurnLesson,
    conversations,
    learned,
    sentence_with,
    written,
)
from knowledge.documents import Passage, PolicyDocument
from knowledge.sentences import Span

SIGNS = tuple(weights_in(FILE)["ranking"])
NOTICE = PolicyDocument("notice", "某项通知")


def sentence(text: str, signs: Mapping[str, float]) -> RankedSentence:
    held = Passage(text, "notice", text, (), None, 0, len(text))
    statement = whole_statement(held, NOTICE, Span(0, len(text)))
    return RankedSentence(statement, 0.0, {**dict.fromkeys(SIGNS, 0.0), **signs})


def lesson(number: int, words: str) -> TurnLesson:
    """What answers stands next to what was quoted, what does not reads as closely."""
    asked = f"第{number}件事呢"
    turn = TurnAsked(asked, asked, ("某事怎么办",), (), (), ("notice",), ())
    ranked = [
        sentence(f"乙{number}。", {"closely_turn": float(number % 3)}),
        sentence(f"甲{number}。", {"next": 1.0 if words else 0.0, "closely_turn": 1.0}),
    ]
    read = TurnRead(turn, parse_question(asked), (), (), ranked)
    return TurnLesson("某项通知", words, read)


def likely(asked: str, texts: Sequence[str]) -> list[float]:
    return [2.0 if "甲" in text else -2.0 for text in texts]


def test_what_tells_the_answer_counts() -> None:
    held = [lesson(number, f"甲{number}") for number in range(20)]
    held += [lesson(number, "") for number in range(20, 40)]
    ranking = TurnRanking(lambda asked, texts: [[0.0] * len(texts) for _ in asked], likely)
    weights = learned(held, ranking)
    assert weights["ranking"]["next"] > 0
    assert all(one.told(weights["ranking"], ranking, TELLING).answers for one in held[:20])
    assert set(weights["telling"]) == {*TELLING, "intercept"}
    assert weights["passages"] == weights_in(FILE)["passages"]


def test_what_people_ask_counts_beside_signs_that_hold_without_it() -> None:
    def known(one: TurnLesson) -> TurnLesson:
        right = set(one.right)
        ranked = [
            replace(s, signs={**s.signs, "asked": float(n in right)})
            for n, s in enumerate(one.read.ranked)
        ]
        return replace(one, read=replace(one.read, ranked=ranked))

    held = [lesson(number, f"甲{number}") for number in range(20)]
    ranking = TurnRanking(lambda asked, texts: [[0.0] * len(texts) for _ in asked], likely)
    plain, asked = learned(held, ranking), learned([known(one) for one in held], ranking)

    assert asked["ranking"]["asked"] > 0
    assert {**asked["ranking"], "asked": 0.0} == {**plain["ranking"], "asked": 0.0}


def test_the_file_that_is_written_is_the_one_that_is_read(tmp_path: Path) -> None:
    weights = weights_in(FILE)
    (tmp_path / "again.yaml").write_text(written(weights), "utf-8")
    assert weights_in(tmp_path / "again.yaml") == weights
    assert FILE.read_text("utf-8") == written(weights)


def test_no_reported_conversation_teaches() -> None:
    held = list(conversations())
    assert len(held) > 50 and {conversation.split for conversation in held} == {"tune"}


def test_the_right_answer_before_a_turn_is_the_sentence_that_holds_the_words() -> None:
    texts = ["甲事由县里办。乙事由市里办，每年一次。", "丙事由省里办。"]
    assert sentence_with("每年一次", texts) == "乙事由市里办，每年一次。[1]"
    assert "[1]" not in sentence_with("每月一次", texts)
    assert "[1]" not in sentence_with("", texts)
