from __future__ import annotations

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.citing import Citations
from assistant.quotation import block, escape, quoted
from knowledge.documents import Passage
from knowledge.passages import split_document
from tests.policies import policy

LONG = "说明文字" * 20
TABLE = "补助如下。\n\n| 地区 | 金额 | 说明 |\n|---|---|---|\n" + "".join(
    f"| 第{n}县 | {n}2万元 | {LONG}<b> |\n" for n in range(1, 9)
)
DOCUMENT = policy("标准", TABLE, title="补助标准")


def excerpt(document_id: str, start: int, end: int) -> str:
    return DOCUMENT.text[start:end]


def cells(markdown: str) -> list[list[str]]:
    """Cells of the only table in Markdown text, as a reader sees them; the head first."""
    rendered = MarkdownIt("commonmark").enable("table").render(markdown)
    rows = re.findall(r"<tr>(.*?)</tr>", rendered, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return [[html.unescape(cell) for cell in row] for row in found]


def row_of(words: str) -> tuple[Passage, int, str]:
    (passage,) = (p for p in split_document(DOCUMENT) if words in p.text)
    start = DOCUMENT.text.rindex("\n", 0, DOCUMENT.text.index(words)) + 1
    return passage, start, DOCUMENT.text[start : DOCUMENT.text.index("\n", start)]


def test_a_row_is_shown_under_the_header_of_its_table_and_both_are_cited() -> None:
    passage, start, quote = row_of("第8县")
    citations = Citations()
    shown = cells(quoted(DOCUMENT, passage, start, quote, citations, excerpt))

    assert shown[0] == ["地区", "金额", "说明[2]"]
    assert shown[1] == ["第8县", "82万元", f"{LONG}<b>[1]"]
    assert [c.quote for c in citations.citations] == [quote, "| 地区 | 金额 | 说明 |"]
    assert [c.number for c in citations.citations] == [1, 2]
    for citation in citations.citations:
        assert DOCUMENT.text[citation.start_char : citation.end_char] == citation.quote
    assert {claim.text: claim.citations for claim in citations.claims} == {
        quote: (1,),
        "| 地区 | 金额 | 说明 |": (2,),
    }


def test_a_row_whose_header_cannot_be_read_is_quoted_alone() -> None:
    passage, start, quote = row_of("第8县")
    citations = Citations()
    text = quoted(DOCUMENT, passage, start, quote, citations)
    assert text.endswith("[1]") and len(citations.citations) == 1


def test_a_passage_of_several_rows_is_one_table() -> None:
    passage = split_document(DOCUMENT)[-1]
    text = quoted(DOCUMENT, passage, passage.start_char, passage.text, Citations(), excerpt)
    shown = cells(text)
    assert len(shown) == 1 + passage.text.count("\n") + 1
    assert shown[0][0] == "地区"
    assert shown[-1][-1].endswith("[1]")


def test_a_table_in_running_text_is_shown_as_one() -> None:
    text = block("说明如下。\n| 甲 | 乙 |\n|---|---|\n| 1 | 十万元<br>每年 |\n此外另行通知。")
    assert cells(text) == [["甲", "乙"], ["1", "十万元 每年"]]
    assert text.startswith("说明如下。\n\n|") and text.endswith("|\n\n此外另行通知。")


def test_items_are_a_list_and_other_lines_stand_as_they_are() -> None:
    assert block("下列人员：\n- 老人\n\n• 儿童\n（一）甲") == "下列人员：\n- 老人\n- 儿童\n（一）甲"


@settings(max_examples=300, deadline=None)
@given(st.text("社工<>[]()!*_`#|~\\{}1.)+-=&;a\n", min_size=1, max_size=30))
def test_no_text_becomes_markup(text: str) -> None:
    lines = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    rendered = MarkdownIt("commonmark", {"html": True}).render(escape(lines))
    assert re.findall(r"<(?!/?p>)", rendered) == []
    assert html.unescape(re.sub(r"<[^>]+>", "", rendered)).strip("\n") == lines
