"""The paragraph that leads all others in meaning, and the figures of a rule beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.asked_bound import acts_within, bounds_other_way, is_done_within
from assistant.asked_payer import is_paid_in
from assistant.asked_units import asked_units
from assistant.conversation import standalone_question
from assistant.rule_blocks import Block
from assistant.rule_leader import leader
from knowledge.figures import find_figures
from knowledge.regions import with_city_names
from tests.assistant.test_rule_paragraph import block


def near(text: str, similarity: float, region: str = "全国") -> Block:
    own = replace(block(text), similarity=similarity)
    return replace(own, document=replace(own.document, id=text, region=region))


def test_the_paragraph_far_ahead_leads() -> None:
    first, second = near("甲应当登记。", 0.93), near("乙可以申请补贴。", 0.91)
    assert leader([second, first], (), frozenset()) is first


def test_of_two_about_as_near_none_leads() -> None:
    assert (
        leader([near("甲应当登记。", 0.93), near("乙可以申请补贴。", 0.928)], (), frozenset())
        is None
    )


def test_what_is_not_near_leads_nothing() -> None:
    assert leader([near("甲应当登记。", 0.85)], (), frozenset()) is None


def test_asked_of_no_place_a_local_rule_does_not_lead() -> None:
    local, national = near("甲应当登记。", 0.93, "山东"), near("乙可以申请补贴。", 0.89)
    assert leader([local, national], (), frozenset()) is None
    assert leader([local, national], ("山东",), frozenset()) is local


@pytest.mark.parametrize(
    ("asked", "text", "value", "other_way"),
    [
        ("缴存比例上限是多少", "缴存比例不得低于月平均工资的5%", "5%", True),
        ("投票期限最多多少日", "投票期限不少于五日且不超过六十日", "六十日", False),
        ("最多能给多少", "给予每人当地最低生活保障标准六倍的救助", "六倍", False),
    ],
)
def test_a_bound_the_other_way_is_no_answer(
    asked: str, text: str, value: str, other_way: bool
) -> None:
    figure = next(f for f in find_figures(text) if f.text == value)
    assert bounds_other_way(asked, figure, text) is other_way


def test_how_long_it_takes_is_the_time_of_the_decision() -> None:
    asked = acts_within("低保多久能批")
    decided = "应当自受理之日起六十日内作出准予登记的决定。"
    shown = "公示七日后报县级人民政府审批。"
    assert is_done_within(asked, find_figures(decided)[0], decided)
    assert not is_done_within(asked, find_figures(shown)[0], shown)


def test_what_one_gets_is_not_what_is_paid_in() -> None:
    assert is_paid_in("失业金标准是多少", "单位按照工资总额的2%缴纳失业保险费")
    assert not is_paid_in("单位缴纳多少失业保险费", "单位按照工资总额的2%缴纳失业保险费")
    assert not is_paid_in("领导干部多少人", "处五万元以下罚款")


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("要配建多大面积的养老设施", "平方米"),
        ("多大年纪可以免费坐公交", "岁"),
        ("多久开一次", "次"),
        ("多少人同意才能开会", "%"),
        ("褒扬金是多少", "倍"),
    ],
)
def test_the_unit_that_is_asked_for(asked: str, unit: str) -> None:
    assert unit in asked_units(asked)


def test_a_city_with_the_name_of_a_word_is_known_where_its_rules_are_held() -> None:
    assert with_city_names("德州养老机构", ["山东德州市"]) == "德州市养老机构"
    assert with_city_names("德州养老机构", ["山东济南市"]) == "德州养老机构"
    assert with_city_names("美国德州的法律", ["山东德州市"]) == "美国德州的法律"


@pytest.mark.parametrize(
    ("turns", "said", "alone"),
    [
        (["天津理工大学有医务社工吗"], "那广西有吗", "广西有医务社工吗"),
        (["四川的中小学有社工吗"], "广西呢", "广西的中小学有社工吗"),
        (["四川招大学生当社工吗"], "广西呢", "广西招大学生当社工吗"),
        (["郑州遗体火化期限几天"], "上海呢", "上海遗体火化期限几天"),
        (["未成年人犯罪怎么处罚"], "成年人呢", "成年人犯罪怎么处罚"),
        (["军人因公牺牲一次性抚恤金多少"], "那病故的呢", "军人病故一次性抚恤金多少"),
        (["女职工产假多少天"], "流产呢", "女职工产假流产多少天"),
        (["山东养老院要停业"], "要提前多久报告", "山东养老院要提前多久报告"),
        (
            ["宁夏孵化了多少机构"],
            "和志愿组织加起来呢",
            "宁夏孵化了多少机构；宁夏孵化了多少志愿组织；两者加起来是多少",
        ),
    ],
)
def test_a_follow_up_keeps_what_it_is_on(turns: list[str], said: str, alone: str) -> None:
    assert standalone_question(said, [(turn, "答。[1]") for turn in turns]) == alone
