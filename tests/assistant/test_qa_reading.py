"""Documents of questions and answers: the question that is like the one asked, and its whole answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from knowledge.qa_pairs import qa_pairs
from tests.assistant.conftest import real_assistant

LANTERN_LICENCE = """# 青鸢县点灯证政策问答
发布单位：青鸢县灯务局

问：什么是点灯证？
答：点灯证是在河道两岸悬挂灯笼的凭证。

问：哪些人可以申请点灯证？
答：在本县住满半年、年满十六周岁的居民。租房居住的，还要有房东同意书。

问：申请要交哪些材料？
答：（1）点灯证申请表；（2）居民身份证；（3）灯笼照片。由他人代办的，另交委托书。

问：审核要多久？
答：街道3个工作日内初审，灯务局8个工作日内发证。

问：点灯证过期了怎么办？
答：点灯证有效期6年。到期前30日内换领；逾期未换的，自次日起失效，补办不收费。

问：搬到外县还能用吗？
答：不能。迁出之日起失效，应当在10日内交回。
"""


def test_pairs_are_read_with_their_whole_answers() -> None:
    pairs = qa_pairs(LANTERN_LICENCE)
    assert [pair.question for pair in pairs][:2] == ["什么是点灯证？", "哪些人可以申请点灯证？"]
    assert LANTERN_LICENCE[pairs[2].answer_start : pairs[2].end].endswith("另交委托书。")
    assert qa_pairs("问题很多，答案很少。\n问：没有回答？\n问：也没有？") == []


@pytest.fixture(scope="module")
def library(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("pairs")
    (inputs / "licence.md").write_text(LANTERN_LICENCE, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("点灯证到期没换会怎样", ("有效期6年", "补办不收费")),
        ("谁能申请点灯证", ("住满半年", "房东同意书")),
        ("申请点灯证需要交哪些材料", ("灯笼照片", "委托书")),
        ("点灯证审核要几天", ("8个工作日",)),
        ("搬去外县点灯证还有效吗", ("不能", "交回")),
    ],
)
def test_the_whole_answer_to_the_same_question_is_told(
    library: PolicyAssistant, question: str, words: tuple[str, ...]
) -> None:
    answer = library.answer(Question(question))
    assert answer.status == "answered" and all(word in answer.text for word in words), answer.text
    assert "问：" not in answer.text
    for citation in answer.citations:
        document = library.document(citation.document_id)
        assert document is not None
        assert document.text[citation.start_char : citation.end_char] == citation.quote


@pytest.mark.model
@pytest.mark.parametrize("question", ["捕鱼证过期了怎么办", "点灯证丢了罚多少钱"])
def test_another_question_is_not_answered_by_one_like_it(
    library: PolicyAssistant, question: str
) -> None:
    text = library.answer(Question(question)).text
    assert "有效期6年" not in text and "住满半年" not in text


@pytest.mark.model
def test_turns_are_put_to_the_questions_of_the_document(library: PolicyAssistant) -> None:
    history: list[tuple[str, str]] = []
    for question, words in (
        ("什么是点灯证", "凭证"),
        ("审核要多久", "8个工作日"),
        ("过期了怎么办", "有效期6年"),
    ):
        text = library.answer(Question(question, history=tuple(history))).text
        history.append((question, text))
        assert words in text, (question, text)
