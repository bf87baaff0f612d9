"""The conversations and how they are held; the assistant here is a small fake."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.errors import UsageError
from assistant.request import Question
from evals.cases import CaseFileError
from evals.dialogue.conversation import load_conversations
from evals.dialogue.suite import DIALOGUE_SUITE, hold
from evals.suites import DataSuite
from knowledge.documents import PolicyDocument

ONE = """
- id: one
  split: tune
  tags: [place]
  turns: [甲, 乙, 丙]
  expect: {status: [no_evidence], required: [丙前前]}
"""


class Echo:
    """Answers with the question and a mark for each turn before it."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return Answer(status="no_evidence", text=question.text + "前" * len(question.history))

    def document(self, document_id: str) -> PolicyDocument | None:
        return None


def test_the_conversations_are_enough_and_divided() -> None:
    conversations = load_conversations(DIALOGUE_SUITE.path)
    halves = Counter(conversation.split for conversation in conversations)
    assert len(conversations) >= 60
    assert min(halves.values()) >= 30


def test_each_turn_is_put_after_the_real_answers_to_those_before(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(ONE, encoding="utf-8")
    (conversation,), echo = load_conversations(path), Echo()
    result = hold(conversation, echo)
    assert result.right
    assert echo.asked[-1].history == (("甲", "甲"), ("乙", "乙前"))


@pytest.mark.parametrize(
    "text",
    [ONE.replace("甲, ", ""), ONE.replace("tags", "tag"), ONE + ONE, "- [", "- id: x\n"],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseFileError):
        load_conversations(path)


def test_statutes_that_are_named_must_be_there(tmp_path: Path) -> None:
    assert isinstance(DIALOGUE_SUITE, DataSuite)
    with pytest.raises(UsageError):
        DIALOGUE_SUITE.over(tmp_path)
    assert DIALOGUE_SUITE.over(tmp_path, ("starter",)).digest()
