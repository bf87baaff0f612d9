"""Passages that hold a value of the kind asked for go ahead of those that only speak of it."""

from __future__ import annotations

import pytest

from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.reranking import value_gains
from knowledge.retrieval import PARTS, HybridRetriever, SearchQuery
from tests.knowledge.conftest import Home

ASKED = "阳光杯报名人数是多少"
TALK = "阳光杯报名人数受到各方关注，报名十分踊跃。"
SAYS = "阳光杯报名人数为320人。"
ALSO = "据主办方统计，阳光杯报名人数达到320人。"
OTHER = "阳光杯报名人数为290人。"


def gains(question: str, *passages: str) -> list[float]:
    return value_gains(question, passages, lambda term: 1, 100).tolist()


def test_a_value_of_the_kind_asked_for_raises_its_passage() -> None:
    talk, says = gains(ASKED, TALK, SAYS)
    assert says > 0 > talk


def test_of_two_values_the_one_that_another_passage_gives_too_is_raised_more() -> None:
    says, also, other = gains(ASKED, SAYS, ALSO, OTHER)
    assert says > other
    assert also > other


@pytest.mark.parametrize("question", ["阳光杯报名有什么要求", "为什么报名踊跃", ""])
def test_a_question_for_no_kind_of_value_changes_nothing(question: str) -> None:
    assert gains(question, TALK, SAYS) == [0.0, 0.0]


def test_passages_that_tell_nothing_apart_stay_as_they_are() -> None:
    assert gains(ASKED) == []
    assert gains(ASKED, SAYS) == [0.0]
    assert gains(ASKED, TALK, TALK) == [0.0, 0.0]


def scores(home: Home, front_matter: str) -> dict[str, tuple[float, float]]:
    """By document the score with and without the part that looks at values."""
    sources = [
        home.write(f"{name}.md", f"---\ntitle: {name}\n{front_matter}---\n\n{text}\n")
        for name, text in (("talk", TALK), ("says", SAYS), ("also", ALSO))
    ]
    ingest(sources, home.folder, home.embedder)
    whole = HybridRetriever(catalog_path(home.folder), index_folder(home.folder), home.embedder)
    without = HybridRetriever(
        catalog_path(home.folder),
        index_folder(home.folder),
        home.embedder,
        parts=PARTS - {"values"},
    )
    found: list[dict[str, float]] = [
        {hit.passage.title: hit.score for hit in retriever.retrieve(SearchQuery(ASKED), 3)}
        for retriever in (whole, without)
    ]
    return {title: (found[0][title], found[1][title]) for title in ("talk", "says", "also")}


def test_the_search_raises_pages_that_give_the_value(home: Home) -> None:
    found = scores(home, "")
    assert found["says"][0] > found["says"][1]
    assert found["talk"][0] < found["talk"][1]


def test_what_an_authority_issued_needs_no_other_beside_it(home: Home) -> None:
    assert all(now == before for now, before in scores(home, "issuers: [临江市民政局]\n").values())
