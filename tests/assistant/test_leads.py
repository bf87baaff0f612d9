"""What is declined still shows where to read on: nearest sentences, verbatim, of the places asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.commands.ask import render
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.conftest import real_assistant

WALLS = """# 河湾市城墙管护办法
河政发〔2022〕9号
第一条 为了管护城墙，制定本办法。
第二条 墙砖的修补由市文物局组织。任何人不得擅自取下墙砖。
第三条 拆借、挪动界石的，应当在三日内复位。
第四条 守墙人的蓑衣每人每年更换一件。
"""
KITES = """# 关于办好风筝集市的通知
青鸢办〔2024〕3号
各乡镇：
一、摊位
（一）风筝摊位由乡镇抽签排定，租金全免。
（二）摊主不得在风筝上印制商业标语。
二、安全
（一）放飞场地离高压线不少于五百米。
"""


@pytest.fixture(scope="module")
def library(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("documents")
    (inputs / "walls.md").write_text(WALLS, "utf-8")
    (inputs / "kites.md").write_text(KITES, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("集市上风筝摊的租金一年几百块", "租金全免"),
        ("守墙人一年的蓑衣钱是多少元", "每人每年更换一件"),
    ],
)
def test_a_declined_question_shows_the_sentences_nearest_to_it(
    library: PolicyAssistant, question: str, words: str
) -> None:
    answer = library.answer(Question(question))

    assert answer.status == "no_evidence" and not answer.citations and not answer.claims
    assert words not in answer.text
    assert any(words in lead.quote for lead in answer.leads)
    for lead in answer.leads:
        document = library.document(lead.document_id)
        assert document is not None
        assert document.text[lead.start_char : lead.end_char] == lead.quote


@pytest.mark.model
def test_the_terminal_says_that_leads_are_no_answer(library: PolicyAssistant) -> None:
    shown = render(library.answer(Question("守墙人一年的蓑衣钱是多少元")), "zh")
    assert shown.index("不是回答") < shown.index("每人每年更换一件")


@pytest.mark.model
def test_what_is_answered_has_no_leads(library: PolicyAssistant) -> None:
    answer = library.answer(Question("墙砖的修补由谁组织"))
    assert answer.status == "answered" and answer.leads == ()


@pytest.mark.model
@pytest.mark.parametrize(
    "question", ["云南的社工每月工资多少", "红烧肉怎么做", "你好", "我不想活了", ""]
)
def test_other_places_and_other_subjects_have_no_leads(
    policies: PolicyAssistant, question: str
) -> None:
    assert policies.answer(Question(question)).leads == ()


@pytest.mark.model
def test_leads_are_of_the_place_asked_for(policies: PolicyAssistant) -> None:
    history: list[tuple[str, str]] = []
    for question, place in (("宁夏三区社工每人每月工资多少", "宁夏"), ("那四川呢", "四川")):
        answer = policies.answer(Question(question, history=tuple(history)))
        history.append((question, answer.text))
        assert answer.status == "no_evidence"
        assert answer.leads and {lead.region for lead in answer.leads} == {place}
