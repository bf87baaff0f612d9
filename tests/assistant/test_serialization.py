from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from assistant.answer import Answer, Citation, Claim
from assistant.serialization import (
    answer_fields,
    document_fields,
    dumps,
    passage_fields,
    result_fields,
)
from knowledge.documents import Passage, PolicyDocument, PolicyFact, ScoredPassage
from tests.policies import ORDINANCE, policy

PASSAGE = Passage(
    "p1", "d1", "第一条 “引号”\n𠮷。", ("第一章",), "第一条", 3, 14, 2, "标题", "前言："
)
RESULT = ScoredPassage(PASSAGE, 0.123456789, 1, "fused", 0.9)


def there_and_back(value: object) -> object:
    line = dumps(value)
    assert "\n" not in line
    return json.loads(line)


def test_an_answer_has_exactly_the_fields_of_its_type() -> None:
    citation = Citation(1, "d1", "标题", None, "甘肃", ("第一章",), "第一条", 2, "引", 3, 4, "a.md",
                        "current")  # fmt: skip
    fact = PolicyFact(
        "target", "甘肃", "乡镇", "到2028年。", ("2028年",), "2028年", "p1", "d1", 1, 7
    )
    answer = Answer(
        "answered", "引[1]", (Claim("引", (1,)),), (citation,), (fact,), (RESULT,), "问", "extractive",
        {"total": 1.5},
    )  # fmt: skip

    back = there_and_back(answer_fields(answer))

    assert isinstance(back, dict)
    assert set(back) == {field.name for field in fields(Answer)} - {"leads"}
    assert set(back["citations"][0]) == {field.name for field in fields(Citation)}
    assert back["evidence"][0]["passage"]["text"] == PASSAGE.text
    assert back["facts"][0]["figures"] == ["2028年"]
    assert back["claims"] == [{"text": "引", "citations": [1]}]


def test_a_document_comes_with_its_text_only_where_asked_for() -> None:
    document = policy(
        "d1",
        ORDINANCE,
        published_on=date(2026, 2, 3),
        retrieved_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    short, full = there_and_back(document_fields(document)), there_and_back(
        document_fields(document, with_text=True)
    )  # fmt: skip

    assert isinstance(short, dict)
    assert isinstance(full, dict)
    assert set(full) == {field.name for field in fields(PolicyDocument)}
    assert set(full) - set(short) == {"text", "pages", "headings"}
    assert short["published_on"] == "2026-02-03"
    assert short["retrieved_at"].startswith("2026-03-02T00:00")
    assert full["text"] == ORDINANCE


def test_a_search_result_has_the_fields_that_the_command_line_promises() -> None:
    back = there_and_back(result_fields(RESULT, "a.md"))
    assert back == {
        "passage_id": "p1",
        "document_id": "d1",
        "source": "a.md",
        "title": "标题",
        "heading_path": ["第一章"],
        "text": PASSAGE.text,
        "score": 0.123457,
        "rank": 1,
        "origin": "fused",
    }


def test_a_passage_comes_with_its_text_for_search() -> None:
    assert passage_fields(PASSAGE)["text_for_search"] == "标题\n第一章\n前言：\n" + PASSAGE.text


def test_chinese_is_readable_and_the_unknown_is_refused() -> None:
    assert dumps({"甲": "社工"}) == '{"甲": "社工"}'
    with pytest.raises(TypeError):
        dumps(object())
