"""Nothing is said that no document carries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Claim
from evals.faithfulness import unfaithful
from knowledge.documents import PolicyDocument
from tests.evals.fakes import HALL, MONEY, ROOMS, answered, cited


def find(document_id: str) -> PolicyDocument | None:
    return HALL if document_id == HALL.id else None


def problems(answer: Answer, question: str = "") -> tuple[str, ...]:
    return unfaithful(answer, question, find)


@pytest.mark.parametrize(
    "text",
    [
        f"**930万元**\n\n{MONEY}[1]",
        "2026年：9,300,000元[1]",
        "In 2026: 930 万元[1]",
        "| 地区 | 原文 |\n| --- | --- |\n| 海城 | 2026年<br>930万元[1] |",
        "**930**万元[1]",
    ],
)
def test_the_quoted_amount_may_stand_in_any_form(text: str) -> None:
    assert problems(answered(text, MONEY)) == ()


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (f"**940万元**\n\n{MONEY}[1]", "940万元"),
        (f"12间，{MONEY}[1]", "12间"),
        (f"{MONEY}[1] 另有[7]项", "7"),
        (f"{MONEY}[1] 占三成。", "三成"),
    ],
)
def test_a_figure_that_no_quote_holds_is_found(text: str, figure: str) -> None:
    (problem,) = problems(answered(text, MONEY))
    assert f"the figure {figure} " in problem


def test_the_citation_mark_is_no_figure_and_hides_none() -> None:
    assert problems(answered(f"{ROOMS}[1]\n{MONEY}[2]", ROOMS, MONEY)) == ()
    assert problems(answered("每天开放\\(30间\\)[1]", ROOMS)) != ()


def test_a_claim_rests_on_its_own_citations() -> None:
    both = answered(f"{ROOMS}[1]{MONEY}[2]", ROOMS, MONEY)
    swapped = replace(both, claims=(Claim(ROOMS, (2,)),))
    assert problems(both) == ()
    assert problems(swapped) == ("the figure 12间 of a claim stands in none of its own quotes",)


def test_a_quote_one_place_off_is_found() -> None:
    true = cited(1, ROOMS)
    shifted = replace(true, start_char=true.start_char + 1, end_char=true.end_char + 1)
    for wrong in (shifted, replace(true, quote=ROOMS.replace("。", "，"))):
        answer = Answer("answered", f"{ROOMS}[1]", citations=(wrong,))
        assert any("is not the document's text" in problem for problem in problems(answer))


def test_a_quote_of_nothing_and_of_no_document_is_found() -> None:
    empty = replace(cited(1, ROOMS), quote="", end_char=0)
    lost = replace(cited(2, ROOMS), document_id="gone")
    found = problems(Answer("answered", "好[1][2]", citations=(empty, lost)))
    assert found == (
        "citation 1: the quote is empty",
        "citation 2: there is no document gone",
    )


def test_a_refusal_may_repeat_the_year_asked_for_and_no_other() -> None:
    refusal = Answer("no_evidence", "没有关于2031年的规定。")
    assert problems(refusal, "2031年的目标") == ()
    assert problems(refusal, "2032年的目标") != ()
    assert problems(replace(refusal, status="answered"), "2031年的目标") != ()
