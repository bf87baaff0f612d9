"""The vectors of an index folder, read where they lie: `keys.i64` and `rows.f16`.

A search needs the cosines of passages that its words found and its vector did not. Fetching their
vectors from the catalogue takes three look-ups for each; here a row is found by its place, and
the system keeps in memory what is asked for. In a small library the nearest passages are found
here as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import SearchIndexError

_KEYS = "keys.i64"
_ROWS = "rows.f16"
_ROWS_AT_ONCE = 20_000
SMALL = 12_000
"""Passages up to which each is compared with a question: exact, and quicker than Chroma, which takes
two milliseconds of the same however few there are, and a second or two to be imported."""


class VectorFile:
    """Unit vectors by the key of their passage, float16 as in the catalogue."""

    def __init__(self, folder: Path, *, held: object = None) -> None:
        """Open `folder`; `held` lives as long as this file. Raises SearchIndexError."""
        self._held = held
        try:
            self._keys, self._rows = _opened(folder)
        except (OSError, ValueError) as error:
            raise SearchIndexError(
                f"向量文件无法打开（{error}）。请运行 policy-assistant index rebuild。",
                f"The file of vectors cannot be opened ({error}). "
                "Run: policy-assistant index rebuild",
            ) from error
        self.size = len(self._keys)
        """Number of passages in the file."""

    def search(
        self, vector: NDArray[np.float32], limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The nearest `limit` passages to unit `vector`: keys and cosines, best first."""
        if not self.size:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        cosines = (self._in_memory @ vector).astype(np.float64)
        limit = min(limit, self.size)
        first = np.argpartition(-cosines, limit - 1)[:limit]
        order = first[np.lexsort((self._keys[first], -cosines[first]))]
        return self._keys[order], cosines[order]

    @cached_property
    def _in_memory(self) -> NDArray[np.float32]:
        """All rows; only of a small file (1.5 KB a passage)."""
        return self._rows.astype(np.float32)

    def keys(self) -> NDArray[np.int64]:
        """The keys of all passages in the file; for checking."""
        return self._keys

    def cosines(self, vector: NDArray[np.float32], keys: Sequence[int]) -> dict[int, float]:
        """Cosine of unit `vector`, shape (dimension,), with each passage that is in the file."""
        if not self.size or not keys:
            return {}
        wanted = np.array(keys, dtype=np.int64)
        places = np.minimum(np.searchsorted(self._keys, wanted), self.size - 1)
        held = self._keys[places] == wanted
        rows = self._rows[places[held]].astype(np.float32)
        return dict(zip(wanted[held].tolist(), (rows @ vector).tolist(), strict=True))


def stored(
    folder: Path, added: Iterable[tuple[int, NDArray[np.float32]]], gone: Collection[int]
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Pass on the `added` rows, in the order of their keys, and keep them in `folder` as well.

    What `folder` held before stays, without the keys in `gone`. The file is whole when the last
    row has been passed on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dimension, keys = _without(folder, gone)
    with (folder / _ROWS).open("ab") as file:
        for key, vector in added:
            file.write(np.asarray(vector, dtype="<f2").tobytes())
            keys.append(key)
            yield key, vector
            dimension = len(vector)
    _in_order(folder, dimension, np.array(keys, dtype="<i8"))


def _opened(folder: Path) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    """Keys, and a row for each; ValueError if there are more or fewer rows."""
    # Before the keys stands the dimension.
    head = np.fromfile(folder / _KEYS, dtype="<i8")
    if not len(head):
        raise ValueError("an empty file of keys")
    dimension, keys = int(head[0]), head[1:]
    if not len(keys):
        return keys, np.empty((0, dimension), np.float16)
    rows = np.memmap(folder / _ROWS, dtype="<f2", mode="r")
    return keys, rows.reshape(len(keys), dimension)


def _without(folder: Path, gone: Collection[int]) -> tuple[int, list[int]]:
    """Take the rows of `gone` out of the file; the dimension, and the keys that stay, in order."""
    if not (folder / _KEYS).exists():
        return 0, []
    keys, rows = _opened(folder)
    stay = np.flatnonzero(~np.isin(keys, np.array(list(gone), dtype=np.int64)))
    if len(stay) < len(keys):
        _rewrite(folder, rows, stay)
    return rows.shape[1], keys[stay].tolist()


def _in_order(folder: Path, dimension: int, keys: NDArray[np.int64]) -> None:
    """Put the rows into the order of their keys, by which they are looked up."""
    order = np.argsort(keys, kind="stable")
    if not np.array_equal(order, np.arange(len(keys))):
        rows = np.memmap(folder / _ROWS, dtype="<f2", mode="r").reshape(len(keys), dimension)
        _rewrite(folder, rows, order)
    np.concatenate([np.array([dimension], "<i8"), keys[order]]).tofile(folder / _KEYS)


def _rewrite(folder: Path, rows: NDArray[np.float16], order: NDArray[np.int64]) -> None:
    aside = folder / f"{_ROWS}.new"
    with aside.open("wb") as file:
        for start in range(0, len(order), _ROWS_AT_ONCE):
            file.write(rows[order[start : start + _ROWS_AT_ONCE]].tobytes())
    aside.replace(folder / _ROWS)
