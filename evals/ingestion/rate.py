"""How much of the embedder's own rate an ingestion keeps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.ingestion.check import check
from evals.measure import Measure
from evals.result import CaseResult
from knowledge.document_builder import build_documents
from knowledge.embedding import Embedder
from knowledge.errors import KnowledgeError
from knowledge.ingestion import embedded_text
from knowledge.loading import load_file
from knowledge.passages import split_document

LEAST_RATIO = 0.85
"""Ingestion's passages per second by the bare embedder's (issue 3: within 15 %)."""
TAG = "laws: rate"
# Fewer texts than this share foreseen: the two rates are not of the same texts.
_FORESEEN = 0.98

Clock = Callable[[], float]


class RecordingEmbedder:
    """An `Embedder` that passes everything on and keeps what it was given, and the time."""

    def __init__(self, inner: Embedder, clock: Clock = time.perf_counter) -> None:
        self._inner, self._clock = inner, clock
        self.texts: list[str] = []
        self.seconds = 0.0
        """Spent in the inner embedder on passages."""

    @property
    def fingerprint(self) -> str:
        """That of the inner embedder."""
        return self._inner.fingerprint

    @property
    def dimension(self) -> int:
        """That of the inner embedder."""
        return self._inner.dimension

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, shape (dimension,)."""
        return self._inner.embed_query(text)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of passages, shape (n, dimension)."""
        self.texts.extend(texts)
        started = self._clock()
        try:
            return self._inner.embed_passages(texts, progress)
        finally:
            self.seconds += self._clock() - started


class RateMeasurement:
    """The bare embedder's rate, half of the texts before the ingestion and half after it.

    Every text is embedded bare exactly once, so that both rates are of the same texts; a
    machine that slows down or speeds up meanwhile does so on both sides of the ingestion.
    """

    def __init__(self, embedder: Embedder, clock: Clock = time.perf_counter) -> None:
        self._embedder, self._clock = embedder, clock
        self.recorder = RecordingEmbedder(embedder, clock)
        """What the ingestion is to embed with."""
        self._before: set[str] = set()
        self._seconds = 0.0

    def before(self, files: Iterable[Path]) -> None:
        """Embed every other text that the ingestion of `files` will embed."""
        foreseen = list(dict.fromkeys(_texts(files)))[::2]
        self._before = set(foreseen)
        self._embed(foreseen)

    def after(self, ingestion_seconds: float) -> CaseResult:
        """Embed the other texts; `ingestion_seconds` is what the ingestion took in all."""
        embedded = self.recorder.texts
        rest = [text for text in embedded if text not in self._before]
        known = len(set(embedded) & self._before) / max(len(self._before), 1)
        self._embed(rest)
        bare_texts = len(self._before) + len(rest)
        bare = bare_texts / self._seconds if self._seconds else 0.0
        own = len(embedded) / ingestion_seconds if ingestion_seconds else 0.0
        return check(
            "laws/rate",
            TAG,
            "passages per second of the ingestion, by the bare embedder's",
            [] if known >= _FORESEEN else [f"only {known:.1%} of the texts were the same"],
            Measure(f"{TAG}, ingestion by bare embedder", _ratio(own, bare), LEAST_RATIO, False),
            detail={
                "texts": len(embedded),
                "ingestion_per_second": round(own, 2),
                "bare_per_second": round(bare, 2),
                # The same ratio, if nothing goes on beside the embedding: free of noise.
                "share_of_time_embedding": round(
                    _ratio(self.recorder.seconds, ingestion_seconds), 4
                ),
            },
        )

    def _embed(self, texts: Sequence[str]) -> None:
        if texts:
            started = self._clock()
            self._embedder.embed_passages(texts)
            self._seconds += self._clock() - started


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _texts(files: Iterable[Path]) -> Iterable[str]:
    for file in files:
        try:
            loaded = load_file(file)
        except KnowledgeError:
            continue  # the ingestion reports it
        for document in build_documents(loaded):
            for passage in split_document(document):
                yield embedded_text(passage)
