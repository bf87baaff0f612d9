"""Which of the nearest passages hold a value of the kind asked for, and the same one as others.

"2022年春节档票房" asks for an amount of money. Passages on the subject without one are near the
question and do not answer it; and where several answer, they say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.asked_value import AskedValue, asked_value
from knowledge.authority import is_official
from knowledge.documents import Origin, Passage
from knowledge.rarity import rarity
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold, query_terms
from knowledge.values import find_values

RERANKED = 12
"""So many of the first passages are looked at."""
# Kinds whose values can be known from their form; of names, all words may be one.
_KNOWN = frozenset({"number", "date", "place", "who"})
# Of a passage the sentences that carry most of the question.
_SENTENCES = 3
# What another passage with the same value adds, of how well it gives it; and what a passage gains
# that is one deviation above the mean. Learned on the halves of `noise`, `floor` and `script` that
# are not reported, where .1 to .3 did much the same (docs/decisions/0004).
_ANOTHER, _GAIN = 0.25, 0.2


def value_gains(
    question: str, passages: Sequence[str], frequency: Callable[[str], int], size: int
) -> NDArray[np.float64]:
    """What each passage, in the order found, gains by the values it holds; shape (passages,).

    A fused score has a spread of about 1. `frequency` says in how many of `size` passages of the
    library a term stands. All zeros where no kind of value is asked for, or none tells apart.
    """
    asked = asked_value(fold(question))
    if asked.kind not in _KNOWN or len(passages) < 2:
        return np.zeros(len(passages))
    weights = _weights(query_terms(question), frequency, size)
    held = [_held(asked, weights, passage) for passage in passages]
    witnessed: dict[tuple[object, ...], float] = {}
    for values in held:
        for key, share in values.items():
            witnessed[key] = witnessed.get(key, 0.0) + share
    best = np.array(
        [
            max(
                (share + _ANOTHER * (witnessed[key] - share) for key, share in v.items()), default=0
            )
            for v in held
        ]
    )
    spread = float(best.std())
    return _GAIN * (best - best.mean()) / spread if spread else np.zeros(len(passages))


def _weights(terms: Sequence[str], frequency: Callable[[str], int], size: int) -> dict[str, float]:
    """Inverse document frequency of each term, as in BM25, as a share of their sum."""
    rare = {term: rarity(frequency(term), size) for term in dict.fromkeys(terms)}
    total = sum(rare.values())
    return {term: weight / total for term, weight in rare.items()} if total else {}


def _held(
    asked: AskedValue, weights: Mapping[str, float], passage: str
) -> dict[tuple[object, ...], float]:
    """By value how well the passage gives it: the share of the question in its sentence, 0 to 1."""
    folded = fold(passage)
    carried = []
    for span in sentences(folded):
        text = span.of(folded)
        carried.append((sum(share for term, share in weights.items() if term in text), text))
    held: dict[tuple[object, ...], float] = {}
    for share, text in sorted(carried, key=lambda entry: -entry[0])[:_SENTENCES]:
        for value in find_values(asked, text):
            held[value.key] = max(held.get(value.key, 0.0), share * value.fit)
    return held


def by_values(
    snapshot: Snapshot,
    text: str,
    ranking: list[tuple[int, float, Origin]],
    passages: Mapping[int, Passage],
) -> list[tuple[int, float, Origin]]:
    """The ranking after what its first passages gain by the values they hold.

    Left as they are: what was looked up, and official texts, which need no other beside them.
    """
    first = [
        place
        for place, (key, _, origin) in enumerate(ranking[:RERANKED])
        if origin == "fused" and not _is_official(snapshot, key, passages[key])
    ]
    texts = [passages[ranking[place][0]].text_for_search for place in first]
    gains = value_gains(text, texts, snapshot.lexical.document_frequency, snapshot.lexical.size)
    raised = list(ranking)
    for place, gain in zip(first, gains.tolist(), strict=True):
        key, score, origin = ranking[place]
        raised[place] = key, score + gain, origin
    return sorted(raised, key=lambda entry: -entry[1])


def _is_official(snapshot: Snapshot, key: int, passage: Passage) -> bool:
    document = snapshot.document_of(key)
    return document is not None and is_official(document, passage)
