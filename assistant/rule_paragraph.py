"""The paragraphs of rules that carry a question of no special form, whole.

A sentence of a statute taken alone lacks its condition or its subject, and of several that hold
the question's words the paragraph tells which one rules the matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.found import Found
from assistant.likeness import Core
from assistant.repetition import says_the_same
from assistant.rule_blocks import Block
from assistant.rule_list import is_of_other_kind
from assistant.rule_place import place_bonus
from knowledge.tokenization import fold

_ENOUGH = 0.62
# So many of them are enough for the paragraph that is also the nearest in meaning.
_NEARLY, _NEAREST = 0.45, 0.03
# One paragraph has to hold so many of the words; another may be nearer in meaning with fewer.
_LEAST = 0.4
# What a word counts for by where it stands.
_OWN_WORDS, _ABOVE, _ARTICLE = 1.0, 0.6, 0.5
# Characters of one paragraph, and of all that are quoted; how near a further one must come.
_PARAGRAPH, _TOGETHER, _MOST, _NEAR = 900, 420, 3, 0.15
_FAR = 0.012
_LISTS, _DONE, _DECIDES = 0.15, 0.3, 0.2
_COMPRISES = re.compile(
    r"分为|包括|下列|以下|是指|[^，。；]、[^，。；]{1,12}、[^，。；]{1,12}(?:和|以及)"
)


def rule_paragraphs(
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
    *,
    lists: str = "",
    done: str = "",
    decides: str = "",
    wide: bool = False,
) -> Found | None:
    """The paragraph that carries the question best, with those that come near it.

    None if too few words of the question stand in any of them, or only just enough and another
    is nearer in meaning. With `lists`, the folded question for a list, a paragraph that says what
    a thing comprises goes ahead, and one that announces a list of another kind is left out. One
    that says what is asked to be `done` goes ahead too, and one by which somebody `decides` (批准,
    确认). `wide` quotes also what has the words and is further in meaning.
    """
    ranked: list[Found] = []
    likest = 0.0
    for block in blocks:
        text = fold(block.whole.text)
        fit = fit_of(core, block)
        likest = max(likest, fit)
        if lists and block.items and is_of_other_kind(lists, fold(block.lead.text)):
            continue
        if fit >= _LEAST and len(text) <= _PARAGRAPH:
            score = fit + place_bonus(block, places, named)
            score += _DONE * core.share_of(done, text) if done else 0.0
            score += _DECIDES if decides and _decided_by(decides).search(text) else 0.0
            score += _LISTS if lists and _COMPRISES.search(text) else 0.0
            ranked.append(Found(block, (block.whole,), score))
    ranked.sort(key=lambda found: -found.score)
    if not ranked or likest < _NEARLY:
        return None
    if likest < _ENOUGH and ranked[0].block.distance > _NEAREST:
        return None
    return _with_near(ranked, wide=wide)


def _decided_by(act: str) -> re.Pattern[str]:
    """由县级人民政府批准, 报民政部门审批, 民政部门应当……作出确认决定."""
    return re.compile(
        rf"(?:由|报|经|向)[^，。；]{{2,40}}{act}|(?:政府|部门|机关|机构|委员会)[^。；]{{0,60}}{act}"
    )


def _with_near(ranked: Sequence[Found], *, wide: bool) -> Found:
    """The first, with those of its region that come near it and say something else."""
    first, chosen = ranked[0], [ranked[0]]
    for found in ranked[1:]:
        length = sum(len(one.block.whole.text) for one in (*chosen, found))
        if len(chosen) == _MOST or length > _TOGETHER or found.score < first.score - _NEAR:
            break
        behind = found.block.distance - first.block.distance
        if not wide and found.block.similarity is not None and behind > _FAR:
            # Its words are the question's, its meaning is not.
            continue
        if found.block.document.region == first.block.document.region and not any(
            says_the_same(found.block.whole.text, one.block.whole.text) for one in chosen
        ):
            chosen.append(found)
    return replace(first, beside=tuple(chosen[1:]), is_paragraph=True)


def fit_of(core: Core, block: Block) -> float:
    """Share of the question that stands in the paragraph, its article and above it, 0 to 1."""
    text = fold(block.whole.text)
    return core.likeness((_OWN_WORDS, text), (_ABOVE, block.above), (_ARTICLE, block.article))
