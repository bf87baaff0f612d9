"""Weights of sentences, learned from lessons whose answer one sign tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.evidence import whole_statement
from assistant.question import parse_question
from assistant.ranked import weights_in
from assistant.sentence_ranking import FILE, RankedSentence, SentenceRanking
from evals.learning.sentence_ranking import (
    TELLING,
    ReadLesson,
    SentenceLesson,
    learned,
    lessons,
    written,
)
from knowledge.documents import Passage, PolicyDocument
from knowledge.sentences import Span

NOTICE = PolicyDocument("notice", "某项通知")
SIGNS = tuple(weights_in(FILE)["ranking"])


def sentence(text: str, signs: Mapping[str, float]) -> RankedSentence:
    held = Passage(text, "notice", text, (), None, 0, len(text))
    statement = whole_statement(held, NOTICE, Span(0, len(text)))
    return RankedSentence(statement, 0.0, {**dict.fromkeys(SIGNS, 0.0), **signs})


def lesson(number: int, words: str) -> ReadLesson:
    """What answers reads closely by ten, what does not carries more of the question's words."""
    asked = f"第{number}件事怎么办"
    ranked = (
        sentence(f"乙{number}。", {"own_coverage": 1.0, "closely": float(number % 3)}),
        sentence(f"甲{number}。", {"closely": 10.0 if words else float(number % 2)}),
    )
    golds = ((words,),) if words else ()
    put = SentenceLesson(asked, "某项通知", golds, is_notice=True)
    return ReadLesson(put, parse_question(asked), ranked)


def likely(asked: str, texts: Sequence[str]) -> list[float]:
    return [2.0 if "甲" in text else -2.0 for text in texts]


def test_what_tells_the_answer_counts_and_what_does_not_hardly_does() -> None:
    held = [lesson(number, f"甲{number}") for number in range(20)]
    held += [lesson(number, "") for number in range(20, 40)]
    ranking = SentenceRanking(lambda _, texts: [0.0] * len(texts), likely)
    weights = learned(held, ranking)
    assert weights["ranking"]["closely"] > 0
    assert all(one.ordered(weights["ranking"])[0].statement.text[0] == "甲" for one in held[:20])
    assert weights["telling"]["lead"] > 0
    assert list(weights["telling"]) == [*TELLING, "intercept"]
    assert weights["passages"] == weights_in(FILE)["passages"]


def test_the_file_that_is_written_is_the_one_that_is_read(tmp_path: Path) -> None:
    weights = weights_in(FILE)
    (tmp_path / "again.yaml").write_text(written(weights), "utf-8")
    assert weights_in(tmp_path / "again.yaml") == weights
    assert FILE.read_text("utf-8") == written(weights)


def test_no_reported_question_teaches() -> None:
    asked = list(lessons())
    notices = [one for one in asked if one.is_notice]
    assert len(notices) > 300
    assert sum(not one.words for one in notices) > 100
    # Of the starter policies only what some words answer.
    assert all(one.words or one.is_notice for one in asked)
