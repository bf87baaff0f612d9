"""Weights of sentences of which it is known what people ask, learned from lessons that one sign tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.evidence import whole_statement
from assistant.question import parse_question
from assistant.ranked import weights_in
from assistant.sentence_ranking import ASKED, RankedSentence, SentenceRanking
from evals.briefs.suite import BRIEFS_SUITE
from evals.laws.turns import load_law_conversations
from evals.learning.asked_ranking import TELLING, learned, lessons, others, written
from evals.learning.sentence_ranking import ReadLesson, SentenceLesson
from knowledge.documents import Passage, PolicyDocument
from knowledge.sentences import Span
from knowledge.starter_questions import Alike

POLICY = PolicyDocument("policy", "某项政策")
SIGNS = tuple(weights_in(ASKED)["ranking_asked"])


def sentence(text: str, signs: Mapping[str, float]) -> RankedSentence:
    held = Passage(text, "policy", text, (), None, 0, len(text))
    statement = whole_statement(held, POLICY, Span(0, len(text)))
    return RankedSentence(statement, 0.0, {**dict.fromkeys(SIGNS, 0.0), **signs})


def lesson(number: int, words: str) -> ReadLesson:
    """People ask like this of what answers; where nothing does, of what the policy does not say."""
    ranked = (
        sentence(f"乙{number}。", {"closely": float(number % 3)}),
        sentence(f"甲{number}。", {"asked": 0.5 if words else 0.1}),
    )
    alike = Alike({}, 0.94 if words else 0.99)
    golds = ((words,),) if words else ()
    put = SentenceLesson(f"第{number}件事怎么办", "某项政策", golds)
    return ReadLesson(put, parse_question(put.question), ranked, {"policy": alike})


def unsure(_: str, texts: Sequence[str]) -> list[float]:
    return [0.0] * len(texts)


def test_what_people_ask_tells_which_sentence_answers_and_whether() -> None:
    held = [lesson(number, f"甲{number}") for number in range(20)]
    held += [lesson(number, "") for number in range(20, 40)]

    weights = learned(held, SentenceRanking(unsure, unsure))

    assert weights["ranking_asked"]["asked"] > 0
    assert weights["telling_asked"]["unanswered"] < 0
    assert list(weights["telling_asked"]) == [*TELLING, "intercept"]


def test_the_file_that_is_written_is_the_one_that_is_read(tmp_path: Path) -> None:
    weights = weights_in(ASKED)
    (tmp_path / "again.yaml").write_text(written(weights), "utf-8")
    assert weights_in(tmp_path / "again.yaml") == weights
    assert ASKED.read_text("utf-8") == written(weights)


def test_no_reported_question_teaches_and_the_others_are_off_the_subject() -> None:
    taught = {one.question for one in lessons()}
    asked = load_law_conversations(BRIEFS_SUITE.path)
    assert len(taught) > 500
    # Some are asked in the same words by those who wrote the other suites.
    assert len(taught & {c.turns[0][0] for c in asked if c.split == "report"}) < 5
    assert all(not one.words for one in others())
