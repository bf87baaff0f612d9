"""Which paragraph of the rules found answers a first question: signs whose sum can be told by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from assistant.question import parse_question
from assistant.question_ranking import FILE, QuestionAsked, QuestionRanking
from assistant.ranked import weights_in
from assistant.rule_blocks import Block
from assistant.rule_ranking import Place
from evals.learning.question_ranking import WRITTEN
from evals.learning.rule_ranking import written
from knowledge.documents import PolicyDocument
from tests.assistant.test_rule_ranking import NAMES, block, passage

PLAIN = ("某证。", "某证。", "某证。")


def ranked(
    question: str = "某证",
    similar: Sequence[float] = (0.9, 0.9, 0.9),
    asked: Mapping[Place, float] | None = None,
    texts: Sequence[str] = PLAIN,
    regions: Sequence[str] = ("全国", "全国", "全国"),
    places: tuple[str, ...] = (),
    chosen: int | None = None,
    closely: Sequence[float] = (0.0, 0.0, 0.0),
) -> list[int]:
    """The numbers of three articles, best first."""
    laws = [PolicyDocument("law", "某证条例", region=region) for region in regions]
    held = [replace(passage(name, text), id=name) for name, text in zip(NAMES, texts, strict=True)]
    blocks: list[Block] = [block(law, one) for law, one in zip(laws, held, strict=True)]
    ranking = QuestionRanking(
        lambda put, _: [similar for _ in put],
        lambda put, _: [asked or {} for _ in put],
        lambda *_: closely,
    )
    led = None if chosen is None else blocks[chosen - 1]
    put = QuestionAsked(parse_question(question), places, frozenset(), chosen=led)
    found = ranking.ranked(put, blocks)
    assert 0 < ranking.probability(found) < 1
    return [blocks.index(one.block) + 1 for one in found]


def test_the_nearest_paragraph_comes_first() -> None:
    assert ranked(similar=(0.8, 0.8, 0.9))[0] == 3


def test_of_paragraphs_as_near_that_which_others_ask_for_comes_first() -> None:
    assert ranked(asked={("law", "第二条", 1): 0.9})[0] == 2


def test_of_paragraphs_as_near_that_which_read_closely_answers_comes_first() -> None:
    assert ranked(closely=(-2.0, -2.0, 2.0))[0] == 3


def test_of_paragraphs_as_near_that_which_words_led_to_comes_first() -> None:
    assert ranked(chosen=3)[0] == 3


def test_of_paragraphs_as_near_that_of_the_place_comes_first_and_that_of_another_last() -> None:
    assert ranked(regions=("北京", "全国", "上海"), places=("上海",)) == [3, 2, 1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("某证多少天能办好", "某证三十日办结。"),
        ("某证能转让吗", "某证不得转让他人。"),
        ("某证谁发", "某证由民政部门负责。"),
        ("办某证去哪", "向县民政部门申请某证。"),
        ("办某证带什么材料", "办某证应当提交户口簿。"),
        ("冒用某证会怎么样", "冒用某证的，处五百元罚款。"),
    ],
)
def test_of_paragraphs_as_near_that_which_says_what_is_asked_for_comes_first(
    question: str, text: str
) -> None:
    others = "某证是什么样的证件。"
    assert ranked(question, texts=(others, text, others))[0] == 2


def test_the_file_is_as_it_is_written() -> None:
    assert written(weights_in(FILE), *WRITTEN) == FILE.read_text("utf-8")
