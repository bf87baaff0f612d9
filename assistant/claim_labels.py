"""Which of several parallel items a clause is about: 儿童领域：…, 老年领域：….

Such items are written alike, so that the words of one stand beside the words of another; a
clause that names one of them is carried by that one only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.claim_alignment import Clause
from knowledge.sentences import sentences
from knowledge.tokenization import fold

_LABEL = re.compile(r"^\s*([^，。；：:]{2,24})[：:]\s*(?=\S)")
_PARTS = re.compile(r"[（(）)、/\s]+")
_CLAUSES = re.compile(r"[，；;,。！？]+")


def split_by_labels(claim: str, evidence: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The clauses of `claim`, each with the labels it is about; empty for those about none.

    A clause that names no label goes on with those of the clause before.
    """
    labels = labels_of(evidence)
    if len(labels) < 2:
        return ()
    folded = fold(claim)
    by_name = any(keys[0] in folded for keys in labels.values())
    found: list[tuple[str, frozenset[str]]] = []
    carried: frozenset[str] = frozenset()
    for clause in filter(str.strip, _CLAUSES.split(claim)):
        folded = fold(clause)
        # What stands in brackets (试点, 经费) names an item only where none is named outright.
        named = frozenset(
            label
            for label, keys in labels.items()
            if any(key in folded for key in (keys[:1] if by_name else keys))
        )
        carried = named or carried
        found.append((clause, carried))
    return tuple(found)


def fitting(options: Sequence[Clause], labels: frozenset[str]) -> list[Clause]:
    """The sentences that are not about another label than these."""
    return [
        option
        for option in options
        if (label := label_of(option.text)) is None or not labels or label in labels
    ]


def label_of(sentence: str) -> str | None:
    """The words before the colon at the head of a sentence."""
    match = _LABEL.match(sentence)
    return match.group(1) if match else None


@lru_cache(maxsize=256)
def labels_of(evidence: str) -> dict[str, tuple[str, ...]]:
    """The labels of parallel items, each with the words by which a claim names it."""
    labels = [
        label for span in sentences(evidence) if (label := label_of(span.of(evidence))) is not None
    ]
    endings = [label[-2:] for label in labels]
    found = {}
    for label in dict.fromkeys(labels):
        keys = []
        for part in filter(None, _PARTS.split(label)):
            # 领域 ends every label and names none.
            shared = len(part) > 3 and endings.count(part[-2:]) > 1
            key = fold(part[:-2] if shared else part)
            if len(key) > 1:
                keys.append(key)
        if keys:
            found[label] = tuple(keys)
    return found
