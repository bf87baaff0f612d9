"""Learns `assistant/asked_ranking.yaml`: how much each sign counts where it is known what people ask.

    python -m evals.learning.asked_ranking [--data FOLDER] [--out FILE]

From all questions on the starter policies that are not reported, in `evals/briefs/asked.tsv`, `starter` and
`everyday`; and of what is asked of notices and statutes some, which no starter policy answers. Takes two
minutes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from assistant.factory import build_assistant
from assistant.sentence_ranking import ASKED, SentenceRanking
from assistant.settings import load_settings
from evals.briefs.suite import BRIEFS_SUITE
from evals.cases import load_cases
from evals.laws.turns import load_law_conversations
from evals.learning.sentence_ranking import (
    CASES,
    DECLINED,
    ReadLesson,
    SentenceLesson,
    asked_in,
    holds,
    read,
)
from evals.learning.sign_weights import (
    Told,
    learned_ranking,
    learned_telling,
    learning_arguments,
    weights_text,
)
from evals.notices.suite import NOTICES_SUITE
from evals.workspace import fresh_workspace
from knowledge.starter_questions import is_asked_of

_REFUSED = DECLINED | {"out_of_scope"}
TELLING = ("likely", "lead", "unmeasured", "asked", "unanswered", "weighed")
# So many questions of each of the other suites, by chance.
_OTHERS, _SEED = 150, 0


def lessons() -> Iterator[SentenceLesson]:
    """What is asked of the starter policies and is not reported."""
    yield from asked_in(BRIEFS_SUITE.path, is_notice=False)
    for name in ("starter", "everyday"):
        for case in load_cases(CASES / f"{name}.yaml"):
            if case.split != "tune" or case.history:
                continue
            is_refused = set(case.expect.status) <= _REFUSED
            if is_refused or case.expect.required:
                words = () if is_refused else case.expect.required
                yield SentenceLesson(case.question, case.id, words, case.region)


def others() -> Iterator[SentenceLesson]:
    """What is asked of documents that the library does not hold."""
    draw = random.Random(_SEED)  # noqa: S311 - which questions are taken is no secret
    for path in (NOTICES_SUITE.path, CASES.parent / "laws" / "firsts.tsv"):
        tune = (c for c in load_law_conversations(path) if c.split == "tune")
        known = [c for c in tune if not is_asked_of(c.law)]
        for conversation in draw.sample(known, _OTHERS):
            yield SentenceLesson(conversation.turns[0][0], conversation.id, ())


def learned(held: Sequence[ReadLesson], ranking: SentenceRanking) -> dict[str, dict[str, float]]:
    """The weights; `ranking` knows how likely a sentence is."""
    names = list(ranking.weights["ranking_asked"])
    turns = [one.turn for one in held]
    order = learned_ranking([turn for turn in turns if turn.right], names)
    ordering = dict(zip(names, map(float, order), strict=True))
    told = [told for one in held if (told := _told(one, ordering, ranking))]
    telling = learned_telling(told).tolist()
    return {
        "ranking_asked": ordering,
        "telling_asked": dict(zip((*TELLING, "intercept"), telling, strict=True)),
    }


def _told(one: ReadLesson, weights: Mapping[str, float], ranking: SentenceRanking) -> Told | None:
    """What stands first; None if it is of a document of which nobody knows what people ask."""
    ranked = one.ordered(weights)
    signs = ranking.telling(one.question, ranked, one.alike)
    if "unanswered" not in signs:
        return None
    words = one.lesson.words
    answers = bool(words) and holds(ranked[0].statement.text, words)
    return Told(one.turn, False, np.array([signs[name] for name in TELLING]), answers)


def written(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The text of the file."""
    heads = {
        "ranking_asked": "Which of their sentences answers.",
        "telling_asked": "Whether the first of them does: a probability.",
    }
    intro = (
        "Weights of the signs in assistant/sentence_ranking.py for documents of which it is known what people",
        "ask. Learned anew by: python -m evals.learning.asked_ranking. Why these: docs/decisions/0025.",
    )
    return weights_text(intro, heads, weights)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the weights anew and write them; returns the exit code."""
    asked = learning_arguments(arguments, ASKED)
    with fresh_workspace(load_settings(), print) as workspace:
        assistant = build_assistant(workspace.settings, print)
        held = list(read(assistant, [*lessons(), *others()]))
        weights = learned(held, assistant.sentences.ranking)
    asked.out.write_text(written(weights), encoding="utf-8")
    print(f"{len(held)} questions, {sum(bool(one.right) for one in held)} answered by a sentence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
