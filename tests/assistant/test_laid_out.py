"""Rosters, tables and contacts answer for the place, the year and the documents asked for, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents_meant import is_of_years
from assistant.named_office import offices_named
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from assistant.table_cell import columns_named, rows_named
from knowledge.table_grid import grids
from tests.assistant.conftest import real_assistant

HANGZHOU = """# 杭州市灯会工作领导小组名单
杭灯办〔2024〕3号
组长：霍青 副市长
副组长：苗大田 市文旅局局长
成员：司马雨 市财政局副局长
咨询电话：0571-5550101
"""
RATES = """# 青鸢州{year}年点灯补贴标准表
发布单位：青鸢州灯务局
单位：元/月

| 镇 | 纸灯 | 绢灯 | 人数 |
|---|---|---|---|
| 柳堤镇 | {paper} | 40 | 310 |
| 沙渚镇 |  | 44 | 280 |
| 桐荫镇 | 30—50 | 41 | 190 |
| 合计 | 99 | 125 | 780 |
"""
REPORT = """# 柳堤街道2025年民政工作总结
柳街办〔2026〕1号
全年在册点灯户412户，比上年减少23户。
"""
GRADES = """| 镇 | 等级 | 津贴 |
|---|---|---|
| 李家镇 | 一级 | 300 |
|  | 二级 | 200 |
| 王家镇 | 一级 | 260 |
| 注：自2024年起执行 |
"""
VILLAGES = "| 村 | 补助 |\n|---|---|\n" + "".join(
    f"| 第{number}村 | {number * 3} |\n" for number in range(1, 5000)
)


@pytest.fixture(scope="module")
def library(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("laid_out")
    (inputs / "hangzhou.md").write_text(HANGZHOU, "utf-8")
    (inputs / "rates2024.md").write_text(RATES.format(year=2024, paper=31), "utf-8")
    (inputs / "rates2025.md").write_text(RATES.format(year=2025, paper=33), "utf-8")
    (inputs / "report.md").write_text(REPORT, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
def test_another_place_is_not_told(library: PolicyAssistant) -> None:
    asked = "灯会工作领导小组组长是谁"
    assert "霍青" in library.answer(Question(f"杭州市{asked}")).text
    assert "霍青" not in library.answer(Question(f"成都市{asked}")).text
    assert "霍青" not in library.answer(Question(asked, region="四川")).text
    assert "0571" not in library.answer(Question("成都市灯会咨询电话多少")).text


@pytest.mark.model
def test_a_document_that_is_filtered_for_stays_alone_in_a_conversation(
    library: PolicyAssistant,
) -> None:
    first = Question("杭州市灯会工作领导小组组长是谁")
    told = library.answer(first).text
    (report,) = (d.id for d in library.documents() if "总结" in d.title)
    turn = Question("副组长是谁", history=((first.text, told),), document_ids=(report,))
    assert "苗大田" not in library.answer(turn).text


@pytest.mark.model
def test_the_year_asked_for_or_the_latest(library: PolicyAssistant) -> None:
    assert "**33**" in library.answer(Question("柳堤镇纸灯补贴多少钱")).text
    assert "**31**" in library.answer(Question("2024年柳堤镇纸灯补贴多少钱")).text
    text = library.answer(Question("2019年柳堤镇纸灯补贴多少钱")).text
    assert "**33**" not in text and "**31**" not in text


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    ["沙渚镇纸灯补贴多少钱", "柳堤镇和桐荫镇的纸灯补贴差多少", "柳堤镇纸灯和绢灯一共多少钱"],
)
def test_an_empty_cell_a_range_and_a_sum_are_no_value(
    library: PolicyAssistant, question: str
) -> None:
    text = library.answer(Question(question)).text
    assert "****" not in text and "计算所得" not in text and not text.startswith("**33**")


@pytest.mark.model
def test_totals_persons_and_confirmations(library: PolicyAssistant) -> None:
    assert library.answer(Question("哪个镇绢灯补贴最高")).text.startswith("**沙渚镇**")
    persons = library.answer(Question("柳堤镇点灯的有多少人")).text
    assert "元/月" not in persons.partition("|")[0]
    assert "不一致" in library.answer(Question("柳堤镇纸灯补贴是50元吗")).text


@pytest.mark.model
def test_another_street_is_not_told(library: PolicyAssistant) -> None:
    assert "412户" in library.answer(Question("柳堤街道点灯户有多少户")).text
    answer = library.answer(Question("沙渚街道点灯户有多少户"))
    assert answer.status == "no_evidence" and "412" not in answer.text
    assert offices_named("各街道、跨街道和城镇都要报，乡镇街道也报") == frozenset()


@pytest.mark.model
def test_a_turn_on_what_no_quote_speaks_of_is_declined(library: PolicyAssistant) -> None:
    first = "柳堤镇纸灯补贴多少钱"
    history = ((first, library.answer(Question(first)).text),)
    for turn in ("需要护照吗", "能代领吗", "82岁呢"):
        assert "**33**" not in library.answer(Question(turn, history=history)).text


def test_rows_are_known_by_their_whole_names_and_what_tells_them() -> None:
    (villages,) = grids(VILLAGES)
    assert list(rows_named("第4321村补助多少", villages).values()) == ["第4321村"]
    (grades,) = grids(GRADES)
    ((row, name),) = rows_named("李家镇二级津贴多少", grades).items()
    assert (name, row.cells[2]) == ("李家镇", "200")
    assert len(rows_named("李家镇津贴多少", grades)) == 2
    stations = "| 社区 | 面积 | 投入（万元） |\n|---|---|---|\n| 河东社区 | 90 | 5 |\n| 河东社区分站 | 40 | 2 |\n"
    (grid,) = grids(stations)
    assert list(rows_named("河东社区分站面积多少", grid).values()) == ["河东社区分站"]
    assert [grid.header[column] for column in columns_named("河东社区面积多少", grid)] == ["面积"]


def test_a_huge_header_is_no_table() -> None:
    assert grids(f"| {'补' * 40_000} | 乙 |\n|---|---|\n| 甲镇 | 1 |\n") == []


def test_years_in_a_title_or_a_heading() -> None:
    from assistant.question import parse_question
    from assistant.work import Work

    work = Work(Question("2024年柳堤镇纸灯补贴"), "zh")
    work.parsed = parse_question(work.asked.text)
    assert is_of_years(work, "2024年标准") and not is_of_years(work, "2025年标准")
    work.parsed = parse_question("柳堤镇纸灯补贴")
    assert is_of_years(work, "2025年标准")
