"""Rules that share hardly a word with the question, or answer it in another article."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.asked_before import article_asked_for
from assistant.asked_bound import acts_within, is_done_within
from assistant.clause_figures import figures_in
from assistant.cross_reference import deed_of
from assistant.free_of_charge import says_free, whether_free
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from assistant.rule_blocks import Piece
from knowledge.everyday_questions import Asked
from knowledge.figures import find_figures
from tests.assistant.conftest import real_assistant

FUNERALS = """---
title: 殡葬管理条例
region: 全国
---
第二十条 应当火化而私自掩埋的，由民政部门要求限期改正。
第二十二条 制造不合规定的设备的，由民政部门没收设备。
第二十三条 殡仪人员借工作向丧属索要财物的，由民政部门要求退还。
"""
AUDITS = """---
title: 集市收费管理条例
region: 全国
---
第二条 集市管理人应当每年对收费情况进行审计。
第三条 清洁费按照每个摊位每月六元收取。
第四条 经营者对下列决定不服提起申诉的，区商务部门应当受理：
（一）停业的决定；
（二）罚款的决定。
第五条 经营者对下列事项提起申诉的，区商务部门不予受理：
（一）摊位的分配；
（二）休市的日期。
"""
STEPS = """---
title: 学徒津贴条例
region: 全国
---
第七条 学徒累计学习满一年不足三年的，领取津贴的期限最长为四个月；累计学习满三年不足六年的，领取津贴的期限最长为八个月；累计学习六年以上的，领取津贴的期限最长为十五个月。
第八条 学徒再次学习的，领取津贴的期限合并计算，最长不超过十五个月。
"""
STALLS = """---
title: 夜市摊位管理条例
region: 全国
---
第三条 摊主办理登记，不收取任何费用。
第十八条 夜市摊位不得占用盲道。
第十九条 夜市摊位不得使用明火。
第二十条 街道办事处应当自收到登记申请之日起十日内作出决定。摊主不服的，可以自收到决定之日起十五日内向区民政部门申请复核。
第四十条 违反本条例第十八条规定的，由街道办事处处一百元罚款。
第四十一条 违反本条例第十九条规定的，由街道办事处处八百元罚款。
"""


@pytest.fixture(scope="module")
def rules(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("statutes")
    (inputs / "funerals.md").write_text(FUNERALS, "utf-8")
    (inputs / "audits.md").write_text(AUDITS, "utf-8")
    (inputs / "steps.md").write_text(STEPS, "utf-8")
    (inputs / "stalls.md").write_text(STALLS, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("rules"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("火葬场的人伸手要红包怎么处理", "索要财物"),
        ("摊位占了盲道，罚多少", "一百元"),
        ("夜市摊主登记要交多少钱", "不收取任何费用"),
        ("对登记决定不服，几天内可以申请复核", "**十五日**"),
        ("街道办事处几天内要作出登记决定", "**十日**"),
        ("学徒学了4年，能领多久津贴", "**八个月**"),
        ("学徒累计学习满三年不足六年的能领几个月津贴", "**八个月**"),
        ("学徒学了十年津贴能领几个月", "**十五个月**"),
        ("学徒学习不到三年津贴能领多久", "第七条"),
        ("集市管理人多久要审计一次", "**每年**"),
        ("集市的清洁费一个月几块", "**六元**"),
        ("哪些申诉商务部门不予受理", "摊位的分配"),
    ],
)
def test_the_rule_is_found(rules: PolicyAssistant, question: str, first: str) -> None:
    answer = rules.answer(Question(question))
    assert answer.status == "answered"
    assert first in answer.text.split("\n\n")[0], answer.text


@pytest.mark.model
def test_a_sanction_comes_with_the_rule_that_was_broken(rules: PolicyAssistant) -> None:
    answer = rules.answer(Question("摊位占了盲道，罚多少"))
    assert "不得占用盲道" in answer.text and "八百元" not in answer.text


def asked(*cosines: float) -> list[tuple[Asked, float]]:
    return [(Asked("甲法", f"第{n}条", ("问",)), cosine) for n, cosine in enumerate(cosines, 1)]


@pytest.mark.parametrize(
    ("cosines", "found"),
    [((0.86, 0.84), True), ((0.86, 0.857), False), ((0.81, 0.75), True), ((0.79, 0.6), False)],
)
def test_an_article_has_to_stand_out(cosines: tuple[float, ...], found: bool) -> None:
    assert (article_asked_for(asked(*cosines)) is not None) is found


def test_two_lines_on_one_article_do_not_rival() -> None:
    twice = [(Asked("甲法", "第1条", ("问",)), 0.86), (Asked("甲法", "第1条", ("又问",)), 0.859)]
    assert article_asked_for(twice) is not None


@pytest.mark.parametrize(
    ("question", "deed"),
    [
        ("怀孕八个月还要我上夜班，公司这样要罚多少？", "怀孕八个月还要我上夜班"),
        ("网吧让未成年人进去会怎么处罚", "网吧让未成年人进去"),
        ("办登记要几天", ""),
        ("罚多少", ""),
    ],
)
def test_what_was_done(question: str, deed: str) -> None:
    assert deed_of(question) == deed


@pytest.mark.parametrize(
    ("question", "text", "days", "done"),
    [
        ("几天内可以申请复核", "可以自收到决定之日起十五日内申请复核。", "十五日", True),
        ("几天内可以申请复核", "应当自收到复核申请之日起三十日内作出复核决定。", "三十日", False),
        ("多少天内向谁提异议", "应当在收到异议之日起五个工作日内审查。", "五个工作日", False),
        ("法院几天内要作出", "应当在七十二小时内作出裁定。", "七十二小时", True),
        ("法院几天内要作出", "可以自裁定生效之日起五日内申请复议。", "五日", False),
    ],
)
def test_who_applies_and_who_decides_have_days_of_their_own(
    question: str, text: str, days: str, done: bool
) -> None:
    figure = next(f for f in find_figures(text) if f.text == days)
    assert is_done_within(acts_within(question), figure, text) is done


def test_more_than_half_is_a_figure_of_who_has_to_come() -> None:
    text = "有过半数村民参加的，会议有效；委员会由三至七人组成。"
    found = [figure.text for figure, _, _ in figures_in(Piece(0, text), frozenset({"人", "%"}))]
    assert found == ["过半数"]


def test_what_is_free() -> None:
    assert whether_free("登记要交多少钱") == "登记要收费吗"
    assert not whether_free("登记要几天")
    assert says_free("登记不收取任何费用", ["登记"]) and says_free("免收登记费", ["登记"])
    assert not says_free("收取登记费", ["登记"])
    assert not says_free("登记应当缴费。咨询免费。", ["登记"])


@pytest.mark.model
def test_the_amount_of_one_due_is_none_of_another(rules: PolicyAssistant) -> None:
    assert "六元" not in rules.answer(Question("集市的停车费每月多少元")).text
