"""Learns `assistant/question_ranking.yaml`: how much each sign of a paragraph counts for a first question.

    python -m evals.learning.question_ranking --data FOLDER [--turns FILE] [--out FILE]

From the questions of `evals/laws/firsts.tsv` and the first turns of `evals/laws/turns.tsv` that are not
reported, as `rule_ranking.py` learns from the other turns. `--turns` keeps the signs of all questions,
so that the next run only learns. Takes half an hour without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from assistant.pipeline import PolicyAssistant
from assistant.question_ranking import FILE
from evals.laws.turns import FIRSTS_SUITE, TURNS_SUITE
from evals.learning.rule_ranking import learn_into
from evals.learning.weighed_turns import WeighedTurn, taught, weighed_firsts

WRITTEN = ("question_ranking", "evals/laws/firsts.tsv and turns.tsv", "0021")


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the weights anew and write them; returns the exit code."""
    return learn_into(FILE, WRITTEN, _weighed, arguments)


def _weighed(assistant: PolicyAssistant, held: Mapping[str, WeighedTurn]) -> Iterator[WeighedTurn]:
    asked = chain(taught(FIRSTS_SUITE.path), taught(TURNS_SUITE.path))
    return weighed_firsts(asked, assistant, held)


if __name__ == "__main__":
    sys.exit(main())
