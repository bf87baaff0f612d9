from __future__ import annotations

import pytest

from assistant.figure_choice import best_figure, with_qualifier
from knowledge.figures import find_figures
from tests.assistant.scoring import scored
from tests.policies import policy

REPORT = policy(
    "d",
    "今年选派社工30名，服务8个县。自2019年以来累计选派社工465名，惠及群众超过12万人次。\n"
    "项目累计投入资金930万元，其中今年投入100万元。每名社工每月补贴2000元。\n"
    "培训志愿者1200人，孵化志愿服务组织45个。持证社工占比达到68%。\n",
)


def chosen(question: str, text: str = "") -> str | None:
    parsed, needs, statements = scored(question, policy("e", text) if text else REPORT)
    found = best_figure(parsed, needs, statements)
    return with_qualifier(found[1], found[0].text) if found else None


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("累计选派了多少名社工", "465名"),
        ("今年选派了多少名社工", "30名"),
        ("选派了多少名社工", "30名"),
        ("服务了几个县", "8个"),
        ("累计投入多少资金", "930万元"),
        ("今年投入多少钱", "100万元"),
        ("社工每月补贴多少钱", "2000元"),
        ("社工每月补贴多少元", "2000元"),
        ("培训了多少志愿者", "1200人"),
        ("孵化了多少个志愿服务组织", "45个"),
        ("持证社工占比是多少", "68%"),
        ("持证社工占几成", "68%"),
        ("惠及多少群众", "超过12万人次"),
    ],
)
def test_of_many_figures_the_one_that_was_asked_for(question: str, figure: str) -> None:
    assert chosen(question) == figure


@pytest.mark.parametrize(
    "question",
    [
        "派出了多少名医生",
        "建成了多少所学校",
        "每天补贴多少钱",
        "持证社工有多少名",
        "选派了多少名专职社工",
    ],
)
def test_a_figure_of_something_else_is_no_answer(question: str) -> None:
    assert chosen(question) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("配备不少于3名社工", "不少于3名"),
        ("配备3名以上社工", "3名以上"),
        ("试用期不得超过6个月", "不得超过6个月"),
        ("比例不得低于8%", "不得低于8%"),
        ("投入近90万元", "近90万元"),
        ("投入90万元", "90万元"),
        ("不得一次性收取超过二十年的费用", "二十年"),
        ("完全不能自理的老年人超过40万人", "超过40万人"),
    ],
)
def test_a_bound_belongs_to_its_figure(text: str, shown: str) -> None:
    assert with_qualifier(find_figures(text)[0], text) == shown


GROWTH = policy("g", "持证社工有8.82万人，近3年增长172.2%。\n全市社工超13万人。\n")


@pytest.mark.parametrize("question", ["持证社工占比多少", "社工比去年多了多少"])
def test_a_growth_is_no_share_and_a_number_is_no_growth(question: str) -> None:
    parsed, needs, statements = scored(question, GROWTH)
    found = best_figure(parsed, needs, statements)
    assert found is None or found[1].text not in ("172.2%", "13万人", "超13万人")


def test_a_growth_is_found_where_it_is_asked_for() -> None:
    parsed, needs, statements = scored("持证社工增长了多少", GROWTH)
    found = best_figure(parsed, needs, statements)
    assert found is not None and found[1].text == "172.2%"


def test_the_number_of_all_is_not_that_of_one_group_among_them() -> None:
    text = "全省有超13万人从事社工服务，涉及老年、儿童、社区矫正等方面。"
    assert chosen("老年领域有多少人从事社工服务", text) is None
    assert chosen("全省有多少人从事社工服务", text) == "超13万人"


def test_the_number_of_those_who_do_is_not_of_those_who_do_not() -> None:
    text = "持证的社工有800人。"
    assert chosen("没持证的社工有多少", text) is None
    assert chosen("持证的社工有多少", text) == "800人"


def test_what_is_counted_ends_before_what_is_done_with_it() -> None:
    text = "全省在10个领域发展社工，已有38人获评。"
    assert chosen("全省在几个领域发展社工", text) == "10个"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("最长能领多少个月的补贴", "生活费补贴每人每年只享受一次。"),
        ("作坊的面积最少要多大", "作坊要按照“五位一体”总体布局建设，面积另行规定。"),
        ("申请贷款要几个保证人", "用人超过100人的作坊可以申请贷款。"),
    ],
)
def test_a_figure_in_another_unit_is_no_answer(question: str, text: str) -> None:
    assert chosen(question, text) is None


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("收到十人以上的业主联名提出成立业主委员会的申请", None),
        ("业主委员会由七人组成", "七人"),
    ],
)
def test_whom_a_body_consists_of_is_told_by_its_members_alone(
    text: str, figure: str | None
) -> None:
    assert chosen("业主委员会几个人组成", f"{text}。") == figure


def test_which_firms_are_meant_is_no_number_of_those_to_be_hired() -> None:
    text = "招用残疾人达到职工的25%（超过100人的企业达到15%）的，可以申请。"
    assert chosen("要招用多少人", text) is None
    assert chosen("超过多少人的企业达到15%", text) == "超过100人"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("一批几个人", "培养了两批人才，合计38人。"),
        ("女的占几成", "聚焦10个领域，持证社工8万人。"),
    ],
)
def test_a_total_is_no_part_and_a_number_no_share(question: str, text: str) -> None:
    assert chosen(question, text) is None


def test_sites_are_no_shares() -> None:
    assert chosen("在几个点搞试点", "在全省选出50个点做试点。") == "50个"


def test_the_seats_of_a_committee_are_no_rate() -> None:
    assert chosen("公积金交几个点", "公积金委员会中，工会代表占1/3，公积金由单位缴存。") is None


def test_how_often_is_no_number_of_things() -> None:
    assert chosen("一个单位能开几个账号", "单位的账号一次认证、全网通用。") is None
