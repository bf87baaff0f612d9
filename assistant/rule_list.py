"""「有哪些条件」「包括哪些」「怎么申请」: the paragraph that introduces the items, with all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import ASKS_WHAT_OF, COMPRISES
from assistant.found import Found
from assistant.likeness import Core
from assistant.rule_blocks import Block, Piece
from assistant.rule_place import place_bonus
from knowledge.tokenization import fold

ENOUGH_LIST, ENOUGH_STEPS = 0.62, 0.6
_LEAD, _ABOVE, _ITEMS, _ARTICLE = 1.0, 0.6, 0.3, 0.35
_ANNOUNCES = re.compile(r"下列|以下|如下|包括|应当(?:具备|符合)|[:：]\s*$")
_STEPS = re.compile(r"程序|步骤|流程|按照下列|依照下列")
_APPLIES = re.compile(
    r"(?:申请|办理|报名|领取|申报|登记)[^。；]{0,60}(?:提出|提交|出具|携带|到)|向[^，。；]{2,30}(?:提出|申请|提交)"
)
_STEPS_BONUS, _OWN, _EXACT = 0.25, 0.3, 0.12
_WHOLE = 1200
_KINDS = (
    "条件 情形 行为 权利 义务 职责 措施 方式 材料 事项 人员 内容 形式 服务 规定 证件 信息".split()
)
_LISTED = re.compile(r"(?:下列|以下|下面)([^：:，。]{1,14})|([^：:，。]{1,6})(?:包括|如下)")
# 哪些人, 什么对象: those who are listed.
_WHO = re.compile(r"哪些人|什么人|哪类人|谁|(?:哪些|什么)对象|对象(?:有哪些|包括哪些)?[？?。]?$")
_WHO_KINDS = ("人员", "对象", "家庭", "群体", "人的")
# 条件 may be put as 情形, but a list of 情形 does not say what the 内容 is.
_ALIKE = (
    frozenset({"条件", "情形"}),
    frozenset({"材料", "证件", "信息"}),
    frozenset({"内容", "事项", "服务", "措施", "方式", "形式", "规定", "职责", "行为"}),
)
_NEGATED = re.compile(r"不得|不予|禁止|不能|不应|不受|不允许|不属于|不认定|停止|丧失|取消")
_KIND, _NEGATION = 0.12, 0.25
_ASKS_DENIED = re.compile(
    r"(?:哪些|哪几|什么(?:情形|情况|样))[^，。？?]*(?:不予|不受理|不属于|不适用|不得|不允许|不能)"
)
# A list of the same article is no further from the question than this.
_LIST_BEHIND = 0.03


def rule_list(
    asked: str, core: Core, blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Found | None:
    """The list that the question asks for; None if no words above items carry it.

    `asked` is the folded question: what its list is of (条件, 行为) and whether it is negated have
    to be what the words above the items say.
    """
    best: Found | None = None
    for block in blocks:
        if block.strays or not block.items or not _ANNOUNCES.search(block.lead.text):
            continue
        items = fold(" ".join(item.text for item in block.items))
        fit = core.likeness((_LEAD, fold(block.lead.text)), (_ABOVE, block.above), (_ITEMS, items))
        score = fit + place_bonus(block, places, named)
        score += _EXACT * core.names_exactly(fold(block.lead.text))
        kind = _kind_bonus(asked, fold(block.lead.text))
        score += kind
        if is_of_other_kind(asked, fold(block.lead.text)):
            continue
        if fit + kind >= ENOUGH_LIST and (best is None or score > best.score):
            best = Found(block, (block.whole,), score)
    return best


def as_denied(asked: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Where it is asked what is not accepted (哪些起诉不予受理), the paragraphs that deny; or all."""
    if not _ASKS_DENIED.search(asked):
        return tuple(blocks)
    denying = tuple(b for b in blocks if _NEGATED.search(fold(b.lead.text)))
    return denying or tuple(blocks)


def list_of_article(found: Found, blocks: Sequence[Block]) -> Found:
    """Instead of a paragraph without items, where a list is asked for, the list of its article."""
    if found.block.items:
        return found
    lists = [
        block
        for block in blocks
        if block.passages == found.block.passages
        and block.items
        and _ANNOUNCES.search(block.lead.text)
        and (block.similarity or 0.0) >= (found.block.similarity or 0.0) - _LIST_BEHIND
    ]
    if not lists:
        return found
    best = max(lists, key=lambda block: block.similarity or 0.0)
    return Found(best, (best.whole,), found.score, is_paragraph=found.is_paragraph)


def comprising(
    asked: str, blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Found | None:
    """残疾人包括哪些类别: the paragraph that says "残疾人包括……"; None if there is no such."""
    thing = ASKS_WHAT_OF.search(asked)
    if thing is None:
        return None
    # 北京的居家养老服务: the place is no part of its name.
    name = thing[1].rpartition("的")[2]
    name = name if len(name) > 1 else thing[1]
    says = re.compile(rf"{re.escape(name)}(?:都|主要|一般|共)?(?:{COMPRISES}|是?指(?![定导使]))")
    told = [block for block in blocks if says.search(fold(block.whole.text))]
    best = max(told, key=lambda block: place_bonus(block, places, named), default=None)
    return Found(best, (best.whole,), 1.0) if best else None


def is_of_other_kind(asked: str, lead: str) -> bool:
    """True if `lead` announces what is clearly something else than the list asked for."""
    announced = _LISTED.search(lead)
    if announced is None:
        return False
    listed = announced[1] or announced[2]
    mine = [group for group in _ALIKE if any(kind in asked for kind in group)]
    theirs = [group for group in _ALIKE if any(kind in listed for kind in group)]
    if _WHO.search(asked):
        # 有下列情形之一的 says who, by the case they are in.
        theirs = [group for group in theirs if "情形" not in group]
        return bool(theirs) and not any(kind in listed for kind in _WHO_KINDS)
    return bool(mine and theirs) and not any(group in theirs for group in mine)


def _kind_bonus(asked: str, lead: str) -> float:
    """Whether a list is of the kind that is asked for."""
    kinds = [kind for kind in _KINDS if kind in asked]
    kinds = list(_WHO_KINDS) if _WHO.search(asked) else kinds
    bonus = 0.0
    if kinds and (announced := _LISTED.search(lead)):
        listed = announced[1] or announced[2]
        bonus += _KIND if any(kind in listed for kind in kinds) else -_KIND
    if bool(_NEGATED.search(lead)) != bool(_NEGATED.search(asked)):
        bonus -= _NEGATION
    return bonus


def rule_steps(
    core: Core, blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Found | None:
    """The steps of a procedure in their order: a list of steps, or the paragraphs on applying."""
    ranked: list[tuple[float, Block]] = []
    for block in blocks:
        lead = fold(block.lead.text)
        fit = core.likeness((_LEAD, lead), (_ABOVE, block.above), (_ARTICLE, block.article))
        is_list = bool(block.items and _STEPS.search(block.lead.text))
        if fit < ENOUGH_STEPS or not (is_list or _APPLIES.search(block.lead.text)):
            continue
        score = fit + _OWN * core.likeness((1.0, lead)) + place_bonus(block, places, named)
        ranked.append((score + (_STEPS_BONUS if is_list else 0.0), block))
    if not ranked:
        return None
    ranked.sort(key=lambda entry: -entry[0])
    score, best = ranked[0]
    if best.items and _STEPS.search(best.lead.text):
        return Found(best, (best.whole,), score, before=_application(best, ranked))
    return Found(best, _with_following(best, blocks), score)


def _application(steps: Block, ranked: Sequence[tuple[float, Block]]) -> Found | None:
    """The paragraph on how to apply that stands before the list of steps in the same document."""
    if _APPLIES.search(steps.items[0].text):
        return None
    for score, block in ranked:
        if block.document == steps.document and block.whole.end <= steps.whole.start:
            return Found(block, (block.whole,), score)
    return None


def _with_following(block: Block, blocks: Sequence[Block]) -> tuple[Piece, ...]:
    """The paragraph and those of its article that go on from it."""
    quotes, length = [block.whole], len(block.whole.text)
    for other in blocks:
        same = other.document == block.document and other.passages == block.passages
        if same and other.whole.start > block.whole.start:
            length += len(other.whole.text)
            if length > _WHOLE:
                break
            quotes.append(other.whole)
    return tuple(quotes)
