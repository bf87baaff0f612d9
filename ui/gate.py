"""What the web server lets through: the routes the page uses, and a policy for the browser.

Gradio serves more than this page needs (uploads, file access, an API description, a proxy).
`api_visibility="private"` only hides an endpoint, so what is not used is closed here.
"""

from __future__ import annotations

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

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
        received = 0

        async def bounded_receive() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > BODY_LIMIT:
                # A body without a declared length that does not end.
                return {"type": "http.disconnect"}
            return message

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
            await send(message)

        await self._app(scope, bounded_receive, send_with_policy)


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
