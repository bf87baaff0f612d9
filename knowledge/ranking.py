"""Candidates of both searches → one order, by a few features with learned weights.

The weights stand in `ranking.yaml`, with the data and the command they were learned from; a
feature is a plain number that a reader can compute by hand. Two of them, the standardised
cosine and the standardised BM25 score, are the sum of DESIGN section 5; the others say what
neither sees: how much of the question one passage carries, in its title or in one sentence,
whether it holds the kind of answer asked for, and what kind of rule it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge.documents import Passage
from knowledge.fusion import standardised
from knowledge.plain_text import plain

_SENTENCE = re.compile(r"[^。！？；\n]+")
_ASKS_NUMBER = re.compile(
    r"多少|几[个名人元位次年月天岁项家类种所]|人数|金额|比例|数量|多[大长高久]"
)
_ASKS_DATE = re.compile(r"时间|何时|什么时候|哪一?年|哪一?天|日期|几月|几号|多久")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿]{2,}")
_DATE = re.compile(r"\d{1,4}年|\d{1,2}月\d{1,2}日|[一二三四五六七八九十]{1,2}[年月日]")
# Articles that every statute has and that answer no question on its substance.
_FRAME = re.compile(
    r"^(?:第.{1,8}条)?\s*(?:为了?.{2,80}(?:制定本|根据.{2,60}制定)|本.{1,6}自.{4,20}(?:起|日)施行)"
)

FEATURES = (
    "cosine",
    "cosine_gap",
    "bm25",
    "coverage",
    "title_coverage",
    "sentence_coverage",
    "number",
    "date",
    "length",
    "frame",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One passage that a search found."""

    passage: Passage
    cosine: float
    bm25: float
    """0 where the lexical search did not find it."""


def ranked(
    question: str,
    terms: Sequence[str],
    candidates: Sequence[Candidate],
    frequency: Callable[[str], int],
    passages: int,
    weights: Mapping[str, float] | None = None,
) -> NDArray[np.float64]:
    """A score for each candidate, higher is better, shape (n,).

    `terms` are the question's search terms, `frequency` in how many of `passages` passages a
    term stands. `weights` by feature; those of `ranking.yaml` if left out.
    """
    table = features(question, terms, candidates, frequency, passages)
    chosen = learned_weights() if weights is None else weights
    scores: NDArray[np.float64] = table @ np.array([chosen.get(name, 0.0) for name in FEATURES])
    return scores


def features(
    question: str,
    terms: Sequence[str],
    candidates: Sequence[Candidate],
    frequency: Callable[[str], int],
    passages: int,
) -> NDArray[np.float64]:
    """The features of each candidate, shape (n, len(FEATURES))."""
    cosine = np.array([candidate.cosine for candidate in candidates])
    bm25 = np.array([candidate.bm25 for candidate in candidates])
    if not len(candidates):
        return np.zeros((0, len(FEATURES)))
    rarity = {term: _rarity(frequency(term), passages) for term in terms}
    asks_number = bool(_ASKS_NUMBER.search(question))
    asks_date = bool(_ASKS_DATE.search(question))
    texts = [
        _text_features(_Texts.of(candidate.passage), rarity, asks_number, asks_date)
        for candidate in candidates
    ]
    return np.column_stack(
        (standardised(cosine), (cosine - cosine.max()) * 20, standardised(bm25), np.array(texts))
    )


@cache
def learned_weights() -> Mapping[str, float]:
    """The weights of `ranking.yaml`, by feature."""
    text = resources.files("knowledge").joinpath("ranking.yaml").read_text("utf-8")
    weights: dict[str, float] = yaml.safe_load(text)["weights"]
    return weights


def _rarity(frequency: int, passages: int) -> float:
    """Inverse document frequency as in BM25 (Robertson and Zaragoza 2009, eq. 3.3)."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class _Texts:
    """The words of one passage, in simplified script and lower case."""

    above: str
    text: str
    sentences: tuple[str, ...]
    is_frame: bool

    @classmethod
    def of(cls, passage: Passage) -> _Texts:
        return _texts(passage.text, passage.title, passage.heading_path)


@lru_cache(maxsize=8192)
def _texts(text: str, title: str, heading_path: tuple[str, ...]) -> _Texts:
    folded = plain(text)
    return _Texts(
        plain(" ".join((title, *heading_path))),
        folded,
        tuple(_SENTENCE.findall(folded)),
        bool(_FRAME.match(folded)),
    )


def _text_features(
    texts: _Texts, rarity: Mapping[str, float], asks_number: bool, asks_date: bool
) -> tuple[float, ...]:
    total = sum(rarity.values()) or 1.0
    in_text = [term for term in rarity if term in texts.text]
    above = sum(weight for term, weight in rarity.items() if term in texts.above)
    covered = sum(rarity[term] for term in in_text)
    covered += sum(
        weight for term, weight in rarity.items() if term in texts.above and term not in texts.text
    )
    best, sentence = 0.0, ""
    for one in texts.sentences:
        share = sum(rarity[term] for term in in_text if term in one)
        if share > best:
            best, sentence = share, one
    return (
        covered / total,
        above / total,
        best / total,
        _kind(asks_number, _NUMBER, sentence),
        _kind(asks_date, _DATE, sentence),
        math.log1p(len(texts.text)),
        float(texts.is_frame),
    )


def _kind(is_asked: bool, pattern: re.Pattern[str], sentence: str) -> float:
    """Whether the sentence holds the kind of answer asked for: half for, half against."""
    return (0.5 if pattern.search(sentence) else -0.5) if is_asked else 0.0
