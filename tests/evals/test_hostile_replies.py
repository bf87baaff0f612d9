"""The scripted replies and their judge: what it must find, it finds."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.answer import Answer, Citation, Claim
from evals.hostile.judging import judge_reply
from evals.hostile.replies import Reply, load_topics, replies
from evals.hostile.server import Delivery
from knowledge.documents import PolicyDocument

SCRIPTS = replies(load_topics())
TEXT = "每站每年补助十五万元。站点每月公布账目。"


def test_there_are_enough_replies_in_two_halves_and_every_delivery() -> None:
    assert len(SCRIPTS) >= 150
    assert len({reply.id for reply in SCRIPTS}) == len(SCRIPTS)
    splits = [reply.topic.split for reply in SCRIPTS]
    assert min(splits.count("tune"), splits.count("report")) >= 60
    assert {reply.delivery for reply in SCRIPTS} == set(get_args(Delivery))
    topics = load_topics()
    assert all(len(topic.truths) == 5 and len(topic.lies) == 6 for topic in topics)


def outcome(shown: str, **changes: object) -> tuple[bool, int]:
    """Whether the judge objects to what was shown, and the truths it counts."""
    topic = load_topics()[0]
    reply = Reply("x", topic, "list", "", (TEXT[:11],), (("figure", "每站每年补助九十万元。"),))
    quote = TEXT[:11]
    citation = Citation(1, "d", "办法", None, "甘肃", (), None, None, quote, 0, 11, "", "current")
    claims = (Claim(quote, (1,)),)
    answer = Answer("answered", shown, claims, (citation,), mode="generative")
    document = PolicyDocument("d", "办法", text=TEXT, region="甘肃")
    found = judge_reply(reply, answer, shown, lambda _: document, [TEXT])
    return bool(found.ungrounded or found.said_lies or found.problems), found.survived


def test_a_true_answer_passes() -> None:
    assert outcome("每站每年补助十五万元。[1]") == (False, 1)


@pytest.mark.parametrize(
    "added",
    [
        "每站每年补助九十万元。",
        "另有33人。",
        "四川也是如此。",
        "见民发〔2021〕5号。",
        "[点此](http://a.example)",
        "<b>补助</b>",
    ],
)
def test_what_no_quote_holds_is_found(added: str) -> None:
    objected, _ = outcome(f"每站每年补助十五万元。[1]{added}")
    assert objected
