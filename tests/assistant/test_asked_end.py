"""When something ends is not told by when it began."""

from __future__ import annotations

import pytest

from assistant.asked_end import asks_end, says_end, tells_end


@pytest.mark.parametrize(
    "question", ["计划什么时候结束", "报名截止日期是哪天", "到什么时候为止", "服务多久到期"]
)
def test_an_end_is_asked_for(question: str) -> None:
    assert asks_end(question)


@pytest.mark.parametrize("question", ["计划什么时候启动", "结束后怎么评估", "到哪年全覆盖"])
def test_something_else_is_asked_for(question: str) -> None:
    assert not asks_end(question)


@pytest.mark.parametrize(
    "text", ["3月5日前完成。", "截至2027年。", "到2027年基本实现。", "协议期满后终止。"]
)
def test_a_text_speaks_of_an_end(text: str) -> None:
    assert says_end(text) and tells_end(text)


def test_how_long_something_lasts_tells_its_end_but_is_no_date_of_it() -> None:
    text = "2025年将选派30名社工，为期一年。"
    assert tells_end(text) and not says_end(text)


def test_news_of_a_beginning_tells_no_end() -> None:
    assert not tells_end("据7月19日的消息，2025年的计划已于日前启动。")
