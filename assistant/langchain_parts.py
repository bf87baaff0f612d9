"""The retriever and the assistant as LangChain parts, for anyone's LangChain program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableSerializable
from langchain_core.runnables.config import ensure_config
from pydantic import ConfigDict, SkipValidation

from assistant.answer import Answer
from assistant.request import Assistant, Question, TextDelta
from knowledge.documents import ScoredPassage
from knowledge.regions import asked_region
from knowledge.retrieval import HybridRetriever, SearchQuery


class PolicyRetriever(BaseRetriever):
    """Ranked policy passages as LangChain documents, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: SkipValidation[HybridRetriever]
    """Where the passages come from."""
    top_k: int = 8
    region: str | None = None
    """Only rules that apply in this place."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        search = SearchQuery(query, region=asked_region(self.region))
        return [passage_document(result) for result in self.retriever.retrieve(search, self.top_k)]


def passage_document(result: ScoredPassage) -> Document:
    """A ranked passage as a LangChain document: its verbatim text, and where it stands."""
    passage = result.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "document_id": passage.document_id,
            "title": passage.title,
            "heading_path": list(passage.heading_path),
            "article": passage.article,
            "start_char": passage.start_char,
            "end_char": passage.end_char,
            "score": result.score,
            "rank": result.rank,
        },
    )


class _AssistantRunnable(RunnableSerializable[Any, Any]):
    """`invoke` gives the Answer; `stream` gives text pieces, then the Answer."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: SkipValidation[Any]

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        answer: Answer = self._call_with_config(self._answer, input, ensure_config(config))
        return answer

    def stream(
        self, input: Any, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[str | Answer]:
        for event in self.assistant.stream(_question(input)):
            if isinstance(event, TextDelta):
                yield event.text
            elif isinstance(event, Answer):
                yield event

    def _answer(self, input: Any) -> Answer:
        answer: Answer = self.assistant.answer(_question(input))
        return answer


def assistant_runnable(assistant: Assistant) -> Runnable[Any, Any]:
    """The assistant as a runnable from a question (text, mapping or Question) to an Answer."""
    return _AssistantRunnable(assistant=assistant)


def _question(value: Any) -> Question:
    if isinstance(value, Question):
        return value
    if isinstance(value, str):
        return Question(value)
    history = tuple((str(asked), str(said)) for asked, said in value.get("history", ()))
    return Question(str(value["question"]), history=history, region=value.get("region"))
