"""The nouns of the knowledge layer: documents, passages, facts and search results.

All are frozen: a stage that changes one returns a new object. Character positions count
Unicode code points in `PolicyDocument.text`, so `document.text[start_char:end_char]` is
always exactly the text that is quoted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

ValidityStatus = Literal["current", "not_yet_in_force", "amended", "repealed", "lapsed", "unknown"]
PAST: frozenset[ValidityStatus] = frozenset({"amended", "repealed", "lapsed"})
"""Statuses of a text that no longer holds."""
FactKind = Literal["domain", "target", "funding"]
Origin = Literal["dense", "lexical", "fused", "structured", "reranked"]


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading inside a document's text."""

    level: int
    """1 is the highest; levels may be skipped."""
    text: str
    """The heading as it stands in the text, without line breaks."""
    start_char: int
    """Where the heading starts in the document's text."""
    end_char: int
    """Where the heading ends; the text it governs starts here."""
    article: str | None = None
    """The article number (第十二条) if the heading opens an article."""


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The part of a document's text that stands on one page of its source."""

    number: int
    """Page number in the source, from 1."""
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One policy document (a law, a notice, a news article on a policy), one version."""

    id: str
    """Stable id: the same source keeps its id over all its versions."""
    title: str
    issuers: tuple[str, ...] = ()
    """Who issued the policy, in the order of the text."""
    document_number: str | None = None
    """发文字号, such as 民发〔2021〕23号, with 〔〕 whatever brackets the source used."""
    region: str | None = None
    """全国, a province's short name (广西), or province and city (浙江杭州市)."""
    published_on: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    """Last day in force, where the text states a term."""
    status: ValidityStatus = "unknown"
    supersedes: tuple[str, ...] = ()
    """Titles or document numbers that this document repeals or replaces."""
    source: str = ""
    """Path or address; `#n` marks the n-th article of a newspaper page."""
    retrieved_at: datetime | None = None
    sha256: str = ""
    """Hex digest of `text`: the same content twice is one document."""
    text: str = field(default="", repr=False)
    pages: tuple[PageSpan, ...] = field(default=(), repr=False)
    headings: tuple[Heading, ...] = field(default=(), repr=False)
    source_note: str | None = None
    """Where the text was taken from, as the text itself names it (转自广西新闻网)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved and quoted: whole sentences of one document."""

    id: str
    """From the content, the document and its version."""
    document_id: str
    text: str
    """Verbatim: equals `document.text[start_char:end_char]`."""
    heading_path: tuple[str, ...]
    """Headings above the passage, highest first."""
    article: str | None
    """第十二条 where the passage belongs to an article."""
    start_char: int
    end_char: int
    page: int | None = None
    title: str = ""
    """The document's title, for `text_for_search`."""
    lead_in: str = ""
    """Words above a list or a table row that this passage needs to be understood
    (the sentence before a list, the header of a table); searched, not quoted."""

    @property
    def text_for_search(self) -> str:
        """What is embedded and indexed: title, heading path, lead-in, text.

        A title that is only the first words of the text, cut off, says nothing more.
        """
        title = "" if self.title.endswith("…") else self.title
        parts = [title, *self.heading_path, self.lead_in, self.text]
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PolicyFact:
    """One statement on a domain, a target or funding, in the document's own words."""

    kind: FactKind
    region: str | None
    subject: str
    """Whom or what the fact is about (医疗机构社会工作经费)."""
    statement: str
    """Verbatim: equals the document's text between the positions."""
    figures: tuple[str, ...]
    """Figures of the statement as written."""
    deadline: str | None
    """The year or date by which a target is to be met, as written."""
    passage_id: str
    document_id: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its place in a ranking."""

    passage: Passage
    score: float
    """Higher is better, always. Comparable within one ranking only."""
    rank: int
    """From 1."""
    origin: Origin
    similarity: float | None = None
    """Cosine between question and passage, where it is known."""


def content_hash(text: str) -> str:
    """Hex SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def passage_id(document_id: str, version_sha256: str, start_char: int, text: str) -> str:
    """A passage's id: 24 hex characters from its document, version, place and content."""
    key = "\x1f".join((document_id, version_sha256, str(start_char), text))
    return content_hash(key)[:24]
