from __future__ import annotations

from datetime import date

import pytest

from knowledge.ingestion import ingest
from knowledge.retrieval import HybridRetriever, SearchQuery
from tests.knowledge.conftest import LINJIANG, NATIONAL, SICHUAN, Home


def law(title: str, effective: str, number: str) -> str:
    return (
        f"---\ntitle: {title}\nregion: 全国\neffective_from: {effective}\n---\n\n"
        f"第一条 为了保护老年人，制定本法。\n\n第三条 老年人每年免费体检{number}次。\n"
    )


@pytest.fixture
def retriever(home: Home) -> HybridRetriever:
    sources = [
        home.write("a.md", LINJIANG),
        home.write("n.md", NATIONAL),
        home.write("s.md", SICHUAN),
        home.write("old.md", law("敬老法", "2010-01-01", "一")),
        home.write("new.md", law("敬老法", "2020-01-01", "两")),
    ]
    ingest(sources, home.folder, home.embedder)
    return home.retriever()


def titles(retriever: HybridRetriever, query: SearchQuery) -> list[str]:
    return [result.passage.title for result in retriever.retrieve(query, 20)]


def test_a_blank_query_finds_nothing(retriever: HybridRetriever) -> None:
    assert retriever.retrieve(SearchQuery("  \n"), 5) == ()


def test_results_are_ranked_from_one_with_falling_scores(retriever: HybridRetriever) -> None:
    found = retriever.retrieve(SearchQuery("社工站的经费是多少"), 6)
    assert [result.rank for result in found] == list(range(1, len(found) + 1))
    assert [r.score for r in found] == sorted((r.score for r in found), reverse=True)
    assert "经费" in found[0].passage.text


def test_a_region_brings_its_own_and_national_rules_only(retriever: HybridRetriever) -> None:
    found = set(titles(retriever, SearchQuery("社工", region="四川")))
    assert "江北省社工补贴通知" in found and "社会工作服务机构指引" in found
    assert "临江市社工站管理办法" not in found


def test_a_document_filter_keeps_to_the_document(retriever: HybridRetriever) -> None:
    wanted = retriever.retrieve(SearchQuery("补贴"), 1)[0].passage.document_id
    found = retriever.retrieve(SearchQuery("社工站", document_ids=(wanted,)), 10)
    assert {result.passage.document_id for result in found} == {wanted}


def test_an_article_asked_for_by_name_and_number_comes_first(retriever: HybridRetriever) -> None:
    first = retriever.retrieve(SearchQuery("临江市社工站管理办法第3条讲什么"), 3)[0]
    assert first.origin == "structured"
    assert first.passage.article == "第三条" and "年度预算" in first.passage.text


def test_the_version_in_force_is_used_and_the_former_one_by_its_date(
    retriever: HybridRetriever,
) -> None:
    asked = "敬老法第三条"
    assert "两次" in retriever.retrieve(SearchQuery(asked), 1)[0].passage.text
    everything = " ".join(r.passage.text for r in retriever.retrieve(SearchQuery(asked), 20))
    assert "一次。" not in everything.replace("报告一次。", "")

    then = SearchQuery(asked, as_of=date(2015, 6, 1))
    assert "一次" in retriever.retrieve(then, 1)[0].passage.text


def test_traditional_script_finds_simplified_text(retriever: HybridRetriever) -> None:
    assert titles(retriever, SearchQuery("持證社工補貼"))[0] == "江北省社工补贴通知"
