"""Which figure of a sentence may be said first: one that is sure to be meant, or none."""

from __future__ import annotations

import re

from assistant.asked_bound import bound_fit, bounds_other_way
from assistant.asked_units import asked_units
from assistant.evidence import Statement
from assistant.figure_clause import clause_of, with_lead
from assistant.question import ParsedQuestion
from knowledge.figures import Figure
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

_YEAR = re.compile(r"(?:19|20)\d\d年")


def sure_figures(question: ParsedQuestion, statement: Statement) -> tuple[Figure, ...]:
    """The one figure that may be said first; of several the reader sees which is which."""
    asked = fold(question.text)
    units = asked_units(asked)
    fitting = tuple(
        figure
        for figure in statement.figures
        if (not units or figure.unit in units)
        and (len(question.measure) != 1 or figure.unit == question.measure)
        # Of two bounds (不少于5个工作日，最长不超过12个工作日) the one that is asked for.
        and bound_fit(asked, figure, statement.text) >= 0
        and not bounds_other_way(asked, figure, statement.text)
    )
    if len(fitting) > 1:
        fitting = _of_clause(question, statement, fitting)
    years = set(_YEAR.findall(statement.text))
    return fitting if len(fitting) == 1 and len(years) < 2 else ()


def _of_clause(
    question: ParsedQuestion, statement: Statement, figures: tuple[Figure, ...]
) -> tuple[Figure, ...]:
    """The one of several figures whose clause says more of the question: 二级120元, beside 一级160元."""
    words = [term.word for term in question.terms if len(term.word) > 1]
    text = statement.text
    said = [
        sum(is_said(word, fold(with_lead(clause_of(figure, text), text))) for word in words)
        for figure in figures
    ]
    most = [figure for figure, many in zip(figures, said, strict=True) if many == max(said)]
    return tuple(most) if len(most) == 1 else ()
