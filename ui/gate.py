"""What the web server lets through: the routes the page uses, and a policy for the browser.

Gradio serves more than this page needs (uploads, file access, an API description, a proxy).
`api_visibility="private"` only hides an endpoint, so what is not used is closed here.
"""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 512 * 1024
"""Bytes of one request. A question of 500 characters is 2 KB; the conversation on the screen
travels along with some events."""

_OPEN_PATHS = frozenset({"/", "/config", "/theme.css", "/favicon.ico", "/robots.txt"})
_OPEN_PREFIXES = ("/assets/", "/static/", "/svelte/")
_OPEN_API = frozenset(
    {"queue/join", "queue/data", "cancel", "reset", "app_id", "startup-events", "theme.css"}
)
_OPEN_API_PREFIXES = ("heartbeat/",)
_API = "/gradio_api/"

_BROWSER_POLICY = "; ".join(
    (
        # Gradio's front end compiles its templates and styles in the page: hence the unsafe-*.
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", _BROWSER_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


def is_open(path: str) -> bool:
    """Whether the page needs this path."""
    if path.startswith(_API):
        endpoint = path.removeprefix(_API).rstrip("/")
        return endpoint in _OPEN_API or endpoint.startswith(_OPEN_API_PREFIXES)
    return path in _OPEN_PATHS or path.startswith(_OPEN_PREFIXES)


class Gate:
    """ASGI middleware: closes unused routes, bounds bodies, sends the browser policy."""

    def __init__(self, app: ASGIApp, closing: asyncio.Event) -> None:
        self._app = app
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 or 413, or pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not is_open(scope["path"]):
            await _refuse(send, 404)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > BODY_LIMIT:
            await _refuse(send, 413)
            return
        exchange = _Exchange(receive, send, self._closing)
        await self._app(scope, exchange.receive, exchange.send)
        if self._closing.is_set():
            await exchange.finish()


class _Exchange:
    """One request and its response on their way through the gate."""

    def __init__(self, receive: Receive, send: Send, closing: asyncio.Event) -> None:
        self._receive = receive
        self._send = send
        self._closing = closing
        self._received = 0
        self._open = False
        """The response has begun and not ended."""

    async def receive(self) -> Message:
        """The next message; a disconnect where the body is too long or the server closes."""
        message = asyncio.ensure_future(self._receive())
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait((message, closing), return_when=asyncio.FIRST_COMPLETED)
            if not message.done():
                return {"type": "http.disconnect"}
            arrived = message.result()
        finally:
            message.cancel()
            closing.cancel()
        self._received += len(arrived.get("body", b""))
        # A body without a declared length could go on for ever.
        return arrived if self._received <= BODY_LIMIT else {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Send on, the browser policy among the headers."""
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
        self._open = bool(message.get("more_body", message["type"] == "http.response.start"))
        await self._send(message)

    async def finish(self) -> None:
        """End a response that was cut off because the server closes."""
        if self._open:
            await self._send({"type": "http.response.body", "body": b""})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
