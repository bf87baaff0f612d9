from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.documents import FactKind, PolicyFact
from knowledge.facts import extract_facts, fact_cue
from knowledge.passages import split_document
from tests.policies import NATIONAL, ORDINANCE, STATIONS, policy


def facts(text: str) -> Sequence[PolicyFact]:
    document = policy("d", text, region="甘肃")
    return extract_facts(document, split_document(document))


def of_kind(text: str, kind: FactKind) -> list[str]:
    return [fact.statement for fact in facts(text) if fact.kind == kind]


def test_funding_targets_and_domains_are_told_apart() -> None:
    assert of_kind(ORDINANCE, "funding") == ["第四条 省财政每年安排社会工作专项资金八百万元。"]
    assert of_kind(ORDINANCE, "target") == ["第五条 到2028年，乡镇社会工作站实现全覆盖。"]
    assert any("困境儿童陪伴" in statement for statement in of_kind(STATIONS, "domain"))


def test_a_target_names_its_deadline_and_figures() -> None:
    target = next(fact for fact in facts("到2028年，持证社工达到3000人。") if fact.kind == "target")
    assert target.deadline == "2028年"
    assert "3000人" in target.figures


def test_a_heading_says_what_its_sentences_are_about() -> None:
    text = (
        "一、经费\n由县级民政部门统一支付并接受监督。\n二、附则\n由县级民政部门负责解释本办法。\n"
    )
    assert of_kind(text, "funding") == ["由县级民政部门统一支付并接受监督。"]


@pytest.mark.parametrize(
    "text", [ORDINANCE, STATIONS, NATIONAL, "𠮷村每年安排经费3万元，用于服务。"]
)
def test_every_fact_is_verbatim_and_stands_in_its_passage(text: str) -> None:
    document = policy("d", text, region="甘肃")
    passages = {passage.id: passage for passage in split_document(document)}
    found = extract_facts(document, list(passages.values()))
    assert found
    for fact in found:
        assert text[fact.start_char : fact.end_char] == fact.statement
        passage = passages[fact.passage_id]
        assert passage.start_char <= fact.start_char < fact.end_char <= passage.end_char
        assert all(figure in fact.statement for figure in fact.figures)
        assert fact.subject and fact.subject in fact.statement
        assert (fact.region, fact.document_id) == ("甘肃", "d")


def test_a_sentence_about_none_of_them_is_no_fact() -> None:
    assert facts("社会工作者应当遵守职业道德，保守秘密。") == ()


def test_cues() -> None:
    assert fact_cue("funding", "由福利彩票公益金承担")
    assert not fact_cue("funding", "社会工作者应当登记")
