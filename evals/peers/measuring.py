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
from evals.retrieval.asking import Search, ask
from evals.retrieval.coverage import Found
from evals.retrieval.metrics import DEPTH, require_metrics
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
    cpu_ms: tuple[float, ...]
    """Processor time of each search for ten passages, over all threads."""
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
        search, cpu_ms = _watched(built.search)
        results = ask(data, questions, search, seed=seed)
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
        # Without the first, which `ask` does not time either.
        tuple(cpu_ms[1:]),
        None if after is None or before is None else after - before,
    )


def _watched(search: Search) -> tuple[Search, list[float]]:
    """The search, and a list that takes the processor time of each of its timed calls, ms."""
    spent: list[float] = []

    def watched(text: str, top_k: int) -> Sequence[Found]:
        started = time.process_time()
        found = search(text, top_k)
        if top_k == DEPTH:
            spent.append((time.process_time() - started) * 1000)
        return found

    return watched, spent
