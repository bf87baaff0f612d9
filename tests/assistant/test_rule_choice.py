"""A paragraph far ahead of the one that words lead to is read instead; made-up rules and cosines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from assistant.rule_ranking import Place
from assistant.rule_search import RuleSearch
from assistant.work import Work
from knowledge.snapshot import Snapshot
from tests.assistant.test_pipeline_contract import library
from tests.policies import policy

TENTS = """第一条 互助站可以向街道办事处领取帐篷。
第二条 借出的物品应当归还互助站。
第三条 帐篷应当在三十日内归还。
第四条 帐篷逾期不归还的，处五百元罚款。
第五条 帐篷由民政部门负责保管。
第六条 每年3月5日清点帐篷。
第七条 互助站的台账应当完整。
"""
OTHERS = {
    "集市管理条例": ("全国", "第一条 集市的帐篷用完应当拆除。\n"),
    "甘肃省互助办法": ("甘肃", "第一条 互助站的帐篷归村里。\n"),
    "农民工宿舍条例": ("全国", "第一条 宿舍的帐篷应当上交。\n"),
}
ASKED = "互助站的帐篷用完要还吗"
LENT, BACK, WITHIN, FINE, KEPT = "领取帐篷", "归还互助站", "三十日内", "五百元", "民政部门"
DAY, MARKET, LOCAL, SPECIAL = "3月5日", "集市的帐篷", "归村里", "宿舍的帐篷"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    held = {"邻里互助条例": ("全国", TENTS), **OTHERS}
    rules = [
        policy(title, text, title=title, region=place) for title, (place, text) in held.items()
    ]
    return library(tmp_path_factory.mktemp("home"), *rules).retriever.snapshot()


def best(
    snapshot: Snapshot,
    near: Mapping[str, float],
    led_to: str | None,
    asked: str = ASKED,
    places: tuple[str, ...] = (),
    asked_for: Mapping[Place, float] | None = None,
    named: str = "",
    **of_work: object,
) -> list[str] | None:
    """The words of all paragraphs that are told; `near` holds cosines, `led_to` what words lead to."""

    def similarities(put: Sequence[str], texts: Sequence[str]) -> list[list[float]]:
        rows = [next((c for words, c in near.items() if words in text), 0.8) for text in texts]
        return [rows for _ in put]

    search = RuleSearch(lambda *_: (), lambda *_: (), knows_cosines=True)
    ranking = QuestionRanking(
        similarities,
        lambda put, _: [asked_for or {} for _ in put],
        # What is near in meaning also answers when it is read.
        lambda asked, texts: [50 * (near - 0.9) for near in similarities([asked], texts)[0]],
    )
    choice = RuleChoice(search, lambda *_: (), ranking)
    question = parse_question(asked)
    documents = snapshot.documents()
    results = looked_up(p for d in documents for p in snapshot.catalog.passages_of(d.id))
    core = core_of(question, snapshot.lexical.document_frequency, snapshot.lexical.size)
    led = next((b for b in blocks_of(snapshot, results) if led_to and led_to in b.whole.text), None)
    found = Found(led, (led.whole,), 1.0) if led else None
    work = replace(Work(Question(asked), "zh"), **of_work)
    of_name = frozenset(d.id for d in documents if d.title == named)
    told = choice.best(work, question, snapshot, places, Searched(core, results, of_name, found))
    return [f.block.whole.text for f in (told, *told.beside)] if told else None


def tells(told: list[str] | None, *words: str) -> bool:
    """True if just these paragraphs are told, in this order."""
    pairs = zip(words, told or (), strict=False)
    return len(told or ()) == len(words) and all(word in text for word, text in pairs)


def test_the_paragraph_far_ahead_is_read_instead(snapshot: Snapshot) -> None:
    assert tells(best(snapshot, {BACK: 0.98}, led_to=LENT), BACK)


def test_of_two_about_as_good_that_which_words_lead_to_comes_first(snapshot: Snapshot) -> None:
    law = next(d.id for d in snapshot.documents() if d.title == "邻里互助条例")
    asked_for = {(law, article, 0): 0.9 for article in ("第一条", "第二条")}
    near = {LENT: 0.98, BACK: 0.999}
    assert tells(best(snapshot, near, led_to=LENT, asked_for=asked_for), LENT, BACK)


def test_of_what_answers_improbably_one_is_told(snapshot: Snapshot) -> None:
    assert tells(best(snapshot, {LENT: 0.8, BACK: 0.814}, led_to=LENT), LENT)


def test_where_words_lead_nowhere_only_what_probably_answers_is_read(snapshot: Snapshot) -> None:
    assert tells(best(snapshot, {BACK: 0.99}, led_to=None), BACK)
    assert best(snapshot, {BACK: 0.81}, led_to=None) is None


def test_where_words_lead_nowhere_a_figure_is_told_by_what_has_one(snapshot: Snapshot) -> None:
    asked = "互助站的帐篷几天内归还"
    assert best(snapshot, {BACK: 0.99}, led_to=None, asked=asked) is None
    assert tells(best(snapshot, {WITHIN: 0.99}, led_to=None, asked=asked), WITHIN)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("帐篷是哪天清点的", DAY),
        ("帐篷不归还会怎么样", FINE),
        ("帐篷由谁保管", KEPT),
    ],
)
def test_what_lacks_the_kind_of_thing_asked_for_takes_no_place(
    snapshot: Snapshot, asked: str, led_to: str
) -> None:
    assert tells(best(snapshot, {BACK: 0.98}, led_to=led_to, asked=asked), led_to)


def test_the_law_that_is_named_gives_way_to_no_other(snapshot: Snapshot) -> None:
    named = "邻里互助条例"
    assert tells(best(snapshot, {MARKET: 0.99}, led_to=LENT, named=named), LENT)
    assert best(snapshot, {MARKET: 0.99}, led_to=None, named=named) is None


def test_the_rule_of_a_place_that_is_not_asked_about_answers_nothing(snapshot: Snapshot) -> None:
    assert best(snapshot, {LOCAL: 0.99}, led_to=None) is None
    assert tells(best(snapshot, {LOCAL: 0.99}, led_to=None, places=("甘肃",)), LOCAL)


def test_the_rule_on_a_group_that_is_not_asked_about_takes_no_place(snapshot: Snapshot) -> None:
    assert tells(best(snapshot, {SPECIAL: 0.99}, led_to=LENT), LENT)
    asked = "农民工的帐篷用完要还吗"
    assert tells(best(snapshot, {SPECIAL: 0.99}, led_to=LENT, asked=asked), SPECIAL)


def test_what_hardly_answers_is_not_told_though_words_lead_to_it(snapshot: Snapshot) -> None:
    far = dict.fromkeys((LENT, BACK, WITHIN, FINE, KEPT, DAY, MARKET, LOCAL, SPECIAL), 0.72)
    asked_for = {(d.id, "第一条", 0): 0.6 for d in snapshot.documents()}
    assert best(snapshot, {**far, "台账": 0.73}, led_to=LENT, asked_for=asked_for) is None
    # Of a law of which nobody has written down what people ask it is not known.
    assert best(snapshot, {**far, "台账": 0.73}, led_to=LENT) is not None


def test_the_rules_of_another_time_are_left_to_the_words(snapshot: Snapshot) -> None:
    then = {"as_of": date(2020, 1, 1)}
    assert tells(best(snapshot, {BACK: 0.98}, led_to=LENT, **then), LENT)
