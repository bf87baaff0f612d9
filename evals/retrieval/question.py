"""Questions with the documents that answer them: what one retrieval suite is made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document as it goes in: a line of a .jsonl for `policy-assistant ingest`."""

    id: str
    title: str
    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        line: dict[str, Any] = {"id": self.id, "title": self.title, "text": self.text}
        return {**line, "metadata": dict(self.metadata)} if self.metadata else line


@dataclass(frozen=True, slots=True)
class RetrievalQuestion:
    """One question and what answers it."""

    id: str
    """`<suite>/<id in the data>`; the half it belongs to follows from it."""
    text: str
    gold: frozenset[str]
    """Units (see `RetrievalData.unit`) that answer it; one suffices."""
    answers: tuple[tuple[str, ...], ...] = ()
    """Of each entry one string must be read in a gold document; empty where the data have no
    answer strings."""
    tags: tuple[str, ...] = ("question",)
    newest: frozenset[str] = frozenset()
    """Document ids of the newest version, where the rule has several and the question names no
    date; else empty."""


@dataclass(frozen=True)
class RetrievalData:
    """The documents and questions of one suite."""

    name: str
    documents: tuple[SourceText, ...]
    questions: tuple[RetrievalQuestion, ...]
    units: Mapping[str, str] = field(default_factory=dict)
    """Document id → what it is judged as; a document that is not named is judged as itself."""

    def unit(self, document_id: str) -> str:
        """What a document is judged as: article 3 of a law is one unit in all its versions."""
        return self.units.get(document_id, document_id)

    def documents_digest(self) -> str:
        """Hex SHA-256 of the documents in their order."""
        total = hashlib.sha256()
        for document in self.documents:
            total.update(json.dumps(document.fields(), ensure_ascii=False).encode())
        return total.hexdigest()

    def digest(self) -> str:
        """Hex SHA-256 of documents, questions and gold: runs over other data are not alike."""
        total = hashlib.sha256(self.documents_digest().encode())
        for question in self.questions:
            parts = [question.id, question.text, sorted(question.gold), question.answers]
            total.update(json.dumps(parts, ensure_ascii=False).encode())
        return total.hexdigest()
