from __future__ import annotations

import json
from collections.abc import Iterator

from assistant.chat_failure import ChatFailure
from assistant.model_facts import ModelFacts, proposals_in
from knowledge.documents import PolicyFact
from knowledge.facts import extract_facts
from knowledge.passages import split_document
from tests.policies import policy

TEXT = "第一条 村级站点由镇里派人每周走访独居老人两次。\n第二条 不得向老人收取走访费用。\n"


class Scripted:
    """A chat model that says what it was told to."""

    def __init__(self, reply: str | Exception) -> None:
        self.reply = reply

    def stream(self, system: str, user: str) -> Iterator[str]:
        if isinstance(self.reply, Exception):
            raise self.reply
        yield from self.reply


def found(*entries: object) -> tuple[PolicyFact, ...]:
    document = policy("d", TEXT, region="甘肃")
    extractor = ModelFacts(Scripted(f"好的：{json.dumps(entries)}"))  # type: ignore[arg-type]
    return extract_facts(document, split_document(document), extractor)


def test_a_proposal_in_the_document_s_words_becomes_a_fact() -> None:
    statement = "第一条 村级站点由镇里派人每周走访独居老人两次。"
    facts = found({"kind": "domain", "statement": statement, "subject": "村级站点"})
    assert [(f.kind, f.subject, f.statement) for f in facts] == [("domain", "村级站点", statement)]
    assert TEXT[facts[0].start_char : facts[0].end_char] == statement


def test_what_the_document_does_not_say_is_no_fact() -> None:
    assert not found(
        {"kind": "domain", "statement": "村级站点由镇里派人每天走访独居老人两次。"},
        {"kind": "domain", "statement": "得向老人收取走访费用。"},
        {"kind": "weather", "statement": "第二条 不得向老人收取走访费用。"},
        {"kind": "domain", "statement": 7},
        "domain",
    )


def test_a_subject_or_a_deadline_that_is_not_in_the_statement_is_left_out() -> None:
    (fact,) = found(
        {
            "kind": "target",
            "statement": "第一条 村级站点由镇里派人每周走访独居老人两次。",
            "subject": "全省社工",
            "deadline": "2030年",
        }
    )
    assert fact.deadline is None and "全省社工" not in fact.subject


def test_a_model_that_fails_or_talks_proposes_nothing() -> None:
    document = policy("d", TEXT)
    passages = split_document(document)
    for reply in (ChatFailure("stalled"), "我不知道", "[{]"):  # type: ignore[arg-type]
        assert extract_facts(document, passages, ModelFacts(Scripted(reply))) == extract_facts(  # type: ignore[arg-type]
            document, passages
        )
    assert proposals_in("[]") == []
