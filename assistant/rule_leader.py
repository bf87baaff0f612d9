"""The paragraph that leads: so much nearer in meaning than any other that it is what is asked about.

Words choose among paragraphs that are about as near (`assistant/likeness.py`); against a clear
leader they choose wrongly more often than not. The bounds are cosines of the bundled model, chosen
on the tuning halves of evals/laws.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.found import Found
from assistant.likeness import Core
from assistant.repetition import says_the_same
from assistant.rule_blocks import Block
from assistant.rule_nearness import is_elsewhere
from assistant.rule_paragraph import fit_of
from knowledge.tokenization import fold

# From this cosine on, and so far ahead of the next paragraph that says something else; less far
# where no words lead anywhere.
_LEADS, AHEAD, AHEAD_ALONE = 0.9, 0.008, 0.005
# A rule of the place itself leads a national one up to so much nearer.
_OWN = 0.015
_LENGTH = 900

# A paragraph chosen by its words gives way to one that leads it by so much in meaning, unless that
# holds so many fewer of the words.
_FAR, _WORDED_LESS = 0.013, 0.15


def leader(
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
    ahead: float = AHEAD,
    behind: float = 0.0,
) -> Block | None:
    """The paragraph that leads; None if none does, or cosines are not known.

    `behind` is how much further than the nearest of all it may be, where `blocks` are those alone
    that hold what is asked for.
    """
    known = [b for b in blocks if b.similarity is not None]
    eligible = _of_place(known, places, named)
    ranked = sorted(eligible, key=lambda block: -(block.similarity or 0.0))
    if not ranked:
        return None
    first = ranked[0]
    own = first.similarity or 0.0
    if first.strays or first.distance > behind or own < _LEADS or len(first.whole.text) > _LENGTH:
        return None
    for other in known:
        if other is first or other.passages == first.passages or other.strays:
            continue
        if (other.similarity or 0.0) > own - ahead and not _is_alike(first, other, places, ahead):
            return None
    return first


def _of_place(
    blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Sequence[Block]:
    """Those that may lead: of the place asked for or the country; of a place only if asked for."""
    if not places:
        return [b for b in blocks if not is_elsewhere(b.document, ()) or b.document.id in named]
    own = [b for b in blocks if b.document.region in places]
    best_own = max((b.similarity or 0.0 for b in own), default=0.0)
    best = max((b.similarity or 0.0 for b in blocks), default=0.0)
    return own if own and best_own >= best - _OWN else blocks


def _is_alike(first: Block, other: Block, places: Sequence[str], ahead: float) -> bool:
    """True if the other is no rival: it says the same, or is the rule of another place."""
    if is_elsewhere(other.document, places):
        # A place's rule repeats the national one with more words.
        return (other.similarity or 0.0) < (first.similarity or 0.0) + ahead
    if places and first.document.region in places and other.document.region not in places:
        return True
    return says_the_same(first.whole.text, other.whole.text)


def outranks(first: Block, chosen: Found, core: Core, named: frozenset[str]) -> bool:
    """True if the paragraph that leads in meaning is to be read, and not the one chosen by words."""
    other = chosen.block
    if other.distance < _FAR or fit_of(core, first) < fit_of(core, other) - _WORDED_LESS:
        return False
    if other.passages == first.passages:
        return False
    if other.document.id in named and first.document.id not in named:
        return False
    if core.names_exactly(fold(other.lead.text)) and not core.names_exactly(fold(first.lead.text)):
        # 严重不良行为 is another thing than 不良行为.
        return False
    # Words that lead to a list of items lead right.
    return bool(first.items) or not other.items
