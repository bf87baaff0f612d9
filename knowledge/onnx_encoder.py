"""Runs the converted embedding model: text → unit vector, with no torch in the process.

Importing torch and sentence-transformers takes six to eight seconds; a command that asks one
question must not wait for them. `OnnxTransformer` wraps this class where a
`SentenceTransformer` is wanted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.processors import available_threads

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
MAX_TOKENS = 512
"""Longest input of the model in tokens, `<s>` and `</s>` included."""

_LONGEST_TEXT = 32_768
"""Characters beyond this cannot reach token 512: the longest piece has 16 characters, and
whitespace is the only thing that costs characters without costing tokens."""

_THREADS_FOR_ONE_TEXT = 4
"""A question has some 15 tokens: more threads would only spin while they wait for each other."""

_FEW = 8
"""Below this many texts a second session is not worth creating."""


class OnnxEncoder:
    """The tokenizer and the `onnxruntime` session of one model folder.

    Every text is run on its own, so its vector never depends on the texts embedded beside it.
    Safe to use from several threads at once. Raises whatever `onnxruntime` or `tokenizers`
    raise if the folder is damaged.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self.folder = folder
        self.threads = threads or available_threads()
        file = folder / TOKENIZER_FILE
        self._tokenizer = _tokenizer(str(file), file.stat().st_mtime_ns)
        self._session = self._open(min(self.threads, _THREADS_FOR_ONE_TEXT))
        self._lock = threading.Lock()
        self._bulk_session: onnxruntime.InferenceSession | None = None
        self.dimension = int(self._session.get_outputs()[1].shape[1])

    def _open(self, threads: int) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )

    def token_ids(self, text: str) -> list[int]:
        """At most 512 token ids, `<s>` and `</s>` included."""
        # A lone surrogate (a badly decoded file) has no UTF-8 form: the tokenizer refuses it.
        clean = text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(clean).ids
        return ids

    def embed(self, text: str) -> NDArray[np.float32]:
        """The unit vector of `text`, shape (dimension,)."""
        return _run(self._session, self.token_ids(text))

    def run(self, ids: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Token vectors (length, dimension) and the unit vector (dimension,) of token ids."""
        tokens, sentence = self._session.run(None, {"input_ids": np.array([ids], np.int64)})
        return tokens[0], sentence[0]

    def embed_many(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dimension); one thread a text.

        Several texts at once on one thread each are a fifth faster than one text on all
        threads, and give the same bits.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        if len(texts) < _FEW or self.threads == 1:
            for index, text in enumerate(texts):
                vectors[index] = self.embed(text)
                if progress is not None:
                    progress(index + 1)
            return vectors
        session = self._bulk()

        def embed_one(index: int) -> None:
            vectors[index] = _run(session, self.token_ids(texts[index]))

        step = 32 * self.threads
        with ThreadPoolExecutor(self.threads, thread_name_prefix="embed") as pool:
            for start in range(0, len(texts), step):
                end = min(start + step, len(texts))
                list(pool.map(embed_one, range(start, end)))
                if progress is not None:
                    progress(end)
        return vectors

    def token_vectors(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Of each text the vectors of its tokens, shape (tokens, dimension)."""
        rows = [self.token_ids(text) for text in texts]
        if len(rows) < _FEW or self.threads == 1:
            return [self.run(ids)[0] for ids in rows]
        session = self._bulk()

        def read(ids: Sequence[int]) -> NDArray[np.float32]:
            tokens = session.run(["token_embeddings"], {"input_ids": np.array([ids], np.int64)})[0]
            return np.asarray(tokens[0], dtype=np.float32)

        with ThreadPoolExecutor(self.threads, thread_name_prefix="read") as pool:
            return list(pool.map(read, rows))

    def _bulk(self) -> onnxruntime.InferenceSession:
        with self._lock:
            if self._bulk_session is None:
                self._bulk_session = self._open(1)
            return self._bulk_session


@lru_cache(maxsize=2)
def _tokenizer(file: str, changed_ns: int) -> Tokenizer:
    """The tokenizer in `file`, read once for as long as it stays as it is: it takes a second."""
    tokenizer: Tokenizer = Tokenizer.from_file(file)
    return tokenizer


def _run(session: onnxruntime.InferenceSession, ids: Sequence[int]) -> NDArray[np.float32]:
    outputs = session.run(["sentence_embedding"], {"input_ids": np.array([ids], np.int64)})
    vector: NDArray[np.float32] = outputs[0][0]
    return vector
