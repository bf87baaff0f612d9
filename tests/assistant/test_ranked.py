"""Paragraphs ranked by their signs and then read: sums that can be told by hand."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ranked import REREAD, best_first, probability, reread
from assistant.rule_blocks import Block, Piece
from knowledge.documents import PolicyDocument

LAW = PolicyDocument("law", "某证条例")


def block(text: str) -> Block:
    piece = Piece(0, text)
    return Block(LAW, (), piece, piece, (), "", "", 0, number=1)


def test_only_the_first_are_read_and_the_others_count_as_the_least_of_these() -> None:
    blocks = [block(str(number)) for number in range(REREAD + 2)]
    signs = [{"near": float(-number)} for number in range(len(blocks))]
    ranked = best_first(blocks, signs, {"near": 1.0})
    read: list[str] = []

    def closely(asked: str, texts: Sequence[str]) -> list[float]:
        read.extend(texts)
        return [float(at) for at in range(len(texts))]

    again = reread(ranked, "某证", closely, {"near": 1.0, "closely": 10.0})
    assert read == [f"某证条例 {number}" for number in range(REREAD)]
    # The last that is read answers best; what is not read stays in its order, behind.
    order = [blocks.index(one.block) for one in again]
    assert order == [*range(REREAD - 1, -1, -1), REREAD, REREAD + 1]
    assert again[0].score == 10.0 * (REREAD - 1) - (REREAD - 1)
    assert again[-1].signs == {"near": -float(REREAD + 1), "closely": 0.0}


def test_of_no_paragraphs_none_is_read() -> None:
    assert reread([], "某证", lambda *_: [], {"closely": 1.0}) == []


def test_what_is_further_ahead_answers_more_probably() -> None:
    weights = {"telling": {"near": 0.0, "lead": 1.0, "intercept": 0.0}}
    near, far = ({"near": value} for value in (1.0, -1.0))
    ahead = best_first([block("甲"), block("乙")], [near, far], {"near": 1.0})
    beside = best_first([block("甲"), block("乙")], [near, near], {"near": 1.0})
    assert probability(ahead, weights) > 0.85
    assert probability(beside, weights) == 0.5
