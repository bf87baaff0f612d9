"""One system measured in a process of its own: built, asked, weighed."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.own_process import in_own_process, resident_mib
from evals.peers.system import System, TimedEmbedder
from evals.result import CaseResult
from evals.retrieval.asking import ask
from evals.retrieval.metrics import require_metrics
from evals.retrieval.question import RetrievalData, RetrievalQuestion
from knowledge.embedding import Embedder

OpenModel = Callable[[], Embedder]
"""Opens the embedding model in the process that is measured; can be pickled."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one system over one data set."""

    system: str
    setup: str
    model: str
    """Fingerprint of the embedding model."""
    results: tuple[CaseResult, ...]
    """One a question, as the retrieval suites have them."""
    passages: int
    index_seconds: float
    """From the documents to a system that can be asked, the embedding included."""
    embed_seconds: float
    """Of these, in the embedding model."""
    memory_mib: float | None
    """Memory in RAM after the questions, beyond that of a process with the model open."""


def measure_apart(
    system: System,
    data: RetrievalData,
    questions: Sequence[RetrievalQuestion],
    open_model: OpenModel,
    seed: int = 0,
) -> Measured:
    """`measure` in a process of its own. Raises AssistantError if the system fails there."""
    return in_own_process(measure, system, data, tuple(questions), open_model, seed)


def measure(
    system: System,
    data: RetrievalData,
    questions: Sequence[RetrievalQuestion],
    open_model: OpenModel,
    seed: int = 0,
) -> Measured:
    """Build `system` over the documents of `data` and ask it `questions`, in this process.

    Whatever a system writes is thrown away with the folder it was given.
    """
    require_metrics()
    logging.disable(logging.WARNING)
    embedder = TimedEmbedder(open_model())
    # The model's own memory grows with the first texts: it is no part of what is measured.
    embedder.embed_passages(["预热。" * 80] * 64)
    embedder.embed_query("预热")
    embedder.seconds = 0.0
    before = resident_mib()
    with tempfile.TemporaryDirectory(prefix="policy-assistant-peer-") as name:
        started = time.perf_counter()
        built = system.build(data.documents, embedder, Path(name))
        seconds = time.perf_counter() - started
        results = ask(data, questions, built.search, seed=seed)
        after = resident_mib()
    logging.disable(logging.NOTSET)
    return Measured(
        system.name,
        system.setup,
        embedder.fingerprint,
        results,
        built.passages,
        seconds,
        embedder.seconds,
        None if after is None or before is None else after - before,
    )
