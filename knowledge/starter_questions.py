"""What people ask about the sentences of the starter policies: `starter_questions.tsv`, and its vectors.

A line of the file is the title of a policy, words that stand in one sentence of it alone, and questions that
this sentence answers, in the words of those who ask; or `-` instead of the words, and questions that sound
near and that the policy does not answer. A question near those of a line is probably answered by the same
sentence, though it shares no word with it. The like on statutes: `everyday_questions.py`. What it gains is
in docs/decisions/0025.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.bundled_model import is_bundled
from knowledge.documents import Passage
from knowledge.embedding import Embedder
from knowledge.packed_vectors import unpacked
from knowledge.regions import region_mentions
from knowledge.rule_names import rule_name
from knowledge.sentences import sentences
from knowledge.tokenization import simplify

FILE = Path(__file__).with_name("starter_questions.tsv")
VECTORS = FILE.with_suffix(".npy")
"""Of each question its vector, shape (questions, 384), int8.

Made by `python -m evals.learning.starter_questions`, anew whenever the file has changed.
"""
NOTHING = "-"
"""Instead of words: what the policy does not answer."""
Floats = NDArray[np.float32]


class AskedOf(NamedTuple):
    """A sentence, and what people ask of it."""

    title: str
    words: str
    """Words of the sentence; `NOTHING` for what no sentence answers."""
    questions: tuple[str, ...]


class Alike(NamedTuple):
    """How like a question those are that people ask of a document's sentences."""

    sentences: dict[int, float]
    """By where the sentence starts, the cosine of the likest question."""
    unanswered: float
    """The same of the questions that the document does not answer."""


@cache
def asked_of_sentences() -> tuple[AskedOf, ...]:
    """The lines of the file, in its order."""
    columns = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines())
    return tuple(AskedOf(title, words, tuple(said)) for title, words, *said in columns)


def placeless(question: str) -> str:
    """A question in simplified script without the names of places: each policy is of one."""
    text = simplify(question)
    # Of 四川成都 only the city is a mention, and then the province is one.
    while places := [m for m in region_mentions(text) if m[2].level != "country"]:
        for start, end in sorted({(start, end) for start, end, _ in places}, reverse=True):
            text = text[:start] + text[end:]
    return text


def asked_vector(embedder: Embedder, question: str) -> Floats:
    """The unit vector by which questions are compared, shape (dimension,)."""
    return embedder.embed_query(placeless(question))


@cache
def _vectors() -> Floats:
    return unpacked(VECTORS)


@cache
def _lines_of(title: str) -> tuple[tuple[int, int, str], ...]:
    """Of each line on a policy where its questions begin and end, and its words."""
    found, start = [], 0
    for asked in asked_of_sentences():
        end = start + len(asked.questions)
        if rule_name(asked.title) == title:
            found.append((start, end, asked.words))
        start = end
    return tuple(found)


def is_asked_of(title: str) -> bool:
    """True for a policy of which the file knows what people ask."""
    return bool(_lines_of(rule_name(title)))


def alike(
    vectors: Sequence[Floats], title: str, passages: Sequence[Passage], fingerprint: str
) -> Alike | None:
    """How like some wordings of one question those are that people ask of a policy.

    `vectors` are those of `asked_vector`, `passages` the policy's own. None for any other document, and
    with another model than the bundled one.
    """
    lines = _lines_of(rule_name(title))
    if not (lines and vectors and is_bundled(fingerprint)):
        return None
    starts = dict(_starts(passages, [words for _, _, words in lines]))
    first, last = lines[0][0], lines[-1][1]
    cosines = (_vectors()[first:last] @ np.stack(vectors).T).max(axis=1)
    found, unanswered = dict[int, float](), -1.0
    for start, end, words in lines:
        nearest = float(cosines[start - first : end - first].max())
        if words == NOTHING:
            unanswered = max(unanswered, nearest)
        elif words in starts:
            found[starts[words]] = nearest
    return Alike(found, unanswered)


def _starts(passages: Sequence[Passage], words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Of some words where the sentence starts that holds them."""
    for passage in passages:
        for span in sentences(passage.text):
            text = span.of(passage.text)
            for own in words:
                if own != NOTHING and own in text:
                    yield own, passage.start_char + span.start
