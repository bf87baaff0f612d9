"""The checks on a sentence, by name, so that an evaluation can leave one out and time each.

figures     amounts, dates, bounds            words    words without support
references  places, titles, numbers           gate     nothing that only the model's words carry
polarity    negation and force                orders   instructions found in a document
acts, roles who does what to whom             labels   words of one item said of another
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

CHECKS = (
    "figures",
    "references",
    "polarity",
    "acts",
    "roles",
    "labels",
    "words",
    "gate",
    "orders",
)
"""All names, in the order of the checks."""
_Result = TypeVar("_Result")


@dataclass(slots=True)
class Watched:
    """What an evaluation sees of the checks."""

    off: frozenset[str] = frozenset()
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CHECKS, 0.0))
    """Spent in each check so far."""
    sentences: int = 0
    """Sentences judged so far, each as often as it was tried against evidence."""


_WATCHED: ContextVar[Watched | None] = ContextVar("watched_checks", default=None)


def checked(name: str, check: Callable[[], _Result], passed: _Result) -> _Result:
    """What `check` finds; `passed`, which finds nothing, where an evaluation leaves it out."""
    watched = _WATCHED.get()
    if watched is None:
        return check()
    if name in watched.off:
        return passed
    started = time.perf_counter()
    try:
        return check()
    finally:
        watched.seconds[name] += time.perf_counter() - started


def count_sentence() -> None:
    """Note that one more sentence is judged."""
    if (watched := _WATCHED.get()) is not None:
        watched.sentences += 1


@contextmanager
def watched_checks(*off: str) -> Iterator[Watched]:
    """Inside, the checks are timed, and those named in `off` find nothing.

    For evaluations only: the product always makes every check. Raises ValueError for a name
    that is no check.
    """
    if unknown := set(off) - set(CHECKS):
        raise ValueError(f"no such check: {', '.join(sorted(unknown))}")
    watched = Watched(frozenset(off))
    token = _WATCHED.set(watched)
    try:
        yield watched
    finally:
        _WATCHED.reset(token)
