"""The thing that a turn on another place leaves out: 山东停业提前几天, behind 浙江养老院要停业."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup_words import ASPECTS
from assistant.turn import Turn
from knowledge.regions import region_of
from knowledge.tokenization import fold, tagged_words

# So many turns back are looked at.
_TURNS = 3
# What stands between a thing and what it does: 养老院要停业.
_BETWEEN = r"(?:要|想|将|会|已|需要|打算|准备|暂时|的)?"


def topic_before(ask: str, turns: Sequence[Turn]) -> str:
    """The thing of which an earlier turn said what `ask` says again, if `ask` does not name it; else ''."""
    said = fold(ask)
    doings = [w for w, tag in tagged_words(said) if tag[0] == "v" and len(w) > 1]
    for turn in reversed(turns[-_TURNS:]):
        before = fold(turn.question)
        things = [w for w, tag in tagged_words(before) if tag[0] == "n" and len(w) > 1]
        for thing in things:
            if thing in said or thing in ASPECTS or region_of(thing):
                continue
            if any(
                re.search(re.escape(thing) + _BETWEEN + re.escape(doing), before)
                for doing in doings
            ):
                return thing
    return ""
