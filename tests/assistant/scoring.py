"""A question and some policies → what the assistant weighs, without a search."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Statement, score_statements
from assistant.needs import Need, question_needs
from assistant.question import ParsedQuestion, parse_question
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.passages import split_document
from knowledge.tokenization import fold


def scored(
    text: str, *documents: PolicyDocument
) -> tuple[ParsedQuestion, tuple[Need, ...], tuple[Statement, ...]]:
    """Every sentence of `documents`, weighed for the question; the passages rank as they stand."""
    question = parse_question(text)
    passages = [(p, d) for d in documents for p in split_document(d)]

    def frequency(word: str) -> int:
        return sum(word in fold(passage.text_for_search) for passage, _ in passages)

    needs = question_needs(question, frequency, len(passages))
    results = [
        (ScoredPassage(passage, 1 / rank, rank, "fused", 0.885), document)
        for rank, (passage, document) in enumerate(passages, 1)
    ]
    return question, needs, score_statements(question, needs, results)


def section_of(*documents: PolicyDocument) -> Sequence[Passage]:
    """All passages of `documents`, in reading order."""
    return [passage for document in documents for passage in split_document(document)]
