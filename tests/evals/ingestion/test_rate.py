"""The ingestion's rate by the bare embedder's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.ingestion.rate import RateMeasurement
from evals.result import CaseResult
from knowledge.ingestion import ingest
from tests.evals.ingestion.data import write_law
from tests.fakes import HashEmbedder


class SlowEmbedder(HashEmbedder):
    """Takes one second a passage, on a clock of its own."""

    now = 0.0

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.now += len(texts)
        return super().embed_passages(texts, progress)


def measured(folder: Path, overhead: float, foreseen: int = 9) -> tuple[CaseResult, SlowEmbedder]:
    """Nine articles ingested; `overhead` seconds go by beside the embedding."""
    files = [
        write_law(
            folder / "laws" / f"{n}.md", f"第{n}号条例", *(f"第{m}条 {n}{m}。" for m in "一二")
        )
        for n in "甲乙丙"
    ]
    embedder = SlowEmbedder()
    rate = RateMeasurement(embedder, lambda: embedder.now)
    rate.before(files[:foreseen])
    started = embedder.now
    ingest([str(folder / "laws")], folder / "home", rate.recorder)
    return rate.after(embedder.now - started + overhead), embedder


def test_the_ratio_is_that_of_the_times(tmp_path: Path) -> None:
    result, embedder = measured(tmp_path, overhead=1.0)
    texts = result.detail["texts"]
    assert texts == 9
    assert result.detail["measures"][0]["value"] == texts / (texts + 1)
    assert result.right
    # Each text once by the ingestion, and once bare.
    assert embedder.texts_embedded == 2 * texts


def test_an_ingestion_that_does_much_else_is_too_slow(tmp_path: Path) -> None:
    result, _ = measured(tmp_path, overhead=3.0)
    assert not result.right and "at least 0.85" in result.problems[0]
    assert result.detail["share_of_time_embedding"] == 0.75
