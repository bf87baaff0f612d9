"""Of documents with titles alike the one that the question names whole goes first.

哪些地方种植黄蝉: the text on 软枝黄蝉 speaks of 黄蝉 as often as that on 黄蝉 itself, and words and meaning
hardly tell them apart. 浙江省物业管理条例 and 温州市物业管理条例 are such titles as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.documents import Origin
from knowledge.reranking import RERANKED
from knowledge.rule_names import rule_name
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# What the others lose, of a score with a spread of about 1. On the tuning halves of `floor`, `script` and
# `noise` .5 and .7 put five questions right and none wrong, 1.0 five and one.
_BEHIND = 0.6
_NOTE = re.compile(r"[(（][^()（）]*[)）]")
_MARKS = re.compile(r"[《》「」『』“”\"\s]")
# Titles alike end in the same so many characters.
_END = 2


def unnamed_rivals(question: str, titles: Sequence[str]) -> list[bool]:
    """Of each title, whether the question does not name it and names another that is like it."""
    asked = _MARKS.sub("", fold(question))
    names = [_name(title) for title in titles]
    named = [name for name in dict.fromkeys(names) if len(name) > 1 and name in asked]
    return [name not in asked and any(_alike(name, other) for other in named) for name in names]


@lru_cache(maxsize=16_384)
def _name(title: str) -> str:
    """A title as a question may name it: without edition, marks and what stands in brackets."""
    return _MARKS.sub("", fold(_NOTE.sub("", rule_name(title))))


def named_first(
    snapshot: Snapshot, text: str, ranking: list[tuple[int, float, Origin]]
) -> list[tuple[int, float, Origin]]:
    """The ranking, with those of its first passages behind whose title is a rival of one that is named.

    What was looked up stays where it is.
    """
    first = [place for place, entry in enumerate(ranking[:RERANKED]) if entry[2] == "fused"]
    documents = [snapshot.document_of(ranking[place][0]) for place in first]
    rivals = unnamed_rivals(text, [document.title if document else "" for document in documents])
    lowered = list(ranking)
    for place, is_rival in zip(first, rivals, strict=True):
        key, score, origin = ranking[place]
        lowered[place] = key, score - _BEHIND * is_rival, origin
    return sorted(lowered, key=lambda entry: -entry[1])


def _alike(name: str, named: str) -> bool:
    return named in name or name[-_END:] == named[-_END:]
