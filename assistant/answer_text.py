"""What was read or found, in the words of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing import Citations
from assistant.evidence import Statement
from assistant.extractive import compose, told_plainly
from assistant.needs import Need
from assistant.question import ParsedQuestion
from assistant.quotation import place_mark
from assistant.rule_answer import compose_found
from assistant.rule_reading import Reading
from assistant.searching import excerpt_of, sections_of
from assistant.work import Work
from knowledge.snapshot import Snapshot


def text_of_reading(
    reading: Reading,
    question: ParsedQuestion,
    work: Work,
    snapshot: Snapshot,
    citations: Citations,
) -> str:
    """What the articles say to a question; the passages read are among the evidence of `work`."""
    read_on = excerpt_of(snapshot, work.evidence)
    return compose_found(
        question, reading.core, reading.found, citations, read_on, work.language, work.places
    )


def text_composed(
    question: ParsedQuestion,
    needs: Sequence[Need],
    statements: Sequence[Statement],
    work: Work,
    snapshot: Snapshot,
    citations: Citations,
) -> str:
    """What sentences say to a question, by its form: the value first, or the whole list."""
    return compose(
        question,
        needs,
        statements,
        citations,
        sections_of(snapshot),
        excerpt_of(snapshot, work.evidence),
        lambda document: place_mark(document, work.language, work.places),
    )


def text_of_statements(
    statements: Sequence[Statement], work: Work, snapshot: Snapshot, citations: Citations
) -> str:
    """Sentences as they stand, each with its mark."""
    read_on = excerpt_of(snapshot, work.evidence)
    return told_plainly(
        statements, citations, read_on, lambda d: place_mark(d, work.language, work.places)
    )
