"""One question to a small library, and what is promised of every answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from assistant.answer import AnswerStatus
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from assistant.serialization import answer_fields, dumps
from knowledge.errors import KnowledgeError
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever
from tests.fakes import HashEmbedder
from tests.fuzz.journey import BrokenPromise, check_sentence


@cache
def _assistant(home: Path) -> PolicyAssistant:
    return PolicyAssistant(HybridRetriever(catalog_path(home), index_folder(home), HashEmbedder()))


def ask(home: Path, text: str, earlier: str) -> str:
    """Ask, check the answer, and give its status."""
    assistant = _assistant(home)
    history = ((earlier, "见上。"),) if earlier else ()
    try:
        answer = assistant.answer(Question(text, history))
    except KnowledgeError as error:
        check_sentence(error)
        return "refused"
    if answer.status not in get_args(AnswerStatus):
        raise BrokenPromise(f"status {answer.status!r}")
    if not answer.text.strip():
        raise BrokenPromise("an answer without a word")
    try:
        dumps(answer_fields(answer)).encode("utf-8")
    except UnicodeEncodeError as error:
        raise BrokenPromise(f"an answer that cannot be sent: {error}") from error
    for citation in answer.citations:
        document = assistant.document(citation.document_id)
        if document is None:
            raise BrokenPromise(f"a citation of no document: {citation}")
        if document.text[citation.start_char : citation.end_char] != citation.quote:
            raise BrokenPromise(f"a quote that is not in its place: {citation}")
    return answer.status
