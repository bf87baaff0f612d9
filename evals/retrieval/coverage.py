"""How many characters of context a reader must take in before the answer is there.

Passages are read in the order of their rank, one after the other with a line break between.
Compared so, cuts of 220 and of 1,000 characters are on equal terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CONTEXTS = (250, 1_100, 2_200, 4_000)
"""Characters of context at which coverage is reported (issue 4, the comparison with peers)."""
_GOLD_CHARACTERS = 200
# A cut may drop white space and a heading: the rest of a short article is the article.
_GOLD_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """One passage of a ranking, whatever searched it."""

    document_id: str
    text: str
    title: str = ""


def covered_at(
    found: Sequence[Found],
    is_gold: Sequence[bool],
    answers: Sequence[Sequence[str]],
    gold_length: int,
) -> int | None:
    """Characters of context within which the answer stands; None if `found` does not hold it.

    With answer strings: where one string of each entry has been read whole, in a passage of a
    gold document (`is_gold`, parallel to `found`), as the same figure elsewhere answers nothing.
    Without: where 200 characters of gold documents have been read, or nine tenths of the
    shortest of them, which has `gold_length` characters.
    """
    if answers:
        ends = [_first_end(found, is_gold, group) for group in answers]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else None
    needed = max(1, min(round(gold_length * _GOLD_SHARE), _GOLD_CHARACTERS))
    read = start = 0
    for passage, gold in zip(found, is_gold, strict=True):
        if gold and read + len(passage.text) >= needed:
            return start + needed - read
        read += len(passage.text) if gold else 0
        start += len(passage.text) + 1
    return None


def _first_end(found: Sequence[Found], is_gold: Sequence[bool], group: Sequence[str]) -> int | None:
    start = 0
    for passage, gold in zip(found, is_gold, strict=True):
        places = [(passage.text.find(answer), len(answer)) for answer in group] if gold else []
        ends = [place + length for place, length in places if place >= 0]
        if ends:
            return start + min(ends)
        start += len(passage.text) + 1
    return None
