"""Spoken words, inflected English and measure words that begin a noun."""

from __future__ import annotations

import pytest

from assistant.english import chinese_words
from assistant.question import parse_question
from assistant.spoken_words import written
from knowledge.tokenization import tagged_words
from knowledge.typos import corrected


@pytest.mark.parametrize(
    ("spoken", "plain"),
    [
        ("经费从啥地方来", "经费从什么地方来"),
        ("为啥要建", "为什么要建"),
        ("咋办", "怎么办"),
        ("都有些啥子", "都有些什么"),
        ("四川这方案在全国算头一个不", "四川这方案在全国算头一个吗"),
        ("不给抚养费行不行？", "不给抚养费可以吗？"),
        ("能不能报名", "能不能报名"),
        ("志愿者的保险谁来买", "志愿者的保险谁购买"),
        ("谁来买单", "谁来买单"),
        ("经费多少", "经费多少"),
    ],
)
def test_spoken_words_are_read_as_written_ones(spoken: str, plain: str) -> None:
    assert written(spoken) == plain


def test_an_inflected_english_word_is_known_by_its_stem() -> None:
    assert chinese_words("how many is ningxia sending")[0] == ("选派",)
    # The pay of a month is not any pay.
    assert "monthly" in chinese_words("the monthly salary")[1]


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("累计实施多少项目", "项目"),
        ("帮助了多少家庭", "家庭"),
        ("有多少人员", "人员"),
        ("有多少项", ""),
    ],
)
def test_a_measure_word_that_begins_a_noun_is_none(question: str, counted: str) -> None:
    assert "".join(parse_question(question).focus) == counted


def test_two_words_cut_at_the_wrong_place_are_put_right() -> None:
    assert [word for word, _ in tagged_words("社工会提供什么")][:2] == ["社工", "会"]


def test_a_character_is_mistyped_for_any_of_its_readings() -> None:
    # 厦 is read sha as a rule, and xia in a name of a town.
    assert corrected("宁厦的社工", lambda word: int(word == "宁夏"))[0] == "宁夏的社工"


def test_what_is_to_be_summed_up_is_asked_for() -> None:
    assert written("各地的服务对象汇总一下") == "各地的服务对象有哪些"
    assert written("请你帮我总结一下") == "请你帮我总结一下"
    assert written("请把这几个数字排列一下") == "请把这几个数字排列一下"
