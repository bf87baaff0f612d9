"""The one document that a question is on: cited by number, named by title, or called by words of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.work import Work
from knowledge.documents import PolicyDocument
from knowledge.named_texts import named_versions
from knowledge.regions import find_regions
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_TELLING = 1.0
# Words that a title shares with many, or that ask.
_ANY = frozenset("文件 政策 资料 内容 主要内容 要点 事 事情".split())


def document_meant(work: Work, snapshot: Snapshot) -> PolicyDocument | None:
    """The one document that is cited, named or called by words of its title, with its text."""
    ids = set(work.cited or work.asked.document_ids)
    ids = ids or {snapshot.versions[v].document.id for v in named_versions(snapshot, work.text)}
    if not ids and (called := document_called(work, snapshot)):
        ids = {called.id}
    return snapshot.catalog.document(ids.pop()) if len(ids) == 1 else None


def document_called(work: Work, snapshot: Snapshot) -> PolicyDocument | None:
    """The one document whose title has all telling words of the question, without its text."""
    words = _title_words(work)
    found = [
        document
        for document in snapshot.documents()
        if len(words) > 1 and all(_is_in(word, fold(document.title)) for word in words)
    ]
    return found[0] if len(found) == 1 else None


def _is_in(word: str, title: str) -> bool:
    """True for a word of the title, and for its short form (自贸试验区 of 自由贸易试验区)."""
    return bool(re.search(".{0,2}".join(map(re.escape, word)), title))


def _title_words(work: Work) -> Sequence[str]:
    assert work.parsed is not None
    places = {region.name for region in find_regions(work.text)}
    return [
        term.word
        for term in work.parsed.terms
        if term.weight >= _TELLING and len(term.word) > 1 and term.word not in places | _ANY
    ]
