"""A term, what extends it and what shortens it are told together; a turn gets something new or a sum."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.asked_units import asks_sum, holds_sum
from assistant.conversation import standalone_question
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from assistant.spoken_of import speaks_of_entry
from tests.assistant.conftest import real_assistant

REST = """# 河阳市静养所条例
第一条 为规范静养所服务，制定本条例。
第二条 静养的期限为二年。

静养人可以在期满前提出继续静养的申请。

静养的期限最长可以延长一年。
第三条 静养所应当自受理入所申请之日起六十日内作出是否准许入所的决定。

静养所对材料齐全、情况清楚的入所申请，应当在十五日内作出是否准许入所的决定。
第四条 静养人应当接受静养，所在地的街道办事处负责照料。
"""


@pytest.fixture(scope="module")
def rest(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("statutes")
    (inputs / "rest.md").write_text(REST, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("rules"), inputs)


@pytest.mark.model
def test_at_most_is_not_told_by_the_term_or_its_extension_alone(rest: PolicyAssistant) -> None:
    text = rest.answer(Question("静养期限最长多久")).text
    assert not text.startswith("**")
    assert text.index("期限为二年") < text.index("延长一年")


@pytest.mark.model
def test_the_extension_goes_with_the_term(rest: PolicyAssistant) -> None:
    text = rest.answer(Question("静养的期限是多长时间")).text
    assert text.startswith("**二年**") and "延长一年" in text


@pytest.mark.model
def test_the_extension_alone_where_it_is_asked_for(rest: PolicyAssistant) -> None:
    assert rest.answer(Question("静养期限可以延长多久")).text.startswith("**一年**")


@pytest.mark.model
def test_of_two_terms_of_an_article_neither_is_put_first(rest: PolicyAssistant) -> None:
    text = rest.answer(Question("入所申请几天作出决定")).text
    assert not text.startswith("**")
    assert text.index("六十日") < text.index("十五日")


def test_a_sum_is_told_by_what_holds_one() -> None:
    assert asks_sum("每个月多少钱") and not asks_sum("能领几个月")
    assert holds_sum("按照最低工资标准的百分之七十按月发放") and holds_sum("每月300元")
    assert not holds_sum("领取期限为三个月至六个月")


@pytest.mark.parametrize(
    ("before", "turn", "alone"),
    [
        ("浙江福利院要停业该怎么办", "山东停业提前几天呢", "山东福利院停业提前几天"),
        ("浙江的医院停业怎么办", "山东医院停业提前几天", "山东医院停业提前几天"),
        ("浙江福利院要停业该怎么办", "山东结婚要几岁", "山东结婚要几岁"),
    ],
)
def test_what_a_turn_on_another_place_leaves_out(before: str, turn: str, alone: str) -> None:
    told = "第八条 应当在停业六十日前提出。[1]"
    assert standalone_question(turn, [(before, told)]) == alone


@pytest.mark.parametrize(
    ("asked", "said", "speaks"),
    [
        ("资格证怎么报名考试", "申领补贴应当提供资格证书", False),
        ("志愿者在哪里报名", "志愿者可以自行注册", True),
        ("报名领养孩子要满多少岁", "收养人应当年满三十周岁", True),
    ],
)
def test_how_to_enter_is_told_by_what_speaks_of_it(asked: str, said: str, speaks: bool) -> None:
    assert speaks_of_entry(asked, said) is speaks
