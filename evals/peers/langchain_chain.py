"""LangChain's tutorial chain: recursive splitter 1,000 / 200, Chroma, the nearest pieces.

As in "Build a Retrieval Augmented Generation (RAG) App" of LangChain's documentation; the
tutorial hands four pieces to the model, which is 4,000 characters at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.peers.system import Built, System, library, whole_text, without_title
from evals.retrieval.coverage import Found
from evals.retrieval.question import SourceText
from knowledge.embedding import Embedder

# Chroma refuses more than 5461 rows at once (measured, 1.5.9).
_BATCH = 5_000


class _Embeddings:
    """The embedding model by the names that LangChain calls."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in self._embedder.embed_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = np.asarray(self._embedder.embed_query(text)).tolist()
        return vector


def build(documents: Sequence[SourceText], embedder: Embedder, folder: Path) -> Built:
    """All pieces in one Chroma collection in `folder`."""
    splitters, chroma = library("langchain_text_splitters"), library("langchain_chroma")
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=1_000, chunk_overlap=200)
    titles = {document.id: document.title for document in documents}
    pieces = [
        (document.id, piece)
        for document in documents
        for piece in splitter.split_text(whole_text(document))
    ]
    settings = library("chromadb.config").Settings(anonymized_telemetry=False)
    store = chroma.Chroma(
        embedding_function=_Embeddings(embedder),
        persist_directory=str(folder),
        client_settings=settings,
    )
    for start in range(0, len(pieces), _BATCH):
        batch = pieces[start : start + _BATCH]
        store.add_texts([piece for _, piece in batch], [{"document": id} for id, _ in batch])

    def search(text: str, top_k: int) -> list[Found]:
        found = store.similarity_search(text, k=top_k)
        ids = [piece.metadata["document"] for piece in found]
        return [
            Found(id, without_title(piece.page_content, titles[id]), titles[id])
            for id, piece in zip(ids, found, strict=True)
        ]

    return Built(search, len(pieces))


LANGCHAIN = System(
    "LangChain tutorial",
    "RecursiveCharacterTextSplitter 1,000 / 200, Chroma",
    ("langchain_text_splitters", "langchain_chroma"),
    build,
)
