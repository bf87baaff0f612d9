from __future__ import annotations

from datetime import date

import pytest

from knowledge.document_builder import build_documents, source_id
from knowledge.documents import content_hash
from knowledge.loading import LoadedFile, LoadedPage

TODAY = date(2026, 6, 1)


def loaded(*pages: str, kind: str = "text", **fields: object) -> LoadedFile:
    return LoadedFile(
        pages=tuple(LoadedPage(number, text) for number, text in enumerate(pages, 1)),
        source="库/社工条例.txt",
        kind=kind,
        **fields,  # type: ignore[arg-type]
    )


def test_a_document_carries_what_its_file_says() -> None:
    (document,) = build_documents(
        loaded(
            "第一条 为了规范服务，制定本条例。\n",
            kind="markdown",
            metadata={"title": "社工条例", "region": "甘肃", "effective_from": "2025-03-01"},
        ),
        today=TODAY,
    )

    assert (document.title, document.region) == ("社工条例", "甘肃")
    assert (document.effective_from, document.status) == (date(2025, 3, 1), "current")
    assert document.sha256 == content_hash(document.text)
    assert [heading.article for heading in document.headings] == ["第一条"]
    assert document.source == "库/社工条例.txt"


def test_the_id_comes_from_the_source_not_from_the_text() -> None:
    (first,) = build_documents(loaded("甲。"))
    (second,) = build_documents(loaded("乙。"))
    assert first.id == second.id == source_id("库/社工条例.txt")
    assert first.sha256 != second.sha256
    assert build_documents(loaded("甲。"), document_id="x1")[0].id == "x1"


def test_pages_are_joined_and_each_position_knows_its_page() -> None:
    first = "第一页讲述社工站的建设要求和人员配备标准。"
    second = "第二页讲述社工站的经费来源和使用管理办法。"
    (document,) = build_documents(loaded(first, second, kind="pdf"))

    assert [page.number for page in document.pages] == [1, 2]
    for page, text in zip(document.pages, (first, second), strict=True):
        assert document.text[page.start_char : page.end_char] == text


def test_a_sentence_that_runs_over_a_page_break_is_made_whole() -> None:
    first = "各县民政部门应当在每年年底以前向省级民政部门报告社工站的运行情"
    second = "况和经费使用情况。"
    (document,) = build_documents(loaded(first, second, kind="pdf"))
    assert "运行情况和经费" in document.text
    assert document.pages[1].start_char == document.text.index("况和经费")


def test_blank_pages_and_blank_files_make_no_document() -> None:
    assert build_documents(loaded(" \n ")) == ()
    (document,) = build_documents(loaded("", "正文在第二页。", kind="pdf"))
    assert [page.number for page in document.pages] == [2]


def test_articles_of_a_container_are_documents_of_their_own() -> None:
    articles = tuple(
        LoadedFile((LoadedPage(None, text),), "", {"title": title}, "html")
        for title, text in (("甲", "甲文的内容。"), ("乙", "乙文的内容。"))
    )
    documents = build_documents(loaded("合订本", articles=articles))

    assert [d.title for d in documents] == ["甲", "乙"]
    assert [d.source for d in documents] == ["库/社工条例.txt#1", "库/社工条例.txt#2"]
    assert documents[0].id != documents[1].id


@pytest.mark.parametrize("kind", ["text", "markdown", "pdf", "jsonl"])
def test_hidden_characters_do_not_survive(kind: str) -> None:
    (document,) = build_documents(loaded("社\u200b工\u202e站\u0000的\ufeff经费。", kind=kind))
    assert document.text == "社工站的经费。"
