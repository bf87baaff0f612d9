"""Personal data typed on the page reaches no one: 200 pieces, a model server, a log, an export."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.generative import ChatModel, ChatSettings
from assistant.generative_answer import AnswerWriter
from assistant.pipeline import PolicyAssistant
from evals.hostile.server import HostileServer
from evals.privacy.items import PrivacyItem, privacy_items
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever
from knowledge.search_index import SearchIndex
from tests.fakes import HashEmbedder
from tests.policies import STATIONS, policy, put
from ui.chat import Chat

pytest.importorskip("langchain_openai", reason="the extra `openai` is not installed")

ASKED = "每个站点每年补助多少？"
SAID = "每个站点每年补助15万元{每年补助}。"


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with HostileServer() as running:
        running.play(SAID)
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Catalog(catalog_path(tmp_path)) as catalog:
        put(catalog, policy("站点办法", STATIONS, title="站点办法"), HashEmbedder())
        SearchIndex(index_folder(tmp_path)).synchronise(catalog)
    return tmp_path


def chat(server: HostileServer, home: Path) -> Chat:
    retriever = HybridRetriever(catalog_path(home), index_folder(home), HashEmbedder())
    model = ChatModel(ChatSettings("made-up", server.address))
    assistant = PolicyAssistant(retriever, writer=AnswerWriter(model))
    return Chat(assistant, assistant)


def plain(text: str) -> str:
    """Letters and digits alone: a number that is split or spaced is the same number."""
    return re.sub(r"\W|_", "", text)


def leaks(text: str, items: tuple[PrivacyItem, ...]) -> list[str]:
    """The pieces that can be read in `text`; short ones, such as 张伟, only word for word.

    A surname alone (高) stands in other words as well; the suite `privacy` judges those.
    """
    held = plain(text)
    return [
        f"{item.id}: {kind} {value}"
        for item in items
        for kind, value in item.secrets
        if len(value) > 1 and (value in text if len(plain(value)) < 4 else plain(value) in held)
    ]


def test_no_piece_reaches_the_server_the_library_the_log_or_an_export(
    server: HostileServer, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    items = privacy_items()
    assert sum(len(item.secrets) for item in items) >= 200
    caplog.set_level(logging.DEBUG)
    page = chat(server, home)
    exports, seen = [], len(server.requests)
    for item in items:
        key = page.key(None)
        *_, last = page.ask(f"{item.text}。{ASKED}", "", "", key, "zh")
        assert last.accepted, item.text
        exports.append(page.export(key, "zh"))
    bodies = server.requests[seen:]
    assert len(bodies) > len(items) / 2, "the model was hardly asked: the test shows nothing"
    sent = [message["content"] for body in bodies for message in json.loads(body)["messages"]]
    for place, texts in (
        ("server", sent),
        ("export", exports),
        ("log", [record.getMessage() for record in caplog.records]),
    ):
        assert not leaks("\n".join(texts), items), place
    for path in (path for path in home.rglob("*") if path.is_file()):
        assert not leaks(path.read_bytes().decode("utf-8", "ignore"), items), path.name
