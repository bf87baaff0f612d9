"""Questions that ask past what a text says: what it leaves out, lists, names or once was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.excluded_places import is_excluded, without_excluded
from assistant.membership import membership
from assistant.pipeline import PolicyAssistant
from assistant.rephrased import rephrased
from assistant.request import Question
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

OLD = """第一条 本条例自2012年3月1日起施行。
第二条 擅自转让摊位的，由街道办事处处二百元罚款。
第三条 摊主应当在七日内办理登记。
"""
NEW = """第一条 本条例自2022年3月1日起施行。
第二条 擅自转让摊位的，由街道办事处处九百元罚款。
第三条 摊主应当在七日内办理登记。
"""


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "held", "status"),
    [
        ("宁夏有多少个县区以前去过社工", "**21个**", "answered"),
        ("天津基地在哪", "地点在天津理工大学", "answered"),
        ("930万是什么", "累计投入资金930万元", "answered"),
        ("政产学研用在哪份文件里", "政产学研用", "answered"),
        ("广西那个医院社工方案是民政厅发的吧", "卫生健康委", "answered"),
        ("四个省市各自的发文单位", "天津理工大学", "answered"),
        ("四川十大领域里有没有司法社工", "没有列出所问的“司法”", "answered"),
        ("四川十大领域里有没有禁毒", "列有所问的“禁毒”", "answered"),
        ("四川13个部门都有哪些", "没有给出完整名单", "partial"),
        ("不要四川,其他省有没有讲医患关系的", "广西", "answered"),
        ("儿童领域不包括哪些服务", "没有写明不包括什么", "no_evidence"),
        ("浙江有类似广西的医院社工方案吗", "没有适用于浙江的政策", "no_evidence"),
    ],
)
def test_it_is_told_as_asked(
    policies: PolicyAssistant, question: str, held: str, status: str
) -> None:
    answer = policies.answer(Question(question))
    assert (answer.status, held in answer.text) == (status, True), answer.text


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "四川三年前持证社工大概有多少",
        "四川每批高层次人才多少人",
        "广西二级以下医院什么时候全覆盖",
        "什么是个案工作",
        "四川省委社会工作部负责人叫什么名字",
        "河北参与了天津基地吗",
    ],
)
def test_what_the_text_does_not_say_is_declined(policies: PolicyAssistant, question: str) -> None:
    assert policies.answer(Question(question)).status == "no_evidence"


@pytest.mark.parametrize(
    ("text", "rest", "places"),
    [
        ("除了四川和广西，其他省有没有医务社工", "其他省有没有医务社工", ("四川", "广西")),
        ("除四川外，其他省的经费", "其他省的经费", ("四川",)),
        # The work is left out, not the place.
        ("除了四川医务社工，其他领域有哪些", "除了四川医务社工，其他领域有哪些", ()),
        ("免除四川其他地方的费用吗", "免除四川其他地方的费用吗", ()),
    ],
)
def test_only_places_are_left_out(text: str, rest: str, places: tuple[str, ...]) -> None:
    assert without_excluded(text) == (rest, places)


def test_the_cities_of_a_place_are_left_out_with_it() -> None:
    assert is_excluded("浙江舟山市", ("浙江",)) and not is_excluded("江苏", ("浙江",))


@pytest.mark.parametrize(
    "question", ["三个坚持是不是二十大提出来的", "十大领域是否公布了", "三个部门同意吗"]
)
def test_not_every_question_on_a_number_of_things_is_on_a_member(question: str) -> None:
    assert membership(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "有没有和残疾人有关的规定",
        "职工有和单位协商的权利吗",
        "申请工伤认定需要提供哪份材料",
        "工伤认定什么时候可以申请",
        "其他省有没有讲社区矫正",
    ],
)
def test_what_is_asked_plainly_is_left_as_it_is(question: str) -> None:
    assert rephrased(question) == question


@pytest.fixture(scope="module")
def stalls(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    home: Path = tmp_path_factory.mktemp("stalls")
    title = {"title": "摊位管理条例", "region": "全国"}
    return library(
        home,
        policy("摊位", OLD, effective_from=date(2012, 3, 1), **title),
        policy("摊位", NEW, effective_from=date(2022, 3, 1), **title),
    )


def test_two_versions_are_put_side_by_side(stalls: PolicyAssistant) -> None:
    answer = stalls.answer(Question("摊位管理条例新旧版本对擅自转让摊位的罚款有什么不同"))
    older, _, newer = answer.text.partition("较新的版本")
    assert answer.status == "answered"
    assert "二百元" in older and "九百元" not in older
    assert "九百元" in newer and "二百元" not in newer


@pytest.mark.parametrize("aspect", ["无人机", "工伤登记"])
def test_versions_are_not_compared_on_what_they_do_not_rule(
    stalls: PolicyAssistant, aspect: str
) -> None:
    answer = stalls.answer(Question(f"摊位管理条例新旧版本在{aspect}方面有什么不同"))
    assert answer.status == "no_evidence"


def test_whether_a_rule_still_holds_is_told_and_not_decided(stalls: PolicyAssistant) -> None:
    answer = stalls.answer(Question("摊位管理条例还有效吗"))
    assert "2022年3月1日" in answer.text and "请向发布机关核实" in answer.text


def test_what_a_rule_says_of_an_agreement_is_not_its_own_force(stalls: PolicyAssistant) -> None:
    answer = stalls.answer(Question("摊位管理条例规定口头转让摊位是否有效"))
    assert "请向发布机关核实" not in answer.text
