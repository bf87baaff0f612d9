"""A library of any size without a word of meaning: made vectors, made words, real code paths.

Vectors lie in clusters, as those of real passages do: a direction that all share, a centre a
cluster, and a rest of their own. Two passages of one cluster have a cosine of about .91, others
of about .74 (the bundled model's crowd between .75 and .95, DESIGN section 5). Words are drawn
from a Zipf-Mandelbrot law with exponent 1 and shift 2.7 (B. Mandelbrot, "An Informational Theory
of the Statistical Structure of Language", 1953).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.documents import Passage, PolicyDocument
from knowledge.ingestion import catalog_path
from knowledge.writer_lock import writer_lock

PASSAGES_A_DOCUMENT = 20
DIMENSION = 384
"""Of the bundled model."""
MODEL = "synthetic"
_WORDS_A_PASSAGE = 95
"""Of two characters mostly: about the 220 characters that real passages are cut at."""
_VOCABULARY = 120_000
_CHARACTERS = 2_500
_SHARED, _CENTRE, _OWN = 1.7, 0.8, 0.6
_PASSAGES_A_CLUSTER = 50
_DOCUMENTS_A_TRANSACTION = 200
# A question repeats some of a passage's words, as many terms as DESIGN section 5 measured with.
_QUESTION_PARTS, _PART_CHARACTERS = 3, 5
_QUESTION_NOISE = 0.5


class SyntheticTexts:
    """Draws passages' words and vectors; the same seed gives the same library."""

    def __init__(self, passages: int, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        lengths = self._random.choice([1, 2, 3], size=_VOCABULARY, p=[0.1, 0.75, 0.15])
        # The first of the common Chinese characters' block; which they are is of no matter.
        codes = 0x4E00 + self._random.integers(0, _CHARACTERS, size=(_VOCABULARY, 3))
        self._vocabulary = [
            "".join(map(chr, row[:length])) for row, length in zip(codes, lengths, strict=True)
        ]
        weights = 1 / (np.arange(1, _VOCABULARY + 1) + 2.7)
        self._reaches = np.cumsum(weights / weights.sum())
        self._shared = _unit(self._random.standard_normal((1, DIMENSION)))[0]
        clusters = max(1, passages // _PASSAGES_A_CLUSTER)
        self._centres = _unit(self._random.standard_normal((clusters, DIMENSION)))

    def passages(self, count: int) -> list[str]:
        """The next `count` texts of about 200 characters."""
        drawn = np.searchsorted(self._reaches, self._random.random((count, _WORDS_A_PASSAGE)))
        drawn = np.minimum(drawn, _VOCABULARY - 1)
        words = self._vocabulary
        return ["".join([words[place] for place in row]) + "。" for row in drawn.tolist()]

    def vectors(self, count: int) -> NDArray[np.float32]:
        """The next `count` unit vectors, shape (count, DIMENSION)."""
        centres = self._centres[self._random.integers(0, len(self._centres), size=count)]
        own = _unit(self._random.standard_normal((count, DIMENSION)))
        return _unit(_SHARED * self._shared + _CENTRE * centres + _OWN * own)


@dataclass(frozen=True, slots=True)
class SyntheticQuestion:
    """A question that one passage is nearest to, by words and by vector."""

    text: str
    vector: NDArray[np.float32]
    """Shape (DIMENSION,), unit length."""
    passage_id: str


def write_catalogue(home: Path, passages: int, seed: int) -> None:
    """Fill the catalogue under `home`, through the same statements as an ingestion."""
    texts = SyntheticTexts(passages, seed)
    with writer_lock(home, "bench"), Catalog(catalog_path(home)) as catalog:
        catalog.use_model(MODEL)
        documents = range(0, passages, PASSAGES_A_DOCUMENT)
        for start in range(0, len(documents), _DOCUMENTS_A_TRANSACTION):
            with catalog.transaction():
                for first in documents[start : start + _DOCUMENTS_A_TRANSACTION]:
                    count = min(PASSAGES_A_DOCUMENT, passages - first)
                    _write_document(catalog, first, texts.passages(count), texts.vectors(count))


def questions(home: Path, count: int, seed: int) -> Iterator[SyntheticQuestion]:
    """`count` questions on passages drawn from the catalogue under `home`."""
    random = np.random.default_rng(seed + 1)
    with Catalog(catalog_path(home)) as catalog:
        keys, _ = catalog.passage_versions()
        for key in random.choice(keys, size=count).tolist():
            passage = catalog.passages([key])[key]
            vector = catalog.vectors([key])[key]
            places = random.integers(
                0, len(passage.text) - _PART_CHARACTERS, size=_QUESTION_PARTS
            ).tolist()
            text = "，".join(passage.text[at : at + _PART_CHARACTERS] for at in places)
            noise = _unit(random.standard_normal((1, DIMENSION)))[0]
            yield SyntheticQuestion(
                text, _unit((vector + _QUESTION_NOISE * noise)[None])[0], passage.id
            )


def _write_document(
    catalog: Catalog, first: int, texts: Sequence[str], vectors: NDArray[np.float32]
) -> None:
    id = f"synthetic-{first}"
    text = "\n".join(texts)
    document = PolicyDocument(
        id=id,
        title=f"第{first}号合成资料",
        source=f"{id}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )
    digests = [f"{first + place}" for place in range(len(texts))]
    catalog.add_vectors(zip(digests, vectors, strict=True))
    found: list[Passage] = []
    start = 0
    for place, piece in enumerate(texts):
        found.append(
            Passage(
                id=f"{id}-{place}",
                document_id=id,
                text=piece,
                heading_path=(),
                article=None,
                start_char=start,
                end_char=start + len(piece),
                page=None,
                title=document.title,
            )
        )
        start += len(piece) + 1
    catalog.add_document(document, found, digests)


def _unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(
        np.float32
    )
    return unit
