"""「违反前款规定的……」: a paragraph that refers to the one before it is quoted with that."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.found import Found
from assistant.rule_blocks import Block, Piece, blocks_of
from knowledge.documents import ScoredPassage
from knowledge.snapshot import Snapshot

_REFERS = re.compile(
    r"^(?:第[一二三四五六七八九十百]+条\s*)?(?:有|对|违反|依照|按照|根据|除|经|符合)?(?:前[一二两三]?款|上述|前述)"
    r"|^[^。；]{0,40}违反前款|^[^，。；]{0,12}(?:前款|上述(?:侵害|情形|行为|规定|人员|措施))"
)
# A longer one would crowd out what was asked for.
_LONGEST = 400


def with_antecedent(found: Found, snapshot: Snapshot) -> Found:
    """`found` with the paragraph that its first words refer to ahead of it, where there is one."""
    first = found.quotes[0]
    if found.before or not _REFERS.search(first.text):
        return found
    before = _before(found.block, first, snapshot)
    if before is None or len(before.whole.text) > _LONGEST:
        return found
    return replace(found, before=Found(before, (before.whole,), found.score))


def _before(block: Block, piece: Piece, snapshot: Snapshot) -> Block | None:
    """The paragraph of the same article that ends before `piece`, the last of them."""
    passage = ScoredPassage(block.passages[0], 1.0, 1, "structured")
    earlier = [b for b in blocks_of(snapshot, [passage]) if b.whole.end <= piece.start]
    return earlier[-1] if earlier else None
