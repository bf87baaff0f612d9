"""How far a text that was read is from the text that stands in the source."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def without_space(text: str) -> str:
    """`text` without white space: line breaks are the page's, not the document's."""
    return "".join(text.split())


def comparable(text: str) -> str:
    """`text` as it is compared: without white space and format signs, in Unicode's form NFKC.

    Format signs (general category Cf) are what nobody sees: zero-width spaces, soft hyphens.
    NFKC (UAX #15) makes full-width letters, digits and punctuation half-width and Kangxi
    radicals ordinary characters. Whether a comma is full-width is typography, which neither a
    scan nor a text layer settles; a wrong character, digit or sign still counts.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return without_space(unicodedata.normalize("NFKC", visible))


def error_rate(read: str, truth: str) -> float:
    """Character error rate: edits between the two comparable texts, by the truth's length.

    0 is perfect; above 1 if more was added than stands there. An empty truth has rate 0 if
    nothing was read, else 1.
    """
    read, truth = comparable(read), comparable(truth)
    if not truth:
        return float(bool(read))
    return edit_distance(read, truth) / len(truth)


def edit_distance(left: str, right: str) -> int:
    """Levenshtein distance: fewest insertions, deletions and substitutions of one character.

    H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
    Nordic Journal of Computing 10 (2003), 29-39: one column of the table is one integer, so a
    page of 5,000 characters takes some 20 ms without a compiled extension.
    """
    start, end = _common_ends(left, right)
    left, right = left[start : len(left) - end], right[start : len(right) - end]
    if not left or not right:
        return len(left) or len(right)
    places: dict[str, int] = {}
    for index, character in enumerate(left):
        places[character] = places.get(character, 0) | 1 << index
    mask, last = (1 << len(left)) - 1, 1 << (len(left) - 1)
    distance, rises, falls = len(left), mask, 0
    for character in right:
        same = places.get(character, 0)
        diagonal = ((((same & rises) + rises) ^ rises) | same | falls) & mask
        across_up = (falls | ~(diagonal | rises)) & mask
        across_down = diagonal & rises
        if across_up & last:
            distance += 1
        elif across_down & last:
            distance -= 1
        across_up = ((across_up << 1) | 1) & mask
        across_down = (across_down << 1) & mask
        rises = (across_down | ~(diagonal | across_up)) & mask
        falls = across_up & diagonal
    return distance


def differences(read: str, truth: str, most: int = 5) -> tuple[str, ...]:
    """The first few places where two comparable texts part, with what stands around them."""
    read, truth = comparable(read), comparable(truth)
    found: list[str] = []
    while (read or truth) and len(found) < most:
        start = _common_start(read, truth)
        if start == len(read) == len(truth):
            break
        before = truth[max(0, start - 6) : start]
        read, truth = read[start:], truth[start:]
        gone_read, gone_truth = _resume(read, truth)
        found.append(f"after “{before}”: “{read[:gone_read][:40]}” for “{truth[:gone_truth][:40]}”")
        read, truth = read[gone_read:], truth[gone_truth:]
    return tuple(found)


def _resume(read: str, truth: str, window: int = 400, together: int = 4) -> tuple[int, int]:
    """Where two texts agree again for `together` characters: places in `read` and `truth`."""
    best: tuple[int, int] | None = None
    for place in range(min(window, len(read))):
        piece = read[place : place + together]
        other = truth.find(piece, 0, window + together)
        if piece and other >= 0 and (best is None or place + other < sum(best)):
            best = place, other
        if best and place > sum(best):
            break
    return best or (len(read), len(truth))


def _common_ends(left: str, right: str) -> tuple[int, int]:
    start = _common_start(left, right)
    end = _common_start(left[start:][::-1], right[start:][::-1])
    return start, end


def _common_start(left: Sequence[str], right: Sequence[str]) -> int:
    shorter = min(len(left), len(right))
    return next((n for n in range(shorter) if left[n] != right[n]), shorter)
