"""Follow-ups on notices and plans, which have no articles: what the turns before leave to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.conftest import real_assistant

KITES = """# 关于加快发展风筝手工业的意见
风办发〔2021〕7号
各区、街道：
为推动风筝手工业发展，现提出如下意见。
一、发展目标
到2024年，全域风筝作坊达到90家，年产风筝总量超过6万只。
二、扶持措施
（一）减轻作坊负担。对连续两年没有辞退学徒的作坊，退还其上一年度缴纳的摊位管理费的四成。上述资金由手工业发展专账列支。（区财政局、区商务局负责）
（二）便利外出展销。参加外地风筝会的车辆，往返途中免收过桥通行费。（区交通局负责）
（三）规范展位管理。展位到期的，应当在撤展前结清电费，未经结清不得搬离展品。确因停电无法结清的，可以在撤展后三日内补缴。
三、组织实施
建立由区商务局、区文化馆牵头的风筝手工业联席会议，每季度召开一次。各街道要在本意见印发之日起20日内制定实施方案，并报区商务局备案。
2021年3月4日
"""
FERRIES = """# 关于做好渡船安全工作的通知
风办发〔2022〕3号
一、渡船应当配备救生衣，每名乘客不少于一件。所需资金由渡口经营者承担。
二、夜间航行的渡船，由区航道所逐船检查灯光。
三、船员每年接受不少于16小时的安全培训。
"""


@pytest.fixture(scope="module")
def notices(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("notices")
    (inputs / "kites.md").write_text(KITES, "utf-8")
    (inputs / "ferries.md").write_text(FERRIES, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


def held(assistant: PolicyAssistant, *turns: str) -> Answer:
    """The answer to the last turn, each put behind the answers to those before."""
    history: tuple[tuple[str, str], ...] = ()
    for turn in turns:
        answer = assistant.answer(Question(turn, history=history))
        history = (*history, (turn, answer.text))
    return answer


REBATE = "没辞退学徒的风筝作坊能退多少摊位管理费"


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "answer"),
    [
        ((REBATE, "钱从哪出"), "手工业发展专账列支"),
        ((REBATE, "谁负责"), "区财政局、区商务局负责"),
        (("参加外地风筝会，过桥要交钱吗", "这个谁负责"), "区交通局负责"),
        (("电费没结清能把展品搬走吗", "停电了没法交呢"), "撤展后三日内补缴"),
        (("风筝手工业联席会议由谁牵头", "多久开一次"), "每季度召开一次"),
        (("街道要在多少天内拿出风筝实施方案", "报给谁"), "报区商务局备案"),
    ],
)
def test_what_a_turn_leaves_out_is_read_in_the_document_it_goes_on_with(
    notices: PolicyAssistant, turns: tuple[str, ...], answer: str
) -> None:
    told = held(notices, *turns)
    assert told.status == "answered"
    assert any(answer in citation.quote for citation in told.citations[:2])
    assert all("风筝" in citation.title for citation in told.citations)


@pytest.mark.model
@pytest.mark.parametrize(
    "turn",
    ["申请要交哪些材料", "负责人叫什么名字", "联系电话是多少", "有效期多久", "公园几点关门"],
)
def test_what_the_document_does_not_say_is_declined(notices: PolicyAssistant, turn: str) -> None:
    told = held(notices, REBATE, turn)
    assert told.status in ("no_evidence", "clarify")
    assert not told.citations


@pytest.mark.model
def test_a_turn_on_another_subject_is_answered_from_where_that_stands(
    notices: PolicyAssistant,
) -> None:
    told = held(notices, REBATE, "渡船上的救生衣谁出钱")
    assert "渡口经营者承担" in told.text
    assert all("渡船" in citation.title for citation in told.citations)


@pytest.mark.model
def test_every_quote_stands_where_it_is_said_to(notices: PolicyAssistant) -> None:
    for citation in held(notices, REBATE, "钱从哪出", "归哪个部门管").citations:
        document = notices.document(citation.document_id)
        assert document is not None
        assert document.text[citation.start_char : citation.end_char] == citation.quote


@pytest.mark.model
@pytest.mark.parametrize(
    ("turn", "answer"),
    [
        ("这笔钱哪段时间能退", ""),
        ("由谁检查", ""),
        ("过桥要交钱吗", "免收过桥通行费"),
        ("船员培训多少小时", "不少于16小时"),
    ],
)
def test_a_turn_strays_to_another_document_only_for_what_it_names(
    notices: PolicyAssistant, turn: str, answer: str
) -> None:
    told = held(notices, "风办发〔2021〕7号里没辞退学徒的作坊能退多少管理费", turn)
    assert answer in told.text
    of_ferries = any("渡船" in citation.title for citation in told.citations)
    assert of_ferries == ("船员" in turn)


@pytest.mark.model
def test_a_document_that_was_named_is_read_though_its_answer_was_wanting(
    notices: PolicyAssistant,
) -> None:
    told = held(notices, "风办发〔2021〕7号里申请电话是多少", "过桥要交钱吗")
    assert "免收过桥通行费" in told.text
