"""Passages that may answer: the nearest to a question, with their cosines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.snapshot import Snapshot

CANDIDATES = 100
# Under a filter most candidates fall away: look this many times further, at most.
_WIDEN = (1, 8, 64)
# Passages so few that under a filter each is compared with the question.
_FEW = 2000


def nearest(
    snapshot: Snapshot,
    vector: NDArray[np.float32],
    allowed: NDArray[np.bool_] | None,
    wanted: int,
) -> tuple[dict[int, float], int]:
    """Cosine by key of the nearest passages that pass the filter, and how far was looked."""
    if allowed is None:
        return kept(snapshot, None, *snapshot.dense.search(vector, CANDIDATES)), CANDIDATES
    if few := snapshot.keys_of(allowed, _FEW):
        # So narrow a filter that the nearest passages are others: each of its own is compared.
        return cosines(snapshot, vector, few), CANDIDATES * _WIDEN[-1]
    for factor in _WIDEN:
        limit = CANDIDATES * factor
        near = kept(snapshot, allowed, *snapshot.dense.search(vector, limit))
        if len(near) >= wanted or limit >= snapshot.dense.size:
            break
    return near, limit


def kept(
    snapshot: Snapshot,
    allowed: NDArray[np.bool_] | None,
    keys: NDArray[np.int64],
    scores: NDArray[np.float64] | NDArray[np.float32],
) -> dict[int, float]:
    """Score by key of those that pass the filter, in their order."""
    kept = snapshot.keep(keys, allowed)
    return dict(zip(keys[kept].tolist(), scores[kept].tolist(), strict=True))


def cosines(
    snapshot: Snapshot, vector: NDArray[np.float32], keys: Sequence[int]
) -> dict[int, float]:
    """Cosine with the question by key, of those that the index holds."""
    return snapshot.vectors.cosines(vector, keys)
