"""Follow-ups that go on with the act of the question before, point into its list, or ask for its text."""

from __future__ import annotations

import pytest

from assistant.conversation import standalone_question
from assistant.nth_item import nth_item
from assistant.pipeline import PolicyAssistant
from assistant.question import parse_question
from assistant.request import Question
from assistant.topic_change import lacks_subject

RULE = "第九条 申请人应当自收到决定之日起十五日内提出。"


@pytest.mark.parametrize(
    ("before", "follow_up", "standalone"),
    [
        ("社区矫正对象能离开本市吗", "谁批准", "社区矫正对象能离开本市，谁批准"),
        ("行政复议多久内申请", "多久出结果", "行政复议申请，多久出结果"),
        ("劳动仲裁时效多久", "要交钱吗", "劳动仲裁，要交钱吗"),
        ("人身安全保护令多久作出", "不遵守会怎样", "人身安全保护令作出，不遵守会怎样"),
        ("失业金能领多久", "没有交满一年的呢", "没有交满一年，失业金能领多久"),
        ("工伤认定要多久", "上下班路上出车祸算吗", "上下班路上出车祸算工伤吗"),
        ("低保怎么申请", "哪个文件说的", "低保怎么申请，出自哪份文件"),
        # They say themselves what they are on.
        ("低保怎么申请", "不发工资怎么办", "不发工资怎么办"),
        ("收养人要多少岁", "未成年人可以喝酒吗", "未成年人可以喝酒吗"),
        ("失业金可以领多久", "没签合同赔几倍工资", "没签合同赔几倍工资"),
        ("经济补偿金什么情况下要给", "怎么计算", "经济补偿金怎么计算"),
    ],
)
def test_the_act_goes_on(before: str, follow_up: str, standalone: str) -> None:
    assert standalone_question(follow_up, [(before, RULE)]) == standalone


def test_a_place_put_right_after_a_question_in_vain() -> None:
    in_vain = (
        "资料库里没有适用于广东的政策，因此无法回答。可以换一个地区提问，或先导入广东的政策文件。"
    )
    history = [("广东的医院社工方案怎么说", in_vain)]
    assert standalone_question("打错了，是广西", history) == "广西的医院社工方案怎么说"


def test_all_names_of_what_was_counted() -> None:
    history = [("三区2025年覆盖几个县", "**10个**[1]")]
    assert standalone_question("都有哪些", history) == "三区2025年覆盖哪些县"


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("多久出结果", True),
        ("要花钱吗", True),
        ("工伤认定多久出结果", False),
        ("四川经费多少", False),
    ],
)
def test_a_question_on_nothing(text: str, lacks: bool) -> None:
    assert lacks_subject(parse_question(text)) is lacks


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("四川十个重点领域里第七个是什么", 7),
        ("四川十大领域里排第七的是哪个", 7),
        ("四川十大领域中排在最后的领域是哪个", -1),
        ("第0个领域是什么", None),
        ("第2个领域和第3个领域有什么不同", None),
        ("第三条说的是什么", None),
    ],
)
def test_an_item_by_its_number(question: str, number: int | None) -> None:
    asked = nth_item(question)
    assert (asked.number if asked else None) == number


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "held", "not_held"),
    [
        ("四川十个重点领域里第七个是什么", "信访领域", "禁毒领域"),
        ("四川第三个工作机制怎么健全", "专业服务购买机制", "专业机构发展机制"),
        ("宁夏平均每个社工花多少钱", "465名", "30名"),
        ("把这几份材料各用一句话概括一下", "天津", "没有找到"),
        ("天津是跟南开大学合建的基地吗", "天津理工大学", "实习"),
    ],
)
def test_it_is_found_in_the_policies(
    policies: PolicyAssistant, question: str, held: str, not_held: str
) -> None:
    answer = policies.answer(Question(question))
    assert held in answer.text and not_held not in answer.text, answer.text


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "天津基地经费",
        "全国持证社工总数",
        "四川禁毒社工有多少人",
        "成都的社工有多少人",
        "宁夏三区计划2013年投入了多少资金",
        "四川投入最多的是哪个领域",
        "六个省的文件各讲了什么",
    ],
)
def test_the_number_of_others_is_no_answer(policies: PolicyAssistant, question: str) -> None:
    assert policies.answer(Question(question)).status == "no_evidence"


@pytest.mark.model
def test_the_documents_of_an_answer_are_named(policies: PolicyAssistant) -> None:
    first = policies.answer(Question("广西的经费怎么保障"))
    asked = Question("哪个文件说的", history=(("广西的经费怎么保障", first.text),))
    answer = policies.answer(asked)
    assert answer.text.startswith("出处：《广西推进医疗机构社会工作实施方案》")
    assert first.text in answer.text


@pytest.mark.model
def test_what_is_asked_of_nothing_is_asked_back(policies: PolicyAssistant) -> None:
    assert policies.answer(Question("多久出结果")).status == "clarify"
