from __future__ import annotations

from datetime import UTC, date, datetime

from knowledge.catalog_rows import (
    document_from_row,
    document_to_row,
    fact_from_row,
    fact_to_row,
    passage_from_row,
    passage_to_row,
)
from knowledge.documents import Heading, PageSpan, Passage, PolicyDocument, PolicyFact

DOCUMENT = PolicyDocument(
    id="d1",
    title="“双引号”与'单引号'，𠮷",
    issuers=("甲省民政厅", "乙委，含逗号"),
    document_number="甲民发〔2026〕8号",
    region="甘肃",
    published_on=date(2026, 2, 3),
    effective_from=date(2026, 3, 1),
    effective_until=date(2028, 12, 31),
    status="amended",
    supersedes=("旧办法", "甲民发〔2020〕1号"),
    source="某文件.md#2",
    retrieved_at=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
    sha256="0" * 64,
    text="第一条 内容。\n",
    pages=(PageSpan(3, 0, 4), PageSpan(4, 4, 9)),
    headings=(Heading(6, "第一条", 0, 4, "第一条"),),
    source_note="转自某报",
)


def test_a_document_comes_back_whole() -> None:
    assert document_from_row(document_to_row(DOCUMENT)) == DOCUMENT


def test_a_document_of_which_nothing_is_known_comes_back_whole() -> None:
    bare = PolicyDocument("d2", "无题")
    assert document_from_row(document_to_row(bare)) == bare


def test_a_passage_comes_back_whole() -> None:
    passage = Passage("p1", "d1", "内容。", ("第一章", "一、"), "第一条", 4, 7, 3, "标题", "前言：")
    row = {**passage_to_row(passage, 7, "digest"), "title": "标题"}
    assert passage_from_row(row) == passage
    assert (row["version"], row["text_digest"]) == (7, "digest")


def test_a_fact_comes_back_whole() -> None:
    fact = PolicyFact(
        "target", None, "乡镇", "到2028年全覆盖。", ("2028年", "两名"), "2028年", "p1", "d1", 3, 13
    )
    assert fact_from_row(fact_to_row(fact, 7)) == fact
