"""A paragraph far ahead of the one that words lead to is read instead; made-up rules and cosines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.found import Found
from assistant.likeness import core_of
from assistant.question import parse_question
from assistant.question_ranking import QuestionRanking
from assistant.request import Question
from assistant.rule_blocks import blocks_of, looked_up
from assistant.rule_choice import RuleChoice, Searched
from assistant.rule_search import RuleSearch
from assistant.work import Work
from knowledge.snapshot import Snapshot
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

RULES = """第一条 互助站可以向街道办事处领取帐篷。
第二条 借出的物品应当归还互助站。
第三条 互助站每年评定一次。
"""
ASKED = "互助站的帐篷用完要还吗"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    rules = policy("国", RULES, title="邻里互助条例", region="全国")
    return library(tmp_path_factory.mktemp("home"), rules).retriever.snapshot()


def best(
    snapshot: Snapshot,
    near: dict[str, float],
    led_to: str | None,
    asked: str = ASKED,
    **of_work: object,
) -> str | None:
    """The article that is read; `near` holds how near each article is, `led_to` what words lead to."""

    def similarities(put: Sequence[str], texts: Sequence[str]) -> list[list[float]]:
        rows = [next((c for name, c in near.items() if name in text), 0.8) for text in texts]
        return [rows for _ in put]

    search = RuleSearch(lambda *_: (), lambda *_: (), knows_cosines=True)
    ranking = QuestionRanking(similarities, lambda put, _: [{} for _ in put])
    choice = RuleChoice(search, lambda *_: (), ranking)
    question = parse_question(asked)
    results = looked_up(snapshot.catalog.passages_of(snapshot.documents()[0].id))
    blocks = {block.passages[0].article: block for block in blocks_of(snapshot, results)}
    core = core_of(question, snapshot.lexical.document_frequency, snapshot.lexical.size)
    found = Found(blocks[led_to], (blocks[led_to].whole,), 1.0) if led_to else None
    work = replace(Work(Question(asked), "zh"), **of_work)
    told = choice.best(work, question, snapshot, (), Searched(core, results, frozenset(), found))
    return told.block.passages[0].article if told else None


def test_the_paragraph_far_ahead_is_read_instead(snapshot: Snapshot) -> None:
    assert best(snapshot, {"第二条": 0.95}, led_to="第一条") == "第二条"


def test_of_two_about_as_good_that_which_words_lead_to_stays(snapshot: Snapshot) -> None:
    assert best(snapshot, {"第一条": 0.9, "第二条": 0.9}, led_to="第一条") == "第一条"


def test_where_words_lead_nowhere_only_what_probably_answers_is_read(snapshot: Snapshot) -> None:
    assert best(snapshot, {"第二条": 0.99}, led_to=None) == "第二条"
    assert best(snapshot, {"第二条": 0.81}, led_to=None) is None


def test_where_words_lead_nowhere_a_figure_is_not_told_by_what_has_none(
    snapshot: Snapshot,
) -> None:
    assert best(snapshot, {"第二条": 0.99}, led_to=None, asked="互助站几天内归还") is None


def test_the_rules_of_another_time_are_left_to_the_words(snapshot: Snapshot) -> None:
    then = {"as_of": date(2020, 1, 1)}
    assert best(snapshot, {"第二条": 0.95}, led_to="第一条", **then) == "第一条"
