"""What a turn names that nobody spoke of before: whether it goes on, or opens another subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.answer import Answer
from assistant.cited_document import cited_documents
from assistant.evidence import Statement
from assistant.followup_words import ASPECTS
from assistant.rule_ranking import TurnAsked
from assistant.work import Work
from knowledge.documents import Passage
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold, tagged_words

# 哪段时间: asked for, and nothing new.
_ASKED_FOR = re.compile(r"[哪几][段个些份条项种类]?$")


def named_before(work: Work, snapshot: Snapshot) -> tuple[str, ...]:
    """The ids of the documents without articles that were cited by number last, before this turn."""
    for asked, _ in reversed(work.asked.history):
        found, _ = cited_documents(asked, snapshot)
        if found:
            return tuple(id for id in found if not any(p.article for p in _passages(id, snapshot)))
    return ()


def new_things(work: Work, turn: TurnAsked, kinds: str = "n") -> set[str]:
    """The things that a turn names and nobody spoke of before; with verbs, if `kinds` holds a v."""
    said = fold(" ".join(f"{asked} {told}" for asked, told in work.asked.history))
    text, end = fold(turn.text), 0
    found = set()
    for word, tag in tagged_words(text):
        start = text.find(word, end)
        end = max(start, end)
        is_thing = tag[0] in kinds and len(word) > 1 and word not in ASPECTS
        if is_thing and not _ASKED_FOR.search(text[:start]) and not is_said(word, said):
            found.add(word)
    return found


def lacking(new: Collection[str], statement: Statement) -> set[str]:
    """Of the things that a turn names first, those that a sentence does not speak of."""
    held = _around(statement)
    return {word for word in new if not is_said(word, held)}


def speaks_of(answer: Answer, things: Collection[str]) -> bool:
    """True if an answer quotes something on each of some things; False for no things."""
    quoted = fold(" ".join(f"{c.title} {c.quote}" for c in answer.citations))
    return bool(things) and all(is_said(word, quoted) for word in things)


def is_from_elsewhere(answer: Answer, focus: Sequence[str]) -> bool:
    """True if an answer quotes none of the documents that a conversation is on."""
    return bool(answer.citations) and not any(c.document_id in focus for c in answer.citations)


def _around(statement: Statement) -> str:
    passage = statement.passage
    return fold(" ".join((passage.title, *passage.heading_path, passage.lead_in, statement.text)))


def _passages(document: str, snapshot: Snapshot) -> Sequence[Passage]:
    version = snapshot.version_of_document(snapshot.description(document))
    return tuple(snapshot.catalog.passages_of(document, version))
