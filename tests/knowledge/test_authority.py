from __future__ import annotations

from datetime import date

import pytest

from knowledge.authority import authority, overruled
from knowledge.documents import PolicyDocument
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


def rule(title: str, year: int, region: str = "全国") -> PolicyDocument:
    return PolicyDocument(title, title, region=region, effective_from=date(year, 1, 1))


def test_a_later_law_overrules_the_regulation_on_its_subject() -> None:
    older, law = rule("法律援助条例", 2003), rule("中华人民共和国法律援助法", 2022)
    assert overruled([older, law]) == {"法律援助条例"}
    assert overruled([rule("信访条例", 2005), rule("信访工作条例", 2022)]) == {"信访条例"}


def test_what_came_later_or_is_of_a_place_or_on_something_else_is_not_overruled() -> None:
    law = rule("中华人民共和国法律援助法", 2022)
    assert not overruled([law, rule("法律援助条例", 2024)])
    assert not overruled([law, rule("浙江省法律援助条例", 2016, "浙江")])
    assert not overruled([law, rule("志愿服务条例", 2017)])
    assert not overruled([rule("法律援助条例", 2003), rule("法律援助办法", 2022)])
