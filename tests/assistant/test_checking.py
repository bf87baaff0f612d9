from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Claim
from assistant.checking import checked, is_verbatim, quoted_version
from knowledge.catalog import Catalog
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, ORDINANCE_2026, policy, put

QUOTE = "省财政每年安排社会工作专项资金八百万元。"
START = ORDINANCE.index(QUOTE)
CITATION = Citation(
    number=1,
    document_id="条例",
    title="条例",
    document_number=None,
    region=None,
    heading_path=(),
    article="第四条",
    page=None,
    quote=QUOTE,
    start_char=START,
    end_char=START + len(QUOTE),
    source="",
    validity="current",
)
ANSWER = Answer("answered", f"{QUOTE}[1]", (Claim(QUOTE, (1,)),), (CITATION,))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "catalog.sqlite3") as opened:
        put(opened, policy("条例", ORDINANCE), HashEmbedder())
        yield opened


def test_an_answer_whose_quotes_stand_where_it_says_goes_out_unchanged(catalog: Catalog) -> None:
    assert checked(ANSWER, catalog) is ANSWER


@pytest.mark.parametrize(
    "wrong",
    [
        replace(CITATION, quote=QUOTE.replace("八百", "九百")),
        replace(CITATION, quote=QUOTE + " "),
        replace(CITATION, start_char=START + 1, end_char=START + 1 + len(QUOTE)),
        replace(CITATION, document_id="没有"),
    ],
)
def test_an_answer_with_one_wrong_quote_is_withdrawn_whole(
    catalog: Catalog, wrong: Citation
) -> None:
    assert not is_verbatim(wrong, catalog)
    answer = checked(replace(ANSWER, citations=(CITATION, wrong)), catalog)

    assert answer.status == "no_evidence"
    assert (answer.citations, answer.claims) == ((), ())
    assert "百万元" not in answer.text


def test_a_document_replaced_or_removed_meanwhile_withdraws_the_answer(catalog: Catalog) -> None:
    put(catalog, policy("条例", ORDINANCE_2026), HashEmbedder())
    assert checked(ANSWER, catalog).status == "no_evidence"
    catalog.remove_document("条例")
    assert checked(ANSWER, catalog).status == "no_evidence"


def test_a_quote_of_a_former_version_is_held_against_that_version(catalog: Catalog) -> None:
    former = catalog.versions()[0].version
    put(catalog, policy("条例", ORDINANCE_2026), HashEmbedder())

    assert checked(ANSWER, catalog, former={1: former}) is ANSWER
    assert quoted_version(CITATION, catalog) == former
    altered = replace(CITATION, quote=QUOTE.replace("八百", "九百"))
    assert checked(replace(ANSWER, citations=(altered,)), catalog, former={1: former}) != ANSWER
    catalog.remove_document("条例")
    assert checked(ANSWER, catalog, former={1: former}).status == "no_evidence"
    assert quoted_version(CITATION, catalog) is None


def test_an_answer_without_quotes_needs_no_check(catalog: Catalog) -> None:
    refusal = Answer("no_evidence", "没有找到。")
    assert checked(refusal, catalog) is refusal
