"""Learns `knowledge/question_map.npy`: how far a question lies from its answers.

    python -m evals.learning.question_map --data FOLDER [--out FILE]

The map W minimises, with the vectors q of questions and p of passages kept as they are, the mean of
−log( Σ over the answers of exp(cos(q + qW, p) / T) ÷ Σ over the passages of the same ), plus λ‖W‖²
(the loss of contrastive learning, van den Oord et al. 2018). Learned from the halves that are not
reported. Takes some ten minutes once the libraries of the suites are made.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.settings import load_settings
from evals.cases import load_cases
from evals.ingestion.data_folder import data_folder
from evals.laws.suite import LAWS_SUITE, WORDED_SUITE
from evals.learning.answered import Answered, answered_by, answered_cases
from evals.retrieval import RETRIEVAL_SUITES
from evals.retrieval.suite import RetrievalSuite
from evals.workspace import Workspace, fresh_workspace
from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.question_map import FILE
from knowledge.retrieval import PARTS, HybridRetriever

_TEMPERATURE = 0.05
_DECAY = 1e-3
_RATE = 1e-3
_DROPOUT = 0.1
_BATCH = 256
_STEPS = 80
_SEEDS = (0, 1)
"""Their maps are averaged."""
_SHARE = 0.6
"""Of the way a question is moved: all of it lost on texts that are no rules."""
_FLOOR_QUESTIONS = 800
# The wrong passages are to be those that the model itself puts near.
_LEFT_OUT = {"question map", "everyday questions"}


def learn(parts: Sequence[Answered], seed: int, steps: int = _STEPS) -> NDArray[np.float32]:
    """The whole way: what is added to a question, as a matrix, shape (dimension, dimension)."""
    torch.manual_seed(seed)
    data = [
        (
            torch.tensor(part.questions),
            torch.tensor(part.passages),
            torch.tensor(part.answers),
            part.weight,
        )
        for part in parts
    ]
    dimension = parts[0].questions.shape[1]
    added = torch.zeros(dimension, dimension, requires_grad=True)
    optimiser = torch.optim.Adam([added], lr=_RATE)
    for _ in range(steps):
        loss = _DECAY * (added**2).sum()
        for questions, passages, answers, weight in data:
            rows = torch.randperm(len(questions))[:_BATCH]
            asked = questions[rows]
            way = torch.nn.functional.dropout(asked, _DROPOUT) @ added
            moved = torch.nn.functional.normalize(asked + way, dim=1)
            near = moved @ passages.T / _TEMPERATURE
            right = torch.logsumexp(near.masked_fill(~answers[rows], -torch.inf), 1)
            loss = loss + weight * (torch.logsumexp(near, 1) - right).mean()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    learned: NDArray[np.float32] = added.detach().numpy()
    return learned


def learned_from(workspace: Workspace, kept: Path, folder: Path | None) -> list[Answered]:
    """Everything that the map is learned from; `kept` holds the libraries of the suites."""
    suites = {suite.name: suite.over(folder).kept_in(kept) for suite in RETRIEVAL_SUITES}
    laws = _laws(workspace, folder)
    cases = [c for s in (LAWS_SUITE, WORDED_SUITE) for c in load_cases(s.path) if c.split == "tune"]
    return [
        answered_by(_tune(suites["lay"]), _retriever(suites["lay"], workspace), 1.0),
        answered_cases(cases, laws, 1.0),
        # Texts that are no rules, so that their questions stay where they are.
        answered_by(
            _tune(suites["floor"])[:_FLOOR_QUESTIONS], _retriever(suites["floor"], workspace), 0.3
        ),
        answered_by(_tune(suites["script"]), _retriever(suites["script"], workspace), 1.0),
    ]


def _tune(suite: RetrievalSuite) -> list[tuple[str, frozenset[str]]]:
    return [(question.text, question.gold) for question in suite.questions("tune")]


def _retriever(suite: RetrievalSuite, workspace: Workspace) -> HybridRetriever:
    home = suite.prepared(workspace, lambda done, total: None)
    return _unmoved(home, workspace)


def _laws(workspace: Workspace, folder: Path | None) -> HybridRetriever:
    ingest([str(data_folder(folder) / "laws")], workspace.home, workspace.embedder)
    return _unmoved(workspace.home, workspace)


def _unmoved(home: Path, workspace: Workspace) -> HybridRetriever:
    return HybridRetriever(
        catalog_path(home), index_folder(home), workspace.embedder, parts=PARTS - _LEFT_OUT
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the map anew and write it; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="the data folder of the suites")
    parser.add_argument("--out", type=Path, default=FILE, help="the file to write (%(default)s)")
    given = parser.parse_args(arguments)
    settings = load_settings()
    with fresh_workspace(settings, print) as workspace:
        parts = learned_from(workspace, settings.home / "eval-homes", given.data)
    for part in parts:
        print(f"{len(part.questions)} questions, {len(part.passages)} passages")
    whole = np.mean([learn(parts, seed) for seed in _SEEDS], axis=0)
    np.save(given.out, (_SHARE * whole).astype(np.float16))
    return 0


if __name__ == "__main__":
    sys.exit(main())
