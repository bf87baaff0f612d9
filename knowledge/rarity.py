"""How much a word tells, by how few passages hold it."""

from __future__ import annotations

import math


def rarity(seen: int, passages: int) -> float:
    """Inverse document frequency of a word that `seen` of `passages` hold, as in BM25."""
    return math.log(1 + (passages - seen + 0.5) / (seen + 0.5))
