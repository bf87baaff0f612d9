"""Rosters are read line by line: who has what role, who is sent by whom, how many they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from knowledge.rosters import rosters
from tests.assistant.conftest import real_assistant

LANTERNS = """# 关于调整青鸢县灯会工作领导小组组成人员的通知
青鸢办〔2024〕8号
因工作变动，县人民政府决定对灯会工作领导小组组成人员作如下调整：
组　长：霍　青　　副县长
副组长：苗大田　　县文旅局局长
　　　　辛　禾　　县委宣传部副部长
成　员：司马雨　　县财政局副局长
　　　　白小鹿　　县卫生健康局四级调研员
　　　　时　岚　　县残联理事长
领导小组办公室设在县文旅局。
"""
CAKES = """# 糕点大赛评审结果公示
## 一、评审组名单
组长：柳一舟（县市场监管局副局长）
成员：
- 葛小满（白沙糕点协会秘书长，一级技师）
- 冯谷雨（县教育局职教股股长）
监督员：谷平（县纪委干部）
"""


def test_lines_with_roles_and_names_are_a_roster() -> None:
    (roster,) = rosters(LANTERNS)
    assert [(m.role, m.name) for m in roster] == [
        ("组长", "霍青"),
        ("副组长", "苗大田"),
        ("副组长", "辛禾"),
        ("成员", "司马雨"),
        ("成员", "白小鹿"),
        ("成员", "时岚"),
    ]
    assert all(LANTERNS[m.start : m.end] == m.text for m in roster)
    assert [m.role for m in rosters(CAKES)[0]] == ["组长", "成员", "成员", "监督员"]


def test_sentences_and_contacts_are_no_roster() -> None:
    assert rosters("负责人：由局长担任。\n成员单位应当配合。\n联系人：王女士\n电话：略") == []
    assert rosters("一、目标\n到2027年 全面覆盖\n二、任务\n主任应当每年述职。") == []


@pytest.fixture(scope="module")
def library(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("rosters")
    (inputs / "lanterns.md").write_text(LANTERNS, "utf-8")
    (inputs / "cakes.md").write_text(CAKES, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("灯会领导小组组长是谁", "**霍青**[1]"),
        ("灯会领导小组里财政局派的谁", "**司马雨**[1]"),
        ("灯会领导小组时岚是什么职务", "**县残联理事长**[1]"),
        ("糕点大赛评审组监督员是谁", "**谷平**[1]"),
        ("糕点大赛评审组有几个人", "**4名**（计算所得）：组长1名、成员2名、监督员1名"),
        ("糕点大赛评审组里有水利局的人吗", "名单里没有“水利局”。"),
        ("糕点大赛评审组里有教育局的人吗", "**冯谷雨**[1]"),
    ],
)
def test_the_line_asked_for_is_told(library: PolicyAssistant, question: str, begins: str) -> None:
    answer = library.answer(Question(question))
    assert answer.status == "answered" and answer.text.startswith(begins), answer.text
    for citation in answer.citations:
        document = library.document(citation.document_id)
        assert document is not None
        assert document.text[citation.start_char : citation.end_char] == citation.quote


@pytest.mark.model
def test_all_of_a_role_and_nobody_else(library: PolicyAssistant) -> None:
    text = library.answer(Question("灯会领导小组副组长有哪几位")).text
    assert "苗大田" in text and "辛 禾" in " ".join(text.split())
    assert "霍" not in text and "司马雨" not in text


@pytest.mark.model
def test_a_roster_of_another_group_answers_nothing(library: PolicyAssistant) -> None:
    answer = library.answer(Question("防汛领导小组组长是谁"))
    assert "霍" not in answer.text and "柳一舟" not in answer.text


@pytest.mark.model
def test_turns_stay_with_the_roster(library: PolicyAssistant) -> None:
    history: list[tuple[str, str]] = []
    for question, words in (
        ("灯会领导小组组长是谁", "霍青"),
        ("副组长呢", "苗大田"),
        ("残联派的谁", "时岚"),
        ("一共多少人", "**6名**"),
    ):
        text = library.answer(Question(question, history=tuple(history))).text
        history.append((question, text))
        assert words in text, (question, text)
