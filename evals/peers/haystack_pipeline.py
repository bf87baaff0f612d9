"""Haystack's hybrid pipeline: BM25 and embedding retrievers, joined by reciprocal rank.

As in "Creating a Hybrid Retrieval Pipeline" of Haystack's documentation, with its in-memory
store; the splitter's own length (200) is counted in characters, as Chinese has no blanks.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.peers.system import Built, System, library, whole_text, without_title
from evals.retrieval.coverage import Found
from evals.retrieval.question import SourceText
from knowledge.embedding import Embedder

# Its own are for words between blanks.
_SEPARATORS = ["\n\n", "\n", "。", "；", "，"]
_TELEMETRY = "haystack.telemetry"


def build(documents: Sequence[SourceText], embedder: Embedder, folder: Path) -> Built:
    """The pipeline over an in-memory store."""
    _without_telemetry()
    titles = {document.id: document.title for document in documents}
    haystack = library("haystack")
    splitter = library("haystack.components.preprocessors").RecursiveDocumentSplitter(
        split_length=200, split_overlap=0, split_unit="char", separators=_SEPARATORS
    )
    whole = [
        haystack.Document(content=whole_text(document), meta={"document": document.id})
        for document in documents
    ]
    pieces = splitter.run(whole)["documents"]
    vectors = embedder.embed_passages([piece.content for piece in pieces])
    store = library("haystack.document_stores.in_memory").InMemoryDocumentStore()
    store.write_documents(
        [
            haystack.Document(
                content=piece.content,
                # A piece that two documents share is not the same piece.
                id=str(number),
                meta={"document": piece.meta["document"]},
                embedding=vector.tolist(),
            )
            for number, (piece, vector) in enumerate(zip(pieces, vectors, strict=True))
        ]
    )
    pipeline = _pipeline(haystack, store)

    def search(text: str, top_k: int) -> list[Found]:
        vector = np.asarray(embedder.embed_query(text)).tolist()
        given = {
            "words": {"query": text, "top_k": top_k},
            "meaning": {"query_embedding": vector, "top_k": top_k},
            "joiner": {"top_k": top_k},
        }
        found = pipeline.run(given)["joiner"]["documents"]
        ids = [piece.meta["document"] for piece in found]
        return [
            Found(id, without_title(piece.content, titles[id]), titles[id])
            for id, piece in zip(ids, found, strict=True)
        ]

    return Built(search, len(pieces))


def _pipeline(haystack: Any, store: Any) -> Any:
    retrievers = library("haystack.components.retrievers.in_memory")
    joiner = library("haystack.components.joiners").DocumentJoiner
    pipeline = haystack.Pipeline()
    pipeline.add_component("words", retrievers.InMemoryBM25Retriever(store))
    pipeline.add_component("meaning", retrievers.InMemoryEmbeddingRetriever(store))
    pipeline.add_component("joiner", joiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("words", "joiner")
    pipeline.connect("meaning", "joiner")
    return pipeline


def _without_telemetry() -> None:
    """Keep Haystack from reporting its use, and from writing an identity into the home folder.

    It reads the environment when it is imported; a stand-in for its module does without.
    """
    if _TELEMETRY not in sys.modules:
        silent = types.ModuleType(_TELEMETRY)
        silent.pipeline_running = lambda pipeline: None  # type: ignore[attr-defined]
        silent.tutorial_running = lambda tutorial: None  # type: ignore[attr-defined]
        sys.modules[_TELEMETRY] = silent


HAYSTACK = System(
    "Haystack hybrid",
    "RecursiveDocumentSplitter 200 characters, in-memory BM25 + embeddings, reciprocal rank",
    ("haystack",),
    build,
)
