"""Judging an answer against its case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Claim
from evals.cases import EvalCase, Expectation
from evals.judging import judge

QUOTE = "海城的活动室每天九点开门，共有12间。"


def citation(number: int = 1, quote: str = QUOTE, region: str | None = "海城") -> Citation:
    return Citation(
        number=number,
        document_id="hall",
        title="海城活动室守则",
        document_number=None,
        region=region,
        heading_path=(),
        article=None,
        page=None,
        quote=quote,
        start_char=0,
        end_char=len(quote),
        source="hall.md",
        validity="unknown",
    )


GOOD = Answer(
    status="answered",
    text=f"**12 间**\n\n{QUOTE}[1]",
    claims=(Claim(QUOTE, (1,)),),
    citations=(citation(),),
)


def case(**expected: object) -> EvalCase:
    expect = replace(Expectation(status=("answered",)), **expected)  # type: ignore[arg-type]
    return EvalCase("hall", "tune", ("figure",), "活动室有几间", expect)


def test_a_right_answer_has_no_problems() -> None:
    expected = case(
        required=(("十二间", "12间"), ("九点",)),
        forbidden=("十点",),
        quote=(("12间",), ("每天九点", "每日九点")),
        first="12间",
        regions=("海城", "山城"),
    )
    assert judge(expected, GOOD) == ()


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ({"status": ("no_evidence", "partial")}, "expected no_evidence or partial"),
        ({"required": (("八间", "8间"),)}, "lacks 八间 or 8间"),
        ({"forbidden": ("九 点",)}, "holds 九 点"),
        ({"quote": (("十点",),)}, "no quote holds 十点"),
        ({"first": "九点"}, "first line lacks 九点"),
        ({"regions": ("山城",)}, "citation 1 is from 海城"),
    ],
)
def test_each_unmet_expectation_is_one_problem(expected: dict[str, object], problem: str) -> None:
    (found,) = judge(case(**expected), GOOD)
    assert problem in found


def test_white_space_bold_marks_and_letter_case_do_not_count() -> None:
    answer = replace(GOOD, text="活动 室**十二**间，见 Room List。[1]")
    assert judge(case(required=(("活动室十二间",), ("room list",))), answer) == ()


def test_the_first_line_skips_blank_lines() -> None:
    assert judge(case(first="12间"), replace(GOOD, text="\n \n" + GOOD.text)) == ()


def test_a_verdict_need_not_be_given_but_must_be_right() -> None:
    forbidden = replace(GOOD, text="**否**[1]\n\n" + GOOD.text)
    assert judge(case(verdict="否"), forbidden) == ()
    assert judge(case(verdict="否"), GOOD) == ()
    assert judge(case(verdict="是"), forbidden) == ("the verdict is 否, expected 是",)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (replace(GOOD, text=GOOD.text + "另有两间。[2]"), "the mark [2] has no citation"),
        (replace(GOOD, citations=(citation(), citation(2))), "citation 2 is not used"),
        (replace(GOOD, citations=(citation(), citation())), "citation 1 is given twice"),
        (replace(GOOD, claims=(Claim("活动室免费。", ()),)), "no valid citation: 活动室免费。"),
        (replace(GOOD, claims=(Claim("活动室免费。", (3,)),)), "no valid citation: 活动室免费。"),
        (Answer("answered", "12间。"), "the answer cites nothing"),
    ],
)
def test_citations_that_do_not_hold_together_are_problems(answer: Answer, problem: str) -> None:
    (found,) = judge(case(), answer)
    assert problem in found


def test_a_bracketed_year_is_not_a_citation_mark() -> None:
    assert judge(case(), replace(GOOD, text=GOOD.text + "见海民[2021]5号。")) == ()


def test_a_refusal_needs_no_citation() -> None:
    declined = case(status=("no_evidence",), required=(("山城",),))
    assert judge(declined, Answer("no_evidence", "资料库里没有山城的内容。")) == ()


def test_every_problem_is_listed() -> None:
    expected = case(status=("partial",), required=(("八间",),), quote=(("十点",),))
    assert len(judge(expected, replace(GOOD, text="没有编号"))) == 4
