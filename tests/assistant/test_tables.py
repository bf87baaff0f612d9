from __future__ import annotations

import re

from assistant.citing import Citations
from assistant.tables import comparison, overview
from tests.assistant.scoring import scored
from tests.policies import NATIONAL, ORDINANCE, STATIONS, policy

GANSU = policy("甘肃条例", ORDINANCE, title="甘肃省社会工作条例", region="甘肃")
YUNNAN = policy("云南办法", STATIONS, title="云南省乡镇社工站办法", region="云南")
PIPED = policy("管道", "经费|补贴为每站\n十五万元。\n", title="某|办法 <b>", region=None)


def best(question: str, document: object, number: int = 1) -> list:  # type: ignore[type-arg]
    return list(scored(question, document)[2][:number])  # type: ignore[arg-type]


def rows(text: str) -> list[list[str]]:
    """Cells of each row of the Markdown table in `text`, without head and rule."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    return [[cell.strip() for cell in row] for row in cells[2:]]


def test_a_comparison_has_a_row_for_each_place_even_without_an_answer() -> None:
    citations = Citations()
    text = comparison(
        [("甘肃", best("专项资金", GANSU)), ("云南", best("经费补助", YUNNAN)), ("西藏", [])],
        citations,
        "zh",
    )
    assert [row[0] for row in rows(text)] == ["甘肃", "云南", "西藏"]
    assert "八百万元" in rows(text)[0][1] and rows(text)[0][1].endswith("[1]")
    assert "十五万元" in rows(text)[1][1] and rows(text)[1][1].endswith("[2]")
    assert "未提到" in rows(text)[2][1]
    assert [c.region for c in citations.citations] == ["甘肃", "云南"]


def test_the_head_is_in_the_reader_s_language() -> None:
    assert "| Place |" in comparison([("甘肃", [])], Citations(), "en")
    assert "| 地区 |" in comparison([("甘肃", [])], Citations(), "zh")


def test_several_sentences_of_a_place_follow_each_other_and_name_it_once() -> None:
    text = comparison([("甘肃", best("社会工作", GANSU, 3))], Citations(), "zh")
    assert [row[0] for row in rows(text)] == ["甘肃", "", ""]


def test_an_overview_has_one_place_a_document_with_few_sentences_in_reading_order() -> None:
    statements = [*scored("社会工作", GANSU)[2], *scored("站点", YUNNAN)[2]]
    citations = Citations()
    text = overview(statements, citations, "zh")

    assert [row[0] for row in rows(text) if row[0]] == ["甘肃", "云南"]
    starts = [c.start_char for c in citations.citations if c.region == "甘肃"]
    assert len(starts) == 3
    assert starts == sorted(starts)


def test_a_document_cannot_break_out_of_its_cell() -> None:
    text = overview(list(scored("经费", PIPED)[2]), Citations(), "zh")
    assert all(len(row) == 2 for row in rows(text))
    assert "<b>" not in text.replace("\\<b\\>", "")


def test_every_cell_is_quoted() -> None:
    citations = Citations()
    national = policy("意见", NATIONAL, region="全国")
    overview(list(scored("经费", national)[2]), citations, "zh")
    for citation in citations.citations:
        assert national.text[citation.start_char : citation.end_char] == citation.quote
    assert {number for claim in citations.claims for number in claim.citations} == {
        citation.number for citation in citations.citations
    }
