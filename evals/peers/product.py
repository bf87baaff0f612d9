"""This project as one of the systems: ingested and searched as its users do it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import AssistantError
from evals.peers.system import Built, System
from evals.retrieval.asking import search_with
from evals.retrieval.question import SourceText
from knowledge.catalog import Catalog
from knowledge.embedding import Embedder
from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.retrieval import HybridRetriever


def build(documents: Sequence[SourceText], embedder: Embedder, folder: Path) -> Built:
    """`policy-assistant ingest` of a .jsonl, then the retriever behind `search`."""
    path = folder / "documents.jsonl"
    path.write_text(
        "".join(json.dumps(document.fields(), ensure_ascii=False) + "\n" for document in documents),
        encoding="utf-8",
    )
    report = ingest([str(path)], folder, embedder)
    if report.interrupted:
        raise AssistantError(
            "导入被中断。请再次运行同一命令。",
            "The ingestion was interrupted. Run the same command again.",
        )
    with Catalog(catalog_path(folder)) as catalog:
        passages = catalog.count()
    retriever = HybridRetriever(catalog_path(folder), index_folder(folder), embedder)
    return Built(search_with(retriever), passages)


PRODUCT = System(
    "policy-assistant", "as installed: `ingest`, then `search`, without filters", (), build
)
