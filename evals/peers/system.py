"""A system that can be compared: documents in, passages out."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError
from evals.retrieval.asking import Search
from evals.retrieval.question import SourceText
from knowledge.embedding import Embedder

INSTALL = "pip install 'policy-assistant[peers]'"


@dataclass(frozen=True, slots=True)
class Built:
    """A system with the documents in it."""

    search: Search
    passages: int
    """Into how many pieces it has cut the documents."""


Build = Callable[[Sequence[SourceText], Embedder, Path], Built]
"""Documents, embedding model, an empty folder of its own → the system, ready to be asked."""


@dataclass(frozen=True, slots=True)
class System:
    """A row of the comparison."""

    name: str
    setup: str
    """How it is set up, for the report."""
    packages: tuple[str, ...]
    """Modules it needs beyond this project's own."""
    build: Build

    def missing(self) -> tuple[str, ...]:
        """Those of `packages` that are not installed."""
        return tuple(name for name in self.packages if not _is_installed(name))


class TimedEmbedder:
    """An `Embedder` that counts the seconds it spends on passages."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.seconds = 0.0

    @property
    def fingerprint(self) -> str:
        """Of the model inside."""
        return self._inner.fingerprint

    @property
    def dimension(self) -> int:
        """Of the model inside."""
        return self._inner.dimension

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """As the model inside."""
        return self._inner.embed_query(text)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """As the model inside, timed."""
        started = time.perf_counter()
        vectors = self._inner.embed_passages(texts, progress)
        self.seconds += time.perf_counter() - started
        return vectors


def whole_text(document: SourceText) -> str:
    """A document as a file of it would read: the title is its first line."""
    return f"{document.title}\n{document.text}" if document.title else document.text


def without_title(piece: str, title: str) -> str:
    """A piece of `whole_text` without the title's line, which is no context to read.

    What the product retrieves holds no title either: the same characters are counted.
    """
    return piece.removeprefix(title).lstrip() if title else piece


def library(name: str) -> Any:
    """The module `name` of a peer, imported when it is needed.

    Raises AssistantError, naming what to install.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise AssistantError(
            f"未安装 {name}。请运行：{INSTALL}。", f"{name} is not installed. Run: {INSTALL}."
        ) from error


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
