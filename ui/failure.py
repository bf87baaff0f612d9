"""An error → what a reader is told, and what the log may hold of it."""

from __future__ import annotations

import logging

from knowledge.errors import KnowledgeError
from ui.wording import both

_LOG = logging.getLogger(__name__)


def failure_sentence(error: Exception, unexpected: str = "unexpected") -> tuple[str, str]:
    """What a reader is told about `error`, in Chinese and in English.

    `unexpected` names the sentence (of ui.wording) for an error that brings none of its own.
    """
    if isinstance(error, KnowledgeError):
        return error.message_zh, error.message_en
    log_failure(error)
    return both(unexpected)


def log_failure(error: Exception) -> None:
    """Log where it failed. Not the message and not the traceback's values: an exception of a
    library may quote the question it was given."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    _LOG.error("page: %s at %s", type(error).__name__, where)
