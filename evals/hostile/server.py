"""A model server on loopback that speaks the OpenAI protocol, and plays what it is told to.

It answers from a script, whatever it is asked; only the numbers of the evidence it takes from
the request. How it sends the script is its delivery: in pieces, cut, broken, stalled, or not.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Delivery = Literal[
    "stream",
    "single",
    "characters",
    "split_bytes",
    "no_done",
    "pings_between",
    "stall_first",
    "stall_middle",
    "silent_pings",
    "broken_json",
    "cut",
    "closed_at_once",
    "length",
    "endless",
    "empty",
    "filtered",
    "filtered_middle",
    "refusal",
    "tool_call",
    "error_event",
    "html_page",
    "not_json",
    "bad_request",
    "unauthorized",
    "not_found",
    "rate_limited",
    "server_error",
    "unavailable",
    "thinking",
]
_STATUS = {
    "bad_request": 400,
    "unauthorized": 401,
    "not_found": 404,
    "rate_limited": 429,
    "server_error": 500,
    "unavailable": 503,
}
_EVIDENCE = re.compile(r"<<<(\w+) 资料 \[(\d+)\] 开始>>>\n(.*?)\n<<<\1 资料 \[\2\] 结束>>>", re.S)
_PLACEHOLDER = re.compile(r"\{(!?)([^{}]+)\}")
_LONGEST_STALL = 30.0


class HostileServer:
    """Serves until closed; one script at a time."""

    def __init__(self) -> None:
        self.script = ""
        self.delivery: Delivery = "stream"
        self.requests: list[str] = []
        """The body of each request, as received."""
        self.missing: list[str] = []
        """Words of the script that no evidence held: a mistake of the script."""
        self._over = threading.Event()
        outer = self

        class Handler(_Handler):
            server_of_scripts = outer

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """The address to configure as the model's."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def play(self, script: str, delivery: Delivery = "stream") -> None:
        """What to say to the next requests, and how."""
        self._over.set()
        self._over = threading.Event()
        self.script, self.delivery = script, delivery

    def close(self) -> None:
        """Stop serving; whoever is stalled is let go."""
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> HostileServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def said(self, body: str) -> str:
        """The script with the numbers of the request's evidence."""
        request = json.loads(body)
        user = "\n".join(str(message["content"]) for message in request["messages"])
        evidence = {int(number): text for _, number, text in _EVIDENCE.findall(user)}

        def number(match: re.Match[str]) -> str:
            is_wrong, words = match.groups()
            found = [key for key, text in evidence.items() if (words in text) != bool(is_wrong)]
            if not found:
                self.missing.append(words)
                return ""
            return f"[{found[0]}]"

        return _PLACEHOLDER.sub(number, self.script)

    def wait(self) -> Iterator[None]:
        """Time passing in a stall, until the next script or too long."""
        over, end = self._over, time.monotonic() + _LONGEST_STALL
        while not over.wait(0.05) and time.monotonic() < end:
            yield


class _Handler(BaseHTTPRequestHandler):
    server_of_scripts: HostileServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the requests hold questions."""

    def do_POST(self) -> None:
        """One completion."""
        server = self.server_of_scripts
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8")
        server.requests.append(body)
        delivery = server.delivery
        text = server.said(body)
        self.close_connection = True
        try:
            if delivery in _STATUS:
                self._page(_STATUS[delivery], b'{"error": {"message": "no", "code": "no"}}')
            elif delivery == "closed_at_once":
                self.connection.shutdown(socket.SHUT_RDWR)
            elif delivery == "html_page":
                self._page(200, b"<html><body>Please log in</body></html>", "text/html")
            elif delivery == "not_json":
                self._page(200, b'data: {"choices": oops}\n\n', "text/event-stream")
            else:
                self._stream(text, delivery)
        except (BrokenPipeError, ConnectionError):
            pass  # the reader has gone, as readers do

    def _page(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 429:
            self.send_header("Retry-After", "60")
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, text: str, delivery: Delivery) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.flush()
        server = self.server_of_scripts
        if delivery == "stall_first":
            for _ in server.wait():
                pass
            return
        half = text[: len(text) // 2]
        if delivery == "thinking":
            text = f"<think>先想想：可能是980万元？\n编号[9]。</think>\n{text}"
        match delivery:
            case "single":
                self._say(text)
            case "characters":
                self._pieces(text, 1)
            case "split_bytes":
                self._split(text)
            case "pings_between":
                for start in range(0, len(text), 9):
                    self._write(b": ping\n\n")
                    self._say(text[start : start + 9])
            case "stall_middle":
                self._pieces(half)
                for _ in server.wait():
                    pass
                return
            case "silent_pings":
                self._pieces(half)
                for _ in server.wait():
                    self._write(b": ping\n\n")
                return
            case "broken_json":
                self._pieces(half)
                self._write(b'data: {"choices": [{"delta": {"content": "9\n\n')
                return
            case "cut":
                self._pieces(half)
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            case "length":
                self._pieces(text[:-6])
                self._event({"delta": {}, "finish_reason": "length"})
                self._write(b"data: [DONE]\n\n")
                return
            case "endless":
                for _ in range(400):
                    self._pieces(text, 40)
            case "empty":
                pass
            case "filtered" | "filtered_middle":
                self._pieces(half if delivery == "filtered_middle" else "")
                self._event({"delta": {}, "finish_reason": "content_filter"})
                self._write(b"data: [DONE]\n\n")
                return
            case "refusal":
                self._event({"delta": {"refusal": "I can't help with that."}})
            case "tool_call":
                call = {"index": 0, "id": "1", "type": "function"}
                call |= {"function": {"name": "web_search", "arguments": "{}"}}
                self._event({"delta": {"tool_calls": [call]}})
            case "error_event":
                self._pieces(half)
                self._write(b'data: {"error": {"message": "overloaded", "code": 500}}\n\n')
                return
            case _:
                self._pieces(text)
        self._event({"delta": {}, "finish_reason": "stop"})
        if delivery != "no_done":
            self._write(b"data: [DONE]\n\n")

    def _pieces(self, text: str, size: int = 7) -> None:
        for start in range(0, len(text), size):
            self._say(text[start : start + size])

    def _split(self, text: str) -> None:
        """Events cut in the middle of characters."""
        raw = b"".join(
            _line({"delta": {"content": text[i : i + 5]}}) for i in range(0, len(text), 5)
        )
        for start in range(0, len(raw), 11):
            self._write(raw[start : start + 11])

    def _say(self, text: str) -> None:
        self._event({"delta": {"content": text}})

    def _event(self, choice: dict[str, object]) -> None:
        self._write(_line(choice))

    def _write(self, raw: bytes) -> None:
        self.wfile.write(raw)
        self.wfile.flush()


def _line(choice: dict[str, object]) -> bytes:
    event = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "hostile",
        "choices": [{"index": 0, "finish_reason": None, **choice}],
    }
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
