"""Statutes: each article addressable, and quoted from the version that holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from evals.ingestion.laws import check_articles, check_files
from evals.ingestion.library import IngestedLibrary, Stored
from evals.ingestion.lookups import Lookup, ask, lookup_problems, random_lookups, version_lookups
from evals.ingestion.statutes import Statute, chains, read_statutes
from knowledge.documents import PolicyDocument
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever
from tests.evals.ingestion.data import write_law
from tests.fakes import HashEmbedder

TODAY = date(2026, 6, 1)
START = "第三条 本条例自2020年5月1日起施行。"


class Library:
    """Three statutes, ingested; one of them has two versions."""

    def __init__(self, folder: Path) -> None:
        laws = folder / "laws"
        rooms = "海城市活动室条例"
        write_law(
            laws / "海城" / "活动室条例.md",
            rooms,
            "第一条 活动室由街道管理。",
            "第二条 活动室每周开放五天。",
            START,
        )
        write_law(
            laws / "海城" / "活动室条例(2024-03-02).md",
            rooms,
            "第一条 活动室由社区管理。",
            "第二条 活动室每天开放，并且：\n\n（一）不收费；\n\n（二）有人值班。",
            START,
        )
        write_law(
            laws / "山城" / "图书室条例.md",
            "山城市图书室条例",
            "第一条 图书室由学校管理。",
            "第二条 图书室藏书不少于三千册。",
        )
        self.home = folder / "home"
        self.statutes = read_statutes(laws)
        self.chains = chains(self.statutes)
        self.embedder = HashEmbedder()
        self.ingested = IngestedLibrary.ingested([laws], self.home, self.embedder)

    def assistant(self) -> PolicyAssistant:
        return PolicyAssistant(
            HybridRetriever(catalog_path(self.home), index_folder(self.home), self.embedder)
        )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(tmp_path_factory.mktemp("library"))


def test_whole_files_are_right(library: Library) -> None:
    assert check_files(library.ingested, library.statutes).right
    results = list(check_articles(library.ingested, library.statutes))
    assert [result.problems for result in results] == [(), (), ()]
    assert [result.detail["addressable"] for result in results] == [2, 3, 3]


def test_a_file_without_a_document_is_told(library: Library, tmp_path: Path) -> None:
    path = write_law(tmp_path / "海城" / "无.md", "海城市无条例", "第一条 无。")
    (absent,) = read_statutes(tmp_path)
    result = check_files(library.ingested, [*library.statutes, absent])
    assert result.problems == (f"{path.name}: went in as 0 documents",)
    assert next(check_articles(library.ingested, [absent])).problems == (
        "there is no document of this file",
    )


def test_articles_lost_changed_or_doubled_are_told(library: Library) -> None:
    law = next(law for law in library.statutes if law.region == "山城")

    def problems(*articles: tuple[str, str]) -> tuple[str, ...]:
        return next(check_articles(library.ingested, [replace(law, articles=articles)])).problems

    first, second = law.articles
    assert problems(first, second, ("第九条", "第九条 多。")) == (
        "第九条 cannot be addressed",
        "2 addressable units for 3 articles",
    )
    (changed,) = problems(first, ("第二条", second[1].replace("三千", "五千")))
    assert "第二条 has another text" in changed and "“三” for “五”" in changed
    assert problems(first) == ("2 addressable units for 1 articles",)


def test_every_article_is_quoted_whole(library: Library) -> None:
    lookups = random_lookups(library.chains, 3, TODAY)
    assert {lookup.text for lookup in lookups} == {
        f"《{title}》第{number}条是什么内容？"
        for title, numbers in (("海城市活动室条例", "一二三"), ("山城市图书室条例", "一二"))
        for number in numbers
    }
    results = list(ask(lookups, library.assistant(), library.ingested))
    assert {result.question: result.problems for result in results if not result.right} == {}
    assert all(result.latency_ms > 0 for result in results)


def test_the_draw_is_the_same_for_the_same_seed(library: Library) -> None:
    once, again = (random_lookups(library.chains, 7, TODAY, 2) for _ in range(2))
    assert once == again and len(once) == 2


def test_versions_are_asked_for_now_and_as_they_were(library: Library) -> None:
    lookups = list(version_lookups(library.chains, TODAY))
    assert [(lookup.as_of, lookup.number) for lookup in lookups] == [
        (None, "第一条"),
        (date(2024, 3, 1), "第一条"),
    ]
    now, then = ask(lookups, library.assistant(), library.ingested)
    assert now.right and "社区" in now.detail["text"]
    assert then.right and "街道" in then.detail["text"]


def test_the_wrong_version_is_told(library: Library) -> None:
    now, then = version_lookups(library.chains, TODAY)
    answer = library.assistant().answer(Question(now.text))
    assert lookup_problems(now, answer, library.ingested) == []
    (problem,) = lookup_problems(replace(now, statute=then.statute), answer, library.ingested)[:1]
    assert "is from another version" in problem


def test_half_an_article_is_not_the_article(library: Library) -> None:
    lookup = next(
        lookup
        for lookup in random_lookups(library.chains, 0, TODAY)
        if "活动室" in lookup.title and lookup.number == "第二条"
    )
    answer = library.assistant().answer(Question(lookup.text))
    assert lookup_problems(lookup, answer, library.ingested) == []
    (citation,) = answer.citations
    half = replace(answer, citations=(replace(citation, quote=citation.quote[:12]),))
    (problem,) = lookup_problems(lookup, half, library.ingested)
    assert "the quotes part from the article" in problem
    short = replace(answer, text="第二条 活动室每天开放[1]")
    assert lookup_problems(lookup, short, library.ingested) == [
        "the answer's text does not hold the whole article"
    ]


def test_a_title_within_a_title_takes_single_brackets() -> None:
    law = Statute(Path("a.md"), "海城", "a", "海城实施《活动室法》办法", None, None, ())
    lookup = Lookup("a", "t", law.title, "第一条", law)
    assert lookup.text == "《海城实施〈活动室法〉办法》第一条是什么内容？"


class Broken:
    """An assistant that fails."""

    def answer(self, question: Question) -> Answer:
        raise RuntimeError("no more")

    def document(self, document_id: str) -> PolicyDocument | None:
        return None


def test_an_exception_fails_its_case_only(library: Library) -> None:
    lookups = random_lookups(library.chains, 0, TODAY)
    results = list(ask(lookups, Broken(), library.ingested))
    assert len(results) == 5
    assert results[0].problems == ("the assistant raised RuntimeError: no more",)


def test_articles_of_a_document_are_its_passages_in_order(library: Library) -> None:
    law = next(law for law in library.statutes if law.dated)
    (stored,) = library.ingested.of_file(law.path)
    assert isinstance(stored, Stored)
    assert [number for number, _ in stored.articles()] == ["第一条", "第二条", "第三条"]
    assert stored.articles()[1][1].count("（") == 2
