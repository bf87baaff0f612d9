"""The converted model as a sentence-transformers module.

With it the bundled model is an ordinary `SentenceTransformer`: prompts, `encode_query`,
`encode_document`, token vectors. Importing this module imports torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from knowledge.onnx_encoder import MAX_TOKENS, OnnxEncoder


class OnnxTransformer(InputModule):
    """Runs an `OnnxEncoder` inside a `SentenceTransformer`; pooling is part of its graph."""

    max_seq_length = MAX_TOKENS

    def __init__(self, encoder: OnnxEncoder) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.encoder = encoder

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, torch.Tensor | Any]:
        """Token ids padded to the longest text, and their mask, both (n, length)."""
        rows = [self.encoder.token_ids((prompt or "") + text) for text in inputs]
        length = max(len(row) for row in rows)
        return {
            "input_ids": torch.tensor([row + [1] * (length - len(row)) for row in rows]),
            "attention_mask": torch.tensor(
                [[1] * len(row) + [0] * (length - len(row)) for row in rows]
            ),
        }

    def forward(
        self, features: dict[str, torch.Tensor | Any], **kwargs: Any
    ) -> dict[str, torch.Tensor | Any]:
        """Adds `token_embeddings` (n, length, dimension) and `sentence_embedding`."""
        ids, mask = features["input_ids"], features["attention_mask"]
        tokens = torch.zeros((*ids.shape, self.encoder.dimension))
        sentences = torch.empty((len(ids), self.encoder.dimension))
        # One by one, without the padding: see the note on scales in `onnx_graph`.
        for row, length in enumerate(mask.sum(dim=1).tolist()):
            token_rows, sentence = self.encoder.run(ids[row, :length].tolist())
            tokens[row, :length] = torch.from_numpy(token_rows)
            sentences[row] = torch.from_numpy(sentence)
        return {**features, "token_embeddings": tokens, "sentence_embedding": sentences}

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return self.encoder.dimension

    def save(
        self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any
    ) -> None:
        """Copy the model's files into `output_path`."""
        target = Path(output_path)
        target.mkdir(parents=True, exist_ok=True)
        for source in self.encoder.folder.iterdir():
            (target / source.name).write_bytes(source.read_bytes())

    @classmethod
    def load(  # type: ignore[override]  # of the library's arguments none but the place matters
        cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any
    ) -> Self:
        """From a converted folder."""
        return cls(OnnxEncoder(Path(model_name_or_path) / subfolder))


def as_sentence_transformer(
    encoder: OnnxEncoder, query_prompt: str, passage_prompt: str
) -> SentenceTransformer:
    """The converted model as a `SentenceTransformer`."""
    return SentenceTransformer(
        modules=[OnnxTransformer(encoder)],
        device="cpu",
        prompts={"query": query_prompt, "document": passage_prompt},
        similarity_fn_name="cosine",
        local_files_only=True,
    )
