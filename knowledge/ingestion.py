"""The offline main path: files → catalogue → indexes.

    inputs → sources → load → build documents → passages → facts → embed
           → one catalogue transaction a batch → both indexes → report

A batch is committed whole; an interrupted run loses at most the batch in work, and the next
run skips what is already there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from knowledge.catalog import Catalog
from knowledge.document_builder import build_documents
from knowledge.documents import Passage, PolicyDocument, PolicyFact, content_hash
from knowledge.embedding import Embedder
from knowledge.errors import KnowledgeError
from knowledge.facts import extract_facts
from knowledge.loading import LoadedFile, LoadedPage, load_file
from knowledge.loading.jsonl import JsonlDocument, load_jsonl
from knowledge.passages import split_document
from knowledge.search_index import SearchIndex
from knowledge.sources import AddressSource, FailedSource, FileSource, Source, find_sources
from knowledge.tokenization import simplify
from knowledge.writer_lock import writer_lock

Status = Literal["added", "updated", "unchanged", "duplicate"]
# Passages in one transaction: large enough to keep the embedder busy, small enough that an
# interruption costs seconds.
_BATCH_PASSAGES = 512


@dataclass(frozen=True, slots=True)
class IngestedDocument:
    """One document of a report."""

    id: str
    title: str
    source: str
    region: str | None
    status: Status
    passages: int
    duplicate_of: str | None = None
    """Id of the document that already holds the same text."""


@dataclass(frozen=True, slots=True)
class FailedInput:
    """One input that did not go in, with the reason and the remedy."""

    source: str
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of an ingestion."""

    documents: tuple[IngestedDocument, ...]
    failed: tuple[FailedInput, ...]
    seconds: float

    def count(self, status: Status) -> int:
        """Number of documents with this status."""
        return sum(document.status == status for document in self.documents)


@dataclass(frozen=True, slots=True)
class IngestProgress:
    """How far an ingestion has come."""

    files_done: int
    files_total: int
    """0 while unknown."""
    passages: int
    seconds: float
    stage: Literal["read", "embed", "index"]
    source: str = ""
    documents: int = 0
    """Documents that are in the catalogue now and cannot be lost any more."""


Report = Callable[[IngestProgress], None]


@dataclass(slots=True)
class _Prepared:
    """A document ready to be written."""

    document: PolicyDocument
    status: Status
    passages: tuple[Passage, ...]
    facts: tuple[PolicyFact, ...]
    digests: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """The state of one ingestion."""

    catalog: Catalog
    embedder: Embedder
    report: Report
    allow_private: bool = False
    started: float = field(default_factory=time.monotonic)
    documents: list[IngestedDocument] = field(default_factory=list)
    failed: list[FailedInput] = field(default_factory=list)
    batch: list[_Prepared] = field(default_factory=list)
    files_done: int = 0
    files_total: int = 0
    passages: int = 0

    def progress(self, stage: Literal["read", "embed", "index"], source: str = "") -> None:
        seconds = time.monotonic() - self.started
        self.report(
            IngestProgress(self.files_done, self.files_total, self.passages, seconds, stage, source)
        )


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

    What cannot be read is reported and the rest goes in. Raises CatalogLockedError if another
    process is writing, CatalogError if nothing can be written.
    """
    with writer_lock(home, "ingest", wait_seconds=wait_seconds), Catalog(catalog_path(home)) as db:
        db.use_model(embedder.fingerprint)
        run = _Run(db, embedder, report, allow_private)
        sources = list(find_sources(inputs))
        run.files_total = len(sources)
        for source in sources:
            _take_in(run, source)
        _write_batch(run)
        run.progress("index")
        SearchIndex(index_folder(home)).synchronise(db)
    return IngestReport(tuple(run.documents), tuple(run.failed), time.monotonic() - run.started)


def ingest_starter(
    folder: Path, home: Path, embedder: Embedder, *, wait_seconds: float = 0.0
) -> IngestReport:
    """Bring the starter policies in `folder` into the library.

    Their sources are named `starter/…`, not by the place of this installation, so that they
    stay the same documents when it moves.
    """
    with writer_lock(home, "starter", wait_seconds=wait_seconds), Catalog(catalog_path(home)) as db:
        db.use_model(embedder.fingerprint)
        run = _Run(db, embedder, lambda progress: None)
        for path in sorted(folder.glob("*.md")):
            for document in build_documents(
                replace(load_file(path), source=f"starter/{path.name}")
            ):
                _queue(run, document)
        _write_batch(run)
        SearchIndex(index_folder(home)).synchronise(db)
    return IngestReport(tuple(run.documents), tuple(run.failed), time.monotonic() - run.started)


def catalog_path(home: Path) -> Path:
    """The catalogue's file in a home folder."""
    return home / "catalog.sqlite3"


def index_folder(home: Path) -> Path:
    """The indexes' folder in a home folder."""
    return home / "index"


def _take_in(run: _Run, source: Source) -> None:
    """Read one source and queue its documents; a failure is noted and the rest goes on."""
    if isinstance(source, FailedSource):
        run.failed.append(_failed(source.source, source.error))
    else:
        name = source.url if isinstance(source, AddressSource) else str(source.path)
        run.progress("read", name)
        try:
            for document in _documents(run, source):
                _queue(run, document)
        except KnowledgeError as error:
            run.failed.append(_failed(name, error))
    run.files_done += 1


def _documents(run: _Run, source: FileSource | AddressSource) -> Iterator[PolicyDocument]:
    if isinstance(source, AddressSource):
        from knowledge.loading.address import fetch_address

        yield from build_documents(fetch_address(source.url, allow_private=run.allow_private))
        return
    if source.path.suffix.lower() == ".jsonl":
        yield from _jsonl_documents(run, source.path)
        return
    loaded = load_file(source.path)
    if source.region_hint and "region" not in loaded.metadata:
        loaded = replace(loaded, metadata={**loaded.metadata, "region_hint": source.region_hint})
    yield from build_documents(loaded)


def _jsonl_documents(run: _Run, path: Path) -> Iterator[PolicyDocument]:
    for line in load_jsonl(path):
        if not isinstance(line, JsonlDocument):
            run.failed.append(_failed(f"{path}:{line.line}", line.error))
            continue
        loaded = LoadedFile(
            pages=(LoadedPage(None, line.text),),
            source=f"{path}#{line.id}",
            metadata={**line.metadata, **({"title": line.title} if line.title else {})},
            kind="jsonl",
        )
        yield from build_documents(loaded, document_id=line.id)


def _queue(run: _Run, document: PolicyDocument) -> None:
    """Decide what a document is to the library, and prepare it if it is new."""
    known = run.catalog.current_digest(document.id)
    waiting = {prepared.document.sha256: prepared.document for prepared in run.batch}
    by_content = not document.source.endswith(f"#{document.id}")
    twin = run.catalog.document_with_content(document.sha256) if by_content else None
    if by_content and twin is None and document.sha256 in waiting:
        twin = waiting[document.sha256].id
    if known == document.sha256:
        run.documents.append(_entry(document, "unchanged", 0))
    elif twin is not None and twin != document.id:
        run.documents.append(replace(_entry(document, "duplicate", 0), duplicate_of=twin))
    else:
        run.batch.append(_prepare(document, "updated" if known else "added"))
        if sum(len(prepared.passages) for prepared in run.batch) >= _BATCH_PASSAGES:
            _write_batch(run)


def _prepare(document: PolicyDocument, status: Status) -> _Prepared:
    passages = split_document(document)
    return _Prepared(
        document,
        status,
        passages,
        extract_facts(document, passages),
        tuple(content_hash(embedded_text(passage)) for passage in passages),
    )


def embedded_text(passage: Passage) -> str:
    """What the model sees of a passage: traditional script folded, as questions are."""
    return simplify(passage.text_for_search)


def _write_batch(run: _Run) -> None:
    """Embed what has no vector yet, then write the batch in one transaction."""
    batch, run.batch = run.batch, []
    if not batch:
        return
    run.progress("embed")
    texts = {
        digest: passage
        for prepared in batch
        for digest, passage in zip(prepared.digests, prepared.passages, strict=True)
    }
    known = run.catalog.known_vectors(list(texts))
    missing = [digest for digest in texts if digest not in known]
    vectors = run.embedder.embed_passages([embedded_text(texts[digest]) for digest in missing])
    with run.catalog.transaction():
        run.catalog.add_vectors(zip(missing, vectors, strict=True))
        for prepared in batch:
            run.catalog.add_document(
                prepared.document, prepared.passages, prepared.digests, prepared.facts
            )
    for prepared in batch:
        run.passages += len(prepared.passages)
        run.documents.append(_entry(prepared.document, prepared.status, len(prepared.passages)))
    run.progress("embed")


def _entry(document: PolicyDocument, status: Status, passages: int) -> IngestedDocument:
    return IngestedDocument(
        document.id, document.title, document.source, document.region, status, passages
    )


def _failed(source: str, error: KnowledgeError) -> FailedInput:
    return FailedInput(source, error.message("zh"), error.message("en"))
