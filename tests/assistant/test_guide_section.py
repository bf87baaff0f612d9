"""Guides are asked by their headings: papers, conditions, steps, time limits, places and fees."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.conftest import real_assistant

GUIDE = """# 青鸢县点灯许可办事指南

一、实施主体：青鸢县灯务局

二、申请条件

1. 在河岸两侧有固定挂灯处；
2. 灯笼高度不超过1.2米。

三、申请材料

1. 《点灯许可申请表》（原件1份）；
2. 身份证复印件1份；
3. 灯笼照片两张。

四、办理流程

1. 申请：到灯务窗口提交；
2. 勘验：灯务局在4个工作日内到现场勘验；
3. 发证：勘验合格的当场发证。

五、承诺时限：6个工作日

六、办理地点：长堤路9号灯务窗口

七、收费情况：不收费
"""
PLAN = """# 关于推进青鸢县夜渡码头建设的通知
青渡办〔2024〕5号
一、实施步骤
（一）2024年5月底前完成勘测。
（二）2024年年底前建成。
"""


@pytest.fixture(scope="module")
def library(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("guides")
    (inputs / "guide.md").write_text(GUIDE, "utf-8")
    (inputs / "plan.md").write_text(PLAN, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "words", "absent"),
    [
        ("点灯许可要带什么材料", ("申请表", "身份证复印件", "灯笼照片"), "勘验"),
        ("点灯许可怎么办理", ("提交", "勘验", "当场发证"), "灯笼照片"),
        ("点灯许可多久能办好", ("6个工作日",), "灯笼照片"),
        ("点灯许可去哪里办", ("长堤路9号",), "灯笼照片"),
        ("点灯许可收费吗", ("不收费",), "灯笼照片"),
    ],
)
def test_the_section_that_is_headed_so_is_told_whole(
    library: PolicyAssistant, question: str, words: tuple[str, ...], absent: str
) -> None:
    answer = library.answer(Question(question))
    assert answer.status == "answered" and all(word in answer.text for word in words), answer.text
    assert absent not in answer.text
    for citation in answer.citations:
        document = library.document(citation.document_id)
        assert document is not None
        assert document.text[citation.start_char : citation.end_char] == citation.quote


@pytest.mark.model
def test_turns_stay_with_the_guide(library: PolicyAssistant) -> None:
    first = "点灯许可要带什么材料"
    history = [(first, library.answer(Question(first)).text)]
    for question, words in (("要钱吗", "不收费"), ("去哪办", "长堤路9号")):
        text = library.answer(Question(question, history=tuple(history))).text
        history.append((question, text))
        assert words in text, (question, text)


@pytest.mark.model
@pytest.mark.parametrize("question", ["捕鱼许可要带什么材料", "夜渡码头怎么申请"])
def test_a_guide_to_something_else_is_not_told(library: PolicyAssistant, question: str) -> None:
    text = library.answer(Question(question)).text
    assert "灯笼照片" not in text and "灯务窗口" not in text and "勘测" not in text
