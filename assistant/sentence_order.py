"""The sentences of an answer in the order in which they answer, without those that hardly do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.evidence import Statement
from assistant.sentence_ranking import RankedSentence

# Sentences so much further behind the first are left out. Chosen on 115 answers of several sentences to
# questions that are not reported on the starter policies: of 108 none loses the words that answer, and 12 %
# of the sentences go.
_FAR_BEHIND = 4.0
# One quoted sentence with its mark, and the place it is of.
_QUOTED = re.compile(r"(?![-*|#>])[^\n]+\[\d+\](?:（[^（）\n]{2,12}）)?")


def best_first(
    answer: Answer,
    ranked: Sequence[RankedSentence],
    statements: Sequence[Statement],
    *,
    keeps_all: bool,
) -> list[Statement] | None:
    """The sentences that an answer quotes, best first; None for an answer in any other shape.

    `ranked` are the sentences that were read beside the question, best first; those of `statements` that
    were not come behind them, as they stood. What a turn of a conversation asks may be known in part only:
    with `keeps_all` none of its sentences is left out.
    """
    paragraphs = answer.text.split("\n\n")
    if len(paragraphs) < 2 or len(paragraphs) != len(answer.citations):
        return None
    if not all(_QUOTED.fullmatch(paragraph) for paragraph in paragraphs):
        return None
    quoted = [(citation.document_id, citation.start_char) for citation in answer.citations]
    scores = {_place(one.statement): one.score for one in ranked}
    if _place(ranked[0].statement) not in quoted:
        return None
    held = {_place(s): s for s in (*statements, *(one.statement for one in reversed(ranked)))}
    if not all(place in held for place in quoted):
        return None
    first = ranked[0].score
    told = sorted((place for place in quoted if place in scores), key=lambda p: -scores[p])
    if not keeps_all:
        told = [place for place in told if first - scores[place] <= _FAR_BEHIND]
    unread = [place for place in quoted if place not in scores]
    return [held[place] for place in (*told, *unread)]


def _place(statement: Statement) -> tuple[str, int]:
    return statement.document.id, statement.start_char
