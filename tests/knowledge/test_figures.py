from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import (
    Figure,
    figures_without_source,
    find_figures,
    normalise_figures,
    same_figure,
)

CLAIMS = Path(__file__).parents[2].parent / "shared/data/number_faithfulness/claims.jsonl"


def only(text: str) -> Figure:
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("930万元", "九百三十万元"),
        ("930万元", "9,300,000元"),
        ("1.2百万", "1,200,000"),
        ("80%", "八成"),
        ("80%", "百分之八十"),
        ("465名", "465人"),
        ("10个", "十个"),
        ("465名", "465"),
        ("一年", "12个月"),
        ("二〇二七年", "2027年"),
        ("2025年7月19日", "2025-07-19"),
        ("7月19日", "2025年7月19日"),
        ("9.3 million yuan", "930万元"),
        ("by 2027", "2027年"),
        ("July 19, 2025", "2025年7月19日"),
        ("13 万人", "13万人"),
        ("三十天", "30日"),
        ("三百二十五点六万元", "3256000元"),
        ("一百二十点五万人", "1205000人"),
        ("每百名", "每100名"),
    ],
)
def test_the_same_amount_in_two_forms(first: str, second: str) -> None:
    assert same_figure(only(first), only(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("930万元", "930元"),
        ("930万元", "930万人"),
        ("80%", "80个百分点"),
        ("9000人次", "9000人"),
        ("三个月", "三年"),
        ("二级", "三级"),
        ("2027年", "2028年"),
        ("占总数1.7%", "占总数1.9%"),
        ("第十二条", "12条"),
        ("7月19日", "7月20日"),
    ],
)
def test_different_amounts(first: str, second: str) -> None:
    assert not same_figure(only(first), only(second))


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "qualifier"),
    [
        ("超13万人", "count", Decimal(130000), "人", ">"),
        ("近3年", "period", Decimal(3), "年", "≈"),
        ("2000余人次", "count", Decimal(2000), "人次", ">"),
        ("不少于2名", "count", Decimal(2), "人", "≥"),
        ("五万元以下", "money", Decimal(50000), "元", "≤"),
        ("未满十八周岁", "count", Decimal(18), "岁", "<"),
        ("二级以上医院", "ordinal", Decimal(2), "级", "≥"),
        ("“十四五”期间", "period", (2021, 2025), "五年规划", ""),
        ("十四五规划", "period", (2021, 2025), "五年规划", ""),
        ("第十二条", "ordinal", Decimal(12), "条", ""),
        ("一年半", "period", Decimal("1.5"), "年", ""),
        ("172.2%", "percent", Decimal("172.2"), "%", ""),
    ],
)
def test_kind_value_unit_and_qualifier(
    text: str, kind: str, value: object, unit: str, qualifier: str
) -> None:
    figure = only(text)
    assert (figure.kind, figure.value, figure.unit, figure.qualifier) == (
        kind, value, unit, qualifier,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["三区计划", "三方协议", "一些", "一流", "万一", "一体化", "第一", "十分重要", "四川和三亚",
     "过半", "百日咳", "红十字会", "三支一扶", "一个", "成立", "（一）加强领导", "COVID-19",
     "1. 老年人", "几十个", "三门峡", "千万不要"],
)  # fmt: skip
def test_words_with_a_numeral_are_no_figures_and_stay_as_they_are(text: str) -> None:
    assert find_figures(text) == ()
    assert normalise_figures(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一百二十万人", "1200000人"),
        ("120万", "1200000"),
        ("九百三十万元", "9300000元"),
        ("二〇二七年十二月三十一日", "2027年12月31日"),
        ("八成", "80%"),
        ("三至五年", "3至5年"),
        ("十四五规划", "十四五规划"),
        ("依照第十二条", "依照第十二条"),
        ("民发〔2021〕23号", "民发〔2021〕23号"),
        ("覆盖21个县（区）、3 年", "覆盖21个县（区）、3年"),
    ],
)
def test_one_form_for_search(text: str, expected: str) -> None:
    assert normalise_figures(text) == expected


def test_a_changed_figure_is_reported() -> None:
    evidence = "全区三年共派出社工465名，服务21个县，投入九百三十万元。"
    assert figures_without_source("共派出465人，投入930万元", evidence) == ()
    (wrong,) = figures_without_source("共派出456人", evidence)
    assert wrong.text == "456人"


@given(
    st.text(
        alphabet="一二三十百万亿点零〇两半成第年月日个名%0123456789.,/元-之分余多几（ ", max_size=30
    )
)
def test_figures_stand_where_they_say_in_any_text(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert end <= figure.start < figure.end
        end = figure.end
    normalise_figures(text)


def test_altered_claims_of_the_shared_set_are_told_from_true_ones() -> None:
    if not CLAIMS.is_file():
        pytest.skip("needs ../shared/data/number_faithfulness beside the repository")
    rows = [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]
    alarms = sum(bool(figures_without_source(r["claim_true"], r["evidence"])) for r in rows)
    caught = sum(bool(figures_without_source(r["claim_false"], r["evidence"])) for r in rows)
    assert alarms == 0
    assert caught >= 0.98 * len(rows)
