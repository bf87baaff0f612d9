"""The offline main path: files → catalogue → indexes.

    inputs → sources → load → build documents → passages → facts → embed
           → one catalogue transaction a batch → both indexes → report

A batch is committed whole; an interrupted run loses at most the batch in work, and the next
run skips what is already there.

Files are read between the batches, not ahead of them: reading and splitting 276 statutes
takes 1 % of the time of embedding them, and the embedder and OCR use all processors already.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.cleaning import writable_line
from knowledge.document_builder import build_documents
from knowledge.documents import PolicyDocument
from knowledge.embedding import Embedder
from knowledge.errors import LoadError
from knowledge.ingest_batch import Batch, given_twice, one_input
from knowledge.ingest_batch import embedded_text as embedded_text
from knowledge.ingest_meter import Meter
from knowledge.ingest_report import (
    FailedInput,
    IngestedDocument,
    IngestProgress,
    IngestReport,
    Report,
    failed_input,
)
from knowledge.loading import LoadedFile, LoadedPage, load_file
from knowledge.loading.jsonl import JsonlDocument, load_jsonl
from knowledge.search_index import SearchIndex
from knowledge.sources import AddressSource, FailedSource, FileSource, Source, find_sources
from knowledge.writer_lock import writer_lock

__all__ = [
    "FailedInput",
    "IngestProgress",
    "IngestReport",
    "IngestedDocument",
    "catalog_path",
    "embedded_text",
    "index_folder",
    "ingest",
    "ingest_sources",
    "ingest_starter",
]
# Passages in one transaction: large enough to keep the embedder busy, small enough that an
# interruption costs seconds.
_BATCH_PASSAGES = 512


def ingest(
    inputs: Sequence[str],
    home: Path,
    embedder: Embedder,
    *,
    report: Report = lambda progress: None,
    wait_seconds: float = 0.0,
    allow_private: bool = False,
) -> IngestReport:
    """Bring `inputs` (files, folders, addresses, .jsonl) into the library under `home`.

    Addresses on this machine and its own network are refused unless `allow_private`.

    What cannot be read is reported and the rest goes in. A KeyboardInterrupt ends the run in
    order: the indexes follow what has been committed, and the report says `interrupted`; the
    same call goes on from there. Raises CatalogLockedError if another process is writing,
    CatalogError if nothing can be written.
    """

    return ingest_sources(
        lambda: list(find_sources(inputs)),
        home,
        embedder,
        report=report,
        wait_seconds=wait_seconds,
        allow_private=allow_private,
    )


def ingest_sources(
    sources: Callable[[], Sequence[Source]],
    home: Path,
    embedder: Embedder,
    *,
    report: Report = lambda progress: None,
    wait_seconds: float = 0.0,
    allow_private: bool = False,
) -> IngestReport:
    """`ingest()` for sources that have been found already; asked for under the writer's lock."""

    def take_in(batch: Batch) -> None:
        found = sources()
        batch.meter.plan(_size(source) for source in found)
        for source in found:
            _take_in(batch, source, allow_private)

    return _run(home, embedder, "ingest", take_in, report, wait_seconds)


def ingest_starter(
    folder: Path, home: Path, embedder: Embedder, *, wait_seconds: float = 0.0
) -> IngestReport:
    """Bring the starter policies in `folder` into the library.

    Their sources are named `starter/…`, not by the place of this installation, so that they
    stay the same documents when it moves.
    """

    def take_in(batch: Batch) -> None:
        for path in sorted(folder.glob("*.md")):
            loaded = replace(load_file(path), source=f"starter/{path.name}")
            # One transaction for all: a first start that is killed begins anew.
            for document in build_documents(loaded):
                batch.offer(document)

    return _run(home, embedder, "starter", take_in, lambda progress: None, wait_seconds)


def catalog_path(home: Path) -> Path:
    """The catalogue's file in a home folder."""
    return home / "catalog.sqlite3"


def index_folder(home: Path) -> Path:
    """The indexes' folder in a home folder."""
    return home / "index"


def _run(
    home: Path,
    embedder: Embedder,
    purpose: str,
    take_in: Callable[[Batch], None],
    report: Report,
    wait_seconds: float,
) -> IngestReport:
    """One writer's run: take documents in, then let the indexes follow."""
    interrupted = False
    with writer_lock(home, purpose, wait_seconds=wait_seconds), Catalog(catalog_path(home)) as db:
        db.use_model(embedder.fingerprint)
        batch = Batch(db, embedder, Meter(report), _BATCH_PASSAGES)
        index = SearchIndex(index_folder(home))
        try:
            take_in(batch)
            batch.close()
            batch.meter.show("index")
            index.synchronise(db)
        except KeyboardInterrupt:
            interrupted = True
            batch.meter.show("index")
            index.synchronise(db)
    return IngestReport(
        tuple(batch.documents), tuple(batch.failed), batch.meter.seconds, interrupted
    )


def _take_in(batch: Batch, source: Source, allow_private: bool) -> None:
    """Read one source and offer its documents; a failure is noted and the rest goes on."""
    if isinstance(source, FailedSource):
        batch.failed.append(failed_input(source.source, source.error))
    else:
        name = source.url if isinstance(source, AddressSource) else writable_line(str(source.path))
        kind, _ = _size(source)
        batch.meter.show("read", name)
        try:
            for document, size, seconds in _timed(_documents(batch, source, allow_private), name):
                batch.meter.read(kind, size, seconds, batch.offer(document))
                batch.write_if_full()
        except LoadError as error:
            batch.failed.append(failed_input(name, error))
    batch.meter.files_done += 1


def _timed(
    documents: Iterator[tuple[PolicyDocument, int]], name: str
) -> Iterator[tuple[PolicyDocument, int, float]]:
    """Each document with its size in bytes and the seconds that reading it took."""
    while True:
        began = time.monotonic()
        with one_input(name):
            found = next(documents, None)
        if found is None:
            return
        yield *found, time.monotonic() - began


def _documents(
    batch: Batch, source: FileSource | AddressSource, allow_private: bool
) -> Iterator[tuple[PolicyDocument, int]]:
    """The documents of a source, each with the part of the source's bytes that is its own."""
    if isinstance(source, FileSource) and source.path.suffix.lower() == ".jsonl":
        yield from _jsonl_documents(batch, source.path)
        return
    if isinstance(source, AddressSource):
        from knowledge.loading.address import fetch_address

        loaded = fetch_address(source.url, allow_private=allow_private)
    else:
        name = writable_line(str(source.path))
        loaded = load_file(
            source.path, lambda page, pages: batch.meter.show("read", name, (page, pages))
        )
        hint = {"region_hint": _folders(source)}
        loaded = replace(loaded, metadata={**hint, **loaded.metadata})
    documents = build_documents(loaded)
    if not documents:
        raise _no_text(loaded.source)
    for document in documents:
        yield document, _size(source)[1] // len(documents)


def _folders(source: FileSource) -> str:
    """The folders that a file was found in, from the one that the user named: 四川/2023."""
    if source.root is None:
        return ""
    return "/".join((source.root.name, *source.path.parent.relative_to(source.root).parts))


def _jsonl_documents(batch: Batch, path: Path) -> Iterator[tuple[PolicyDocument, int]]:
    """The last line of each id; ids are read first, so that an earlier one never goes in."""
    last = {line.id: line.line for line in load_jsonl(path) if isinstance(line, JsonlDocument)}
    for line in load_jsonl(path):
        name = f"{path}:{line.line}"
        if not isinstance(line, JsonlDocument):
            batch.failed.append(failed_input(name, line.error))
            continue
        if (later := last.get(line.id, line.line)) > line.line:
            batch.failed.append(failed_input(name, given_twice(line.id, line.line, later)))
            continue
        loaded = LoadedFile(
            pages=(LoadedPage(None, line.text),),
            source=f"{path}#{line.id}",
            metadata={**line.metadata, **({"title": line.title} if line.title else {})},
            kind="jsonl",
        )
        for document in build_documents(loaded, document_id=line.id):
            yield document, len(line.text.encode("utf-8", "replace"))


def _size(source: Source) -> tuple[str, int]:
    """Suffix and size in bytes; 0 where it is not known."""
    if not isinstance(source, FileSource):
        return "", 0
    try:
        return source.path.suffix.lower(), source.path.stat().st_size
    except OSError:
        return "", 0  # The loader says why the file cannot be read.


def _no_text(source: str) -> LoadError:
    return LoadError(
        f"“{source}”中没有可读的文字；请打开检查，扫描件请提供更清晰的版本。",
        f"“{source}” holds no readable text; open it and check, or give a clearer scan.",
    )
