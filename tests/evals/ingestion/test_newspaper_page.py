"""Articles of a newspaper page: which are right, and what is wrong with the others."""

from __future__ import annotations

from evals.ingestion.library import Stored
from evals.ingestion.newspaper_page import Article, PageComparison, compare_page
from knowledge.documents import PolicyDocument

ROOMS = Article("海城开放活动室", "海城共有十二间活动室，每天开放，由社区管理。")
MONEY = Article("山城增加投入", "山城今年投入九百三十万元，用于培训社会工作者。")


def document(title: str, text: str) -> Stored:
    return Stored(PolicyDocument(title, title, text=text), ())


def compare(*documents: Stored, headline_errors: int = 0) -> PageComparison:
    return compare_page([ROOMS, MONEY], documents, headline_errors)


def read(article: Article, title: str | None = None) -> Stored:
    return document(title or article.title, article.text)


def test_a_page_as_it_was_set() -> None:
    found = compare(read(ROOMS), document(MONEY.title, f"{MONEY.title}\n{MONEY.text}"))
    assert (found.right, found.error_rate, found.problems) == (2, 0.0, ())


def test_articles_out_of_order() -> None:
    found = compare(read(MONEY), read(ROOMS))
    assert found.right == 1
    assert found.problems == ("“山城增加投入” stands before the article it follows",)


def test_two_articles_in_one_document() -> None:
    found = compare(document(ROOMS.title, f"{ROOMS.text}\n{MONEY.title}\n{MONEY.text}"))
    assert found.right == 0 and found.error_rate == 1.0
    assert "no document holds “海城开放活动室” on its own" in found.problems


def test_what_is_no_article() -> None:
    found = compare(read(ROOMS), read(MONEY), document("广告", "本报热线，欢迎来电。"))
    assert found.right == 2
    assert found.problems == ("“广告” is no article of the page",)


def test_a_headline_may_have_as_many_errors_as_it_is_given() -> None:
    wrong = read(ROOMS, "海城开放活动窒")
    assert compare(wrong, read(MONEY)).right == 1
    assert compare(wrong, read(MONEY), headline_errors=1).right == 2


def test_errors_are_counted_over_all_articles() -> None:
    text = MONEY.text.replace("九", "久")
    found = compare(read(ROOMS), document(MONEY.title, text))
    assert found.error_rate == 1 / (len(ROOMS.text) + len(MONEY.text))
    assert found.samples == ("after “山城今年投入”: “久” for “九”",)
