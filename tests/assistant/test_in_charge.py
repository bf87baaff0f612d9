"""Who is in charge stands in brackets behind what is to be done; and turns on another thing of a kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import standalone_question
from assistant.numbered_point import point_of
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.conftest import real_assistant

BAKERIES = """# 关于扶持糕点作坊的若干措施
糕办发〔2023〕5号
各街道：
一、提升品质
（一）开展陈皮酥品质检测，摸清各作坊用料。推广低糖配方，每年抽检不少于三次。（区市场监管局、区卫生健康局负责）
（二）给新开的糕点作坊发放烤炉补贴。（负责部门：区财政局，适用范围：老城片区）
（四）开展新作坊培训，培训费用由作坊自己承担。（区商务局负责）
（三）组织糕点师傅进校园讲课。（各有关部门按职责分工负责）
二、议事
（一）作坊全体会议每半年召开一次。作坊理事会议每月召开两次，由会长召集。
（二）区商务局负责核实补贴名单，区文化馆负责拍摄老手艺，区消防大队负责检查烤炉。
（三）补贴审核时间一般不少于5个工作日，最长不超过12个工作日。
（四）一次借用面粉在300公斤以下的，由街道直接批准。
"""


@pytest.fixture(scope="module")
def bakeries(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("notices")
    (inputs / "bakeries.md").write_text(BAKERIES, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("陈皮酥品质检测由哪些部门负责", "**区市场监管局、区卫生健康局负责**"),
        ("推广低糖配方归谁管", "**区市场监管局、区卫生健康局负责**"),
        ("烤炉补贴是哪个部门负责", "**区财政局**"),
    ],
)
def test_the_brackets_say_who_is_in_charge(
    bakeries: PolicyAssistant, question: str, named: str
) -> None:
    assert bakeries.answer(Question(question)).text.startswith(named)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("老手艺拍摄主管部门是否提供设备", "区文化馆"),
        ("烤炉补贴由谁出钱", "烤炉补贴"),
        ("新作坊培训费用由谁承担", "由作坊自己承担"),
    ],
)
def test_brackets_do_not_say_who_pays(bakeries: PolicyAssistant, question: str, words: str) -> None:
    told = bakeries.answer(Question(question))
    assert "负责**" not in told.text
    assert words in told.text or told.status == "no_evidence"


@pytest.mark.model
def test_brackets_that_name_nobody_are_not_put_first(bakeries: PolicyAssistant) -> None:
    told = bakeries.answer(Question("糕点师傅进校园讲课由哪个部门负责"))
    assert not told.text.startswith("**")
    assert "进校园讲课" in told.text


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("作坊全体会议多久开一次", "**每半年召开一次**"),
        ("作坊理事会议多长时间开一次", "**每月召开两次**"),
        ("补贴审核最长要几个工作日", "**不超过12个工作日**"),
        ("借用面粉多少以下街道可以直接批准", "**300公斤以下**"),
    ],
)
def test_a_figure_bounds_or_returns_as_it_is_asked_for(
    bakeries: PolicyAssistant, question: str, value: str
) -> None:
    assert bakeries.answer(Question(question)).text.startswith(value)


@pytest.mark.parametrize(
    ("turns", "question", "alone"),
    [
        (["粮站里区商务局负责什么"], "那区文化馆呢", "粮站里区文化馆负责什么"),
        (["粮站里区商务局负责什么", "那区文化馆呢"], "消防的呢", "粮站里消防负责什么"),
        (["作坊全体会议多久开一次"], "理事会议呢", "作坊理事会议多久开一次"),
        (["园区怎么促进跨境电商"], "那汽车保税存储呢", "园区怎么促进汽车保税存储"),
        (["园区怎么促进跨境电商"], "汽车保税存储那块呢", "园区怎么促进汽车保税存储"),
    ],
)
def test_another_thing_of_the_kind_takes_the_place_of_the_first(
    turns: list[str], question: str, alone: str
) -> None:
    history = [(turn, "区商务局负责核实补贴名单。[1]") for turn in turns]
    assert standalone_question(question, history) == alone


@pytest.mark.parametrize(
    ("before", "turn"),
    [
        ("怎么制止家庭暴力", "社区呢"),
        ("怎么保障老年人权益", "子女呢"),
        ("怎么推进就业", "残疾人呢"),
        ("怎么终止劳动合同", "孕期呢"),
    ],
)
def test_who_acts_and_when_is_not_what_is_done(before: str, turn: str) -> None:
    alone = standalone_question(turn, [(before, "应当依法处理。[1]")])
    assert alone != f"{before[:4]}{turn[:-1]}"


def test_no_name_is_cut_apart() -> None:
    told = "成员：公安部、农业部、农业发展银行。[1]"
    alone = standalone_question("公安呢", [("预案里农业发展银行负责什么", told)])
    assert alone == "预案里公安负责什么"


@pytest.mark.model
def test_a_year_that_calls_the_document_is_none_that_is_asked_about(
    bakeries: PolicyAssistant,
) -> None:
    told = bakeries.answer(Question("作坊理事会议一个月开几回"))
    assert told.text.startswith("**每月召开两次**")


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("《关于扶持糕点作坊的若干措施》第二条说的是什么", "二、议事"),
        ("糕办发〔2023〕5号第一条说的是什么", "一、提升品质"),
        ("扶持糕点作坊的措施第二条是什么", "二、议事"),
    ],
)
def test_a_point_of_a_notice_is_found_by_its_number(
    bakeries: PolicyAssistant, question: str, quote: str
) -> None:
    told = bakeries.answer(Question(question))
    assert told.status == "answered"
    assert quote in told.text
    assert "原文不分条" in told.text
    assert bakeries.answer(Question(question.replace("二", "九").replace("一", "九"))).status == (
        "no_evidence"
    )


@pytest.mark.model
def test_an_article_put_in_between_is_no_point(bakeries: PolicyAssistant) -> None:
    told = bakeries.answer(Question("《关于扶持糕点作坊的若干措施》第一条之二是什么"))
    assert told.status == "no_evidence"


def test_the_numbers_that_count_furthest_are_the_points() -> None:
    text = "通知\n一、甲\n（一）子\n（二）丑\n二、乙\n（三）寅\n（四）卯\n"
    found = point_of(text, 3)
    assert found is not None
    assert (found.mark, text[found.start : found.end].strip()) == ("（三）", "（三）寅")
    assert point_of(text, 5) is None
    begun_anew = point_of("一、甲\n（一）子\n二、乙\n（一）丑\n（二）寅\n", 2)
    assert begun_anew is not None
    assert begun_anew.mark == "二、"
