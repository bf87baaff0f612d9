"""What is searched for: a stand-alone question with the filters of its retrieval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A stand-alone question with the filters of its retrieval."""

    text: str
    region: str | None = None
    """Canonical region: only rules that apply there."""
    document_ids: tuple[str, ...] = ()
    as_of: date | None = None
    expansion: tuple[str, ...] = ()
    """Terms that mean the same as words of the question, for the lexical search."""
    superseded: bool = False
    """Also texts that a later one replaces."""
    former: bool = False
    """Of each rule the text before the present one, instead of the present one."""
    versions: tuple[int, ...] = ()
    """Only these versions, whether in force or not; empty for all."""
