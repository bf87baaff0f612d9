"""Turns that go on with a rule are answered from it, though other rules say the like."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.bare_asks import in_words_of_rules
from assistant.in_focus import RulesInFocus
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from knowledge.documents import Passage, ScoredPassage
from tests.assistant.conftest import real_assistant

PERMITS = """---
title: 摊位证管理条例
region: 全国
---
第一条 为了规范摊位证的管理，制定本条例。
第二条 区城市管理部门是摊位证管理的主管部门，负责发放摊位证。
第三条 申领摊位证，应当提交身份证明和经营场所证明。
第四条 区城市管理部门应当自受理申请之日起九日内审查并作出决定。
第五条 摊位证损坏或者丢失的，摊主应当到区城市管理部门补领。
第六条 首次申领摊位证，免收工本费；补领摊位证，收取工本费。
第七条 摊位证可以由成年子女代为申领，代领人应当出示委托书。
第八条 摊主不得出租摊位证。
第九条 申请人对决定不服的，可以自收到决定之日起五日内申请复核。
第十条 违反本条例第八条规定的，由区城市管理部门处七十元罚款。
"""
LIBRARIES = """---
title: 图书馆借阅证管理办法
region: 全国
---
第一条 为了规范借阅证的管理，制定本办法。
第二条 借阅证丢失的，读者应当向图书馆挂失，缴纳补办费十元。
第三条 借阅证可以由家人代办，代办人应当出示双方的身份证。
第四条 图书馆应当自收到申请之日起二日内办理借阅证。
"""
FIRST = "申领摊位证要交什么材料"


@pytest.fixture(scope="module")
def assistant(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("permits")
    (inputs / "permits.md").write_text(PERMITS, "utf-8")
    (inputs / "libraries.md").write_text(LIBRARIES, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("focus"), inputs)


def told(assistant: PolicyAssistant, *turns: str) -> str:
    history: list[tuple[str, str]] = []
    text = ""
    for turn in turns:
        text = assistant.answer(Question(turn, history=tuple(history))).text
        history.append((turn, text))
    return text


@pytest.mark.model
@pytest.mark.parametrize(
    ("turn", "words"),
    [
        ("弄丢了怎么补领", "第五条"),
        ("能让子女代领吗", "第七条"),
        ("谁管？", "第二条"),
        ("要钱吗", "第六条"),
        ("多久批下来", "九日"),
        ("第七条说的是什么", "委托书"),
        ("不服怎么办", "第九条"),
        ("能出租吗", "不得出租"),
    ],
)
def test_a_turn_stays_with_the_rule_of_the_one_before(
    assistant: PolicyAssistant, turn: str, words: str
) -> None:
    assert words in told(assistant, FIRST, turn)


@pytest.mark.model
def test_the_fine_is_that_of_the_rule_before(assistant: PolicyAssistant) -> None:
    assert "七十元" in told(assistant, FIRST, "摊位证可以出租吗", "违反了罚多少")


@pytest.mark.model
def test_a_kind_that_no_rule_speaks_of_is_declined(assistant: PolicyAssistant) -> None:
    first = "图书馆借阅证丢失了怎么办"
    history = ((first, told(assistant, first)),)
    assert assistant.answer(Question("不服怎么办", history=history)).status == "no_evidence"


@pytest.mark.model
def test_another_subject_leaves_the_rule(assistant: PolicyAssistant) -> None:
    text = told(assistant, FIRST, "图书馆的借阅证丢了要交多少补办费")
    assert "十元" in text


@pytest.mark.model
def test_what_no_rule_says_is_still_declined(assistant: PolicyAssistant) -> None:
    answer = assistant.answer(
        Question("彩票中奖要交多少税", history=((FIRST, told(assistant, FIRST)),))
    )
    assert answer.status == "no_evidence"


@pytest.mark.parametrize(
    ("turn", "is_bare"),
    [("谁管？", True), ("要交哪些材料", True), ("不服呢", True), ("谁管理公积金", False)],
)
def test_bare_asks(turn: str, is_bare: bool) -> None:
    assert bool(in_words_of_rules(turn)) is is_bare


@pytest.mark.model
def test_what_an_answer_stands_on_is_the_paragraph_that_it_quotes(
    assistant: PolicyAssistant,
) -> None:
    text = told(assistant, FIRST, "多久批下来", "依据哪一条")
    assert "摊位证管理条例" in text and "第四条" in text


@pytest.mark.model
def test_a_source_is_not_narrowed_where_the_answer_quotes_more(assistant: PolicyAssistant) -> None:
    first = "申领摊位证要交什么材料"
    asked = (first, told(assistant, first))
    answer = assistant.answer(Question("出自哪个文件", history=(asked,)))
    assert "第三条" in answer.text and "《摊位证管理条例》" in answer.text


@pytest.mark.model
def test_a_turn_is_answered_from_the_place_chosen_alone(assistant: PolicyAssistant) -> None:
    history = ((FIRST, told(assistant, FIRST)),)
    answer = assistant.answer(Question("弄丢了怎么补领", history=history, region="北京"))
    assert all(citation.region in ("全国", "北京") for citation in answer.citations)


@pytest.mark.model
def test_the_law_in_focus_does_not_answer_of_a_time_before_it(assistant: PolicyAssistant) -> None:
    history = ((FIRST, told(assistant, FIRST)),)
    answer = assistant.answer(Question("弄丢了怎么补领", history=history, as_of=date(1995, 1, 1)))
    alone = assistant.answer(Question("摊位证弄丢了怎么补领", as_of=date(1995, 1, 1)))
    assert answer.status == alone.status


@pytest.mark.model
def test_after_a_question_without_answer_a_turn_is_still_put_to_the_law_asked_about(
    assistant: PolicyAssistant,
) -> None:
    history = (("摊位证能贷款吗", "资料库里没有找到能回答这个问题的内容。"),)
    answer = assistant.answer(Question("那摊位证丢了去哪儿补领", history=history))
    assert "第五条" in answer.text


@pytest.mark.model
def test_a_turn_of_two_things_is_answered_part_by_part(assistant: PolicyAssistant) -> None:
    text = told(assistant, FIRST, "能让子女代领吗？补领摊位证要收费吗？")
    assert "第七条" in text and "第六条" in text


@pytest.mark.model
def test_whether_there_is_more_is_not_answered_with_the_same_alone(
    assistant: PolicyAssistant,
) -> None:
    text = told(assistant, FIRST, "还有吗")
    assert text.startswith("没有找到其他相关的内容") and "第三条" in text


def test_of_two_rules_in_the_same_words_that_of_the_place_is_in_focus() -> None:
    text = "墓穴的使用周期最长为二十年，期满后可以续租。"
    held = [
        ScoredPassage(
            Passage("p", name, text, heading_path=(), start_char=0, end_char=22, article="第一条"),
            1.0,
            1,
            "dense",
        )
        for name in ("河南", "北京", "全国")
    ]
    focus = RulesInFocus(lambda _: held, lambda document: document)
    assert focus.documents([f"{text}[1]"], ("北京",)) == ("北京",)
    assert focus.documents([f"{text}[1]"], ()) == ("全国",)
    assert focus.documents([f"{text}[1]（河南）"], ()) == ("河南",)
