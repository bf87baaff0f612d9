"""The one place where objects are wired: settings → embedder, library, assistant."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from assistant.errors import SettingsError
from assistant.generative import ChatModel, ChatSettings
from assistant.generative_answer import AnswerWriter
from assistant.pipeline import PolicyAssistant
from assistant.settings import Settings
from knowledge.catalog import Catalog
from knowledge.embedding import Embedder, SentenceTransformerEmbedder
from knowledge.errors import CatalogError, CatalogLockedError, SearchIndexError
from knowledge.ingestion import catalog_path, index_folder, ingest_starter
from knowledge.processors import keep_blas_to_one_thread
from knowledge.retrieval import HybridRetriever
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock

Notice = Callable[[str], None]
# A second program that starts while the first prepares the home waits this long for it.
_WAIT_SECONDS = 300.0


def build_embedder(settings: Settings, notice: Notice) -> Embedder:
    """The embedding model of the settings; converts the bundled one on first use."""
    keep_blas_to_one_thread()
    return SentenceTransformerEmbedder.load(
        settings.embedding_model,
        settings.home,
        query_prompt=settings.query_prompt,
        passage_prompt=settings.passage_prompt,
        threads=settings.threads,
        report=notice,
    )


def prepare_home(settings: Settings, embedder: Embedder, notice: Notice) -> None:
    """Bring a home folder into a state that answers: starter policies in, indexes in step.

    A run that was killed leaves nothing that this does not mend without embedding again.
    """
    check_home(settings.home, reading=True)
    path = catalog_path(settings.home)
    if settings.starter and _is_untouched(path):
        notice("正在为内置政策建立索引 / indexing the starter policies")
        with resources.as_file(resources.files("knowledge") / "starter") as folder:
            ingest_starter(folder, settings.home, embedder, wait_seconds=_WAIT_SECONDS)
    with Catalog(path) as catalog:
        catalog.use_model(embedder.fingerprint)
        _synchronise(settings.home, catalog, notice)


def build_retriever(settings: Settings, notice: Notice = lambda text: None) -> HybridRetriever:
    """A retriever over the home folder, prepared if need be."""
    check_home(settings.home, reading=True)
    embedder = build_embedder(settings, notice)
    prepare_home(settings, embedder, notice)
    return HybridRetriever(catalog_path(settings.home), index_folder(settings.home), embedder)


def build_assistant(settings: Settings, notice: Notice = lambda text: None) -> PolicyAssistant:
    """The assistant over the home folder, prepared if need be."""
    return PolicyAssistant(
        build_retriever(settings, notice),
        top_k=settings.top_k,
        question_limit=settings.question_limit,
        language=settings.language,
        writer=build_writer(settings),
    )


def build_writer(settings: Settings) -> AnswerWriter | None:
    """Writes answers with the chat model of the settings; None without one.

    The model's package is loaded with the first question, not before.
    """
    chat = chat_settings(settings)
    return None if chat is None else AnswerWriter(ChatModel(chat))


def chat_settings(settings: Settings) -> ChatSettings | None:
    """What the settings say of the chat model; None if there is none."""
    if settings.chat_model is None:
        return None
    key = settings.chat_api_key
    return ChatSettings(
        settings.chat_model,
        settings.chat_base_url,
        key.get_secret_value() or None if key else None,
        settings.chat_temperature,
        settings.chat_max_tokens,
        settings.chat_first_token_timeout,
        settings.chat_stall_timeout,
        settings.chat_timeout,
    )


def check_home(home: Path, *, reading: bool = False) -> None:
    """Raise SettingsError unless the home folder exists, or can be made, and is writable.

    For `reading`, a folder that holds a library need not be writable.
    """
    if reading and catalog_path(home).is_file():
        return
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingsError(
            f"资料文件夹 {home} 无法写入（{error.strerror}）。请检查权限，或用 "
            "POLICY_ASSISTANT_HOME 另选一个文件夹。",
            f"The home folder {home} cannot be written ({error.strerror}). Check its "
            "permissions, or choose another folder with POLICY_ASSISTANT_HOME.",
        ) from error


def _is_untouched(path: Path) -> bool:
    """True if nothing was ever written, as after a first start that was killed."""
    if not path.exists():
        return True
    with Catalog(path) as catalog:
        return catalog.generation == 0


def _synchronise(home: Path, catalog: Catalog, notice: Notice) -> None:
    index = SearchIndex(index_folder(home))
    known = index.generation()
    if known == catalog.generation:
        return
    try:
        # With an older index at hand, answer from it while another process writes, and where
        # there is no room or no right to write a new one.
        wait = _WAIT_SECONDS if known is None else 0.0
        with writer_lock(home, "index", wait_seconds=wait):
            notice("正在更新检索索引 / updating the search indexes")
            index.synchronise(catalog)
    except (CatalogError, SearchIndexError) as error:
        if known is None:
            raise
        if not isinstance(error, CatalogLockedError):
            notice(error.message("zh") + " / " + error.message("en"))
