"""Conversations on statutes of which every turn is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.request import Question
from evals.cases import CaseFileError
from evals.laws.turns import TURNS_SUITE, held, load_law_conversations
from knowledge.documents import PolicyDocument

STATUTES = Path(__file__).parents[2].parent / "shared" / "data" / "laws"
STARTER = Path(__file__).parents[2] / "knowledge" / "starter"
CONVERSATIONS = load_law_conversations(TURNS_SUITE.path)


class Echo:
    """Answers with how many turns stood before, and what was asked."""

    def answer(self, question: Question) -> Answer:
        return Answer("answered", f"{'前' * len(question.history)}：{question.text}，不收费")

    def document(self, document_id: str) -> PolicyDocument | None:
        return None


def test_the_conversations_are_many_and_no_law_is_in_both_halves() -> None:
    halves = {
        half: {c.law for c in CONVERSATIONS if c.split == half} for half in ("tune", "report")
    }
    assert len(CONVERSATIONS) > 500 and not halves["tune"] & halves["report"]
    assert all(len(c.turns) >= 4 for c in CONVERSATIONS)


def test_every_turn_is_judged_after_the_answers_that_the_earlier_ones_got(tmp_path: Path) -> None:
    file = tmp_path / "turns.tsv"
    file.write_text("# 说明\ntune\t某法\t要钱吗[不收费]|不服呢[申请复核]|学费呢[-]\n", "utf-8")
    results = held(load_law_conversations(file)[0], Echo())
    lacking = [[p for p in result.problems if "cites" not in p] for result in results]
    assert lacking[0] == [] and lacking[1] == ["the answer lacks 申请复核"]
    assert lacking[2] == ["status is answered, expected no_evidence or clarify or partial"]
    assert [result.tags[0] for result in results] == ["first turn", "follow-up", "follow-up"]
    assert results[2].detail["text"].startswith("前前：")


@pytest.mark.parametrize("line", ["tune\t某法\t几天答复", "some\t某法\t几天[一日]", "几天[一日]"])
def test_a_line_that_is_no_conversation_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "turns.tsv"
    file.write_text(f"# 说明\n{line}\n", "utf-8")
    with pytest.raises(CaseFileError, match="2"):
        load_law_conversations(file)


def test_what_answers_stands_in_the_law() -> None:
    if not STATUTES.is_dir():
        pytest.skip("the statutes of ../shared/data are not here")
    files = [*STATUTES.rglob("*.md"), *STARTER.glob("*.md")]
    everything = "\n".join("".join(file.read_text("utf-8").split()) for file in files)
    for conversation in CONVERSATIONS:
        for _, gold in conversation.turns:
            if gold != "-":
                assert "".join(gold.split()) in everything, (conversation.id, gold)
