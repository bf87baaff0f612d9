"""Why a chat model gave no usable answer. Never holds words of the question or of the reply."""

from __future__ import annotations

from typing import Literal

ChatCause = Literal[
    "not_installed",
    "misconfigured",
    "unreachable",
    "timeout",
    "rate_limited",
    "access",
    "rejected",
    "server",
    "malformed",
    "filtered",
    "refused",
    "empty",
    "tool_call",
    "unfounded",
    "language",
]


class ChatFailure(Exception):
    """The model gave nothing, or stopped on the way."""

    def __init__(self, cause: ChatCause) -> None:
        super().__init__(cause)
        self.cause: ChatCause = cause


def failure_of(error: Exception) -> ChatFailure:
    """The cause behind an exception of whatever library speaks to the server.

    Every provider has exceptions of its own; they agree on `status_code` and on how they name
    a time-out and a lost connection.
    """
    if isinstance(error, ChatFailure):
        return error
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return ChatFailure(_cause_of_status(status))
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if isinstance(error, ImportError):
        return ChatFailure("not_installed")
    if "Timeout" in names:
        return ChatFailure("timeout")
    if "Connect" in names or isinstance(error, OSError):
        return ChatFailure("unreachable")
    if "ProtocolError" in names or "ReadError" in names:
        return ChatFailure("malformed")
    if isinstance(error, (ValueError, TypeError, KeyError, IndexError, AttributeError)):
        return ChatFailure("malformed")
    return ChatFailure("server")


def _cause_of_status(status: int) -> ChatCause:
    if status == 429:
        return "rate_limited"
    if status in (401, 403):
        return "access"
    return "rejected" if 400 <= status < 500 else "server"
