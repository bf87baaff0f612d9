"""The dense index: nearest passages by cosine. The only file that imports chromadb.

Chroma is used as a cache. It is given vectors only (no embedding function: a stored one is
code that Chroma would run), its distance is turned into a score here, and a folder is written
once and never again, because a process killed while writing leaves Chroma folders that crash
their next reader (DESIGN section 1).
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import SearchIndexError

_COLLECTION = "passages"
# Chroma refuses more than get_max_batch_size() = 5461 rows at once (measured, 1.5.9).
_BATCH = 2000
# Recall@50 of .995 at 58 thousand passages with these (DESIGN section 5).
_CONFIGURATION = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 100,
        "ef_search": 128,
        "max_neighbors": 16,
        "sync_threshold": 2000,
        "batch_size": 2000,
    }
}


def load_engine() -> tuple[Any, Any]:
    """Chroma and its settings: imported only here, which takes a second or two."""
    import chromadb
    from chromadb.config import Settings

    return chromadb, Settings


def _client(folder: Path) -> Any:
    chromadb, settings = load_engine()
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(
        path=str(folder), settings=settings(anonymized_telemetry=False)
    )


class DenseIndex:
    """Nearest-neighbour search over one index folder, which Chroma writes to all the same."""

    def __init__(self, folder: Path, *, held: object = None) -> None:
        """Open `folder` and load its vectors; `held` lives as long as this index."""
        self._held = held
        try:
            client = _client(folder)
            # Chroma would keep every client, its files and threads, as long as the process.
            weakref.finalize(self, client.close)
            self._collection = client.get_collection(_COLLECTION, embedding_function=None)
            self.size: int = self._collection.count()
            if self.size:
                # The files are read by the first search only: they may be gone by then.
                self.search(self.any_vector(), 1)
        except Exception as error:  # chromadb raises many unrelated classes for a damaged folder
            raise SearchIndexError(
                f"向量索引无法打开（{error}）。请运行 policy-assistant index rebuild。",
                f"The dense index cannot be opened ({error}). Run: policy-assistant index rebuild",
            ) from error

    def search(
        self, vector: NDArray[np.float32], limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The nearest `limit` passages to unit `vector`: keys and cosines, best first."""
        if not self.size:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(limit, self.size), include=["distances"]
        )
        keys = np.array([int(key) for key in found["ids"][0]], dtype=np.int64)
        return keys, 1.0 - np.array(found["distances"][0], dtype=np.float64)

    def any_vector(self) -> NDArray[np.float32]:
        """The vector of one passage, shape (dimension,); for checking."""
        found = self._collection.get(limit=1, include=["embeddings"])
        return np.asarray(found["embeddings"][0], dtype=np.float32)

    def keys(self) -> NDArray[np.int64]:
        """The keys of all passages in the index, unordered; for checking."""
        found = self._collection.get(include=[])
        return np.array([int(key) for key in found["ids"]], dtype=np.int64)


def write_dense(
    folder: Path,
    added: Iterable[tuple[int, NDArray[np.float32]]],
    removed: Sequence[int] = (),
) -> None:
    """Bring the index in `folder` up to date: (key, unit vector) in, keys out.

    A key that is added replaces its former vector.
    """
    client = _client(folder)
    collection = client.get_or_create_collection(
        _COLLECTION, configuration=_CONFIGURATION, embedding_function=None
    )
    for keys in _batches(removed):
        collection.delete(ids=[str(key) for key in keys])
    for rows in _batches(added):
        collection.upsert(
            ids=[str(key) for key, _ in rows], embeddings=np.stack([vector for _, vector in rows])
        )
    client.close()


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
