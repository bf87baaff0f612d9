"""The sentences of an answer in the order in which they answer, without those that hardly do."""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.evidence import Statement
from assistant.question import ParsedQuestion
from assistant.sentence_ranking import RankedSentence

# Sentences further behind the first are left out; of what may be told in several, only those far behind.
# Chosen on 115 answers of several sentences to questions that are not reported on the starter policies: 1
# of 108 loses the words that answer, and 22 % of the sentences go.
_BEHIND, _FAR_BEHIND = 2.5, 4.0
_OF_SEVERAL = frozenset({"list", "purpose"})
# One quoted sentence with its mark, and the place it is of.
_QUOTED = re.compile(r"(?![-*|#>])[^\n]+\[\d+\](?:（[^（）\n]{2,12}）)?")


def best_first(
    question: ParsedQuestion, answer: Answer, ranked: list[RankedSentence]
) -> list[Statement] | None:
    """The sentences that an answer quotes, best first; None for an answer in any other shape.

    `ranked` are all sentences that were read beside the question, best first.
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
    least = told[0].score - (_FAR_BEHIND if question.form in _OF_SEVERAL else _BEHIND)
    return [one.statement for one in told if one.score >= least]
