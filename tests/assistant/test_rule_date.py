"""When a rule that is named was made and changed: the lines under its title, and no other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.request import Question
from assistant.rule_date import asks_history
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

HISTORY = """邻里互助条例
2011年5月4日 青江省人民代表大会常务委员会第三次会议通过
2015年6月7日 青江省人民代表大会常务委员会第二十次会议第一次修正
2019年8月9日 青江省人民代表大会常务委员会第九次会议修订

第一条 为了规范邻里互助活动，制定本条例。
第二条 互助方案应当在活动开始前公布。
"""


@pytest.mark.parametrize(
    "question",
    [
        "慈善法什么时候修改的",
        "《慈善法》是哪年通过的？",
        "残疾人保障法的修订时间",
        "志愿服务条例的公布时间是什么时候",
        "慈善法最近一次修改是什么时候",
        "救助管理办法是何时出台的",
    ],
)
def test_a_question_on_when_a_rule_was_made_or_changed(question: str) -> None:
    assert asks_history(question)


@pytest.mark.parametrize(
    "question",
    [
        "慈善法规定募捐方案什么时候公布",
        "慈善组织什么时候公布募捐情况",
        "慈善法修改了什么",
        "按照办法什么时候批准申请",
        "慈善法什么时候施行",
    ],
)
def test_a_question_on_what_the_rule_says(question: str) -> None:
    assert not asks_history(question)


def test_the_lines_on_the_act_that_is_asked_and_no_others(tmp_path: Path) -> None:
    assistant = library(
        tmp_path,
        policy("国", HISTORY, title="邻里互助条例", region="全国"),
        policy(
            "甘",
            "甘肃的结对方案近日印发。\n结对方案要求每村结对三户。",
            title="甘肃结对方案",
            region="甘肃",
        ),
    )

    def said(question: str) -> str:
        return assistant.answer(Question(question)).text

    assert said("邻里互助条例是哪年通过的").startswith("**2011年5月4日**")
    changed = said("邻里互助条例什么时候修订的")
    assert changed.index("2015年6月7日") < changed.index("2019年8月9日") and "2011" not in changed
    assert said("邻里互助条例最近一次修订是什么时候").startswith("**2019年8月9日**")
    # The history of a rule that nobody asked about dates nothing else.
    assert not any(year in said("甘肃的结对方案哪天印发的") for year in ("2011", "2015", "2019"))
