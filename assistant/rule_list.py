"""「有哪些条件」「包括哪些」「怎么申请」: the paragraph that introduces the items, with all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.found import Found
from assistant.likeness import Core
from assistant.rule_blocks import Block, Piece
from assistant.rule_place import place_bonus
from knowledge.tokenization import fold

ENOUGH_LIST, ENOUGH_STEPS = 0.62, 0.5
_LEAD, _ABOVE, _ITEMS, _ARTICLE = 1.0, 0.6, 0.3, 0.35
_ANNOUNCES = re.compile(r"下列|以下|如下|包括|应当(?:具备|符合)|[:：]\s*$")
_STEPS = re.compile(r"程序|步骤|流程|按照下列|依照下列")
_APPLIES = re.compile(r"(?:申请|办理|报名|领取|申报|登记)[^。；]{0,60}(?:提出|提交|出具|携带|到)|向[^，。；]{2,30}(?:提出|申请|提交)")
_STEPS_BONUS, _APPLIES_BONUS = 0.25, 0.2
_WHOLE = 1200


def rule_list(
    core: Core, blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Found | None:
    """The list that the question asks for; None if no words above items carry it."""
    best: Found | None = None
    for block in blocks:
        if not block.items or not _ANNOUNCES.search(block.lead.text):
            continue
        items = fold(" ".join(item.text for item in block.items))
        fit = core.likeness(
            (_LEAD, fold(block.lead.text)), (_ABOVE, block.above), (_ITEMS, items)
        )
        score = fit + place_bonus(block, places, named)
        if fit >= ENOUGH_LIST and (best is None or score > best.score):
            best = Found(block, (block.whole,), score)
    return best


def rule_steps(
    core: Core, blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Found | None:
    """The steps of a procedure in their order: a list of steps, or the article on applying."""
    best: Found | None = None
    for block in blocks:
        lead = fold(block.lead.text)
        fit = core.likeness((_LEAD, lead), (_ABOVE, block.above), (_ARTICLE, block.article))
        if fit < ENOUGH_STEPS:
            continue
        own = core.likeness((1.0, lead))
        score = fit + 0.3 * own + place_bonus(block, places, named)
        if block.items and _STEPS.search(block.lead.text):
            score += _STEPS_BONUS
        elif _APPLIES.search(block.lead.text):
            score += _APPLIES_BONUS
        if best is None or score > best.score:
            best = Found(block, _with_following(block, blocks), score)
    return best


def _with_following(block: Block, blocks: Sequence[Block]) -> tuple[Piece, ...]:
    """The paragraph and those of its article that go on from it."""
    quotes, length = [block.whole], len(block.whole.text)
    if block.items:
        return (block.whole,)
    for other in blocks:
        same = other.document == block.document and other.passages == block.passages
        if same and other.whole.start > block.whole.start:
            length += len(other.whole.text)
            if length > _WHOLE:
                break
            quotes.append(other.whole)
    return tuple(quotes)
