from __future__ import annotations

import pytest

from knowledge.authority import authority
from knowledge.ingestion import ingest
from knowledge.retrieval import SearchQuery
from tests.knowledge.conftest import Home


@pytest.mark.parametrize("title", ["慈善法", "民法典", "刑法", "立法法", "劳动合同法第十条"])
def test_laws_of_the_country_stand_above(title: str) -> None:
    assert authority(title, "全国") == authority(title, None) > 0


@pytest.mark.parametrize("title", ["慈善组织认定办法", "工作方法", "物业管理条例", "行政执法"])
def test_what_is_no_law_does_not(title: str) -> None:
    assert authority(title, "全国") == 0


def test_nothing_of_one_place_does() -> None:
    assert authority("慈善法", "四川") == 0


def article(title: str, region: str, number: str) -> str:
    return (
        f"---\ntitle: {title}\nregion: {region}\n---\n\n"
        f"第{number}条 捐赠人有权查询捐赠财产的使用。\n"
    )


def test_of_two_like_texts_the_law_comes_first(home: Home) -> None:
    sources = [
        home.write("a.md", article("四川省慈善条例", "四川", "一")),
        home.write("b.md", article("中华人民共和国慈善法", "全国", "二")),
        home.write("c.md", article("山东省慈善条例", "山东", "三")),
    ]
    ingest(sources, home.folder, home.embedder)
    found = home.retriever().retrieve(SearchQuery("捐赠人查询捐赠财产"), 3)
    assert found[0].passage.title == "中华人民共和国慈善法"
    assert len(found) == 3
