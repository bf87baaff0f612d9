"""Learns `assistant/rule_ranking.yaml`: how much each sign of a paragraph counts.

    python -m evals.learning.rule_ranking --data FOLDER [--turns FILE] [--out FILE]

From the conversations of `evals/laws/turns.tsv` that are not reported (`weighed_turns.py`). The weights
w of the signs x of paragraphs minimise the mean over the turns of −log( Σ over the paragraphs that
answer of exp(w·x) ÷ Σ over all of the same ), plus λ‖w‖² with every sign in units of its spread (a
listwise logistic model). Whether the first paragraph answers is a logistic model of some of its signs
and its lead over the second, learned from the order that weights give which were learned from other
laws; its counter-examples are the same turns with the law that answers them taken away.

The signs are those that the present file names: to try one more, give it a line there. `--turns`
keeps the signs of all turns, so that the next run only learns; delete that file when the signs or
the choice of what may answer have changed, or the weights of `ranking`, which choose what is read. Takes an hour without it.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.factory import build_embedder
from assistant.pipeline import PolicyAssistant
from assistant.ranked import Weights, weights_in
from assistant.rule_ranking import FILE
from assistant.settings import Settings, load_settings
from evals.laws.turns import TURNS_SUITE
from evals.learning.sign_weights import (
    Floats,
    Told,
    learned_ranking,
    learned_telling,
    matrix_of,
    probable,
    told_first,
)
from evals.learning.weighed_turns import (
    Behind,
    LawTexts,
    WeighedTurn,
    keep_turn,
    kept_turns,
    taught,
    weighed_turns,
)
from evals.retrieval.code_version import code_version
from evals.workspace import Workspace
from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever

_FOLDS = 5
# Of nearly every paragraph: it is weighed beside many turns.
_REMEMBERED = 40_000
_NOTED = 100
"""Turns after which it is told how many are weighed."""
_LEAD, _INTERCEPT = "lead", "intercept"
_BEHIND: tuple[Behind, ...] = ("right", "given", "other", "first")
_ORDERS = ("ranking", "rereading")
"""Of all paragraphs, and of the first of them with how well each answers, read token by token."""
_BOUNDS = (0.35, 0.55)
"""Those of `assistant/focusing.py`."""
WRITTEN = ("rule_ranking", "evals/laws/turns.tsv", "0020")
"""What the file is called, what it is learned from, and which decision says why."""


def fold_of(law: str) -> int:
    """Which fold a law is in, by its name alone."""
    return zlib.crc32(law.encode()) % _FOLDS


def learned(
    turns: Sequence[WeighedTurn], present: Weights, notice: Callable[[str], None]
) -> Weights:
    """The weights anew of the signs that `present` names; tells how well they do on other laws."""
    kept = [turn for turn in turns if turn.signs and (turn.right or turn.behind != "other")]
    found = {}
    # The last order is the one that answers are told by: of it `names` and `of_fold` are kept.
    for order in _ORDERS:
        names = tuple(present[order])
        of_fold = [
            learned_ranking([t for t in kept if fold_of(t.law) != fold], names)
            for fold in range(_FOLDS)
        ]
        # These have seen all laws, if they were learned from the same turns.
        known = [np.array([present[order][name] for name in names])] * _FOLDS
        for behind in _BEHIND:
            if own := [turn for turn in kept if turn.behind == behind]:
                _tell_ranks(f"{order}, {behind}, other laws", own, names, of_fold, notice)
                _tell_ranks(f"{order}, {behind}, present weights", own, names, known, notice)
        found[order] = dict(zip(names, learned_ranking(kept, names).tolist(), strict=True))
    named = [name for name in present["telling"] if name not in (_LEAD, _INTERCEPT)]
    told = [one for t in kept for one in told_first(t, names, named, of_fold[fold_of(t.law)])]
    _tell_probabilities(told, notice)
    telling = learned_telling(told)
    return {
        **found,
        "telling": dict(zip((*named, _LEAD, _INTERCEPT), telling.tolist(), strict=True)),
    }


def written(weights: Weights, name: str, source: str, decision: str) -> str:
    """The text of the file of a ranking, with what it was learned from and why."""
    lines = [
        f"# Weights of the signs in assistant/{name}.py, learned from the tune half of {source}.",
        f"# Learned anew by: python -m evals.learning.{name}. Why these: docs/decisions/{decision}.",
        "# Which paragraph answers.",
        "ranking:",
        *(f"  {name}: {weight:.2f}" for name, weight in weights["ranking"].items()),
        "# Which of the first, once they are read beside the question.",
        "rereading:",
        *(f"  {name}: {weight:.2f}" for name, weight in weights["rereading"].items()),
        "# Whether the first of them does: a probability, of its own signs and its lead over the second.",
        "telling:",
        *(f"  {name}: {weight:.3f}" for name, weight in weights["telling"].items()),
    ]
    return "\n".join(lines) + "\n"


def _tell_ranks(
    name: str,
    turns: Sequence[WeighedTurn],
    names: Sequence[str],
    of_fold: Sequence[Floats],
    notice: Callable[[str], None],
) -> None:
    """How often what answers is first, or among the first three."""
    ranks = []
    for turn in turns:
        scores = matrix_of(turn, names) @ of_fold[fold_of(turn.law)]
        best = max((scores[at] for at in turn.right), default=-np.inf)
        ranks.append(int((scores > best).sum()) if turn.right else len(scores))
    shares = (f"{np.mean([rank < most for rank in ranks]):.3f}" for most in (1, 3))
    notice("{}: {} turns, first {}, of three {}".format(name, len(ranks), *shares))


def _tell_probabilities(told: Sequence[Told], notice: Callable[[str], None]) -> None:
    """What part of right and of wrong first paragraphs is as probable as answers have to be."""
    likely = np.zeros(len(told))
    folds = np.array([fold_of(one.turn.law) for one in told])
    signs = np.stack([one.signs for one in told])
    for fold in range(_FOLDS):
        weights = learned_telling([o for o, f in zip(told, folds, strict=True) if f != fold])
        sums = signs[folds == fold] @ weights[:-1] + weights[-1]
        likely[folds == fold] = probable(sums)
    kinds = [(one.turn.behind == "other", one.is_taken, one.answers) for one in told]
    for name, kind in (
        ("right", (False, False, True)),
        ("wrong", (False, False, False)),
        ("another subject, right", (True, False, True)),
        ("another subject, wrong", (True, False, False)),
        ("another subject, its law taken away", (True, True, False)),
    ):
        own = likely[[other == kind for other in kinds]]
        if len(own):
            shares = (f"{np.mean(own >= bound):.3f} from {bound} on" for bound in _BOUNDS)
            notice(", ".join((f"{name}: {len(own)}", *shares)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the weights anew and write them; returns the exit code."""
    return learn_into(FILE, WRITTEN, _weighed, arguments)


def learn_into(
    file: Path,
    named: tuple[str, str, str],
    weigh: Callable[[PolicyAssistant, Mapping[str, WeighedTurn]], Iterator[WeighedTurn]],
    arguments: Sequence[str] | None,
) -> int:
    """Learn the weights in `file` anew from what `weigh` weighs; returns the exit code.

    `weigh` is given those turns by their ids that are not to be weighed again; `named` as `WRITTEN`.
    """
    parser = argparse.ArgumentParser(description=f"Learns {file.name} anew.")
    parser.add_argument("--data", type=Path, help="the data folder of the suites")
    parser.add_argument("--turns", type=Path, help="keeps the signs of all turns")
    parser.add_argument("--out", type=Path, default=file, help="the file to write (%(default)s)")
    given = parser.parse_args(arguments)
    assistant = over_laws(load_settings(), given.data)
    if assistant is None:
        return 1
    turns = []
    held = {turn.id: turn for turn in kept_turns(given.turns)} if given.turns else {}
    for turn in weigh(assistant, held):
        turns.append(turn)
        if given.turns and turn.id not in held:
            keep_turn(given.turns, turn)
        if len(turns) % _NOTED == 0:
            print(f"{len(turns)} turns")
    text = written(learned(turns, weights_in(file), print), *named)
    given.out.write_text(text, encoding="utf-8")
    return 0


def _weighed(assistant: PolicyAssistant, held: Mapping[str, WeighedTurn]) -> Iterator[WeighedTurn]:
    laws = LawTexts(assistant.retriever.snapshot())
    return weighed_turns(taught(TURNS_SUITE.path), assistant, laws, held)


def over_laws(settings: Settings, data: Path | None) -> PolicyAssistant | None:
    """The assistant over the statutes, in a home folder that is kept; None without any."""
    embedder = build_embedder(settings, print)
    home = settings.home / "eval-homes" / f"turns-{code_version()[:16]}"
    own = settings.model_copy(update={"home": home, "starter": True})
    if not TURNS_SUITE.over(data).ingested(Workspace(own, embedder, print)):
        return None
    paths = catalog_path(home), index_folder(home)
    retriever = HybridRetriever(*paths, embedder, remembered=_REMEMBERED)
    return PolicyAssistant(retriever, top_k=settings.top_k, question_limit=settings.question_limit)


if __name__ == "__main__":
    sys.exit(main())
