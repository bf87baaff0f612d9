"""Notices and plans, which have no articles, asked about in other words than their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.conftest import real_assistant

LANTERNS = """# 关于加快发展灯笼手工业的意见
灯办发〔2021〕7号
各区、街道：
为推动灯笼手工业发展，现提出如下意见。
一、发展目标
到2024年，全域灯笼作坊达到90家。年产灯笼总量超过6万盏，其中纸灯笼占比达到35%。
到2028年，灯笼作坊达到150家，纸灯笼占比达到60%。
二、扶持措施
（一）减轻作坊负担。对连续两年没有辞退学徒的作坊，退还其上一年度缴纳的摊位管理费的四成。对初次开办作坊的人员，由区财政给予一次性开办补贴。（区财政局、区商务局负责）
（二）便利外出展销。参加外地灯会的车辆，往返途中免收过桥通行费。（区交通局负责）
（三）规范展位管理。展位到期的，应当在撤展前结清电费，未经结清不得搬离展品。一个作坊在同一灯会上只设一个展位。
三、组织实施
建立由区商务局、区文化馆牵头的灯笼手工业联席会议，统筹协调各项工作。各街道要在本意见印发之日起20日内制定实施方案。
2021年3月4日
"""
CANALS = """# 关于做好运河游船安全工作的通知
灯办发〔2022〕3号
一、游船应当配备救生衣，每名乘客不少于一件。
二、夜间航行的游船，由区航道所逐船检查灯光。任何人发现漂流的旧缆绳，都要立即报告，不得自行打捞。
三、船员每年接受不少于16小时的安全培训。
四、伙食补贴
（一）学徒水手每人每天伙食补贴40元。
（二）正式水手每人每天伙食补贴65元（含夜宵）。
五、养护
（一）游船须做三项养护。漏做的由区航道所补做。
（二）船员由船长排班。
"""


@pytest.fixture(scope="module")
def notices(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("notices")
    (inputs / "lanterns.md").write_text(LANTERNS, "utf-8")
    (inputs / "canals.md").write_text(CANALS, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("没开除徒弟的铺子能拿回几成管理费", "四成"),
        ("头一回开灯笼作坊，区里给不给补贴", "一次性开办补贴"),
        ("去外地参加灯会，开车过桥要交钱吗", "免收过桥通行费"),
        ("电费没交清能把展品拉走吗", "不得搬离展品"),
        ("一家铺子在灯会上能摆几个摊位", "只设一个展位"),
        ("捡到河里漂的旧缆绳可以自己捞吗", "不得自行打捞"),
        ("晚上开的游船谁来查灯", "区航道所"),
        ("外出展销免过桥费归哪个部门管", "区交通局负责"),
        ("游船要做几项养护", "**三项**"),
    ],
)
def test_the_sentence_is_found(notices: PolicyAssistant, question: str, answer: str) -> None:
    told = notices.answer(Question(question))
    assert told.status == "answered"
    assert answer in told.text
    assert answer.strip("*") in told.citations[0].quote


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("到2024年纸灯笼要占多大比例", "35%"),
        ("到2028年纸灯笼要占多大比例", "60%"),
        ("2021年的灯笼意见里，联席会议由谁牵头", "区商务局、区文化馆"),
        ("灯办发〔2021〕7号要求街道几天内拿出方案", "20日内"),
        ("按灯办发〔2022〕3号，船员一年要培训多久", "16小时"),
    ],
)
def test_a_year_and_a_number_say_where_to_look(
    notices: PolicyAssistant, question: str, answer: str
) -> None:
    told = notices.answer(Question(question))
    assert answer in told.text
    assert "灯办发" not in told.citations[0].quote


@pytest.mark.model
def test_an_item_that_ends_in_brackets_is_no_aside_of_the_one_before(
    notices: PolicyAssistant,
) -> None:
    told = notices.answer(Question("老水手一天能吃多少钱的饭补"))
    assert [c.quote for c in told.citations] == ["（二）正式水手每人每天伙食补贴65元（含夜宵）。"]


@pytest.mark.model
def test_a_sentence_that_reads_as_a_heading_is_told_without_its_siblings(
    notices: PolicyAssistant,
) -> None:
    told = notices.answer(Question("船要做的三项保养有哪些"))
    assert [c.quote for c in told.citations] == ["（一）游船须做三项养护。"]


@pytest.mark.model
def test_a_document_that_is_named_is_not_read_where_another_is_chosen(
    notices: PolicyAssistant,
) -> None:
    lanterns = next(d for d in notices.documents() if "灯笼" in d.title)
    asked = Question("按灯办发〔2022〕3号，船员一年要培训多久", document_ids=(lanterns.id,))
    assert "16小时" not in notices.answer(asked).text


@pytest.mark.model
def test_every_quote_stands_where_it_is_said_to(notices: PolicyAssistant) -> None:
    for question in (
        "晚上开的游船谁来查灯",
        "外出展销免过桥费归哪个部门管",
        "船要做的三项保养有哪些",
    ):
        for citation in notices.answer(Question(question)).citations:
            document = notices.document(citation.document_id)
            assert document is not None
            assert document.text[citation.start_char : citation.end_char] == citation.quote


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "申请开办补贴要交哪些材料",
        "灯笼作坊的工人每月工资多少钱",
        "游船船票多少钱一张",
        "2030年纸灯笼要占多大比例",
        "公园几点关门",
        "2021年纸灯笼要占多大比例",
        "川灯办发〔2022〕3号要求船员一年培训多久",
    ],
)
def test_what_no_sentence_answers_is_declined(notices: PolicyAssistant, question: str) -> None:
    assert notices.answer(Question(question)).status == "no_evidence"
