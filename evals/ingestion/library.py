"""What an ingestion left in the catalogue, found again by source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.documents import Passage, PolicyDocument
from knowledge.embedding import Embedder
from knowledge.ingestion import IngestProgress, IngestReport, catalog_path, ingest


@dataclass(frozen=True, slots=True)
class Stored:
    """One document as the catalogue holds it, with its passages in reading order."""

    document: PolicyDocument
    passages: tuple[Passage, ...]

    def articles(self) -> tuple[tuple[str, str], ...]:
        """Number and text of each addressable article, in reading order.

        The text is that of the article's passages one after the other: what a question for
        the article can reach.
        """
        found: list[tuple[str, list[str]]] = []
        previous: str | None = None
        for passage in self.passages:
            if passage.article and passage.article == previous:
                found[-1][1].append(passage.text)
            elif passage.article:
                found.append((passage.article, [passage.text]))
            previous = passage.article
        return tuple((article, "\n".join(texts)) for article, texts in found)


class IngestedLibrary:
    """A home folder that an ingestion has filled."""

    def __init__(self, home: Path, report: IngestReport) -> None:
        self.report = report
        twins = {entry.source: entry.duplicate_of for entry in report.documents}
        with Catalog(catalog_path(home)) as catalog:
            by_id = {
                entry.id: _stored(catalog, entry.id)
                for entry in report.documents
                if entry.status != "duplicate"
            }
        self._by_source: dict[str, Stored] = {}
        for entry in report.documents:
            stored = by_id.get(twins[entry.source] or entry.id)
            if stored is not None:
                self._by_source[entry.source] = stored

    @classmethod
    def ingested(
        cls,
        inputs: Sequence[Path],
        home: Path,
        embedder: Embedder,
        report: Callable[[IngestProgress], None] = lambda progress: None,
    ) -> IngestedLibrary:
        """Bring `inputs` into `home` as `policy-assistant ingest` does, and open the result."""
        done = ingest([str(path) for path in inputs], home, embedder, report=report)
        return cls(home, done)

    def of_file(self, path: Path) -> tuple[Stored, ...]:
        """The documents that came from one file, in its order.

        A file whose text another one brought already stands for that one.
        """
        name = str(path)
        parts = [source for source in self._by_source if source.startswith(f"{name}#")]
        numbered = sorted(parts, key=lambda source: int(source.rpartition("#")[2]))
        own = [name] if name in self._by_source else []
        return tuple(self._by_source[source] for source in own + numbered)

    def failure(self, path: Path) -> str | None:
        """Why a file did not go in, or None."""
        found = (failed for failed in self.report.failed if failed.source == str(path))
        return next((failed.reason_en for failed in found), None)


def _stored(catalog: Catalog, document_id: str) -> Stored:
    document = catalog.document(document_id)
    if document is None:
        raise LookupError(f"the catalogue lacks {document_id}, which the report names as written")
    return Stored(document, catalog.passages_of(document_id))
