"""The words that tell the parts of one question apart, and the sentences that carry them.

"2022年12月美国和中国的CPI分别上涨多少" asks the same thing twice. A sentence on the consumer prices of
Japan has nearly all words of either part; it is 美国 that tells which sentence answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Statement
from assistant.needs import Need, need_hit
from assistant.question import ParsedQuestion
from assistant.question_terms import VERB_WEIGHT
from knowledge.authority import is_official
from knowledge.tokenization import fold

# They name the kind of value, which need not be called so: "9月27日举行" gives the 时间.
_KINDS = frozenset("时间 日期 地点 地址 人数 数量 金额 名称".split())
# The word itself, a synonym, or all parts of a compound.
_STANDS = 0.9


def with_telling_words(parts: Sequence[ParsedQuestion]) -> tuple[ParsedQuestion, ...]:
    """The parts, each with the subject words that no other part has."""
    told = []
    for part in parts:
        others = {term.word for other in parts if other is not part for term in other.terms}
        telling = tuple(
            term.word
            for term in part.terms
            if term.word not in others | _KINDS and term.weight > VERB_WEIGHT
        )
        told.append(replace(part, telling=telling))
    return tuple(told)


def told_apart(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Those of the statements that carry every telling word of the question, in their order.

    A word may stand in the sentence or above it: in what introduces it, or a heading. What an
    authority issued speaks of its subject in words of its own and is not held to the question's.
    All statements where the question is no part of another.
    """
    telling = [need for need in needs if need.word in question.telling]
    return tuple(s for s in statements if all(_carries(s, need) for need in telling))


def _carries(statement: Statement, need: Need) -> bool:
    if is_official(statement.document, statement.passage):
        return True
    return any(need_hit(need, fold(text)) >= _STANDS for text in (statement.text, *statement.above))
