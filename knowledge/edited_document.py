"""One document's metadata corrected by the user: catalogue, vectors and indexes in step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.catalog import Catalog
from knowledge.documents import Passage, PolicyDocument, content_hash
from knowledge.embedding import Embedder
from knowledge.ingestion import catalog_path, embedded_text, index_folder
from knowledge.metadata_edits import Value, check_dates
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock


@dataclass(frozen=True, slots=True)
class EditReport:
    """What came of an edit."""

    document: PolicyDocument
    """As it stands now, with its text."""
    embedded: int
    """Passages embedded again: their title, which is searched with them, has changed."""


def edit_document(
    home: Path,
    document_id: str,
    changes: Mapping[str, Value],
    resets: Sequence[str],
    embedder: Callable[[], Embedder],
    *,
    wait_seconds: float = 0.0,
) -> EditReport | None:
    """Correct fields of a document, or take corrections back; None without the document.

    `embedder` is asked for only where the title changes. Raises MetadataError where the dates
    contradict each other, CatalogLockedError while another process writes; nothing is changed
    then. After SearchIndexError the edit stands, and the indexes follow later.
    """
    with (
        writer_lock(home, "edit", wait_seconds=wait_seconds),
        Catalog(catalog_path(home)) as catalog,
    ):
        before = catalog.document(document_id)
        if before is None:
            return None
        title = _title_after(catalog, before, changes, resets)
        vectors = _Vectors.none()
        if title != before.title:
            vectors = _Vectors.of(catalog, document_id, title, embedder())
        with catalog.transaction():
            if resets:
                catalog.reset_metadata(document_id, resets)
            if changes:
                catalog.edit_metadata(document_id, changes)
            after = catalog.document(document_id)
            if after is None:
                return None
            check_dates(after)
            catalog.add_vectors(vectors.missing)
            if vectors.digests:
                catalog.use_vectors(document_id, vectors.digests)
        SearchIndex(index_folder(home)).synchronise(catalog)
        return EditReport(after, len(vectors.missing))


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The vectors of a document's passages under another title."""

    digests: tuple[str, ...]
    missing: tuple[tuple[str, Any], ...]
    """Digest and vector of what was not stored yet."""

    @classmethod
    def none(cls) -> _Vectors:
        return cls((), ())

    @classmethod
    def of(cls, catalog: Catalog, document_id: str, title: str, embedder: Embedder) -> _Vectors:
        catalog.use_model(embedder.fingerprint)
        passages: list[Passage] = [
            replace(passage, title=title) for passage in catalog.passages_of(document_id)
        ]
        texts = {content_hash(text): text for text in map(embedded_text, passages)}
        known = catalog.known_vectors(list(texts))
        missing = [digest for digest in texts if digest not in known]
        vectors = embedder.embed_passages([texts[digest] for digest in missing]) if missing else ()
        return cls(
            tuple(content_hash(embedded_text(passage)) for passage in passages),
            tuple(zip(missing, vectors, strict=True)),
        )


def _title_after(
    catalog: Catalog,
    document: PolicyDocument,
    changes: Mapping[str, Value],
    resets: Sequence[str],
) -> str:
    title = changes.get("title")
    if title is None and "title" in resets:
        title = catalog.found(document.id).get("title")
    return str(title) if title else document.title
