"""What people ask about articles of law: `everyday_questions.tsv`, and its vectors.

A line of the file is a law, an article of it, and questions that the article answers, in the words
of those who ask; or a paragraph of it (第五条第二款), and questions that this paragraph alone answers.
A question near those of a line is probably answered by the same article, though it shares no word
with it. What that gains is in docs/decisions/0016.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.bundled_model import is_bundled
from knowledge.packed_vectors import unpacked
from knowledge.question_map import moved
from knowledge.references import numeral_value
from knowledge.rule_names import ARTICLE_AT_END, rule_name

FILE = Path(__file__).with_name("everyday_questions.tsv")
VECTORS = FILE.with_suffix(".npy")
"""Of each line the mean direction of its questions, shape (lines, 384), int8 (`packed`).

Made by `python -m evals.learning.everyday_questions`, anew whenever the file has changed.
"""
# Cosines of moved questions, and what they gain; chosen on the half of `lay` that is not reported.
_NEAR = 0.66
_SLOPE = 6.0
_MOST = 1.2
_LINES = 90
"""Nearest lines that are looked at."""
_PARAGRAPH = re.compile(r"(?<=.)第([一二三四五六七八九十]+)款$")


class Asked(NamedTuple):
    """An article, or one paragraph of it, and what people ask about it."""

    law: str
    """Without 中华人民共和国."""
    article: str
    """第十条, 第十条之一."""
    questions: tuple[str, ...]
    paragraph: int = 0
    """From 1; 0 for the whole article."""


@cache
def asked_articles() -> tuple[Asked, ...]:
    """The lines of the file, in its order."""
    return parsed(FILE.read_text(encoding="utf-8"))


def parsed(text: str) -> tuple[Asked, ...]:
    """The full lines of a file. One that somebody left unfinished stops no search."""
    columns = (line.split("\t") for line in text.splitlines())
    full = (cells for cells in columns if len(cells) > 2)
    return tuple(_asked(law, place, said) for law, place, *said in full)


def _asked(law: str, place: str, said: Sequence[str]) -> Asked:
    paragraph = _PARAGRAPH.search(place)
    number = numeral_value(paragraph[1]) if paragraph else 0
    return Asked(law, _PARAGRAPH.sub("", place), tuple(said), number)


@cache
def _vectors(fingerprint: str) -> NDArray[np.float32]:
    """The lines, moved towards their answers as a question is; shape (lines, dimension)."""
    return moved(unpacked(VECTORS), fingerprint)


@cache
def _paragraphs_of() -> dict[tuple[str, ...], list[int]]:
    """By law and article the lines on its paragraphs."""
    lines: dict[tuple[str, ...], list[int]] = {}
    for line, asked in enumerate(asked_articles()):
        if asked.paragraph:
            lines.setdefault(asked[:2], []).append(line)
    return lines


class EverydayQuestions:
    """Those lines that are on articles of one library. Safe to use from several threads."""

    def __init__(self, by_title: Mapping[str, Sequence[int]]) -> None:
        """`by_title` holds the numbers of the library's versions by their `rule_name`."""
        # Laws that are held whole or by their articles, before 10,000 names are looked up.
        laws = {ARTICLE_AT_END.sub("", title) for title in by_title}
        places = [
            _place(by_title, asked) if rule_name(asked.law) in laws else None
            for asked in asked_articles()
        ]
        self._places = {line: place for line, place in enumerate(places) if place}
        self._held = np.array([place is not None for place in places], dtype=np.bool_)
        most = max((len(place[0]) for place in self._places.values()), default=0)
        self._versions = np.zeros((len(places), most), dtype=np.int64)
        for line, (versions, _) in self._places.items():
            self._versions[line] = (*versions, *[versions[0]] * (most - len(versions)))

    def nearest(
        self,
        asked: NDArray[np.float32],
        fingerprint: str,
        allowed: NDArray[np.bool_] | None = None,
    ) -> list[tuple[tuple[int, ...], str | None, float]]:
        """Versions, article, and what that gains, of the articles asked for like this.

        `asked` is the moved vector of a question, shape (dimension,), `allowed` which versions may
        be used (see `Snapshot.allowed`). No article where the document is one. None with another
        model than the bundled one, and where the library holds none of the laws.
        """
        cosines = self._cosines(asked, fingerprint, allowed)
        if cosines is None:
            return []
        first = np.argpartition(-cosines, _LINES)[:_LINES]
        gains = np.minimum(_MOST, _SLOPE * (cosines[first] - _NEAR))
        order = np.lexsort((first, -gains))
        return [
            (*self._places[line], gain)
            for line, gain in zip(first[order].tolist(), gains[order].tolist(), strict=True)
            if gain > 0
        ]

    def likest(
        self,
        asked: NDArray[np.float32],
        fingerprint: str,
        most: int,
        allowed: NDArray[np.bool_] | None = None,
    ) -> list[tuple[Asked, float]]:
        """The lines on articles of this library asked for most like this, with their cosines.

        Best first, and behind them the other paragraphs of the first article.
        Of `asked`, of `allowed`, and of when there are none see `nearest`.
        """
        cosines = self._cosines(asked, fingerprint, allowed)
        if cosines is None:
            return []
        first = np.argpartition(-cosines, most)[:most]
        order = [line for line in first[np.lexsort((first, -cosines[first]))] if cosines[line] > -1]
        if order:
            own = _paragraphs_of().get(asked_articles()[order[0]][:2], ())
            order += sorted(set(own).difference(order), key=lambda line: -cosines[line])
        return [(asked_articles()[line], float(cosines[line])) for line in order]

    def versions_of(self, asked: Asked) -> tuple[int, ...]:
        """The versions of the library that hold the law of a line."""
        return self._of_article.get(asked[:2], ())

    @cached_property
    def _of_article(self) -> dict[tuple[str, str], tuple[int, ...]]:
        lines = asked_articles()
        return {lines[line][:2]: versions for line, (versions, _) in self._places.items()}

    def within(
        self, asked: NDArray[np.float32], fingerprint: str, versions: Sequence[int]
    ) -> list[dict[tuple[int, str, int], float]]:
        """Of each question, by version, article and paragraph (0: the whole article), its cosine.

        `asked` holds the moved vectors of the questions, shape (questions, dimension). Of `versions`
        alone; those that nobody has written a question on are left out.
        """
        found: list[dict[tuple[int, str, int], float]] = [{} for _ in asked]
        if not self._are_known(fingerprint):
            return found
        own = np.flatnonzero(np.isin(self._versions, versions).any(axis=1) & self._held)
        cosines = asked @ _vectors(fingerprint)[own].T
        for line, near in zip(own.tolist(), cosines.T.tolist(), strict=True):
            _, article, _, paragraph = asked_articles()[line]
            for version in set(self._places[line][0]).intersection(versions):
                place = version, article, paragraph
                for places, cosine in zip(found, near, strict=True):
                    places[place] = max(places.get(place, -1.0), cosine)
        return found

    def _cosines(
        self,
        asked: NDArray[np.float32],
        fingerprint: str,
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.float32] | None:
        """Of each line, −1 where its law may not be used, shape (lines,); None if none can be told."""
        if not self._are_known(fingerprint):
            return None
        lines = _vectors(fingerprint)
        usable = self._held
        if allowed is not None:
            usable = usable & allowed[np.minimum(self._versions, len(allowed) - 1)].any(axis=1)
        return np.where(usable, lines @ asked, np.float32(-1.0))

    def _are_known(self, fingerprint: str) -> bool:
        """False with another model, without the laws, and where the file's vectors are of another state."""
        if not self._places or not is_bundled(fingerprint):
            return False
        return len(_vectors(fingerprint)) == len(self._held)


def _place(
    by_title: Mapping[str, Sequence[int]], asked: Asked
) -> tuple[tuple[int, ...], str | None] | None:
    """Versions and article of a line; None if the library does not hold its law."""
    # Libraries of statutes may hold each article as a document of its own.
    alone = by_title.get(rule_name(asked.law + asked.article))
    if alone:
        return tuple(alone), None
    whole = by_title.get(rule_name(asked.law))
    return (tuple(whole), asked.article) if whole else None
