"""Tables in whole documents: each row is found with what its columns mean."""

from __future__ import annotations

import pytest

from knowledge.documents import Passage
from knowledge.passages import split_document
from tests.policies import policy

LONG = "说明文字" * 20
ROWS = "\n".join(f"| 第{n}县 | {n}2 | {LONG} |" for n in range(1, 9))
HEADER = "| 地区 | 金额 | 说明 |"


def passages(text: str) -> tuple[Passage, ...]:
    return split_document(policy("d", text))


def lead_of(text: str, words: str) -> str:
    (found,) = (passage for passage in passages(text) if words in passage.text)
    return found.lead_in


@pytest.mark.parametrize("rule", ["", "|---|:-:|--:|\n", "| --- | --- | --- |\n"])
def test_each_row_carries_the_header(rule: str) -> None:
    found = passages(f"{HEADER}\n{rule}{ROWS}\n")
    assert len(found) > 2
    assert all(passage.lead_in == HEADER for passage in found)
    assert sum(passage.text.count("县") for passage in found) == 8


@pytest.mark.parametrize("second", ["| 地区 | 城市 | 农村 |", "|  | 城市 | 农村 |"])
@pytest.mark.parametrize("rule", ["", "|---|---|---|\n"])
def test_a_header_of_two_rows_is_carried_whole(second: str, rule: str) -> None:
    first = "| 地区 | 标准 | 标准 |"
    rows = "\n".join(f"| 第{n}县 | {n}2元 | {n}1元，{LONG} |" for n in range(1, 9))
    found = passages(f"{first}\n{rule}{second}\n{rows}\n")
    assert all(passage.lead_in == f"{first}\n{second}" for passage in found)


def test_a_first_row_of_content_is_no_second_header() -> None:
    text = f"| 地区 | 标准 | 标准 |\n|---|---|---|\n| 甲县 | 免费 | 免费 |\n{ROWS}\n"
    assert "| 甲县 |" not in lead_of(text, "第8县")


def test_the_caption_and_the_unit_above_a_table_belong_to_its_rows() -> None:
    text = (
        f"补助如下。\n表1 各地补助标准（2024年）\n单位：万元\n\n{HEADER}\n|---|---|---|\n{ROWS}\n"
    )
    assert lead_of(text, "第8县") == f"表1 各地补助标准（2024年）\n单位：万元\n{HEADER}"
    assert lead_of(f"各县应当执行。\n{HEADER}\n{ROWS}\n", "第8县") == HEADER


def test_an_empty_line_ends_a_table() -> None:
    other = "| 岗位 | 工资 | 备注 |"
    text = f"{HEADER}\n{ROWS}\n\n{other}\n{ROWS.replace('县', '岗')}\n"
    assert lead_of(text, "第8县") == HEADER
    assert lead_of(text, "第8岗") == other


def test_rows_that_go_on_after_a_page_break_keep_their_header() -> None:
    rest = ROWS.replace("第", "续")
    text = f"{HEADER}\n|---|---|---|\n{ROWS}\n\n{rest}\n"
    assert lead_of(text, "续8县") == HEADER
    assert any("续1县" in passage.text for passage in passages(text))


def test_a_cell_with_line_breaks_stays_in_its_row() -> None:
    text = f"{HEADER}\n|---|---|---|\n| 甲县 | 十万元\n另加五万元 | {LONG} |\n{ROWS}\n"
    (found,) = (passage for passage in passages(text) if "另加五万元" in passage.text)
    assert "| 甲县 | 十万元\n另加五万元 |" in found.text
    assert found.lead_in == HEADER


def test_a_table_without_outer_bars() -> None:
    rows = "\n".join(f"第{n}县 | {n}2 | {LONG}" for n in range(1, 9))
    assert (
        lead_of(f"地区 | 金额 | 说明\n--- | --- | ---\n{rows}\n", "第8县") == "地区 | 金额 | 说明"
    )


def test_a_row_longer_than_a_passage_is_cut_and_keeps_the_header() -> None:
    text = f"| 地区 | 内容 |\n|---|---|\n| 甲县 | {'社工站提供陪伴和探访。' * 60} |\n"
    found = passages(text)
    assert len(found) > 2
    assert all(passage.lead_in == "| 地区 | 内容 |" for passage in found)


def test_a_formula_with_bars_is_no_table() -> None:
    assert [p.lead_in for p in passages("设|x|为偏差，按季度核对。\n其余另行通知。\n")] == [""]
