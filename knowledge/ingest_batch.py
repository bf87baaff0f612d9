"""Documents → the catalogue, batch by batch: what is new is embedded and written whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from knowledge.catalog import Catalog
from knowledge.documents import Passage, PolicyDocument, PolicyFact, content_hash
from knowledge.embedding import Embedder
from knowledge.errors import CatalogError, KnowledgeError, LoadError
from knowledge.facts import extract_facts
from knowledge.ingest_meter import Meter
from knowledge.ingest_report import FailedInput, IngestedDocument, Status, entry, failed_input
from knowledge.passages import split_document
from knowledge.tokenization import simplify

_log = logging.getLogger(__name__)
# What a document says of itself beside its text and title.
_METADATA = (
    *("issuers", "document_number", "region", "published_on", "effective_from"),
    *("effective_until", "status", "supersedes", "source_note"),
)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A document ready to be written."""

    document: PolicyDocument
    status: Status
    passages: tuple[Passage, ...]
    facts: tuple[PolicyFact, ...]
    digests: tuple[str, ...]
    retitled: bool = False
    """The text is in the library; its title, which is embedded with it, has changed."""


@dataclass(slots=True)
class Batch:
    """Decides what each document is to the library and writes what is new.

    `write_if_full()` should follow each `offer()`, and `close()` the last.
    """

    catalog: Catalog
    embedder: Embedder
    meter: Meter
    limit: int
    """Passages in one transaction."""
    documents: list[IngestedDocument] = field(default_factory=list)
    failed: list[FailedInput] = field(default_factory=list)
    _waiting: dict[str, _Prepared] = field(default_factory=dict)
    _followers: list[tuple[str, IngestedDocument]] = field(default_factory=list)
    """Documents that need nothing but that one of the batch, named by its id, goes in."""
    _seen: set[str] = field(default_factory=set)
    _undecided: dict[str, PolicyDocument] = field(default_factory=dict)
    """Changed documents that may be copies; their former texts are on the way out."""

    def offer(self, document: PolicyDocument, *, last_chance: bool = False) -> int:
        """Take one document; returns the number of passages that it adds to the work.

        Of two documents with one id in the same batch the later counts; the earlier is
        reported.
        """
        waiting = self._waiting.get(document.id)
        known = self.catalog.current_digest(document.id)
        if waiting is not None and _same(waiting.document, document):
            self._followers.append((document.id, entry(document, "unchanged")))
            return 0
        if waiting is not None:
            self._drop(waiting)
        self._seen.add(document.id)
        if known == document.sha256:
            return self._redescribe(document)
        twin = self._twin(document)
        if twin is not None and twin not in self._seen and not last_chance:
            # The twin's own file may have changed as well: two files that swapped their texts.
            self._undecided[document.id] = document
            return 0
        if twin is not None and self._is_duplicate(document, twin, known is not None):
            return 0
        with one_input(document.source):
            # What is searched has the title that the user has corrected.
            edited = self.catalog.edited(document)
            passages = split_document(edited)
            facts = extract_facts(edited, passages)
        status: Status = "updated" if known else "added"
        return self._wait(_Prepared(document, status, passages, facts, _digests(passages)))

    def write_if_full(self) -> None:
        """Write the waiting documents once they are worth a transaction."""
        if self.meter.waiting >= self.limit:
            self.write()

    def close(self) -> None:
        """Write what waits and decide what could not be decided before."""
        self.write()
        for document in list(self._undecided.values()):
            self.offer(document, last_chance=True)
            self.write_if_full()
        self.write()

    def write(self) -> None:
        """Write the waiting documents; where that fails, each by itself.

        Raises CatalogError if none of them can be written.
        """
        batch, self._waiting = list(self._waiting.values()), {}
        followers, self._followers = self._followers, []
        if not batch:
            return
        lost: dict[str, KnowledgeError] = {}
        try:
            self._write(batch)
        except KnowledgeError as error:
            lost = self._write_singly(batch, error)
        finally:
            self.meter.waiting = 0
            self.meter.committed(0, 0)
        for prepared in batch:
            if reason := lost.get(prepared.document.id):
                self.failed.append(failed_input(prepared.document.source, reason))
        for leader, follower in followers:
            if reason := lost.get(leader):
                self.failed.append(failed_input(follower.source, reason))
            else:
                self.documents.append(follower)

    # Inner steps --------------------------------------------------------------------------

    def _write_singly(
        self, batch: list[_Prepared], error: KnowledgeError
    ) -> dict[str, KnowledgeError]:
        """Write each document by itself; returns the reasons of those that fail, by id."""
        lost = {batch[0].document.id: error} if len(batch) == 1 else {}
        for prepared in batch if len(batch) > 1 else ():
            try:
                self._write([prepared])
            except KnowledgeError as own:
                lost[prepared.document.id] = own
        if len(lost) == len(batch) and all(isinstance(own, CatalogError) for own in lost.values()):
            raise error
        return lost

    def _write(self, batch: list[_Prepared]) -> None:
        """Embed what has no vector yet, then write the batch in one transaction."""
        texts = {
            digest: passage
            for prepared in batch
            for digest, passage in zip(prepared.digests, prepared.passages, strict=True)
        }
        self.meter.embedding(0)
        known = self.catalog.known_vectors(list(texts))
        missing = [digest for digest in texts if digest not in known]
        count = sum(len(prepared.passages) for prepared in batch)
        reused, began = count - len(missing), time.monotonic()
        vectors = self.embedder.embed_passages(
            [embedded_text(texts[digest]) for digest in missing],
            lambda done: self.meter.embedding(reused + done),
        )
        with self.catalog.transaction():
            self.catalog.add_vectors(zip(missing, vectors, strict=True))
            for prepared in batch:
                self._put(prepared)
        self.documents += [
            entry(prepared.document, prepared.status, len(prepared.passages)) for prepared in batch
        ]
        self.meter.embedded(count, time.monotonic() - began)
        self.meter.waiting -= count
        self.meter.committed(len(batch), count)
        self.meter.show("embed")

    def _put(self, prepared: _Prepared) -> None:
        document, digests = prepared.document, prepared.digests
        if prepared.retitled:
            self.catalog.update_metadata(document)
            self.catalog.use_vectors(document.id, digests)
        else:
            self.catalog.add_document(document, prepared.passages, digests, prepared.facts)

    def _wait(self, prepared: _Prepared) -> int:
        self._waiting[prepared.document.id] = prepared
        self.meter.waiting += len(prepared.passages)
        return len(prepared.passages)

    def _redescribe(self, document: PolicyDocument) -> int:
        """Apply what is new of a known text's metadata; a new title is embedded again."""
        stored = self.catalog.document(document.id) or document
        document = replace(document, source=stored.source)
        title = self.catalog.edited(document).title
        if title != stored.title:
            passages = tuple(
                replace(passage, title=title) for passage in self.catalog.passages_of(document.id)
            )
            return self._wait(
                _Prepared(document, "updated", passages, (), _digests(passages), retitled=True)
            )
        changed = self.catalog.update_metadata(document)
        self.documents.append(entry(document, "updated" if changed else "unchanged"))
        return 0

    def _twin(self, document: PolicyDocument) -> str | None:
        """Id of another document that will hold the same text when the batch is written."""
        if document.source.endswith(f"#{document.id}"):
            return None  # Lines of a .jsonl are documents by their id.
        for prepared in self._waiting.values():
            if prepared.document.sha256 == document.sha256:
                return prepared.document.id
        twin = self.catalog.document_with_content(document.sha256)
        leaving = twin in self._waiting or twin in self._undecided
        return None if twin == document.id or leaving else twin

    def _is_duplicate(self, document: PolicyDocument, twin: str, known: bool) -> bool:
        """Report a duplicate; its own former text must not stay current."""
        if known:
            if twin in self._waiting:
                self.write()
            if self.catalog.document_with_content(document.sha256) is None:
                return False  # The twin could not be written.
            self.catalog.remove_document(document.id)
        duplicate = entry(document, "duplicate", duplicate_of=twin)
        if twin in self._waiting:
            self._followers.append((twin, duplicate))
        else:
            self.documents.append(duplicate)
        return True

    def _drop(self, earlier: _Prepared) -> None:
        del self._waiting[earlier.document.id]
        self.meter.waiting -= len(earlier.passages)
        self.failed.append(failed_input(earlier.document.source, given_twice(earlier.document.id)))


def embedded_text(passage: Passage) -> str:
    """What the model sees of a passage: traditional script folded, as questions are."""
    return simplify(passage.text_for_search)


@contextmanager
def one_input(source: str) -> Iterator[None]:
    """A library's own failure over one input becomes that input's LoadError: the rest goes on."""
    try:
        yield
    except (KnowledgeError, GeneratorExit):
        raise
    except Exception as error:
        _log.debug("unexpected", exc_info=error)
        kind = f"{type(error).__name__}: {error}"[:200]
        raise LoadError(
            f"处理“{source}”时程序出错（{kind}），已跳过；请另存为其他格式后再试，并报告此问题。",
            f"“{source}” met an internal error ({kind}) and was skipped; save it in another "
            "format and try again, and report this.",
        ) from error


def given_twice(document_id: str, line: int = 0, later: int = 0) -> LoadError:
    """The reason why an earlier document of the same id did not go in."""
    where = (f"（第 {line} 行，后一处在第 {later} 行）", f" (line {line}, again in {later})")
    zh, en = where if line else ("", "")
    return LoadError(
        f"id “{document_id}”在本次导入中出现不止一次{zh}，已采用最后一次的内容；"
        "如果它们是不同的文件，请使用不同的 id。",
        f"The id “{document_id}” was given more than once in this run{en}; the last one counts. "
        "Give different documents different ids.",
    )


def _digests(passages: tuple[Passage, ...]) -> tuple[str, ...]:
    return tuple(content_hash(embedded_text(passage)) for passage in passages)


def _same(one: PolicyDocument, other: PolicyDocument) -> bool:
    """Whether two documents agree in text and in what is known of them."""
    return all(
        getattr(one, name) == getattr(other, name) for name in ("sha256", "title", *_METADATA)
    )
