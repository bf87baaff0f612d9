from __future__ import annotations

import pytest

from assistant.calculation import calculation, without_calculations
from assistant.derived_figures import Derivation, derivation, together
from knowledge.figures import Figure, find_figures


def figures(*texts: str) -> list[Figure]:
    return [find_figures(text)[0] for text in texts]


@pytest.mark.parametrize(
    ("question", "operation", "operands"),
    [
        ("一级站和二级站的补贴相差几个月", "difference", ("一级站", "二级站")),
        ("一级站比二级站多几个月", "difference", ("一级站", "二级站")),
        ("甘肃和云南的补贴合计多少", "sum", ("甘肃", "云南")),
        ("甘肃、云南和青海补贴平均多少万元", "mean", ("甘肃", "云南", "青海")),
        ("男女退休年龄相差几岁", "difference", ("男", "女")),
        ("平均下来甘肃每个县今年能分到几个社工", "ratio", ("甘肃今年几个社工", "甘肃今年多少个县")),
        (
            "甘肃累计投的钱摊到累计派的社工头上，一人合多少",
            "ratio",
            ("甘肃累计投多少钱", "甘肃累计派的社工有多少名"),
        ),
        (
            "甘肃投入的资金摊到每个项目上，一个多少",
            "ratio",
            ("甘肃投入多少钱", "甘肃项目有多少个"),
        ),
    ],
)
def test_what_is_to_be_computed(question: str, operation: str, operands: tuple[str, ...]) -> None:
    wanted = derivation(question)
    assert wanted is not None
    assert (wanted.operation, wanted.operands) == (operation, operands)


@pytest.mark.parametrize(
    "question", ["累计一共派了多少名社工", "平均年龄是多少", "补贴是多少", "比较甘肃和云南"]
)
def test_nothing_is_computed_without_two_things_named(question: str) -> None:
    assert derivation(question) is None


@pytest.mark.parametrize(
    ("operation", "texts", "shown"),
    [
        ("difference", ("八个月", "十二个月"), "十二个月 − 八个月 = 4个月（计算所得）"),
        ("sum", ("10万元", "3.5万元"), "10万元 + 3.5万元 = 13.5万元（计算所得）"),
        ("sum", ("40%", "30%"), "40% + 30% = 70%（计算所得）"),
        ("mean", ("18人", "16人"), "（18人 + 16人）÷ 2 = 17人（计算所得）"),
        ("share", ("30名", "480名"), "30名 ÷ 480名 = 6.25%（计算所得）"),
        ("times", ("480名", "30名"), "480名 ÷ 30名 = 16倍（计算所得）"),
    ],
)
def test_the_calculation_is_shown(operation: str, texts: tuple[str, ...], shown: str) -> None:
    assert calculation(operation, figures(*texts)) == shown  # type: ignore[arg-type]
    assert without_calculations(shown).count("，") == len(texts) - 1


@pytest.mark.parametrize("texts", [("3年", "3个月"), ("10万元", "30%"), ("5人", "5户")])
def test_unlike_figures_are_not_put_together(texts: tuple[str, ...]) -> None:
    assert calculation("sum", figures(*texts)) is None


@pytest.mark.parametrize(
    "text",
    [
        "10万元 + 3万元 = 14万元（计算所得）",
        "13万元（计算所得）",
        "10万元 + 3万元 = 13万元",
        "10万元 − 3万元 = 13万元（计算所得）",
        "（10人 + 20人）÷ 3 = 15人（计算所得）",
    ],
)
def test_a_wrong_or_unshown_calculation_stays_as_it_is(text: str) -> None:
    assert without_calculations(text) == text


def test_one_figure_by_another_may_follow_a_premise() -> None:
    wanted = derivation("宁夏累计投了930万、派了465名社工，平均下来一个社工合多少钱？")
    assert wanted is not None and wanted.operation == "ratio"
    assert wanted.operands == ("宁夏累计投入多少钱", "宁夏累计多少个社工")
    assert derivation(together("甲站有多少人", "乙站有多少人")) == Derivation(
        "sum", ("甲站有多少人", "乙站有多少人"), ""
    )


@pytest.mark.parametrize(
    ("operation", "texts", "result"),
    [
        ("difference", ("超13万人", "8万人"), "超5万人"),
        ("rest", ("超13万人", "8.82万人"), "超4.18万人"),
        ("ratio", ("超13万人", "21个"), "超6190.47人"),
        ("sum", ("超10人", "5人"), "超15人"),
        ("share", ("8万人", "超16万人"), "不足50%"),
        ("sum", ("近10人", "近5人"), "约15人"),
    ],
)
def test_what_bounds_an_input_bounds_the_result(
    operation: str, texts: tuple[str, ...], result: str
) -> None:
    shown = calculation(operation, figures(*texts), texts)  # type: ignore[arg-type]
    assert shown is not None and shown.endswith(f" = {result}（计算所得）")
    assert without_calculations(shown) == "，".join(texts)


def test_bounds_that_point_both_ways_bound_nothing() -> None:
    assert calculation("difference", figures("超13万人", "超8万人")) is None
    assert calculation("difference", figures("6万人", "超5万人")) is None
    assert calculation("rest", figures("465名", "8.82万人")) is None
    assert calculation("times", figures("30名", "8.82万人")) is None


@pytest.mark.parametrize(
    "question",
    [
        "没有居住证的孩子要交多少钱",
        "没有毕业证的社工工资多少",
        "未成年证人有多少",
        "社工站占地面积是多少",
        "四川规划是不是为社工增加几倍",
    ],
)
def test_what_only_looks_like_a_calculation(question: str) -> None:
    assert derivation(question) is None


def test_what_is_left_of_all_is_never_turned_round() -> None:
    wanted = derivation("甘肃没有持证的社工有多少人")
    assert wanted is not None and wanted.operation == "rest"
