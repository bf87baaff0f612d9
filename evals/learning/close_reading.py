"""Learns `knowledge/close_reading.npz`: how a question and a text are read together.

    python -m evals.learning.close_reading --data FOLDER [--likely] [--steps N] [--out FILE]

From `knowledge/everyday_questions.tsv` and the statutes that they are asked of, written without sight of
any case of an evaluation; a dozen of its questions are reported ones word for word. Each step takes some
questions, each with the paragraph that answers it and nine that nearly do. What is made least is the mean of −log( exp(score of the one that answers) ÷ Σ over all ten of the same ).
Takes three GiB of memory and half an hour. With `--likely` it is `knowledge/likely_reading.npz`, and also
the log loss of each score as the logarithm of the odds that the text answers is made small.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from assistant.factory import build_embedder
from assistant.settings import load_settings
from evals.learning.close_lessons import Lessons, lessons_on, paragraphs_in_force
from evals.learning.reading_module import Padded, ReadingModule
from evals.learning.rule_ranking import over_laws
from knowledge.bundled_model import is_bundled
from knowledge.close_reading import FILE, LIKELY, TOKENS, TokenEmbedder
from knowledge.everyday_questions import asked_articles
from knowledge.tokenization import simplify

_STEPS, _FEWEST_STEPS, _QUESTIONS = 3000, 100, 24
_RATE, _DECAY, _LARGEST_STEP = 2e-3, 0.01, 1.0
_SEED, _BATCH, _NOTED = 0, 256, 100
# What the log loss of the ten counts beside the other.
_OF_ODDS = 0.15
_SAMPLED = 97
"""Of every so manieth token mean and spread are taken."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as their tokens' vectors, in 16 bits, all behind each other."""

    tokens: NDArray[np.float16]
    ends: NDArray[np.intp]

    @classmethod
    def of(cls, embedder: TokenEmbedder, texts: Sequence[str], *, of_questions: bool) -> Texts:
        """Their vectors, up to the longest that is read."""
        rows: list[NDArray[np.float16]] = []
        for start in range(0, len(texts), _BATCH):
            batch = [simplify(text) for text in texts[start : start + _BATCH]]
            vectors = embedder.token_vectors(batch, of_questions=of_questions)
            rows += [own[:TOKENS].astype(np.float16) for own in vectors]
        return cls(np.concatenate(rows), np.cumsum([len(own) for own in rows]))

    def unit_means(self) -> NDArray[np.float32]:
        """The unit vector of each, by the tokens that are read; shape (texts, dimension)."""
        means = np.stack([self._rows(n).astype(np.float32).mean(0) for n in range(len(self.ends))])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)

    def padded(self, numbers: Sequence[int], mean: NDArray[np.float32], spread: float) -> Padded:
        """Some of them, standardised, as long as the longest."""
        rows = [torch.from_numpy((self._rows(n) - mean) / spread).float() for n in numbers]
        held = [torch.ones(len(own), dtype=torch.bool) for own in rows]
        pad = torch.nn.utils.rnn.pad_sequence
        return pad(rows, batch_first=True), pad(held, batch_first=True)

    def _rows(self, number: int) -> NDArray[np.float16]:
        return self.tokens[self.ends[number - 1] if number else 0 : self.ends[number]]


def learned(
    asked: Texts,
    read: Texts,
    lessons: Lessons,
    steps: int,
    notice: Callable[[str], None] = print,
    *,
    likely: bool = False,
) -> dict[str, NDArray[np.generic]]:
    """The weights of the reader; with `likely` such that its scores are logarithms of odds."""
    torch.manual_seed(_SEED)
    draw = np.random.default_rng(_SEED)
    sample = read.tokens[::_SAMPLED].astype(np.float32)
    mean, spread = sample.mean(0), float(sample.std())
    module = ReadingModule(len(mean))
    optimiser = torch.optim.AdamW(module.parameters(), lr=_RATE, weight_decay=_DECAY)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, steps, pct_start=0.1)
    losses = []
    for step in range(1, steps + 1):
        chosen = draw.integers(0, len(lessons.lessons), _QUESTIONS).tolist()
        beside = [lessons.beside(number, draw) for number in chosen]
        # Where a library is small, some questions have fewer paragraphs beside them than others.
        fewest = min(map(len, beside))
        places = np.stack([own[:fewest] for own in beside])
        cosines = np.stack([lessons.cosines(n, p) for n, p in zip(chosen, places, strict=True)])
        texts, are_tokens = read.padded(places.ravel().tolist(), mean, spread)
        shape = (*places.shape, texts.shape[1])
        paragraphs = texts.view(*shape, -1), are_tokens.view(shape)
        scores = module(asked.padded(chosen, mean, spread), paragraphs, torch.from_numpy(cosines))
        loss = functional.cross_entropy(scores, torch.zeros(len(chosen), dtype=torch.long))
        if likely:
            loss = loss + _OF_ODDS * _log_loss(scores)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(module.parameters(), _LARGEST_STEP)
        optimiser.step()
        rate.step()
        losses.append(float(loss.detach()))
        if step % _NOTED == 0:
            notice(f"{step} of {steps}: loss {np.mean(losses[-_NOTED:]):.3f}")
    return dict(module.weights(mean, spread))


def _log_loss(scores: torch.Tensor) -> torch.Tensor:
    """Of the texts of a question together, the first of which answers; the mean of all questions."""
    answers = torch.zeros_like(scores)
    answers[:, 0] = 1
    lost = functional.binary_cross_entropy_with_logits(scores, answers, reduction="none")
    return lost.sum(1).mean()


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the weights and write them; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="the data folder of the suites")
    parser.add_argument("--steps", type=int, default=_STEPS, help="how long (%(default)s)")
    parser.add_argument("--likely", action="store_true", help="learn how likely a text answers")
    parser.add_argument(
        "--out", type=Path, help=f"the file to write ({FILE.name} or {LIKELY.name})"
    )
    given = parser.parse_args(arguments)
    if given.steps < _FEWEST_STEPS:
        parser.error(f"--steps: {_FEWEST_STEPS} or more")
    settings = load_settings()
    embedder = build_embedder(settings, print)
    if not (is_bundled(embedder.fingerprint) and isinstance(embedder, TokenEmbedder)):
        parser.error("only of the bundled embedding model: set no other in the settings")
    assistant = over_laws(settings, given.data)
    if assistant is None:
        return 1
    blocks = paragraphs_in_force(assistant.retriever.snapshot())
    lessons = lessons_on(blocks, asked_articles())
    print(f"{len(lessons)} questions, {len(blocks)} paragraphs")
    asked = Texts.of(embedder, [one.question for one in lessons], of_questions=True)
    read = Texts.of(embedder, [block.opening for block in blocks], of_questions=False)
    laws = {id: number for number, id in enumerate(dict.fromkeys(b.document.id for b in blocks))}
    of_block = np.array([laws[block.document.id] for block in blocks])
    given_to = Lessons(lessons, of_block, asked.unit_means(), read.unit_means())
    weights = learned(asked, read, given_to, given.steps, likely=given.likely)
    out = given.out or (LIKELY if given.likely else FILE)
    with out.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **weights)
    return 0


if __name__ == "__main__":
    sys.exit(main())
