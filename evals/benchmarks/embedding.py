"""How fast passages are embedded, and what ingestion adds to that."""

from __future__ import annotations

import time
from collections.abc import Iterator

from evals.benchmarks.library import texts_to_embed, write_copies
from evals.benchmarks.measurement import Measurement
from evals.workspace import Workspace
from knowledge.ingestion import ingest

_COPIES = 12
_REPEATS = 3
_WARM_UP = 32


class EmbeddingBenchmark:
    """Passages a second: the bare model, and the whole way into an empty library."""

    name = "embedding"
    help = "向量与导入速度 / embedding and ingestion"

    def run(self, workspace: Workspace) -> Iterator[Measurement]:
        """Baseline: `embed_passages` on the very texts that ingestion embeds."""
        sources = workspace.home / "sources"
        write_copies(sources, _COPIES)
        workspace.embedder.embed_passages(["社会工作"] * _WARM_UP)
        ingesting: list[float] = []
        embedding: list[float] = []
        # In turn, the shortest of each: another program's work only ever adds to a time.
        for number in range(_REPEATS):
            home = workspace.home / f"library-{number}"
            ingesting.append(ingest([str(sources)], home, workspace.embedder).seconds)
            texts = texts_to_embed(home)
            started = time.perf_counter()
            workspace.embedder.embed_passages(texts)
            embedding.append(time.perf_counter() - started)
        baseline = Measurement("bare embedding", len(texts) / min(embedding), "passages/s")
        yield baseline
        ingested = Measurement("ingestion", len(texts) / min(ingesting), "passages/s")
        yield ingested.against(baseline)
        yield Measurement("passages", len(texts), "")
        yield Measurement("mean length", sum(map(len, texts)) / len(texts), "characters")
