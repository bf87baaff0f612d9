from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda

from assistant.answer import Answer
from assistant.langchain_parts import PolicyRetriever, assistant_runnable
from assistant.request import Event, Question, StageReached, TextDelta
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever
from knowledge.search_index import SearchIndex
from tests.fakes import HashEmbedder
from tests.policies import NATIONAL, ORDINANCE, STATIONS, policy, put


@pytest.fixture(scope="module")
def hybrid(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    home: Path = tmp_path_factory.mktemp("home")
    with Catalog(catalog_path(home)) as catalog:
        put(catalog, policy("甘肃条例", ORDINANCE, region="甘肃"), HashEmbedder())
        put(catalog, policy("云南办法", STATIONS, region="云南"), HashEmbedder())
        put(catalog, policy("全国意见", NATIONAL, region="全国"), HashEmbedder())
        SearchIndex(index_folder(home)).synchronise(catalog)
    return HybridRetriever(catalog_path(home), index_folder(home), HashEmbedder())


def test_passages_come_as_langchain_documents_best_first(hybrid: HybridRetriever) -> None:
    found = PolicyRetriever(retriever=hybrid, top_k=3).invoke("社会工作专项资金")

    assert len(found) == 3
    assert [document.metadata["rank"] for document in found] == [1, 2, 3]
    best = found[0]
    assert best.page_content.startswith("第四条")
    assert best.metadata["document_id"] == "甘肃条例"
    start, end = best.metadata["start_char"], best.metadata["end_char"]
    assert ORDINANCE[start:end] == best.page_content
    assert best.metadata["article"] == "第四条"


@pytest.mark.parametrize("region", ["云南", "云南省", "滇"])
def test_a_region_in_any_spelling_keeps_others_out(hybrid: HybridRetriever, region: str) -> None:
    found = PolicyRetriever(retriever=hybrid, region=region).invoke("经费")
    assert {document.metadata["document_id"] for document in found} == {"云南办法", "全国意见"}


def test_an_unknown_region_is_not_ignored(hybrid: HybridRetriever) -> None:
    found = PolicyRetriever(retriever=hybrid, region="火星").invoke("经费")
    assert not {"甘肃条例", "云南办法"} & {d.metadata["document_id"] for d in found}


def test_a_blank_query_is_no_error(hybrid: HybridRetriever) -> None:
    assert PolicyRetriever(retriever=hybrid).invoke(" ") == []


class EchoAssistant:
    """Answers with what it was asked."""

    def stream(self, question: Question) -> Iterator[Event]:
        said = f"{question.text}|{question.region}|{question.history}"
        yield StageReached("question")
        yield TextDelta(said[:3])
        yield TextDelta(said[3:])
        yield Answer("answered", said)

    def answer(self, question: Question) -> Answer:
        *_, last = self.stream(question)
        assert isinstance(last, Answer)
        return last


def test_a_question_may_come_as_text_mapping_or_question() -> None:
    runnable = assistant_runnable(EchoAssistant())
    assert runnable.invoke("经费").text == "经费|None|()"
    asked = {"question": "经费", "region": "云南", "history": [["问", "答"]]}
    assert runnable.invoke(asked).text == "经费|云南|(('问', '答'),)"
    assert runnable.invoke(Question("经费", region="甘肃")).text == "经费|甘肃|()"


def test_it_streams_pieces_and_then_the_answer() -> None:
    *pieces, answer = assistant_runnable(EchoAssistant()).stream("经费")
    assert "".join(pieces) == answer.text


def test_it_is_composed_with_other_runnables() -> None:
    chain = assistant_runnable(EchoAssistant()) | RunnableLambda(lambda answer: len(answer.text))
    assert chain.invoke("经费") == len("经费|None|()")
    assert [a.text[:1] for a in assistant_runnable(EchoAssistant()).batch(["甲", "乙"])] == [
        "甲",
        "乙",
    ]
