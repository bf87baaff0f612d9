"""Learns `assistant/question_ranking.yaml`: how much each sign of a paragraph counts for a first question.

    python -m evals.learning.question_ranking --data FOLDER [--turns FILE] [--out FILE]

From the questions of `evals/laws/firsts.tsv` and the first turns of `evals/laws/turns.tsv` that are not
reported, as `rule_ranking.py` learns from the other turns. `--turns` keeps the signs of all questions,
so that the next run only learns. Takes half an hour without it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from assistant.question_ranking import FILE
from assistant.rule_ranking import weights_in
from assistant.settings import load_settings
from evals.laws.turns import FIRSTS_SUITE, TURNS_SUITE
from evals.learning.rule_ranking import learned, over_laws, written
from evals.learning.weighed_turns import keep_turn, kept_turns, taught, weighed_firsts

WRITTEN = ("question_ranking", "evals/laws/firsts.tsv and turns.tsv", "0021")


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the weights anew and write them; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="the data folder of the suites")
    parser.add_argument("--turns", type=Path, help="keeps the signs of all questions")
    parser.add_argument("--out", type=Path, default=FILE, help="the file to write (%(default)s)")
    given = parser.parse_args(arguments)
    assistant = over_laws(load_settings(), given.data)
    if assistant is None:
        return 1
    held = {turn.id: turn for turn in kept_turns(given.turns)} if given.turns else {}
    asked = chain(taught(FIRSTS_SUITE.path), taught(TURNS_SUITE.path))
    turns = []
    for turn in weighed_firsts(asked, assistant, held):
        turns.append(turn)
        if given.turns and turn.id not in held:
            keep_turn(given.turns, turn)
    text = written(learned(turns, weights_in(FILE), print), *WRITTEN)
    given.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
