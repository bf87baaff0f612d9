"""The page, built with Gradio, and the server that shows it.

Stable hooks for tests and for anyone who drives the page (CSS selectors):

| what                      | selector                                                      |
|---------------------------|---------------------------------------------------------------|
| question box              | `#question textarea`                                          |
| send, stop                | `#send`, `#stop` (only one of them is on the page at a time)  |
| message under the box     | `#hint` (`#hint [role=alert]` when a question is turned down) |
| one turn                  | `.turn[data-turn="N"]`, N from 1                              |
| finished turn             | `.turn[data-phase="done"]` (`running`, `stopped`, `failed`)   |
| last answer               | `#live .turn .answer-text`                                    |
| status badge              | `#status-N`, its class is the status (`.badge.no_evidence`)   |
| citation n of turn N      | `#citation-N-n`; its marks `.turn[data-turn="N"] button.mark` |
| source panel              | `#source-panel`; quote `#cited-quote`; title `#source-title`  |
| region, document filter   | `#region-filter input`, `#document-filter input`              |
| example questions         | `.example`                                                    |
| new chat, library, 大字    | `#new-chat`, `#open-library`, `#large-type`                   |
| export, choice of a turn  | `#export`, `.turn[data-turn="N"] .choice`                     |
| tabs                      | `#tab-ask`, `#tab-check`                                      |
| text to check, evidence   | `#check-text textarea`, `#check-evidence textarea`            |
| check, clear, message     | `#check`, `#check-clear`, `#check-hint`                       |
| verdicts                  | `#check-result .claim` (`.supported .unsupported .not-found`) |
| citation n of the check   | `#citation-0-n`                                               |
| language                  | `#language-switch`                                            |
"""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from collections.abc import Callable
from importlib.resources import files

import gradio as gr
import uvicorn
from fastapi import FastAPI, Response

from assistant.errors import AssistantError
from assistant.request import Assistant
from ui.chat import Chat
from ui.checking import Checker, Checking
from ui.cited_source import CitedLibrary
from ui.gate import Gate
from ui.page import Page
from ui.theme import page_theme
from ui.wording import both

DEFAULT_PORT = 7860

QUEUE_LENGTH = 32
"""Questions that may wait; the next one is told that the page is busy."""

PARALLEL_ANSWERS = 3
"""Questions answered at the same time."""

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="7" fill="#1d5c58"/><path d="M9 9h14M9 15h14M9 21h8" stroke="#fff" stroke-width="2.6" '
    'stroke-linecap="round"/><path d="M9 15h14" stroke="#f4c542" stroke-width="2.6" '
    'stroke-linecap="round"/></svg>'
)


class PortInUseError(AssistantError):
    """The page cannot be served at this address and port."""


def build_app(
    assistant: Assistant, library: CitedLibrary, checker: Checker, language: str = "zh"
) -> gr.Blocks:
    """The page over an assistant, a library and a checker, opening in `language` (zh or en)."""
    chat, checking = Chat(assistant, library), Checking(checker, library)
    blocks: gr.Blocks = Page(chat, checking, language).blocks
    return blocks


def web_app(
    assistant: Assistant,
    library: CitedLibrary,
    checker: Checker,
    language: str = "zh",
    closing: asyncio.Event | None = None,
) -> FastAPI:
    """The page as an ASGI application, closed to everything the page does not use.

    Once `closing` is set, open connections end instead of holding up the server.
    """
    blocks = build_app(assistant, library, checker, language)
    blocks.queue(max_size=QUEUE_LENGTH, default_concurrency_limit=PARALLEL_ANSWERS)
    # Gradio otherwise keeps 10,000 events and summarises them with pandas after every click.
    blocks._queue.ANALYTICS_MAX_EVENTS = 1
    blocks._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Gate, closing=closing or asyncio.Event())

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(_ICON, media_type="image/svg+xml")

    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        # Shared computers in an office: the browser keeps no record of what was asked.
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        footer_links=[],
        max_file_size="1kb",
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        theme=page_theme(),
        css=files("ui").joinpath("page.css").read_text(encoding="utf-8"),
    )
    return app


def serve(
    assistant: Assistant,
    library: CitedLibrary,
    checker: Checker,
    *,
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    language: str = "zh",
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Show the page until interrupted. `on_ready` gets its address once it can be opened.

    The port is bound before the page is built, and the page is served by uvicorn directly:
    `Blocks.launch` picks up proxies and a dozen variables from the environment, and fails
    behind a proxy that does not know localhost. Port 0 is any free port.

    Raises:
        PortInUseError: the address or the port cannot be used.
    """
    listener = bind(host, port)
    try:
        server = page_server(assistant, library, checker, language)
        if on_ready:
            on_ready(address(listener))
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # uvicorn has closed everything by now and only passes the signal on.
        return
    finally:
        listener.close()


def page_server(
    assistant: Assistant, library: CitedLibrary, checker: Checker, language: str = "zh"
) -> uvicorn.Server:
    """A server for the page, to be run on a socket of `bind`."""
    closing = asyncio.Event()
    config = uvicorn.Config(
        web_app(assistant, library, checker, language, closing),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return _PageServer(config, closing)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; PortInUseError with what to do where there cannot be one."""
    if not 0 <= port <= 65535:
        # The system would take it modulo 65536 and serve the page where nobody looks.
        raise PortInUseError(*both("port_range", port=port))
    listener: socket.socket | None = None
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, target = found[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(target)
        listener.listen(128)
    except OSError as error:
        if listener:
            listener.close()
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else DEFAULT_PORT
            raise PortInUseError(*both("port_in_use", port=port, other=other)) from error
        if error.errno == errno.EACCES:
            raise PortInUseError(*both("port_denied", port=port)) from error
        raise PortInUseError(*both("host_unusable", host=host)) from error
    return listener


def address(listener: socket.socket) -> str:
    """The page's address as a browser on this machine opens it."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _PageServer(uvicorn.Server):
    """Ends the connections that open pages hold before it waits for them: Ctrl-C is prompt."""

    def __init__(self, config: uvicorn.Config, closing: asyncio.Event) -> None:
        super().__init__(config)
        self._closing = closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, with open pages told to go first."""
        self._closing.set()
        await super().shutdown(sockets)
