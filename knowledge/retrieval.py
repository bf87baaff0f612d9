"""A question → the passages that answer it, best first.

structured   "X法第N条", titles in 《》, document numbers: looked up, not guessed
dense        nearest passages by the embedding model, the question moved towards its answers
lexical      BM25 over words and character pairs
fused        both on standardised scores, lay words put into those of statutes; a little ahead are
             articles that people ask about in such words, and where no place is named the laws
             of the country
reranked     of the first, those that hold a value of the kind asked for; and of titles alike the one
             that is named whole
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.asked_likewise import AskedLikewise
from knowledge.bundled_model import is_bundled
from knowledge.candidates import CANDIDATES, cosines, kept, nearest
from knowledge.close_reading import BesideReading
from knowledge.documents import Origin, ScoredPassage
from knowledge.embedding import Embedder
from knowledge.fusion import DENSE_WEIGHT, fuse
from knowledge.lay_words import statute_words
from knowledge.named_texts import allowed_versions, named_versions, structured_keys
from knowledge.processors import available_threads
from knowledge.question_map import moved
from knowledge.question_vector import question_vector
from knowledge.references import find_references
from knowledge.remembered_vectors import RememberedVectors
from knowledge.reranking import RERANKED, by_values
from knowledge.rival_titles import named_first
from knowledge.search_index import SearchIndex
from knowledge.search_query import SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.tokenization import query_terms, simplify

# The lexical search looks this deep: what is near by meaning gets its due for its words too.
_SCORED = 1000
PARTS = frozenset(
    {
        "dense",
        "lexical",
        "expansion",
        "lay words",
        "everyday questions",
        "question map",
        "authority",
        "structured",
        "values",
        "titles",
    }
)
"""What a retriever is made of; an evaluation may leave one out."""
__all__ = ["PARTS", "HybridRetriever", "SearchQuery", "named_versions"]
# Characters of a mere topic (慈善), on which anything may be asked.
_TOPIC = 4
# Paragraphs whose vectors are kept: some 25 MB.
_REMEMBERED = 16_384
# Structured hits stand above everything that was found by similarity.
_STRUCTURED_SCORE = 100.0


class HybridRetriever:
    """Searches the library as it stands on disk; follows it when it changes."""

    def __init__(
        self,
        catalog_path: Path,
        index_folder: Path,
        embedder: Embedder,
        *,
        parts: frozenset[str] = PARTS,
        remembered: int = _REMEMBERED,
    ) -> None:
        """Keeps the vectors of so many `remembered` paragraphs in memory."""
        self._parts = parts
        self._catalog_path = catalog_path
        self._index = SearchIndex(index_folder)
        self._embedder, self.reading = embedder, BesideReading(embedder)
        self.asked = AskedLikewise(
            self.snapshot, embedder, self.question_vector, is_used="everyday questions" in parts
        )
        """What people ask of articles and of sentences in like words."""
        self._remembered = RememberedVectors(embedder, remembered)
        self._lock = threading.Lock()
        # Words are looked up while the question is embedded: neither needs the other.
        self._beside = ThreadPoolExecutor(available_threads(), thread_name_prefix="lexical")
        self._snapshot: Snapshot | None = None
        self._seen: tuple[int, int, date] | None = None

    def snapshot(self) -> Snapshot:
        """The library's present state, opened anew if it has changed on disk."""
        with self._lock:
            seen = self._stamp()
            if self._snapshot is None or seen != self._seen:
                self._snapshot = Snapshot(self._catalog_path, self._index)
                self._seen = seen
            return self._snapshot

    def retrieve(self, query: SearchQuery, top_k: int) -> tuple[ScoredPassage, ...]:
        """The best `top_k` passages for `query`, best first; fewer where fewer fit."""
        snapshot = self.snapshot()
        text = query.text.strip()
        if not text or top_k < 1:
            return ()
        references = find_references(text)
        structured: list[int] = []
        if "structured" in self._parts:
            structured = structured_keys(snapshot, text, references, query)
        keys, scores, vector = self._search(snapshot, text, query, max(top_k, CANDIDATES // 2))
        ranking: list[tuple[int, float, Origin]] = [
            (key, _STRUCTURED_SCORE - place, "structured") for place, key in enumerate(structured)
        ]
        taken = set(structured)
        ranking += [
            (int(key), float(score), "fused")
            for key, score in zip(keys, scores, strict=True)
            if int(key) not in taken
        ]
        return self._ranked(snapshot, text, ranking, vector, top_k)

    @property
    def knows_cosines(self) -> bool:
        """True if the model is the bundled one: of it we know which cosines are near."""
        return is_bundled(self._embedder.fingerprint)

    def question_vector(self, text: str) -> NDArray[np.float32]:
        """A question's vector, with the words of statutes for its own; shape (dimension,)."""
        return question_vector(self._embedder, text, self._said(text))

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        """Cosine of the question with each of `texts`, which are embedded now."""
        return self.similarities_of([question], texts)[0]

    def similarities_of(self, questions: Sequence[str], texts: Sequence[str]) -> list[list[float]]:
        """The same of several questions; the texts are embedded once."""
        if not texts:
            return [[] for _ in questions]
        rows = self._remembered.of([simplify(text) for text in texts])
        vectors = [self._embedder.embed_query(simplify(question)) for question in questions]
        return [[float(cosine) for cosine in rows @ vector] for vector in vectors]

    def _stamp(self) -> tuple[int, int, date]:
        """Changes with the index folder in use, with the library, and with the day.

        What is in force today may be another text than yesterday.
        """
        try:
            current = (self._index.folder / "CURRENT").stat().st_mtime_ns
        except OSError:
            current = 0
        held = self._snapshot.catalog.generation if self._snapshot else 0
        return current, held, date.today()

    def _said(self, text: str) -> tuple[str, ...]:
        return statute_words(text) if "lay words" in self._parts else ()

    def _search(
        self, snapshot: Snapshot, text: str, query: SearchQuery, wanted: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float32]]:
        """Fused candidates that pass the filters, best first: keys and scores; the question."""
        said = self._said(text)
        terms = query_terms(text)
        expansion = query.expansion if "expansion" in self._parts else ()
        expansion += tuple(query_terms("、".join(said)))
        words = self._beside.submit(snapshot.lexical.search, terms, _SCORED, expansion=expansion)
        vector = question_vector(self._embedder, text, said)
        there = moved(vector, self._embedder.fingerprint)
        asked = there if "question map" in self._parts else vector
        allowed = allowed_versions(snapshot, query)
        near, limit = nearest(snapshot, asked, allowed, wanted)
        found = words.result()
        if limit > _SCORED:
            found = snapshot.lexical.search(terms, limit, expansion=expansion)
        scored = kept(snapshot, allowed, *found)
        gains = self._gains(snapshot, there, allowed, query) if len(text) > _TOPIC else {}
        keys, scores = self._fused(snapshot, asked, near, scored, limit, gains)
        if not query.region and "authority" in self._parts:
            scores += snapshot.authorities(keys)
        order = np.lexsort((keys, -scores))
        return keys[order], scores[order], vector

    def _gains(
        self,
        snapshot: Snapshot,
        asked: NDArray[np.float32],
        allowed: NDArray[np.bool_] | None,
        query: SearchQuery,
    ) -> dict[int, float]:
        """By key: what the passages gain whose article others have asked for like this.

        Where no place is asked for, a place's own rules gain nothing.
        """
        if "everyday questions" not in self._parts:
            return {}
        gains: dict[int, float] = {}
        open_to_all = not (query.region or query.document_ids or query.versions)
        usable = snapshot.general if open_to_all else allowed
        fingerprint = self._embedder.fingerprint
        for versions, article, gain in snapshot.everyday.nearest(asked, fingerprint, usable):
            for key in snapshot.keys_of_article(versions, article):
                gains.setdefault(key, gain)
        keys = np.array(list(gains), dtype=np.int64)
        return kept(snapshot, allowed, keys, np.array(list(gains.values())))

    def _fused(
        self,
        snapshot: Snapshot,
        vector: NDArray[np.float32],
        near: dict[int, float],
        scored: dict[int, float],
        limit: int,
        gains: dict[int, float],
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Both score lists as one: keys and scores. Cosines missing on one side are computed.

        Candidates are all that are `near`, the first `limit` of those `scored` for words, and
        those that gain something.
        """
        near = near if "dense" in self._parts else {}
        scored = scored if "lexical" in self._parts else {}
        wanted = dict.fromkeys((*islice(scored, limit), *gains))
        near = {**near, **cosines(snapshot, vector, [key for key in wanted if key not in near])}
        keys = np.array(list(near), dtype=np.int64)
        if not len(keys):
            return keys, np.empty(0, np.float64)
        dense_weight = DENSE_WEIGHT if "lexical" in self._parts else 1.0
        scores = fuse(
            np.array(list(near.values())),
            np.array([scored.get(key, 0.0) for key in keys.tolist()]),
            dense_weight if "dense" in self._parts else 0.0,
        )
        return keys, scores + np.array([gains.get(key, 0.0) for key in keys.tolist()])

    def _ranked(
        self,
        snapshot: Snapshot,
        text: str,
        ranking: list[tuple[int, float, Origin]],
        vector: NDArray[np.float32],
        top_k: int,
    ) -> tuple[ScoredPassage, ...]:
        wanted = max(top_k, RERANKED)
        passages = snapshot.catalog.passages([key for key, _, _ in ranking[:wanted]])
        if len(passages) < min(wanted, len(ranking)):
            # Some were removed since the snapshot was taken: the next ones move up.
            passages = snapshot.catalog.passages([key for key, _, _ in ranking])
        chosen = [entry for entry in ranking if entry[0] in passages][:wanted]
        if "values" in self._parts:
            chosen = by_values(snapshot, text, chosen, passages)
        if "titles" in self._parts:
            chosen = named_first(snapshot, text, chosen)
        near = cosines(snapshot, vector, [key for key, _, _ in chosen[:top_k]])
        return tuple(
            ScoredPassage(passages[key], score, rank, origin, near.get(key))
            for rank, (key, score, origin) in enumerate(chosen[:top_k], start=1)
        )
