"""A model's stream → plain sentences: markup gone, marks read, nothing given before it is whole."""

from __future__ import annotations

import pytest

from assistant.generative_markdown import ThoughtFilter, plain, split_marks
from assistant.generative_units import Unit, UnitReader


def units(text: str, size: int = 1) -> list[Unit]:
    reader = UnitReader()
    found = [
        unit
        for start in range(0, len(text), size)
        for unit in reader.feed(text[start : start + size])
    ]
    return [*found, *reader.close()]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("**补助**`十五万元`", "补助十五万元"),
        ("见[办理入口](javascript:alert(1))。", "见办理入口。"),
        ("![图](http://a.example/x.png)补助", "补助"),
        ('<img src=x onerror="alert(1)">补助<b>标准</b>', "补助标准"),
        ("<script>alert(1)</script>补助", "补助"),
        ("<!-- 隐藏 -->补助<iframe src=x>", "补助"),
        ("访问 https://a.example/pay?x=1 领取", "访问 领取"),
        ("补\u200b助\u202e十\ufeff五万元", "补助十五万元"),
        ("补助１５万元，٩٣٠万元", "补助15万元，930万元"),
        ("[1]: http://a.example", ""),
        ("&lt;b&gt;补助", "b补助"),
    ],
)
def test_only_words_are_left_of_markup(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("补助十五万元[1]。", [(1,)]),
        ("补助十五万元。【2】[3]", [(2, 3)]),
        ("补助[资料1]，公布[1、3]。", [(1,), (1, 3)]),
        ("补助[^2]", [(2,)]),
        ("补助[2-4]", [(2, 3, 4)]),
        ("依据国办发[2021]14号补助", [()]),
        ("补助", [()]),
    ],
)
def test_marks_are_read_in_their_many_forms(text: str, numbers: list[tuple[int, ...]]) -> None:
    parts = split_marks(text)
    assert [part.numbers for part in parts] == numbers
    assert all("资料1" not in part.text for part in parts)


TEXT = (
    "# 回答\n\n先说补助。[1]再说账目[2]。\n\n要求如下：\n- 每月公布[1]\n2. 委托审计[2]。可以延期。\n"
    "| 地区 | 补助 |\n|---|:-:|\n| 甘肃 | 十五万元[1] |\n```\n**小结**\n最后一句"
)


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_units_are_the_same_however_the_stream_is_cut(size: int) -> None:
    found = units(TEXT, size)
    assert [(unit.kind, unit.text, unit.numbers) for unit in found] == [
        ("heading", "回答", ()),
        ("sentence", "先说补助。", (1,)),
        ("sentence", "再说账目。", (2,)),
        ("lead_in", "要求如下：", ()),
        ("item", "每月公布", (1,)),
        ("item", "委托审计。", (2,)),
        ("item", "可以延期。", ()),
        ("row", "地区补助", ()),
        ("row", "甘肃十五万元", (1,)),
        ("heading", "小结", ()),
        ("sentence", "最后一句", ()),
    ]
    assert [unit.is_whole for unit in found] == [True] * 10 + [False]
    assert [unit.opens_line for unit in found][1:3] == [True, False]


def test_a_sentence_waits_for_the_mark_behind_its_full_stop() -> None:
    reader = UnitReader()
    assert not list(reader.feed("补助十五万元。"))
    assert not list(reader.feed("[1"))
    assert [unit.numbers for unit in reader.feed("]再说账目")] == [(1,)]


@pytest.mark.parametrize("size", [1, 5, 500])
def test_what_a_model_thinks_aloud_is_left_out(size: int) -> None:
    text = "<think>也许是九亿元。\n</think>\n补助十五万元。"
    thoughts = ThoughtFilter()
    shown = "".join(thoughts.feed(text[i : i + size]) for i in range(0, len(text), size))
    assert shown.strip() == "补助十五万元。"
    assert ThoughtFilter().feed("补助<think>") == "补助<think>"
