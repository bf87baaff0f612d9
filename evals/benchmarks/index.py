"""What the indexes cost: to build them again, and to look something up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from evals.benchmarks.library import texts_to_embed, write_copies
from evals.benchmarks.measurement import Measurement
from evals.cases import load_cases
from evals.intervals import percentile
from evals.suites import StarterSuite
from evals.workspace import Workspace
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock

_COPIES = 6
_TOP_K = 8


class IndexBenchmark:
    """Rebuild against embedding again; retrieval against the embedding of its query."""

    name = "index"
    help = "索引重建与检索 / rebuilding and searching the indexes"

    def run(self, workspace: Workspace) -> Iterator[Measurement]:
        """Two baselines: embedding every passage again, and embedding one query."""
        write_copies(workspace.home / "sources", _COPIES)
        ingest([str(workspace.home / "sources")], workspace.home, workspace.embedder)
        texts = texts_to_embed(workspace.home)
        embed = Measurement(
            "embed all passages", _seconds(lambda: workspace.embedder.embed_passages(texts)), "s"
        )
        yield embed
        with Catalog(catalog_path(workspace.home)) as catalog:
            index = SearchIndex(index_folder(workspace.home))
            with writer_lock(workspace.home, "bench"):
                rebuild = _seconds(lambda: index.synchronise(catalog, rebuild=True))
            check = _seconds(lambda: index.check(catalog))
        yield Measurement("rebuild both indexes", rebuild, "s").against(embed)
        yield Measurement("check both indexes", check, "s").against(embed)
        yield from _search(workspace)
        yield Measurement("passages", len(texts), "")


def _search(workspace: Workspace) -> Iterator[Measurement]:
    questions = [case.question for case in load_cases(StarterSuite().path)]
    # The very embedder that is the baseline: two of them would slow each other.
    retriever = HybridRetriever(
        catalog_path(workspace.home), index_folder(workspace.home), workspace.embedder
    )
    retriever.retrieve(SearchQuery(questions[0]), _TOP_K)
    bare: list[float] = []
    whole: list[float] = []
    for question in questions:
        bare.append(_seconds(lambda: workspace.embedder.embed_query(question)) * 1000)  # noqa: B023
        query = SearchQuery(question)
        whole.append(_seconds(lambda: retriever.retrieve(query, _TOP_K)) * 1000)  # noqa: B023
    baseline = Measurement("embed query p50", percentile(bare, 0.5), "ms")
    yield baseline
    for label, share in (("p50", 0.5), ("p95", 0.95)):
        found = Measurement(f"retrieve {label}, embedding included", percentile(whole, share), "ms")
        yield found.against(baseline)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
