"""What the Civil Code repealed is not told as the law of today, and is found under its short name."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from knowledge.rule_names import rule_name, short_names
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

COURT = "最高人民法院关于适用《中华人民共和国{}的解释"
GIFTS = "第{}条 当事人请求返还彩礼的，如果双方未办理结婚登记手续，人民法院{}支持。\n"
DECISION = "法释〔2020〕16号"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    return library(
        tmp_path_factory.mktemp("home"),
        policy(
            "旧",
            GIFTS.format("十", "应当予以") + "第十一条 本解释自2004年4月1日起施行。\n",
            title=COURT.format("婚姻法》若干问题") + "（二）",
            published_on=date(2003, 12, 25),
            effective_from=date(2004, 4, 1),
            region="全国",
        ),
        policy(
            "新",
            GIFTS.format("五", "依法予以") + "第六条 本解释自2021年1月1日起施行。\n",
            title=COURT.format("民法典》婚姻家庭编") + "（一）",
            published_on=date(2020, 12, 29),
            effective_from=date(2021, 1, 1),
            region="全国",
        ),
    )


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (COURT.format("婚姻法》若干问题") + "（二）", "婚姻法解释二"),
        (COURT.format("民法典》婚姻家庭编") + "（一）", "婚姻家庭编解释一"),
        ("最高人民法院关于审理劳动争议案件适用法律问题的解释（一）", "劳动争议司法解释一"),
    ],
)
def test_an_interpretation_is_known_by_the_name_it_is_cited_under(title: str, short: str) -> None:
    assert short in short_names(rule_name(title))


def test_a_statute_has_no_such_name() -> None:
    assert short_names(rule_name("中华人民共和国慈善法")) == ()


def test_the_law_of_today_answers(assistant: PolicyAssistant) -> None:
    answer = assistant.answer(Question("没办结婚登记，彩礼能不能返还？"))
    assert "依法予以支持" in answer.text
    assert {citation.article for citation in answer.citations} == {"第五条"}


@pytest.mark.parametrize("asked", ["婚姻法解释（二）第十条怎么说", "婚姻法司法解释二第10条"])
def test_what_was_repealed_is_quoted_where_it_is_asked_for_and_said_to_be(
    assistant: PolicyAssistant, asked: str
) -> None:
    answer = assistant.answer(Question(asked))
    assert "应当予以支持" in answer.text
    assert DECISION in answer.text


def test_asked_whether_it_holds_the_reader_is_told_that_it_does_not(
    assistant: PolicyAssistant,
) -> None:
    answer = assistant.answer(Question("婚姻法解释二还有效吗"))
    assert "2004年4月1日" in answer.text
    assert DECISION in answer.text
    held = assistant.answer(Question("婚姻家庭编解释一还有效吗"))
    assert DECISION not in held.text


def test_before_it_was_repealed_it_answers(assistant: PolicyAssistant) -> None:
    answer = assistant.answer(Question("没办结婚登记，彩礼能不能返还？", as_of=date(2010, 1, 1)))
    assert {citation.article for citation in answer.citations} == {"第十条"}
