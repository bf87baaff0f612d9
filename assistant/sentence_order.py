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
    answer: Answer, ranked: Sequence[RankedSentence], *, keeps_all: bool
) -> list[Statement] | None:
    """The sentences that an answer quotes, best first; None for an answer in any other shape.

    `ranked` are all sentences that were read beside the question, best first. What a turn of a conversation
    asks may be known in part only: with `keeps_all` none of its sentences is left out.
    """
    paragraphs = answer.text.split("\n\n")
    if len(paragraphs) < 2 or len(paragraphs) != len(answer.citations):
        return None
    if not all(_QUOTED.fullmatch(paragraph) for paragraph in paragraphs):
        return None
    quoted = {(citation.document_id, citation.start_char) for citation in answer.citations}
    told = [
        one for one in ranked if (one.statement.document.id, one.statement.start_char) in quoted
    ]
    if not told or told[0] is not ranked[0]:
        return None
    if keeps_all:
        return [one.statement for one in told] if len(told) == len(paragraphs) else None
    return [one.statement for one in told if told[0].score - one.score <= _FAR_BEHIND]
