"""A question → the passages that answer it, best first.

structured   "X法第N条", titles in 《》, document numbers: looked up, not guessed
dense        nearest passages by the embedding model
lexical      BM25 over words and character pairs
fused        both on standardised scores
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Origin, ScoredPassage
from knowledge.embedding import Embedder
from knowledge.fusion import fuse
from knowledge.references import References, canonical_articles, find_references
from knowledge.regions import applies_to
from knowledge.rule_names import rule_name
from knowledge.search_index import SearchIndex
from knowledge.snapshot import Snapshot
from knowledge.tokenization import query_terms, simplify

_CANDIDATES = 100
# Under a filter most candidates fall away: look this many times further, at most.
_WIDEN = (1, 8, 64)
# Structured hits stand above everything that was found by similarity.
_STRUCTURED_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A stand-alone question with the filters of its retrieval."""

    text: str
    region: str | None = None
    """Canonical region: only rules that apply there."""
    document_ids: tuple[str, ...] = ()
    as_of: date | None = None
    expansion: tuple[str, ...] = ()
    """Terms that mean the same as words of the question, for the lexical search."""
    superseded: bool = False
    """Also texts that a later one replaces."""
    former: bool = False
    """Of each rule the text before the present one, instead of the present one."""
    versions: tuple[int, ...] = ()
    """Only these versions, whether in force or not; empty for all."""


class HybridRetriever:
    """Searches the library as it stands on disk; follows it when it changes."""

    def __init__(self, catalog_path: Path, index_folder: Path, embedder: Embedder) -> None:
        self._catalog_path = catalog_path
        self._index = SearchIndex(index_folder)
        self._embedder = embedder
        self._lock = threading.Lock()
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
        structured = _structured(snapshot, text, references, query)
        keys, scores, cosines = self._search(snapshot, text, query, max(top_k, _CANDIDATES // 2))
        ranking: list[tuple[int, float, Origin]] = [
            (key, _STRUCTURED_SCORE - place, "structured") for place, key in enumerate(structured)
        ]
        taken = set(structured)
        ranking += [
            (int(key), float(score), "fused")
            for key, score in zip(keys, scores, strict=True)
            if int(key) not in taken
        ]
        return self._ranked(snapshot, ranking, cosines, top_k)

    # Inner steps --------------------------------------------------------------------------

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

    def _search(
        self, snapshot: Snapshot, text: str, query: SearchQuery, wanted: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], dict[int, float]]:
        """Fused candidates that pass the filters: keys and scores, best first; cosines by key."""
        vector = self._embedder.embed_query(simplify(text))
        terms = query_terms(text)
        allowed = _allowed(snapshot, query)
        for factor in _WIDEN if allowed is not None else _WIDEN[:1]:
            limit = _CANDIDATES * factor
            dense_keys, dense = snapshot.dense.search(vector, limit)
            lexical_keys, lexical = snapshot.lexical.search(terms, limit, expansion=query.expansion)
            kept_dense = snapshot.keep(dense_keys, allowed)
            kept_lexical = snapshot.keep(lexical_keys, allowed)
            if min(kept_dense.sum(), wanted) >= wanted or limit >= snapshot.dense.size:
                break
        return _fused(
            snapshot,
            vector,
            dict(zip(dense_keys[kept_dense].tolist(), dense[kept_dense].tolist(), strict=True)),
            dict(
                zip(
                    lexical_keys[kept_lexical].tolist(), lexical[kept_lexical].tolist(), strict=True
                )
            ),
        )

    def _ranked(
        self,
        snapshot: Snapshot,
        ranking: list[tuple[int, float, Origin]],
        cosines: dict[int, float],
        top_k: int,
    ) -> tuple[ScoredPassage, ...]:
        chosen = ranking[: top_k + 20]
        passages = snapshot.catalog.passages([key for key, _, _ in chosen])
        out: list[ScoredPassage] = []
        for key, score, origin in chosen:
            if key in passages and len(out) < top_k:
                out.append(
                    ScoredPassage(passages[key], score, len(out) + 1, origin, cosines.get(key))
                )
        return tuple(out)


def _fused(
    snapshot: Snapshot,
    vector: NDArray[np.float32],
    dense: dict[int, float],
    lexical: dict[int, float],
) -> tuple[NDArray[np.int64], NDArray[np.float64], dict[int, float]]:
    """Both score lists as one, best first. The cosines missing on one side are computed."""
    missing = [key for key in lexical if key not in dense]
    if missing:
        found = snapshot.catalog.vectors(missing)
        if found:
            matrix = np.stack(list(found.values()))
            dense = {**dense, **dict(zip(found, (matrix @ vector).tolist(), strict=True))}
    keys = np.array(list(dense), dtype=np.int64)
    if not len(keys):
        return keys, np.empty(0, np.float64), {}
    scores = fuse(
        np.array([dense[key] for key in keys.tolist()]),
        np.array([lexical.get(key, 0.0) for key in keys.tolist()]),
    )
    order = np.lexsort((keys, -scores))
    return keys[order], scores[order], dense


def _structured(
    snapshot: Snapshot, text: str, references: References, query: SearchQuery
) -> list[int]:
    """Keys of the passages that the question names by title and article, in reading order."""
    if not references.articles:
        return []
    versions = _named_texts(snapshot, text, query)
    found: dict[int, list[int]] = {}
    for version, key in snapshot.catalog.keys_of_articles(versions, references.articles):
        found.setdefault(version, []).append(key)
    if not found:
        # Libraries of statutes may hold each article as a document of its own.
        asked = set(references.articles)
        for version in versions:
            title = snapshot.versions[version].document.title
            if asked & set(find_references(title).articles):
                found[version] = list(snapshot.catalog.keys_of_version(version))
    return [key for version in versions for key in found.get(version, ())]


def _allowed(snapshot: Snapshot, query: SearchQuery) -> NDArray[np.bool_] | None:
    """The versions that may be used, and the last text of a repealed rule named in 《》."""
    allowed = _in_time(snapshot, query)
    if allowed is None or not _is_open(query):
        return allowed
    named = [
        version
        for title in find_references(query.text).titles
        for version in snapshot.by_title.get(rule_name(title), ())
    ]
    asked = [
        snapshot.chains.latest(version)
        for version in named
        if not any(allowed[text] for text in snapshot.chains.chain(version))
    ]
    if asked:
        allowed = allowed.copy()
        allowed[asked] = True
    return allowed


def _in_time(snapshot: Snapshot, query: SearchQuery) -> NDArray[np.bool_] | None:
    return snapshot.allowed(
        region=query.region,
        document_ids=query.document_ids,
        as_of=query.as_of,
        superseded=query.superseded,
        former=query.former,
        versions=query.versions,
    )


def _is_open(query: SearchQuery) -> bool:
    """True if nothing but being out of force keeps a rule from being used."""
    narrowed = query.document_ids or query.region or query.as_of or query.former or query.versions
    return not narrowed


def _named_texts(snapshot: Snapshot, text: str, query: SearchQuery) -> list[int]:
    """Versions of the rules named in `text` that the query allows.

    A former title finds the text that is in force. A rule that has none is answered from its
    last text, unless the query is narrowed.
    """
    allowed = _in_time(snapshot, query)
    found: dict[int, None] = {}
    chains = {snapshot.chains.chain(v): v for v in named_versions(snapshot, text)}
    for chain, version in chains.items():
        usable = [text for text in chain if allowed is None or allowed[text]]
        # A place read from the rule's own title does not narrow anything.
        region, own = query.region, snapshot.versions[version].document.region
        if not usable and _is_open(replace(query, region=None)):
            latest = snapshot.chains.latest_edition(version)
            usable = list(latest) if not region or applies_to(own, region) else []
        found.update(dict.fromkeys(usable))
    return list(found)


def named_versions(snapshot: Snapshot, text: str) -> list[int]:
    """Versions of the documents whose title stands in `text`; the longest title wins."""
    compact = rule_name(canonical_articles(simplify(text)))
    longest = min(snapshot.longest_title, len(compact))
    for length in range(longest, 1, -1):
        found = [
            version
            for start in range(len(compact) - length + 1)
            for version in snapshot.by_title.get(compact[start : start + length], ())
        ]
        if found:
            return found
    return []
