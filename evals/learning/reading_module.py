"""What `knowledge/close_reading.py` computes, as a torch module that can learn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from knowledge.close_reading import HEADS, Floats

_DIMENSION, _WIDE, _NARROW = 128, 128, 64
_DROPOUT = 0.1
# What a cosine of the bundled model counts before anything is learned. No order depends on the others,
# with which the scores of texts on the subject lie about 0.
_STEEPNESS, _USUAL, _SHIFT = 20.0, 0.86, -2.5
_NEVER = -1e4
Padded = tuple[torch.Tensor, torch.Tensor]
"""Token vectors, shape (…, tokens, dimension), and which of them are tokens, shape (…, tokens)."""


class ReadingModule(nn.Module):
    """Scores questions, each against texts of its own."""

    def __init__(self, tokens: int) -> None:
        """`tokens` is the dimension of a token's vector."""
        super().__init__()
        self.query, self.key = nn.Linear(tokens, _DIMENSION), nn.Linear(tokens, _DIMENSION)
        self.value, self.own = nn.Linear(tokens, _DIMENSION), nn.Linear(tokens, _DIMENSION)
        self.first = nn.Linear(3 * _DIMENSION + HEADS, _WIDE)
        self.second = nn.Linear(_WIDE, _NARROW)
        self.gate = nn.Linear(_NARROW + _DIMENSION, 1)
        self.third = nn.Linear(2 * _NARROW, _NARROW)
        self.score = nn.Linear(_NARROW, 1)
        self.steepness = nn.Parameter(torch.tensor(_STEEPNESS))
        self._gelu = nn.GELU(approximate="tanh")
        self._dropout = nn.Dropout(_DROPOUT)

    def forward(self, asked: Padded, read: Padded, cosines: torch.Tensor) -> torch.Tensor:
        """Scores, shape (questions, texts), as are the `cosines`.

        `asked` holds (questions, tokens, dimension), `read` (questions, texts, tokens, dimension).
        """
        (questions, is_asked), (texts, is_read) = asked, read
        shape = (HEADS, _DIMENSION // HEADS)
        query = self.query(questions).view(*questions.shape[:2], *shape)
        key = self.key(texts).view(*texts.shape[:3], *shape)
        value = self.value(texts).view(*texts.shape[:3], *shape)
        likeness = torch.einsum("bmhe,bknhe->bkhmn", query, key) / shape[1] ** 0.5
        likeness = likeness.masked_fill(~is_read[:, :, None, None, :], _NEVER)
        highest = likeness.amax(-1, keepdim=True).detach()
        raised = (likeness - highest).exp()
        total = raised.sum(-1, keepdim=True)
        tokens = is_read.sum(-1).float().clamp(min=1).log()[:, :, None, None]
        found = (total.log() + highest).squeeze(-1) - tokens
        like = torch.einsum("bkhmn,bknhe->bkmhe", raised, value)
        like = (like / total.squeeze(-1).transpose(2, 3)[..., None]).flatten(3)
        own = self.own(questions)[:, None].expand_as(like)
        signs = torch.cat([like, own * like, (own - like).abs(), found.transpose(2, 3)], -1)
        told = self._gelu(self.second(self._dropout(self._gelu(self.first(signs)))))
        weight = self.gate(torch.cat([told, own], -1)).squeeze(-1)
        weight = weight.masked_fill(~is_asked[:, None], _NEVER).softmax(-1)
        most = told.masked_fill(~is_asked[:, None, :, None], _NEVER).amax(2)
        together = torch.cat([(told * weight[..., None]).sum(2), most], -1)
        said = self.score(self._gelu(self.third(together))).squeeze(-1)
        scores: torch.Tensor = said + self.steepness * (cosines - _USUAL) + _SHIFT
        return scores

    def weights(self, mean: Floats, spread: float) -> Mapping[str, NDArray[np.generic]]:
        """As the reader keeps them, for tokens as the model gives them.

        `mean`, shape (dimension,), and `spread` are what tokens were standardised by to learn.
        """
        kept: dict[str, NDArray[np.generic]] = {}
        for name, layer in self.named_children():
            if isinstance(layer, nn.Linear):
                weight = layer.weight.detach().numpy().T.astype(np.float64)
                bias = layer.bias.detach().numpy().astype(np.float64)
                if name in ("query", "key", "value", "own"):
                    weight = weight / spread
                    bias = bias - mean @ weight
                kept[f"{name}.weight"] = weight.astype(np.float16)
                kept[f"{name}.bias"] = bias.astype(np.float32)
        cosine = [float(self.steepness.detach()), _USUAL, _SHIFT]
        return {**kept, "cosine": np.array(cosine, dtype=np.float32)}
