"""LlamaIndex's default index: VectorStoreIndex over its SentenceSplitter, 1,024 tokens / 200."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.peers.system import Built, System, library, whole_text, without_title
from evals.retrieval.coverage import Found
from evals.retrieval.question import SourceText
from knowledge.embedding import Embedder

# As many texts at once as LlamaIndex allows: the model sorts them by length itself.
_BATCH = 2_048


def build(documents: Sequence[SourceText], embedder: Embedder, folder: Path) -> Built:
    """An index in memory, as `VectorStoreIndex.from_documents` makes it."""
    core = library("llama_index.core")
    titles = {document.id: document.title for document in documents}
    index = core.VectorStoreIndex.from_documents(
        [core.Document(text=whole_text(document), id_=document.id) for document in documents],
        embed_model=_embedding(embedder),
        transformations=[core.node_parser.SentenceSplitter()],
    )
    retrievers: dict[int, Any] = {}

    def search(text: str, top_k: int) -> list[Found]:
        if top_k not in retrievers:
            retrievers[top_k] = index.as_retriever(similarity_top_k=top_k)
        nodes = [found.node for found in retrievers[top_k].retrieve(text)]
        return [
            Found(
                node.ref_doc_id,
                without_title(node.get_content(), titles[node.ref_doc_id]),
                titles[node.ref_doc_id],
            )
            for node in nodes
        ]

    return Built(search, len(index.index_struct.nodes_dict))


def _embedding(embedder: Embedder) -> Any:
    """The embedding model as LlamaIndex wants one."""
    base = library("llama_index.core.base.embeddings.base").BaseEmbedding

    def one(self: object, text: str) -> list[float]:
        return many(self, [text])[0]

    def many(self: object, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in embedder.embed_passages(texts)]

    def query(self: object, text: str) -> list[float]:
        vector: list[float] = np.asarray(embedder.embed_query(text)).tolist()
        return vector

    async def query_later(self: object, text: str) -> list[float]:
        return query(self, text)

    methods = {
        "_get_text_embedding": one,
        "_get_text_embeddings": many,
        "_get_query_embedding": query,
        "_aget_query_embedding": query_later,
    }
    # Made here and not with `class`: its base is there only where LlamaIndex is installed.
    made = type("ProductEmbedding", (base,), {"__module__": __name__, **methods})
    return made(embed_batch_size=_BATCH)


LLAMAINDEX = System(
    "LlamaIndex default",
    "VectorStoreIndex, SentenceSplitter 1,024 tokens / 200",
    ("llama_index.core",),
    build,
)
