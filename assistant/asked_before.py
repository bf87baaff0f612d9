"""An article that others ask for in like words, and what it says to the question.

`knowledge/everyday_questions.tsv` tells what people ask about an article. A question next to those of
one article, and further from those of any other, is answered by that article though it shares hardly
a word with it: 「把病人绑在床上」, 「实施约束」.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asked_units import asked_units
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.rule_answer import read_leader, read_rules
from assistant.rule_blocks import Block
from assistant.rule_figure import answers_within
from assistant.rule_paragraph import fit_of
from knowledge.everyday_questions import Asked
from knowledge.tokenization import fold

# Cosine of the moved question and the questions on an article from which on it is the one, and how
# far the next must be behind. The bounds were chosen on the tuning halves of evals/laws.
_LIKE, _AHEAD = 0.84, 0.01
# Words that led to a paragraph led right if it is as near as this, or holds so much of the question,
# or if the article is so much further.
_NEAR, _WORDED, _FURTHER = 0.925, 0.9, 0.01


def article_asked_for(likest: Sequence[tuple[Asked, float]]) -> Asked | None:
    """The article that the question is asked of; None if none stands out.

    `likest` are the likest lines with their cosines, best first.
    """
    if not likest:
        return None
    first, cosine = likest[0]
    others = [c for line, c in likest[1:] if line[:2] != first[:2]]
    if cosine < _LIKE or (others and others[0] > cosine - _AHEAD):
        return None
    return first


def may_give_way(chosen: Found, core: Core) -> bool:
    """True if the paragraph that words led to is none that an article asked for before must spare."""
    return (chosen.block.similarity or 0.0) <= _NEAR and fit_of(core, chosen.block) <= _WORDED


def is_as_near(found: Found, chosen: Found) -> bool:
    """True if what the article says is about as near in meaning as the paragraph chosen by words."""
    return (found.block.similarity or 0.0) >= (chosen.block.similarity or 0.0) - _FURTHER


def read_article(
    question: ParsedQuestion,
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
) -> Found | None:
    """What the paragraphs of one article say to the question; None if they lack the figure asked for."""
    if found := read_rules(question, core, blocks, places, named):
        return found
    units = asked_units(fold(question.text))
    near = sorted(blocks, key=lambda block: -(block.similarity or 0.0))
    if units:
        near = [b for b in near if answers_within(b, fold(question.text), units)]
    return next(
        (found for b in near if (found := read_leader(question, core, b, places, named))), None
    )
