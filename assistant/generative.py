"""The chat model behind LangChain: messages → pieces of text, within time, or a named failure.

Whatever `init_chat_model` reaches; with an address, any OpenAI-compatible server (Ollama, vLLM,
llama.cpp, DeepSeek, Qwen). What the model says is not trusted here nor checked: see
`generative_answer`.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.chat_failure import ChatFailure, failure_of
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_LOG = logging.getLogger(__name__)
# At their debug level these write whole requests, questions included, into the log.
_TALKATIVE = ("openai", "httpx", "httpx2", "httpcore", "langchain_openai")
_CONNECT_SECONDS = 5.0
# Chunks read ahead of the reader; a faster server waits.
_READ_AHEAD = 256
_LOOK_AGAIN = 0.2


@dataclass(frozen=True, slots=True)
class Ending:
    """The server says that the reply is over."""

    is_cut: bool
    """It stopped at its limit, in the middle of what it said."""


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """Which model, where, and how long one waits for it."""

    model: str
    """provider:name as `init_chat_model` reads it; with `base_url` the server's own name."""
    base_url: str | None = None
    api_key: str | None = None
    temperature: float | None = 0.0
    max_tokens: int | None = 2000
    first_token_seconds: float = 30.0
    """From the request to the first piece of the reply."""
    stall_seconds: float = 20.0
    """Between two pieces."""
    total_seconds: float = 120.0
    """The whole reply."""


class ChatModel:
    """One configured model. Safe to use from several threads."""

    def __init__(self, settings: ChatSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._model: BaseChatModel | None = None

    def open(self) -> None:
        """Load LangChain and the provider's package; takes seconds the first time.

        Raises SettingsError, saying what to install or to mend.
        """
        self._opened()

    def stream(self, system: str, user: str) -> Generator[str | Ending, None, None]:
        """Pieces of the reply's text as they come, then how it ended if the server says.

        May be closed at any time. Raises ChatFailure.
        """
        try:
            model = self._opened()
        except SettingsError as error:
            missing = isinstance(error.__cause__, ImportError)
            raise ChatFailure("not_installed" if missing else "misconfigured") from error
        messages = [("system", system), ("human", user)]
        pieces: queue.Queue[object] = queue.Queue(_READ_AHEAD)
        stopped = threading.Event()
        # A thread of its own: a server that keeps its connection alive without a word would
        # hold the reader for ever, whatever time-outs the HTTP client has.
        worker = threading.Thread(
            target=_read, args=(model, messages, pieces, stopped), daemon=True, name="chat-model"
        )
        worker.start()
        try:
            yield from self._taken(pieces)
        finally:
            stopped.set()

    def _taken(self, pieces: queue.Queue[object]) -> Iterator[str | Ending]:
        settings = self._settings
        end = time.monotonic() + settings.total_seconds
        patience = settings.first_token_seconds
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, min(patience, end - time.monotonic())))
            except queue.Empty:
                raise ChatFailure("timeout") from None
            if piece is None:
                return
            if isinstance(piece, Exception):
                # The kind of failure only: a message may quote the question.
                _LOG.warning("the chat model failed: %s", type(piece).__name__)
                raise failure_of(piece) from None
            patience = settings.stall_seconds
            yield from _said(piece)

    def _opened(self) -> BaseChatModel:
        with self._lock:
            if self._model is None:
                self._model = _build(self._settings)
            return self._model


def _build(settings: ChatSettings) -> BaseChatModel:
    name, options = settings.model, _options(settings)
    try:
        from langchain.chat_models import init_chat_model

        if settings.base_url:
            name = name.removeprefix("openai:")
            options |= {"model_provider": "openai", "base_url": settings.base_url}
            # A server on one's own machine wants no key; the client insists on one.
            options.setdefault("api_key", "none")
        if settings.base_url or name.startswith("openai:"):
            from openai import Timeout

            read = max(settings.first_token_seconds, settings.stall_seconds)
            options["timeout"] = Timeout(read, connect=min(_CONNECT_SECONDS, read))
            options["max_retries"] = 0
        model: BaseChatModel = init_chat_model(name, **options)
    except ImportError as error:
        provider = name.partition(":")[0].replace("_", "-")
        is_openai = settings.base_url or provider == "openai"
        package = "policy-assistant[openai]" if is_openai else f"langchain-{provider}"
        raise SettingsError(
            f"对话模型 {settings.model} 所需的软件包没有安装。请运行 pip install '{package}'，"
            "或取消 POLICY_ASSISTANT_CHAT_MODEL 设置。",
            f"The package behind chat model {settings.model} is not installed. Run: pip install "
            f"'{package}', or unset POLICY_ASSISTANT_CHAT_MODEL.",
        ) from error
    except Exception as error:
        raise SettingsError(
            f"对话模型 {settings.model} 无法使用（{type(error).__name__}）。请把 "
            "POLICY_ASSISTANT_CHAT_MODEL 写成“提供方:名称”，或另设 "
            "POLICY_ASSISTANT_CHAT_BASE_URL，并检查密钥。",
            f"The chat model {settings.model} cannot be used ({type(error).__name__}). Write "
            "POLICY_ASSISTANT_CHAT_MODEL as provider:name, or set POLICY_ASSISTANT_CHAT_BASE_URL "
            "as well, and check the key.",
        ) from error
    for logger in _TALKATIVE:
        logging.getLogger(logger).setLevel(logging.WARNING)
    return model


def _options(settings: ChatSettings) -> dict[str, Any]:
    given = {
        "api_key": settings.api_key,
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
    }
    return {name: value for name, value in given.items() if value is not None}


def _read(
    model: BaseChatModel,
    messages: list[tuple[str, str]],
    pieces: queue.Queue[object],
    stopped: threading.Event,
) -> None:
    """Read the reply into `pieces`: its chunks, then None or the exception that ended it."""
    from langsmith import tracing_context

    last: object = None
    try:
        # LangSmith would send the question to a third place if its variables happen to be set.
        with tracing_context(enabled=False):
            # Its type promises an iterator only; it is a generator and wants to be closed.
            stream: Any = model.stream(messages)
            with closing(stream) as chunks:
                for chunk in chunks:
                    if not _put(pieces, chunk, stopped):
                        return
    except Exception as error:
        last = error
    _put(pieces, last, stopped)


def _put(pieces: queue.Queue[object], piece: object, stopped: threading.Event) -> bool:
    """Hand over a piece; False if nobody waits for it any more."""
    while not stopped.is_set():
        try:
            pieces.put(piece, timeout=_LOOK_AGAIN)
        except queue.Full:
            continue
        return True
    return False


def _said(chunk: Any) -> Iterator[str | Ending]:
    """Text and ending of one chunk. Raises ChatFailure for a refusal or a call of a tool."""
    if chunk.additional_kwargs.get("refusal"):
        raise ChatFailure("refused")
    if getattr(chunk, "tool_call_chunks", None) or getattr(chunk, "tool_calls", None):
        raise ChatFailure("tool_call")
    text = str(chunk.text)
    if text:
        yield text
    metadata = chunk.response_metadata
    reason = metadata.get("finish_reason") or metadata.get("stop_reason") or ""
    if reason in ("content_filter", "safety", "SAFETY"):
        raise ChatFailure("filtered")
    if reason in ("length", "max_tokens", "MAX_TOKENS"):
        yield Ending(True)
    elif reason:
        yield Ending(False)
