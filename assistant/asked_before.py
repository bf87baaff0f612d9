"""An article that others ask for in like words, and what it says to the question.

`knowledge/everyday_questions.tsv` tells what people ask about an article. A question next to those of
one article, and further from those of any other, is answered by that article though it shares hardly
a word with it: 「把病人绑在床上」, 「实施约束」.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.asked_bound import BEGINS, DECIDES, SUES, acts_within
from assistant.asked_units import asked_units
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.rule_answer import read_leader, read_rules
from assistant.rule_blocks import Block
from assistant.rule_figure import answers_within
from assistant.rule_paragraph import fit_of
from knowledge.everyday_questions import Asked
from knowledge.figures import find_figures
from knowledge.tokenization import fold

# Cosine of the moved question and the questions on an article from which on it is the one, and how
# far the next must be behind: nearer ones need stand out less. The bounds were chosen on the tuning
# halves of evals/laws.
_LIKE = ((0.84, 0.01), (0.8, 0.05))
_LIKE_OF_PLACE = ((0.82, 0.02), (0.8, 0.03))
# From here on a rule of the place is on the matter, and a national one is not asked for.
ON_THE_MATTER = 0.78
# Words that led to a paragraph led right if it is as near as this, or holds so much of the question
# (unless the article is asked for in nearly the same words), or if the article is so much further.
_NEAR, _WORDED, _THE_SAME, _FURTHER = 0.925, 0.9, 0.9, 0.01
_SOMETHING_ELSE, _SAME_LEAD = 0.84, 0.03
# From here on, so far ahead of any other, an article is plainly the one; it may be further off then.
_PLAIN, _PLAIN_LEAD, _FURTHER_PLAIN, _TOLD_APART = 0.86, 0.05, 0.025, 0.02
_ASKS_DAY = re.compile(r"哪一?天|几月|几号|何日")


@dataclass(frozen=True, slots=True)
class AskedFor:
    """An article that others ask for in like words."""

    law: str
    article: str
    cosine: float
    lead: float = 0.0
    """How far the next article is behind."""
    paragraphs: Mapping[int, float] = field(default_factory=dict)
    """Of each of its paragraphs, from 1, how much like this others ask for it; cosines."""

    @property
    def is_told_apart(self) -> bool:
        """True if the words are like and the next article is a little behind."""
        return self.cosine >= _PLAIN and self.lead >= _TOLD_APART

    @property
    def is_plain(self) -> bool:
        """True if the words are so like, and the next article so far behind, that it is the one."""
        return self.cosine >= _PLAIN and self.lead >= _PLAIN_LEAD


def article_asked_for(
    likest: Sequence[tuple[Asked, float]], is_of_place: bool = False
) -> AskedFor | None:
    """The article that the question is asked of; None if none stands out.

    `likest` are the likest lines with their cosines, best first; `is_of_place` where they are all
    on the rules of the place asked for, of which there are few.
    """
    if not likest:
        return None
    first, cosine = likest[0]
    second = max((c for line, c in likest[1:] if line[:2] != first[:2]), default=0.0)
    bounds = _LIKE_OF_PLACE if is_of_place else _LIKE
    if not any(cosine >= like and cosine - second >= ahead for like, ahead in bounds):
        return None
    own = {line.paragraph: c for line, c in likest if line[:2] == first[:2] and line.paragraph}
    return AskedFor(first.law, first.article, cosine, cosine - second, own)


def may_give_way(chosen: Found, core: Core, asked: AskedFor) -> bool:
    """True if the paragraph that words led to need not be spared by an article asked for like this."""
    cosine = asked.cosine
    if asked.is_plain and not chosen.block.items:
        return True
    if (chosen.block.similarity or 0.0) > _NEAR:
        return False
    is_same = cosine >= _THE_SAME and asked.lead >= _SAME_LEAD
    return fit_of(core, chosen.block) <= _WORDED or (is_same and not chosen.block.items)


def is_as_near(found: Found, chosen: Found | None, asked: AskedFor) -> bool:
    """True if what the article says is about as near in meaning as the paragraph chosen by words.

    Where none was, if it is not on something else altogether.
    """
    if chosen is None:
        return (found.block.similarity or 0.0) >= _SOMETHING_ELSE
    own = chosen.block.similarity or 0.0
    is_far_ahead = asked.is_plain and (own <= _NEAR or asked.cosine >= _THE_SAME)
    further = _FURTHER_PLAIN if is_far_ahead else _FURTHER
    least = own - further
    return (found.block.similarity or 0.0) >= least


def read_article(
    question: ParsedQuestion,
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
) -> Found | None:
    """What the paragraphs of one article say to the question; None if they lack the figure asked for."""
    folded = fold(question.text)
    if _ASKS_DAY.search(folded):
        blocks = [b for b in blocks if any(f.kind == "date" for f in find_figures(b.whole.text))]
    units = asked_units(folded)
    if units and acts_within(folded) in (BEGINS, SUES, DECIDES):
        # Of whoever asks for something, not of who decides on it.
        blocks = [block for block in blocks if answers_within(block, folded, units)]
    if found := read_rules(question, core, blocks, places, named):
        return found
    near = sorted(blocks, key=lambda block: -(block.similarity or 0.0))
    if units:
        near = [b for b in near if answers_within(b, folded, units)]
    return next(
        (found for b in near if (found := read_leader(question, core, b, places, named))), None
    )
