"""Where two sentences that say the same of the same thing part: the two values, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.sufficiency_asked import AskedValue
from knowledge.asked_unit import asked_unit_fit
from knowledge.figures import find_figures, same_figure
from knowledge.tokenization import fold, tagged_words

# Share of pairs of characters that two sentences on the same thing have in common; what is left
# when the differences are taken out.
_ALIKE = 0.55
# Longer differences are no values.
_LONGEST = 24
# Words that one sentence has and the other lacks, in characters: more may change the meaning.
_ASIDE = 6
# 本法, 该办法: each document speaks of itself.
_POINTER = re.compile(r"[本该此其前上][一-鿿]")
_NO_LETTER = re.compile(r"[\W_]+")
# A value is one phrase: no stops, quotation marks or blanks run through it.
_STOPS = re.compile(r"[，。；：:,;“”「」！？!?（）()《》]|\.\.|…")
_TRIMMED = "，。；：“”《》()（） "
# Parts of speech by which a name or a thing is named.
_NAMING = ("n", "j", "l", "i", "eng", "z", "s", "x")
_ALNUM = re.compile(r"\w")
_NUMBERING = re.compile(r"第\S{1,4}[届次期季任号批个条]|\d+号线")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two sentences part: the value of each."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A figure or a word, with its place in the sentence."""

    text: str
    start: int
    end: int


def sentence_difference(asked: AskedValue, one: str, other: str) -> Difference | None:
    """The two values if nothing else of substance differs, else None."""
    if not _alike(one, other):
        return None
    found: Difference | None = None
    for left, right in _replaced(one, other):
        if not _ALNUM.search(left + right):
            continue
        if not (_ALNUM.search(left) and _ALNUM.search(right)):
            if len(left + right) > _ASIDE or find_figures(left + right):
                return None
            continue
        if max(len(left), len(right)) > _LONGEST:
            return None
        if says_same(left, right):
            continue
        if not (_is_value(asked, left) and _is_value(asked, right)):
            return None
        # The value may stand several times, in full and in short; the first counts.
        found = found or Difference(left.strip(_TRIMMED), right.strip(_TRIMMED))
    return found


def _is_value(asked: AskedValue, text: str) -> bool:
    """True if what differs could be the value asked for, not the thing it is asked of."""
    folded = fold(text)
    if folded in asked.text or _NUMBERING.search(folded) or _POINTER.match(folded):
        return False
    if _STOPS.search(text.strip(_TRIMMED)):
        return False
    figures = find_figures(text)
    if asked.kind == "number":
        return any(asked_unit_fit(figure, asked.text) for figure in figures)
    if asked.kind == "date":
        return any(figure.kind in ("date", "year") for figure in figures)
    if figures and asked.kind != "other":
        return False
    return any(tag.startswith(_NAMING) for _, tag in tagged_words(text))


def _alike(one: str, other: str) -> bool:
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return False
    return len(first & second) >= _ALIKE * max(len(first), len(second))


def _pairs(text: str) -> set[str]:
    letters = [char for char in text if char.isalnum()]
    return {a + b for a, b in pairwise(letters)}


def _replaced(one: str, other: str) -> list[tuple[str, str]]:
    """The words of either that stand where the other has different ones, verbatim.

    Differences with no more than a mark between them (布莱恩·辛格) are one.
    """
    first, second = _units(one), _units(other)
    matcher = SequenceMatcher(
        None, [u.text for u in first], [u.text for u in second], autojunk=False
    )
    spans: list[list[int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if (
            spans
            and a - spans[-1][1] <= 1
            and not _ALNUM.search(_text(one, first, spans[-1][1], a))
        ):
            spans[-1][1], spans[-1][3] = b, d
        else:
            spans.append([a, b, c, d])
    return [(_text(one, first, a, b), _text(other, second, c, d)) for a, b, c, d in spans]


def _text(sentence: str, units: Sequence[_Unit], start: int, end: int) -> str:
    return sentence[units[start].start : units[end - 1].end] if start < end else ""


def _units(text: str) -> list[_Unit]:
    """Figures whole, other text word by word, so that 170 and 70 differ as a whole."""
    units: list[_Unit] = []
    position = 0
    for figure in find_figures(text):
        units += _words(text, position, figure.start)
        units.append(_Unit(figure.text, figure.start, figure.end))
        position = figure.end
    return units + _words(text, position, len(text))


def _words(text: str, start: int, end: int) -> list[_Unit]:
    """The words between two places; each mark is one, blanks are none."""
    piece = text[start:end].lower()
    units, position = [], 0
    for word in (*(word for word, _ in tagged_words(piece)), ""):
        place = piece.find(word, position) if word else len(piece)
        if place < 0:
            continue
        marks = range(position, place)
        units += [
            _Unit(text[start + i], start + i, start + i + 1) for i in marks if piece[i].strip()
        ]
        if word:
            units.append(_Unit(word, start + place, start + place + len(word)))
        position = place + len(word)
    return units


def says_same(one: str, other: str) -> bool:
    """True if two values are the same figure, or one is the short form of the other."""
    first, second = find_figures(one), find_figures(other)
    if first and second:
        return same_figure(first[0], second[0])
    one, other = _NO_LETTER.sub("", fold(one)), _NO_LETTER.sub("", fold(other))
    return one in other or other in one
