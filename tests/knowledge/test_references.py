from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.references import (
    article_name,
    chinese_numeral,
    find_references,
    numeral_value,
    title_key,
)


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("社工条例第三条", ("第三条",)),
        ("社工条例第 12 条的内容", ("第十二条",)),
        ("第１２条", ("第十二条",)),
        ("第一百零五条", ("第一百零五条",)),
        ("第十二条之一说了什么", ("第十二条之一",)),
        ("条例12条之2规定", ("第十二条之二",)),
        ("第三条至第五条", ("第三条", "第四条", "第五条")),
        ("第3-5条", ("第三条", "第四条", "第五条")),
        ("第三条和第三条", ("第三条",)),
        ("12条的规定", ("第十二条",)),
        ("慈善法三十二条的内容", ("第三十二条",)),
        ("《社工条例》三十二条", ("第三十二条",)),
        ("第 三 十 二 条", ("第三十二条",)),
        ("第三條怎麼規定", ("第三条",)),
        ("第三十二、三十三条", ("第三十二条", "第三十三条")),
        ("第三条和第五条", ("第三条", "第五条")),
        ("第三条、第五条第二款", ("第三条", "第五条")),
        ("第十条第二款第三项", ("第十条",)),
        ("条例12条第二款", ("第十二条",)),
        ("What does Article 12 say", ("第十二条",)),
        # Not articles.
        ("提出12条建议", ()),
        ("提出十二条建议", ()),
        ("办法规定三条措施", ()),
        ("该规定共三条", ()),
        ("particle 5", ()),
        ("全长3.5条", ()),
        ("第五条到第三条", ()),
        ("第1条至第900条", ()),
        ("第零条", ()),
        ("条例", ()),
    ],
)
def test_articles(text: str, articles: tuple[str, ...]) -> None:
    assert find_references(text).articles == articles


@pytest.mark.parametrize("text", ["第12345条", "第9999999条", "第99995-99999条", "第九九九九九条"])
def test_an_article_number_that_no_statute_has_is_a_reference_all_the_same(text: str) -> None:
    # It is looked up and not found, instead of being answered with something similar.
    assert find_references(text).articles[-1].strip("第条").isdecimal()


def test_titles_and_document_numbers() -> None:
    found = find_references("《社工条例》与《站点办法》，甘民发[2021] 第23号、国办发〔2020〕7号")
    assert found.titles == ("社工条例", "站点办法")
    assert found.document_numbers == ("甘民发〔2021〕23号", "国办发〔2020〕7号")


def test_text_without_references() -> None:
    found = find_references("经费怎么保障")
    assert (found.articles, found.titles, found.document_numbers) == ((), (), ())


@given(st.text("第零一二两十百千条至之-0123456789〇９", max_size=14))
def test_no_text_breaks_it(text: str) -> None:
    assert all(name.startswith("第") for name in find_references(text).articles)


@given(st.integers(1, 9999))
def test_numerals_there_and_back(number: int) -> None:
    assert numeral_value(chinese_numeral(number)) == number
    assert numeral_value(str(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
     (1001, "一千零一"), (1010, "一千零一十")],
)  # fmt: skip
def test_numerals_are_written_as_statutes_write_them(number: int, written: str) -> None:
    assert chinese_numeral(number) == written


@pytest.mark.parametrize(
    ("text", "value"),
    [("二〇二五", 2025), ("两百", 200), ("一百二", 102), ("", 0), ("条", 0), ("３", 3)],
)
def test_numeral_values(text: str, value: int) -> None:
    assert numeral_value(text) == value


def test_article_names() -> None:
    assert article_name(3) == "第三条"
    assert article_name(21, 2) == "第二十一条之二"


def test_a_title_is_reduced_to_what_tells_it_apart() -> None:
    assert title_key("《中华人民共和国 慈善法》（2023-12-29）") == "慈善法"
    assert title_key("社工条例") != title_key("社工办法")
