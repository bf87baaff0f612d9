"""By its cosine to the question a paragraph is near enough to answer, or it is not."""

from __future__ import annotations

from dataclasses import replace

from assistant.found import Found
from assistant.rule_blocks import Block, measured
from assistant.rule_nearness import is_near, national, nearest_paragraph
from tests.assistant.test_rule_paragraph import block

NONE: frozenset[str] = frozenset()


def at(cosine: float, text: str = "站点应当免费。", region: str = "全国") -> Block:
    return replace(block(text, region=region), similarity=cosine)


def found(of: Block) -> Found:
    return Found(of, (of.whole,), 1.0)


def test_what_speaks_of_something_else_is_no_answer_whatever_its_words() -> None:
    assert is_near(found(at(0.9)), (), NONE)
    assert not is_near(found(at(0.85)), (), NONE)


def test_a_place_s_own_rule_has_to_come_nearer_where_no_place_is_asked() -> None:
    own = found(at(0.88, region="甘肃"))
    assert is_near(own, ("甘肃",), NONE)
    assert not is_near(own, (), NONE)


def test_a_rule_that_is_named_answers_at_any_distance() -> None:
    assert is_near(found(at(0.5)), (), frozenset({"国"}))


def test_a_model_whose_cosines_are_not_known_decides_nothing() -> None:
    (unknown,) = measured([block("站点应当免费。")], [0.2])
    assert unknown.similarity is None
    assert is_near(found(unknown), (), NONE)
    assert nearest_paragraph([unknown], ()) is None


def test_the_nearest_paragraph_answers_with_one_that_is_as_near() -> None:
    first, second, far = at(0.93), at(0.928, "站长由居民推选。"), at(0.905, "第三段。")
    nearest = nearest_paragraph([far, second, first], ())
    assert nearest is not None and nearest.block is first
    assert [other.block for other in nearest.beside] == [second]
    assert nearest_paragraph([at(0.89)], ()) is None


def test_rules_of_no_place() -> None:
    assert national([at(0.9, region="甘肃"), at(0.9)]) == (at(0.9),)
