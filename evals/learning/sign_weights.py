"""Weights of signs: of those by which paragraphs are ordered, and of those that tell an answer.

How each is learned: `rule_ranking.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.learning.weighed_turns import WeighedTurn

Floats = NDArray[np.float64]

_RANKING_DECAY, _TELLING_DECAY = 3e-3, 2e-3
# What a turn counts in the telling: one on the law, and one that opens another subject; and both with
# the law taken away that answers. Of turns on the law that is answered nearly always something.
_KEPT = {"right": 1.0, "given": 1.0, "other": 1.5, "first": 1.0}
_TAKEN = {"right": 0.2, "given": 0.2, "other": 2.0, "first": 1.0}


@dataclass(frozen=True, slots=True)
class Told:
    """The paragraph that is ranked first of those of a turn, and whether it answers."""

    turn: WeighedTurn
    is_taken: bool
    """True without the law that answers."""
    signs: Floats
    """Those that tell, and the lead over the second."""
    answers: bool

    @property
    def counts(self) -> float:
        """What it counts."""
        return (_TAKEN if self.is_taken else _KEPT)[self.turn.behind]


def learned_ranking(turns: Sequence[WeighedTurn], names: Sequence[str]) -> Floats:
    """The weights of the signs `names`; turns whose answer is not among the paragraphs tell nothing."""
    lists = [matrix_of(turn, names) for turn in turns if turn.right]
    rights = [turn.right for turn in turns if turn.right]
    signs = np.concatenate(lists)
    spread = signs.std(0) + 1e-9
    signs = signs / spread
    starts = np.cumsum([0, *(len(own) for own in lists[:-1])])
    row = np.repeat(np.arange(len(lists)), [len(own) for own in lists])
    is_right = np.zeros(len(signs), dtype=np.bool_)
    for start, right in zip(starts, rights, strict=True):
        is_right[start + np.array(right)] = True

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = signs @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[row])
        whole = np.add.reduceat(raised, starts)
        # What answers may lie so far below the first that its share is no number any more.
        part = np.add.reduceat(raised * is_right, starts) + 1e-300
        slope = (raised / whole[row] - raised * is_right / part[row]) @ signs / len(lists)
        value = float(np.mean(np.log(whole) - np.log(part)) + _RANKING_DECAY * weights @ weights)
        return value, slope + 2 * _RANKING_DECAY * weights

    return np.asarray(_least(loss, len(names)) / spread, dtype=np.float64)


def learned_telling(told: Sequence[Told]) -> Floats:
    """The weights of the signs of first paragraphs, and what is added to their sum."""
    signs = np.stack([one.signs for one in told])
    mean, spread = signs.mean(0), signs.std(0) + 1e-9
    signs = np.column_stack(((signs - mean) / spread, np.ones(len(signs))))
    answers = np.array([one.answers for one in told], dtype=np.float64)
    share = np.array([one.counts for one in told])
    share /= share.sum()
    decay = np.array([*[_TELLING_DECAY] * len(mean), 0.0])

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = signs @ weights
        value = float(share @ (np.logaddexp(0, sums) - answers * sums) + decay @ weights**2 / 2)
        return value, (share * (probable(sums) - answers)) @ signs + decay * weights

    found = _least(loss, len(mean) + 1)
    weights = found[:-1] / spread
    return np.array([*weights, found[-1] - weights @ mean])


def told_first(
    turn: WeighedTurn, names: Sequence[str], telling: Sequence[str], weights: Floats
) -> list[Told]:
    """What `weights` of the signs `names` put first: of all, and without the law that answers.

    With its signs `telling`, and its lead.
    """
    scores, own = matrix_of(turn, names) @ weights, matrix_of(turn, telling)
    told = []
    for is_taken in (False, True):
        of_law = set(turn.of_law) if is_taken else set()
        left = np.array([at for at in range(len(scores)) if at not in of_law], dtype=np.intp)
        if len(left) < 2:
            continue
        order = left[np.argsort(-scores[left])]
        signs = np.array([*own[order[0]], scores[order[0]] - scores[order[1]]])
        # Without its law nothing counts as an answer, though another may hold the same words.
        answers = not is_taken and int(order[0]) in turn.right
        told.append(Told(turn, is_taken, signs, answers))
    return told


def learning_arguments(arguments: Sequence[str] | None, file: Path) -> argparse.Namespace:
    """What a program that learns `file` anew is given: the folder `data`, and the file `out`."""
    parser = argparse.ArgumentParser(description=f"Learns {file.name} anew.")
    parser.add_argument("--data", type=Path, help="the data folder of the suites")
    parser.add_argument("--out", type=Path, default=file, help="the file to write (%(default)s)")
    return parser.parse_args(arguments)


def weights_text(
    intro: Sequence[str],
    heads: Mapping[str, str],
    weights: Mapping[str, Mapping[str, float]],
) -> str:
    """The text of a file of weights: some lines on the whole, and on each part of `heads` one."""
    lines = [f"# {line}" for line in intro]
    for part, head in heads.items():
        lines += [f"# {head}", f"{part}:"]
        lines += [f"  {name}: {weight:.3f}" for name, weight in weights[part].items()]
    return "\n".join(lines) + "\n"


def matrix_of(turn: WeighedTurn, names: Sequence[str]) -> Floats:
    """Some signs of the paragraphs of a turn, shape (paragraphs, signs)."""
    columns = [np.array(turn.signs[name], dtype=np.float64) for name in names]
    return np.stack(columns, axis=1)


def probable(sums: Floats) -> Floats:
    """The probabilities that sums of signs stand for."""
    return np.asarray(1 / (1 + np.exp(-sums)), dtype=np.float64)


def _least(loss: Callable[[Floats], tuple[float, Floats]], number: int) -> Floats:
    found = minimize(loss, np.zeros(number), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x, dtype=np.float64)
