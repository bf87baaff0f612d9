"""What is asked of a table is read where its row and its column meet, with the unit it is given in."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from knowledge.table_grid import grids
from tests.assistant.conftest import real_assistant

RATES = """# 青鸢州2024年点灯补贴标准表

发布单位：青鸢州灯务局　　计量单位：元/盏·月

## 表一 点灯补贴

| 镇 | 纸灯 | 琉璃灯（一等） | 琉璃灯（二等） |
|---|---|---|---|
| 柳堤镇 | 31 | 58 | 47 |
| 沙渚镇 | 29 | 61 | 44 |
| 桐荫镇 | 36 | 55 | 41 |

## 表二 守灯人年资津贴

| 镇 | 60—69岁 | 70—79岁 | 80岁及以上 |
|---|---|---|---|
| 柳堤镇 | 110 | 170 | 410 |
| 沙渚镇 | 90 | 160 | 380 |
| 桐荫镇 | 130 | 190 | 450 |

## 办理地点

| 镇 | 窗口 | 地址 | 电话 |
|---|---|---|---|
| 柳堤镇 | 灯务窗口 | 长堤路3号 | 0999-1112223 |
| 沙渚镇 | 灯务窗口 | 渚头街18号 | 0999-4445556 |
| 桐荫镇 | 灯务窗口 | 桐花巷7号 | 0999-7778889 |
"""
PROJECTS = """# 灯谜项目评审结果

| 序号 | 类别 | 项目名称 | 承办机构 | 得分 | 资助金额（万元） |
|---|---|---|---|---|---|
| 1 | 猜谜 | “萤火”谜会 | 柳堤镇谜社 | 93.5 | 6 |
| 2 | 扎灯 | “鱼龙”灯坊 | 沙渚镇灯坊 | 88 | 9.5 |
| 3 | 扎灯 | “竹骨”课堂 | 桐荫镇学堂 | 79 | 4 |
"""


def test_a_table_is_a_grid_with_its_heading_and_its_unit() -> None:
    rates, ages, offices = grids(RATES)
    assert rates.header == ("镇", "纸灯", "琉璃灯（一等）", "琉璃灯（二等）")
    assert "点灯补贴" in rates.heading and "年资津贴" in ages.heading
    assert rates.unit and rates.unit.words == "元/盏·月"
    assert RATES[rates.unit.start : rates.unit.end].endswith("元/盏·月")
    assert offices.rows[1].cells[3] == "0999-4445556"
    (projects,) = grids(PROJECTS)
    assert projects.unit is None and projects.column_unit(5) == "万元"


@pytest.fixture(scope="module")
def library(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("tables")
    (inputs / "rates.md").write_text(RATES, "utf-8")
    (inputs / "projects.md").write_text(PROJECTS, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("沙渚镇一盏纸灯补贴多少", "**29**[1]（元/盏·月"),
        ("桐荫镇二等琉璃灯的点灯补贴是多少钱", "**41**[1]"),
        ("我奶奶78岁，在柳堤镇守灯，年资津贴能领多少", "**170**[1]"),
        ("桐荫镇81岁守灯人津贴", "**450**[1]"),
        # 90 stands in the row as well.
        ("沙渚镇60岁守灯人津贴标准", "**90**[1]"),
        ("沙渚镇灯务窗口的电话", "**0999-4445556**[1]"),
        ("哪个镇的纸灯补贴最高", "**桐荫镇**[1]：36"),
        ("柳堤镇和桐荫镇的纸灯补贴差多少", "36元 − 31元 = 5元（计算所得）"),
        ("鱼龙灯坊资助多少万元", "**9.5**[1]"),
        ("萤火谜会得了多少分，哪家机构承办", "**柳堤镇谜社**[1]"),
        ("得分最低的是哪个项目", "**“竹骨”课堂**[1]：79"),
    ],
)
def test_the_cell_asked_for_comes_first(
    library: PolicyAssistant, question: str, begins: str
) -> None:
    answer = library.answer(Question(question))
    assert answer.status == "answered" and answer.text.startswith(begins), answer.text
    for citation in answer.citations:
        document = library.document(citation.document_id)
        assert document is not None
        assert document.text[citation.start_char : citation.end_char] == citation.quote


@pytest.mark.model
def test_columns_about_as_well_named_are_all_told(library: PolicyAssistant) -> None:
    text = library.answer(Question("柳堤镇琉璃灯补贴多少")).text
    assert "**58**" in text and "**47**" in text and "**31**" not in text


@pytest.mark.model
@pytest.mark.parametrize(
    "question", ["枫林镇纸灯补贴多少", "柳堤镇纸灯坏了赔多少", "柳堤镇人口多少"]
)
def test_what_no_cell_says_is_not_told_from_one(library: PolicyAssistant, question: str) -> None:
    text = library.answer(Question(question)).text
    assert "**31**" not in text and "**29**" not in text and "**36**" not in text


@pytest.mark.model
def test_turns_change_the_row_or_the_column(library: PolicyAssistant) -> None:
    history: list[tuple[str, str]] = []
    for question, words in (
        ("柳堤镇一等琉璃灯补贴多少", "**58**"),
        ("沙渚镇呢", "**61**"),
        ("两个差多少", "61元 − 58元 = 3元"),
        ("二等的呢", "**44**"),
    ):
        text = library.answer(Question(question, history=tuple(history))).text
        history.append((question, text))
        assert words in text, (question, text)
