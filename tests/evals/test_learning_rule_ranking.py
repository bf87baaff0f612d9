"""The weights of signs, learned from turns whose answer one sign tells."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ranked import Ranked, probability, weights_in
from assistant.request import Question
from assistant.rule_blocks import Block, Piece
from assistant.rule_ranking import FILE, RuleRanking, TurnAsked
from evals.laws.turns import TURNS_SUITE
from evals.learning.rule_ranking import WRITTEN, learned, written
from evals.learning.sign_weights import learned_ranking
from evals.learning.weighed_turns import (
    Behind,
    WeighedTurn,
    keep_turn,
    kept_turns,
    taught,
    weighed_turns,
)
from knowledge.documents import Passage, PolicyDocument

PRESENT = {
    "ranking": {"other": 0.0},
    "rereading": {"telling": 0.0, "other": 0.0},
    "telling": {"telling": 0.0, "lead": 0.0, "intercept": 0.0},
}
CONVERSATIONS = """
tune\t甲证法\t甲证谁发[区民政局]|要钱吗[不收费]|那丙证呢[-]|几天[九日]
report\t乙证法\t乙证谁发[市民政局]|乙证多久[八日]
tune\t丙证法\t丙证谁发[县民政局]|多久[七日]
"""


def made_up(behind: Behind, number: int, is_among: bool = True) -> WeighedTurn:
    """Three paragraphs, of which the one with `telling` answers; `other` is drawn by lot."""
    draw = random.Random(number)
    right = number % 3
    return WeighedTurn(
        f"{behind} {number}",
        f"第{number % 20}号条例",
        behind,
        {
            "telling": [float(at == right and is_among) for at in range(3)],
            "other": [draw.random() for _ in range(3)],
        },
        (right,) if is_among else (),
        (right,) if is_among else (),
    )


def test_the_sign_that_tells_the_answer_weighs_most() -> None:
    turns = [made_up("right", number) for number in range(60)]
    telling, other = learned_ranking(turns, ("telling", "other"))
    assert telling > 3 and abs(other) < telling / 3


def test_what_is_told_of_other_laws_is_right_and_of_a_law_taken_away_is_unlikely() -> None:
    turns = [made_up("right", n) for n in range(60)] + [made_up("other", n) for n in range(60, 90)]
    said: list[str] = []
    weights = learned(turns, PRESENT, said.append)
    assert "rereading, right, other laws: 60 turns, first 1.000, of three 1.000" in said
    assert "right: 60, 1.000 from 0.35 on, 1.000 from 0.55 on" in said
    assert "another subject, its law taken away: 30, 0.000 from 0.35 on, 0.000 from 0.55 on" in said
    sure, unsure = ([ranked(telling), ranked(0.0)] for telling in (1.0, 0.0))
    sure[0] = ranked(1.0, weights["rereading"]["telling"])
    assert probability(sure, weights) > 0.8 > 0.2 > probability(unsure, weights)


def test_a_turn_without_its_answer_among_the_paragraphs_teaches_no_order() -> None:
    turns = [made_up("right", number) for number in range(30)]
    more = [*turns, made_up("given", 31, is_among=False)]
    names = ("telling", "other")
    assert learned_ranking(turns, names).tolist() == learned_ranking(more, names).tolist()


def test_what_is_written_is_read_by_the_ranking(tmp_path: Path) -> None:
    weights = {half: dict.fromkeys(own, 0.25) for half, own in weights_in(FILE).items()}
    weights["rereading"]["unit"] = 50.0
    file = tmp_path / "weights.yaml"
    file.write_text(written(weights, *WRITTEN), "utf-8")
    read = weights_in(file)
    assert read == weights
    blocks = [block("某证二日内发。"), block("某证九元。")]
    ranking = RuleRanking(
        lambda put, texts: [[0.9] * len(texts) for _ in put],
        lambda put, _: [{} for _ in put],
        lambda _, texts: [0.0] * len(texts),
        lambda _: 1.0,
        read,
    )
    found = ranking.ranked(TurnAsked("多少元", "多少元", ("某证",), (), (), (), ()), blocks)
    assert found[0].block is blocks[1] and 0.5 < probability(found, read) <= 1


def test_the_file_is_as_it_is_written() -> None:
    assert written(weights_in(FILE), *WRITTEN) == FILE.read_text("utf-8")


class Noting:
    """Answers anything with one sentence, and weighs one paragraph; notes what it is asked."""

    def __init__(self) -> None:
        self.answered: list[Question] = []
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.answered.append(question)
        return Answer("answered", f"答{question.text}[1]")

    def weighed(self, question: Question) -> Sequence[Ranked]:
        self.asked.append(question)
        return [Ranked(block("甲证九 日内发。", "甲证法"), 1.0, {"turn": 0.123456})]


class Laws:
    def paragraph(self, law: str, words: str) -> str | None:
        return f"{law}{words}。"

    def is_national(self, law: str) -> bool:
        return law == "丙证法"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "turns.tsv"
    path.write_text(CONVERSATIONS, "utf-8")
    return path


def test_only_the_half_that_is_not_reported_teaches(file: Path) -> None:
    assistant = Noting()
    turns = list(weighed_turns(taught(file), assistant, Laws(), {}))
    seen = "".join(
        text
        for question in (*assistant.asked, *assistant.answered)
        for text in (question.text, *(said for turn in question.history for said in turn))
    )
    assert "乙证" not in seen and "丙证" in seen
    assert {turn.law for turn in turns} == {"甲证法", "丙证法"}
    assert {c.split for c in taught(TURNS_SUITE.path)} == {"tune"}


def test_turns_stand_behind_right_answers_and_behind_those_given(file: Path) -> None:
    assistant = Noting()
    turns = list(weighed_turns(taught(file), assistant, Laws(), {}))
    right, given = (
        [
            q
            for t, q in zip(turns, assistant.asked, strict=True)
            if t.behind == b and t.law == "甲证法"
        ]
        for b in ("right", "given")
    )
    # Nothing answers the third turn, so that nothing is learned from it.
    assert [q.text for q in right] == [q.text for q in given] == ["要钱吗", "几天"]
    assert right[1].history[:2] == (
        ("甲证谁发", "甲证法区民政局。[1]"),
        ("要钱吗", "甲证法不收费。[1]"),
    )
    assert "没有找到" in right[1].history[2][1]
    assert given[1].history == tuple((q, f"答{q}[1]") for q in ("甲证谁发", "要钱吗", "那丙证呢"))
    # What answers is known by its words, however they are spaced.
    assert [t.right for t in turns if t.behind == "right"] == [(), (0,), ()]
    assert all(t.signs == {"turn": [0.12346]} for t in turns)


def test_another_subject_is_opened_behind_turns_of_another_law(file: Path) -> None:
    assistant = Noting()
    turns = list(weighed_turns(taught(file), assistant, Laws(), {}))
    others = [(t, q) for t, q in zip(turns, assistant.asked, strict=True) if t.behind == "other"]
    assert {(t.law, q.text) for t, q in others} == {("甲证法", "丙证谁发")}
    # The law that answers is the other one, of which nothing was found.
    assert all(t.of_law == () and t.right == () for t, _ in others)


def test_turns_that_are_kept_are_not_asked_again(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "turns.jsonl"
    assert kept_turns(kept) == []
    first = list(weighed_turns(taught(file), Noting(), Laws(), {}))
    for turn in first:
        keep_turn(kept, turn)
    again = Noting()
    known = {turn.id: turn for turn in kept_turns(kept)}
    assert list(weighed_turns(taught(file), again, Laws(), known)) == first
    assert not again.asked and not again.answered


def ranked(telling: float, score: float = 0.0) -> Ranked:
    return Ranked(block("某证。"), score, {"telling": telling, "other": 0.0})


def block(text: str, law: str = "某证法") -> Block:
    held = Passage(
        "p", law, text, heading_path=(), start_char=0, end_char=len(text), article="第一条"
    )
    piece = Piece(0, text)
    return Block(PolicyDocument(law, law), (held,), piece, piece, (), "", "", 0, number=1)
