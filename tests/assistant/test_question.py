from __future__ import annotations

from datetime import date

import pytest

from assistant.question import parse_question, year_words
from assistant.question_parts import question_parts


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("三区计划累计花了多少钱", "figure"),
        ("四川的十个领域是哪些", "list"),
        ("广西什么时候实现全覆盖", "date"),
        ("方案由哪几个部门印发", "who"),
        ("基地设在哪里", "where"),
        ("比较四川和广西的目标", "comparison"),
        ("四川和广西的经费各怎么安排", "comparison"),
        ("哪些地方提到经费", "overview"),
        ("未成年人保护法第三条是什么", "clause"),
        ("天津为什么建这个基地", "purpose"),
        ("社工站可以收费吗", "yes_no"),
        ("How many counties does it cover?", "figure"),
    ],
)
def test_the_form_of_a_question(text: str, form: str) -> None:
    assert parse_question(text).form == form


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("廣西醫療機構的目標", ["广西"]),
        ("What does Ningxia say?", ["宁夏"]),
        ("成都有哪些社工站", ["四川成都市"]),
        ("社工站怎么管理", []),
    ],
)
def test_places_in_any_script(text: str, regions: list[str]) -> None:
    assert [region.name for region in parse_question(text).regions] == regions


def test_years_and_articles_are_read_in_either_notation() -> None:
    assert parse_question("二〇二七年的目标").years == (2027,)
    assert parse_question("慈善法第12条").references.articles == ("第十二条",)
    assert parse_question("慈善法第三十二条至第三十四条").references.articles == (
        "第三十二条",
        "第三十三条",
        "第三十四条",
    )


def test_what_a_figure_is_asked_of() -> None:
    asked = parse_question("宁夏孵化了多少个志愿服务组织")
    assert asked.focus[-1] == "组织"
    assert parse_question("社工每人每月补贴多少钱").rates == ("每人", "每月")
    assert parse_question("三区计划花了多少钱").measure == "money"


def test_a_question_of_several_parts_is_taken_apart() -> None:
    parts = question_parts("宁夏2025年派多少社工、去几个县、服务多久")
    assert len(parts) == 3
    assert all("宁夏" in part and "2025" in part for part in parts)
    assert question_parts("广西的目标是什么") == ("广西的目标是什么",)


def test_a_sentence_beside_one_that_names_its_subject_hardly_counts() -> None:
    question = parse_question("服务对象是个单亲妈妈，带着孩子。城市低保标准是多少？")
    weights = {term.word: term.weight for term in question.terms}
    assert weights["低保"] >= 1
    assert weights["单亲"] <= 0.15


def test_a_sentence_that_names_no_subject_takes_the_one_before() -> None:
    question = parse_question("我想了解农村留守儿童。有哪些服务？")
    assert {term.word for term in question.terms if term.weight >= 0.4} & {"留守儿童", "农村"}


def test_last_year_counts_from_today_and_is_called_as_the_question_calls_it() -> None:
    question = parse_question("去年四川有多少社工")
    assert question.years == (date.today().year - 1,)
    assert year_words(question) == "去年"
    assert parse_question("四川社工比去年多了多少").years == ()
    assert year_words(parse_question("四川2025年有多少社工")) == "2025年"


def test_an_adjective_that_belongs_to_a_name_is_no_word_of_its_own() -> None:
    words = [term.word for term in parse_question("什么时候大医院都有社工").terms]
    assert "大医院" in words and "大" not in words
    assert "大" in [term.word for term in parse_question("大问题有几个").terms]
