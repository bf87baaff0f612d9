"""Documents that a question names by their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cited_document import cited_documents
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.conftest import real_assistant

BAKERIES = """# 关于扶持面包房的意见
面办发〔2021〕7号
各区、街道：
一、发展目标
到2024年，全市面包房达到90家。
手工面包的产量达到6万个。
到2028年，全市面包房达到150家。
手工面包的产量达到9万个。
二、扶持措施
对初次开办面包房的人员，给予一次性开办补贴3000元。
各街道要在本意见印发之日起20日内制定实施方案。
2021年3月4日
"""
OVENS = """# 关于烤炉安全的通知
面办发〔2022〕3号
各区、街道：
烤炉每年检查一次，由区炉具所负责。
对初次购买烤炉的人员，给予一次性补贴500元。
本通知所称烤炉，是指功率超过10千瓦的炉具。
本文件由区炉具所负责解释。
（略）
2022年5月6日
"""


@pytest.fixture(scope="module")
def bakery(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("bakeries")
    (inputs / "bakeries.md").write_text(BAKERIES, "utf-8")
    (inputs / "ovens.md").write_text(OVENS, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("面办发〔2021〕7号规定初次开办给多少补贴", "3000元"),
        ("面办发2021年7号里初次开办给多少补贴", "3000元"),
        ("想问面办发2022-3号，初次买烤炉补贴多少", "500元"),
        ("按面办发〔2022〕3号，烤炉谁来检查", "区炉具所"),
        ("面办发〔2021〕7号是什么时候印发的", "**2021年3月4日**"),
        ("面办发〔2022〕3号的印发日期", "**2022年5月6日**"),
        ("请告诉我面办发2021年7号初次开办给多少补贴", "3000元"),
        ("面办发〔2022〕3号由谁负责解释", "区炉具所"),
    ],
)
def test_it_is_answered_from_that_document(
    bakery: PolicyAssistant, question: str, answer: str
) -> None:
    told = bakery.answer(Question(question))

    number = "面办发〔2021〕7号" if "2021" in question else "面办发〔2022〕3号"
    assert answer in told.text
    assert {citation.document_number for citation in told.citations} == {number}


@pytest.mark.model
def test_a_number_that_ends_alike_is_another_document(bakery: PolicyAssistant) -> None:
    told = bakery.answer(Question("川面办发〔2021〕7号是什么时候印发的"))

    assert "2021年3月4日" not in told.text


@pytest.mark.model
def test_whether_it_still_holds_is_for_its_issuer_to_say(bakery: PolicyAssistant) -> None:
    for question in ("面办发〔2021〕7号还有效吗", "面办发2021年7号还有效吗"):
        told = bakery.answer(Question(question))
        assert "2021年3月4日" in told.text and "请向发布机关核实" in told.text


@pytest.mark.model
def test_the_documents_that_were_chosen_stay_chosen(bakery: PolicyAssistant) -> None:
    [ovens] = [d for d in bakery.documents() if d.document_number == "面办发〔2022〕3号"]

    for text in ("面办发〔2021〕7号规定初次开办给多少补贴", "面办发〔2021〕7号是什么时候印发的"):
        told = bakery.answer(Question(text, document_ids=(ovens.id,)))
        assert "3000元" not in told.text and "2021年3月4日" not in told.text


@pytest.mark.model
def test_a_turn_on_the_whole_document_keeps_to_it(bakery: PolicyAssistant) -> None:
    first = "面办发〔2022〕3号里烤炉谁来检查"
    history = ((first, bakery.answer(Question(first)).text),)

    assert "**2022年5月6日**" in bakery.answer(Question("什么时候印发的", history=history)).text


@pytest.mark.model
def test_where_other_documents_are_asked_for_the_one_named_is_not_the_only_one_read(
    bakery: PolicyAssistant,
) -> None:
    snapshot = bakery.retriever.snapshot()

    for question in (
        "除了面办发〔2021〕7号，还有哪些文件讲烤炉",
        "哪些文件引用了面办发〔2021〕7号",
    ):
        assert cited_documents(question, snapshot) == ((), question)


@pytest.mark.model
@pytest.mark.parametrize(
    ("number", "rest"),
    [
        ("面办发〔2021〕7号中央财政怎么支持", "这份文件中央财政怎么支持"),
        ("面办发〔2021〕7号上海要做什么", "这份文件上海要做什么"),
        ("面办发〔2021〕7号内容有哪些", "这份文件内容有哪些"),
        ("面办发〔2021〕7号文件里的补贴", "这份文件补贴"),
    ],
)
def test_only_the_number_is_taken_out(bakery: PolicyAssistant, number: str, rest: str) -> None:
    assert cited_documents(number, bakery.retriever.snapshot())[1] == rest


@pytest.mark.model
def test_another_place_than_the_one_filtered_for_is_not_answered_from_it(
    policies: PolicyAssistant,
) -> None:
    told = policies.answer(Question("甘肃的三区社工计划派多少人", region="宁夏"))
    compared = policies.answer(Question("有多少持证社工，跟广东比怎么样", region="四川"))

    assert told.status == "no_evidence" and "甘肃" in told.text
    assert "8.82万" in compared.text


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("2024年手工面包的产量要达到多少", "6万个", "9万个"),
        ("2028年手工面包的产量要达到多少", "9万个", "6万个"),
    ],
)
def test_a_year_holds_for_the_lines_behind_it(
    bakery: PolicyAssistant, question: str, answer: str, other: str
) -> None:
    told = bakery.answer(Question(question))

    assert answer in told.text and other not in told.text


@pytest.mark.model
def test_no_line_that_tells_nothing_is_quoted(bakery: PolicyAssistant) -> None:
    for question in ("面办发〔2022〕3号怎么规定的", "面办发〔2022〕3号里略去了什么"):
        quotes = [
            citation.quote.strip() for citation in bakery.answer(Question(question)).citations
        ]
        assert not {"（略）", "面办发〔2022〕3号", "2022年5月6日", "各区、街道："} & set(quotes)
