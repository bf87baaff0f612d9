"""An answer of several sentences begins with the one that answers best."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.citing import Citations
from assistant.evidence import Statement, whole_statement
from assistant.sentence_order import best_first
from assistant.sentence_ranking import RankedSentence
from knowledge.documents import Passage, PolicyDocument
from knowledge.sentences import Span

TEXT = "甲事由县里办。乙事由市里办。丙事由省里办。"
PLAN = PolicyDocument("plan", "某项方案")
PASSAGE = Passage("p", "plan", TEXT, (), None, 0, len(TEXT))
SENTENCES = [
    whole_statement(PASSAGE, PLAN, Span(start, start + 7)) for start in range(0, len(TEXT), 7)
]


def answer(told: Sequence[Statement], text: str = "") -> Answer:
    citations = Citations()
    lines = [f"{one.text}[{citations.cite(one)}]" for one in told]
    return Answer("answered", text or "\n\n".join(lines), citations=tuple(citations.citations))


def ranked(*scores: float) -> list[RankedSentence]:
    held = [RankedSentence(one, score, {}) for one, score in zip(SENTENCES, scores, strict=True)]
    return sorted(held, key=lambda one: -one.score)


def ordered(
    told: Answer, scores: Sequence[float], *, keeps_all: bool = False, read: int = 3
) -> list[str] | None:
    found = best_first(told, ranked(*scores)[:read], SENTENCES, keeps_all=keeps_all)
    return None if found is None else [one.text[0] for one in found]


def test_the_best_comes_first() -> None:
    assert ordered(answer(SENTENCES), (1.0, 3.0, 2.0)) == ["乙", "丙", "甲"]


def test_what_hardly_answers_is_left_out_but_not_of_a_turn() -> None:
    assert ordered(answer(SENTENCES), (-9.0, 3.0, 2.0)) == ["乙", "丙"]
    assert ordered(answer(SENTENCES), (-9.0, 3.0, 2.0), keeps_all=True) == ["乙", "丙", "甲"]


def test_an_answer_without_the_best_sentence_is_left_alone() -> None:
    assert ordered(answer(SENTENCES[:2]), (1.0, 2.0, 3.0)) is None


def test_figures_lists_and_tables_are_left_alone() -> None:
    for text in (
        "**3人**[1]\n\n甲事由县里办。[1]",
        "- 甲[1]\n- 乙[2]",
        "| 地区 |\n| 甲[1] |",
        "甲[1]",
    ):
        assert ordered(answer(SENTENCES[:2], text), (1.0, 3.0, 2.0)) is None


def test_what_was_not_read_closely_stays_behind() -> None:
    assert ordered(answer(SENTENCES), (1.0, 3.0, 2.0), read=1) == ["乙", "甲", "丙"]
