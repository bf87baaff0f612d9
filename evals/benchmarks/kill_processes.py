"""The processes of the durability benchmark: one that writes, one that starts after the kill.

Both run the product's own code, over an embedder that needs no model. The writer tells which
phase it has come to, so that the kills can be spread over all of them; phases are seen through
Python's audit events, and nothing of the product is replaced but the size of a batch.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

import knowledge.ingestion as ingestion
from assistant.cli import main
from assistant.factory import prepare_home
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from assistant.settings import Settings
from knowledge.catalog import Catalog
from knowledge.index_prober import PROBED
from knowledge.ingestion import IngestProgress, catalog_path, index_folder, ingest
from knowledge.retrieval import HybridRetriever
from knowledge.search_index import SearchIndex

Phase = Literal["start", "embedding", "catalogue", "index", "probe", "swap"]
PHASES: tuple[Phase, ...] = ("start", "embedding", "catalogue", "index", "probe", "swap")
# Small batches: many commits to be killed in between.
BATCH_PASSAGES = 4
_DIMENSION = 97
# Repetitions for each passage, so that a kill can fall into the embedding (about 2 ms).
_LABOUR = 60


@dataclass(frozen=True, slots=True)
class Work:
    """What the writer is to do."""

    home: Path
    inputs: tuple[str, ...] = ()
    """To be ingested."""
    removed: str = ""
    """Id of a document to remove instead."""
    first_start: bool = False
    """Prepare a new home with the starter policies instead."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a start of the program found."""

    seconds: float
    """From the finished imports to the first answer."""
    answer: str
    cited: tuple[str, ...]
    """Sources cited."""
    texts: dict[str, tuple[str, ...]]
    """The texts that each source has had, the current one last."""
    problems: tuple[str, ...]


class CharacterEmbedder:
    """An embedder that counts characters: the same vectors on every machine, and no model."""

    fingerprint = f"characters-{_DIMENSION}"
    dimension = _DIMENSION

    def __init__(self, on_phase: Callable[[Phase], None] = lambda phase: None) -> None:
        self._on_phase = on_phase

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Unit vector of a text, shape (97,)."""
        vector = np.zeros(_DIMENSION, np.float32)
        for character in "".join(text.split()) or " ":
            vector[ord(character) % _DIMENSION] += 1
        return vector / np.float32(np.linalg.norm(vector))

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 97)."""
        self._on_phase("embedding")
        rows = np.zeros((len(texts), _DIMENSION), np.float32)
        for row, text in enumerate(texts):
            for _ in range(_LABOUR):
                rows[row] = self.embed_query(text)
            if progress is not None:
                progress(row + 1)
        self._on_phase("catalogue")
        return rows


def write(work: Work, say: Connection) -> None:
    """Do `work`, sending each phase, each number of changes called safe, and how it ended."""
    _be_quiet()
    say.send("start")
    ingestion._BATCH_PASSAGES = BATCH_PASSAGES
    sys.addaudithook(_phases(work, say.send))
    embedder = CharacterEmbedder(say.send)
    if work.first_start:
        prepare_home(settings_of(work.home, starter=True), embedder, lambda notice: None)
    elif work.removed:
        if main(["documents", "remove", work.removed, "--home", str(work.home)]) != 0:
            say.send("failed")
            return
        say.send(1)
    else:
        safe = 0

        def report(progress: IngestProgress) -> None:
            nonlocal safe
            if progress.documents > safe:
                safe = progress.documents
                say.send(safe)

        ingest(work.inputs, work.home, embedder, report=report)
    say.send("done")


def start(home: Path, question: str, starter: bool, say: Connection) -> None:
    """Start as the program does, answer, and send a `Start`."""
    _be_quiet()
    began = time.perf_counter()
    embedder = CharacterEmbedder()
    prepare_home(settings_of(home, starter=starter), embedder, lambda notice: None)
    retriever = HybridRetriever(catalog_path(home), index_folder(home), embedder)
    answer = PolicyAssistant(retriever).answer(Question(question))
    seconds = time.perf_counter() - began
    with Catalog(catalog_path(home)) as catalog:
        found = Start(
            seconds=seconds,
            answer=answer.status,
            cited=tuple(citation.source for citation in answer.citations),
            texts={d.source: _texts(catalog, d.id) for d in catalog.documents()},
            problems=tuple(_problems(catalog, home)),
        )
    say.send(found)


def settings_of(home: Path, *, starter: bool) -> Settings:
    """Defaults over `home`, whatever the environment says."""
    return Settings(home=home, starter=starter)


def _texts(catalog: Catalog, document_id: str) -> tuple[str, ...]:
    history = catalog.history(document_id)
    texts = [catalog.document(document_id, info.version) for info in history]
    return tuple(document.text for document in texts if document is not None)


def _problems(catalog: Catalog, home: Path) -> list[str]:
    """What does not fit in catalogue and indexes; empty where all is well."""
    catalog.check()
    state = SearchIndex(index_folder(home)).check(catalog)
    documents = catalog.documents()
    passages = [
        passage.id for document in documents for passage in catalog.passages_of(document.id)
    ]
    checks = {
        f"out of step: {state}": state.in_step,
        "a source stands twice": len({d.source for d in documents}) == len(documents),
        "a document stands twice": len({d.id for d in documents}) == len(documents),
        "a passage stands twice": len(set(passages)) == len(passages),
        "a document without passages": all(catalog.passages_of(d.id) for d in documents),
    }
    return [problem for problem, holds in checks.items() if not holds]


def _phases(work: Work, say: Callable[[Phase], None]) -> Callable[[str, tuple[object, ...]], None]:
    """An audit hook that tells the phases which show in the files that are touched."""
    index = index_folder(work.home)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "sqlite3.connect" and work.removed:
            say("catalogue")
        elif event == "os.mkdir" and Path(str(arguments[0])).parent == index:
            say("index")
        elif event == PROBED:
            say("probe")
        elif event == "open" and "/SEAL." in str(arguments[0]):
            say("swap")

    return hook


def _be_quiet() -> None:
    """What the program says here is for nobody."""
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
