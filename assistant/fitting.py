"""Which of the sentences found may be quoted: those with enough of the question, of the place, in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asked_end import asks_end, tells_end
from assistant.evidence import Statement
from assistant.question import ParsedQuestion
from assistant.refusal import is_enough
from knowledge.documents import PolicyDocument
from knowledge.figures import find_figures

# A sentence of the place itself goes before a national one, and one of a text in force before
# one that no longer holds, down to this share of its score.
_OWN_SCORE = 0.75
_SOME = re.compile(r"[一-鿿]{2,}等(?=[一二三四五六七八九十\d。，；；）])")


def names_some(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The best sentence, where it names at least one of several (由省委社会工作部等13部门)."""
    best = statements[:1]
    return tuple(s for s in best if _SOME.search(s.text))


def own_first(
    statements: tuple[Statement, ...], is_own: Callable[[PolicyDocument], bool]
) -> tuple[Statement, ...]:
    """Those of the own documents alone, where the best of them says nearly as much as any."""
    own = tuple(s for s in statements if is_own(s.document))
    return own if own and own[0].score >= statements[0].score * _OWN_SCORE else statements


# 判决书哪天生效: on a condition, not on a day.
_SETS_DAY = re.compile(r"生效|起算|开始算|算起|到期")


def of_end(question: ParsedQuestion, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Those of the statements that speak of an end, where it is asked when something ends."""
    if not asks_end(question.text):
        return tuple(statements)
    return tuple(s for s in statements if tells_end(s.text))


def dates_nothing(question: ParsedQuestion, statements: Sequence[Statement]) -> bool:
    """True if these are sentences of articles and none of them holds a date.

    Of any text if a day is asked for (哪天印发): 近日 is none.
    """
    if question.measure == "day" and not _SETS_DAY.search(question.text):
        return not any(f.kind == "date" for s in statements for f in find_figures(s.text))
    return all(s.passage.article is not None and not s.figures for s in statements)


def fitting_sentences(
    question: ParsedQuestion, statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """The sentences that may be quoted, best first."""
    fitting = [s for s in statements if is_enough(s)]
    if question.years and any(s.has_years for s in fitting):
        fitting = [s for s in fitting if s.has_years]
    return tuple(fitting)
