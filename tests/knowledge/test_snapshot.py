from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.search_index import SearchIndex
from knowledge.snapshot import Snapshot
from tests.fakes import HashEmbedder
from tests.policies import NATIONAL, ORDINANCE, ORDINANCE_2026, STATIONS, policy, put

EMBEDDER = HashEmbedder()


def library(home: Path, *documents: Any) -> HybridRetriever:
    """A retriever over documents that are written one after the other."""
    with Catalog(catalog_path(home)) as catalog:
        for document in documents:
            put(catalog, document, EMBEDDER, facts=False)
        SearchIndex(index_folder(home)).synchronise(catalog)
    return HybridRetriever(catalog_path(home), index_folder(home), EMBEDDER)


def ids(retriever: HybridRetriever, text: str, **filters: Any) -> set[str]:
    query = SearchQuery(text, **filters)
    return {result.passage.document_id for result in retriever.retrieve(query, 50)}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    return library(
        tmp_path_factory.mktemp("places"),
        policy("甘肃条例", ORDINANCE, region="甘肃"),
        policy("云南办法", STATIONS, region="云南"),
        policy("杭州办法", STATIONS.replace("十五万", "二十万"), region="浙江杭州市"),
        policy("全国意见", NATIONAL, region="全国"),
        policy("无名意见", NATIONAL.replace("志愿者", "义工"), region=None),
    )


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("甘肃", {"甘肃条例", "全国意见", "无名意见"}),
        ("云南", {"云南办法", "全国意见", "无名意见"}),
        # A city's rules are not those of its province, nor of another city.
        ("浙江", {"全国意见", "无名意见"}),
        ("浙江杭州市", {"杭州办法", "全国意见", "无名意见"}),
        ("浙江宁波市", {"全国意见", "无名意见"}),
        ("西藏", {"全国意见", "无名意见"}),
    ],
)
def test_only_rules_of_the_place_and_national_ones(
    places: HybridRetriever, region: str, found: set[str]
) -> None:
    assert ids(places, "社会工作经费 志愿服务 站点", region=region) == found


def test_the_rule_of_another_place_is_not_found_by_its_own_title(places: HybridRetriever) -> None:
    assert "甘肃条例" not in ids(places, "甘肃条例第三条", region="云南")


def test_filters_are_combined(places: HybridRetriever) -> None:
    assert ids(places, "经费", region="云南", document_ids=("云南办法", "甘肃条例")) == {"云南办法"}
    assert ids(places, "经费", region="云南", document_ids=("甘肃条例",)) == set()
    assert ids(places, "经费", document_ids=("没有这份文件",)) == set()


def dated(title: str, text: str, effective: date, **fields: Any) -> Any:
    return policy(f"{title}-{effective}", text, title=title, effective_from=effective, **fields)


@pytest.fixture(scope="module")
def dates(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    soon = date.today() + timedelta(days=400)
    return library(
        tmp_path_factory.mktemp("dates"),
        dated("社工条例", ORDINANCE, date(2015, 1, 1), region="甘肃"),
        dated("社工条例", ORDINANCE_2026, date(2020, 7, 1), region="甘肃"),
        dated("社工条例", ORDINANCE.replace("八百万", "三千万"), soon, region="甘肃"),
        # The same title in another province replaces nothing.
        dated("社工条例", ORDINANCE.replace("八百万", "六百万"), date(2023, 1, 1), region="云南"),
        dated("站点办法", STATIONS, date(2018, 1, 1), effective_until=date(2021, 12, 31)),
        policy("旧意见", NATIONAL, title="旧意见", status="repealed"),
    )


OLD, NEW, YUNNAN = "社工条例-2015-01-01", "社工条例-2020-07-01", "社工条例-2023-01-01"


def test_a_replaced_or_repealed_text_is_left_out_unless_asked_for(dates: HybridRetriever) -> None:
    found = ids(dates, "社会工作专项资金 志愿服务记录")
    assert {NEW, YUNNAN} <= found
    assert not {OLD, "旧意见"} & found
    assert {OLD, "旧意见"} <= ids(dates, "社会工作专项资金 志愿服务记录", superseded=True)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2014, 12, 31), set()),
        (date(2015, 1, 1), {OLD}),
        (date(2019, 6, 1), {OLD, "站点办法-2018-01-01"}),
        (date(2020, 6, 30), {OLD, "站点办法-2018-01-01"}),
        (date(2020, 7, 1), {NEW, "站点办法-2018-01-01"}),
        (date(2022, 1, 1), {NEW}),
        (date(2024, 1, 1), {NEW, YUNNAN}),
    ],
)
def test_a_day_picks_the_text_that_was_in_force(
    dates: HybridRetriever, day: date, found: set[str]
) -> None:
    assert ids(dates, "社会工作专项资金 站点补助", as_of=day) - {"旧意见"} == found


def test_a_text_that_will_come_into_force_does_not_push_the_present_one_out(
    dates: HybridRetriever,
) -> None:
    assert NEW in ids(dates, "社工条例第四条", region="甘肃")


@pytest.fixture
def versions(tmp_path: Path) -> HybridRetriever:
    """Two versions of one source; the second has another title."""
    first = policy("条例", ORDINANCE, title="社工条例", effective_from=date(2015, 1, 1))
    second = policy(
        "条例", ORDINANCE_2026, title="社会工作促进条例", effective_from=date(2020, 1, 1)
    )
    return library(tmp_path, first, second)


def texts(retriever: HybridRetriever, query: SearchQuery) -> str:
    return "".join(result.passage.text for result in retriever.retrieve(query, 50))


def test_a_former_version_is_found_by_its_day_only(versions: HybridRetriever) -> None:
    now = texts(versions, SearchQuery("社会工作专项资金"))
    assert "一千二百万元" in now
    assert "八百万元" not in now
    then = texts(versions, SearchQuery("社会工作专项资金", as_of=date(2016, 1, 1)))
    assert "八百万元" in then
    assert "一千二百万元" not in then


def test_a_former_version_is_not_found_by_its_former_title(versions: HybridRetriever) -> None:
    assert "八百万元" not in texts(versions, SearchQuery("社工条例第四条"))


def test_of_a_renamed_source_one_version_stands_on_a_day(versions: HybridRetriever) -> None:
    found = texts(versions, SearchQuery("社会工作专项资金", as_of=date(2024, 1, 1)))
    assert "一千二百万元" in found
    assert "八百万元" not in found


def test_a_former_title_finds_the_present_text_and_a_day_the_former(
    versions: HybridRetriever,
) -> None:
    assert "一千二百万元" in texts(versions, SearchQuery("社工条例第四条"))
    then = texts(versions, SearchQuery("社会工作促进条例第四条", as_of=date(2016, 1, 1)))
    assert "八百万元" in then
    assert "一千二百万元" not in then


def test_a_passage_is_described_by_its_own_version(versions: HybridRetriever) -> None:
    query = SearchQuery("社会工作专项资金", as_of=date(2016, 1, 1))
    passage = versions.retrieve(query, 1)[0].passage
    document = versions.snapshot().described(passage)
    assert (document.title, document.effective_from) == ("社工条例", date(2015, 1, 1))
    assert document.status == "amended"


def test_the_former_text_of_each_rule(versions: HybridRetriever, dates: HybridRetriever) -> None:
    assert "八百万元" in texts(versions, SearchQuery("社会工作专项资金", former=True))
    assert ids(dates, "社会工作专项资金", former=True) == {OLD, "旧意见"}


def test_a_repealed_rule_is_found_when_it_is_named(dates: HybridRetriever) -> None:
    assert "旧意见" not in ids(dates, "志愿服务经费怎么解决")
    assert "旧意见" in ids(dates, "《旧意见》里志愿服务经费怎么解决")


def test_what_another_process_adds_is_found_without_reopening(tmp_path: Path) -> None:
    retriever = library(tmp_path, policy("甘肃条例", ORDINANCE))
    assert ids(retriever, "志愿服务证明") == {"甘肃条例"}

    library(tmp_path, policy("全国意见", NATIONAL))

    assert "全国意见" in ids(retriever, "志愿服务证明")


def test_a_library_that_has_not_changed_is_not_opened_again(places: HybridRetriever) -> None:
    for _ in range(3):
        places.retrieve(SearchQuery("经费"), 3)
    assert places.snapshot() is places.snapshot()


def test_a_new_thread_sees_what_was_removed_before_it_began(tmp_path: Path) -> None:
    retriever = library(tmp_path, policy("甘肃条例", ORDINANCE), policy("云南办法", STATIONS))
    for _ in range(3):
        retriever.snapshot()
    with Catalog(catalog_path(tmp_path)) as catalog:
        catalog.remove_document("甘肃条例")
    seen: list[str] = []

    thread = threading.Thread(
        target=lambda: seen.extend(d.id for d in retriever.snapshot().documents())
    )
    thread.start()
    thread.join()

    assert seen == ["云南办法"]


def test_a_document_is_described_even_after_its_removal(places: HybridRetriever) -> None:
    snapshot = places.snapshot()
    assert snapshot.description("甘肃条例").region == "甘肃"
    assert snapshot.description("刚被移除").id == "刚被移除"
    assert all(document.text == "" for document in snapshot.documents())


def test_keys_that_no_version_holds_are_not_kept(places: HybridRetriever) -> None:
    import numpy as np

    snapshot = places.snapshot()
    keys = np.array([1, 10**6], dtype=np.int64)
    assert snapshot.keep(keys, None).tolist() == [True, False]
    assert snapshot.keep(keys, snapshot.allowed(region="西藏")).tolist() == [False, False]
    assert snapshot.version_of(10**6) == 0
    assert snapshot.document_of(10**6) is None


def test_a_snapshot_of_an_empty_library_opens(tmp_path: Path) -> None:
    retriever = library(tmp_path)
    assert retriever.retrieve(SearchQuery("经费"), 3) == ()
    assert isinstance(retriever.snapshot(), Snapshot)
    assert retriever.snapshot().documents() == ()


@pytest.mark.parametrize("text", ["", "  \n ", "？？？", "第12345条", "《》", "的"])
def test_a_query_without_content_is_no_error(places: HybridRetriever, text: str) -> None:
    found = places.retrieve(SearchQuery(text), 3)
    assert len(found) <= 3
    assert text.strip() or found == ()
