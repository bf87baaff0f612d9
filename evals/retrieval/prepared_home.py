"""A home folder with a suite's documents ingested, made once and kept.

    <folder>/<suite>-<16 hex characters>/       documents, model and code of ingestion in one key
        documents.jsonl                         as `policy-assistant ingest` takes it
        catalog.sqlite3, index/                 what comes of it
        complete.json                           written last: the folder may be reused

Ingesting 60,000 articles takes ten minutes and more, nearly all of it for their vectors. A new
key takes the vectors of the texts that an older folder of the same suite and model holds.
Folders that are no longer wanted may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError
from evals.retrieval.code_version import code_version
from evals.retrieval.question import RetrievalData
from evals.runner import Progress
from evals.workspace import Notice
from knowledge.catalog import Catalog
from knowledge.documents import content_hash
from knowledge.embedding import Embedder
from knowledge.errors import KnowledgeError
from knowledge.ingestion import catalog_path, embedded_text, index_folder, ingest
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock

_MARK = "complete.json"
_ROWS = 5_000


def prepared_home(
    data: RetrievalData,
    embedder: Embedder,
    folder: Path,
    notice: Notice,
    progress: Progress = lambda done, total: None,
) -> Path:
    """The home in `folder` that holds the documents of `data` as this code ingests them.

    Made if there is none; one that was interrupted goes on. `progress` counts the
    documents that are in. Raises AssistantError if the user interrupts, CatalogLockedError if
    another run is at it.
    """
    home = folder / f"{data.name}-{_key(data, embedder)}"
    if _is_complete(home):
        notice(f"使用已导入的 {data.name}：{home} / using the library ingested before")
        return home
    notice(
        f"导入 {data.name}（{len(data.documents)} 篇），只需一次 / ingesting "
        f"{len(data.documents)} documents, once"
    )
    home.mkdir(parents=True, exist_ok=True)
    lines = "".join(
        json.dumps(document.fields(), ensure_ascii=False) + "\n" for document in data.documents
    )
    path = home / "documents.jsonl"
    path.write_text(lines, encoding="utf-8")
    if not catalog_path(home).exists():
        _take_vectors(data.name, home, embedder, notice)
    report = ingest(
        [str(path)],
        home,
        embedder,
        report=lambda now: progress(now.documents, len(data.documents)),
    )
    if report.interrupted:
        raise AssistantError(
            "导入被中断，已导入的部分保留；再次运行同一命令即可继续。",
            "The ingestion was interrupted; what is in stays in. Run the same command to go on.",
        )
    for failed in report.failed[:3]:
        notice(f"{failed.source}: {failed.reason} / {failed.reason_en}")
    mark = {
        "suite": data.name,
        "documents": len(data.documents),
        "failed": [failed.source for failed in report.failed],
        "seconds": round(report.seconds, 1),
        "model": embedder.fingerprint,
    }
    (home / _MARK).write_text(json.dumps(mark, ensure_ascii=False, indent=1), encoding="utf-8")
    return home


def _key(data: RetrievalData, embedder: Embedder) -> str:
    parts = (data.documents_digest(), embedder.fingerprint, code_version())
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _is_complete(home: Path) -> bool:
    """Whether the ingestion ended, and catalogue and indexes are of one generation."""
    if not (home / _MARK).is_file():
        return False
    try:
        with Catalog(catalog_path(home)) as catalog:
            return SearchIndex(index_folder(home)).generation() == catalog.generation
    except (KnowledgeError, OSError, ValueError):
        return False


def _take_vectors(suite: str, home: Path, embedder: Embedder, notice: Notice) -> None:
    """Begin the catalogue of `home` with the vectors of the latest older folder of the suite."""
    others = [other for other in home.parent.glob(f"{suite}-*") if catalog_path(other).is_file()]
    others.sort(key=lambda other: catalog_path(other).stat().st_mtime)
    for other in reversed(others):
        try:
            with Catalog(catalog_path(other)) as old:
                if old.model != embedder.fingerprint:
                    continue
                with writer_lock(home, "eval"), Catalog(catalog_path(home)) as new:
                    new.use_model(embedder.fingerprint)
                    for rows in _vectors(old):
                        new.add_vectors(rows)
        except KnowledgeError as error:
            notice(f"{other.name}: {error}")
            continue
        notice(f"沿用 {other.name} 中的向量 / taking the vectors of {other.name}")
        return


def _vectors(catalog: Catalog) -> Iterator[list[tuple[str, NDArray[np.float32]]]]:
    """Text digest and vector of every passage, some thousand at a time."""
    keys, _ = catalog.passage_versions()
    for start in range(0, len(keys), _ROWS):
        chunk = [int(key) for key in keys[start : start + _ROWS]]
        vectors = catalog.vectors(chunk)
        yield [
            (content_hash(embedded_text(passage)), vectors[key])
            for key, passage in catalog.passages(chunk).items()
            if key in vectors
        ]
