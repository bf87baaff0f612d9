"""Which figure answers: of all figures of the kind asked for, the one whose words fit best."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Need, Statement, need_hit
from assistant.question import ParsedQuestion
from knowledge.figures import Figure
from knowledge.sentences import Span, clauses
from knowledge.synonyms import synonyms_for
from knowledge.tokenization import fold

# How much the parts of a fit count. Chosen on the tuning half of evals/cases/starter.yaml.
_SENTENCE, _CLAUSE, _ADJACENT, _CUMULATIVE = 1.0, 0.5, 0.5, 0.35
_CONTEXT = 0.3
# Sentences further behind the best one are not looked at.
_LOOKED_AT = 14
# What is counted stands this near to its figure, in characters.
_BEFORE, _BEHIND = 10, 10
_CUMULATIVE_CUE = re.compile(r"累计|以来|合计|总计|总共|一共|共计|共有")
_QUALIFIER_BEFORE = re.compile(r"(?:不少于|不低于|不超过|超过|超|近|约|大约|至少|最多|逾)$")
_QUALIFIER_AFTER = re.compile(r"^(?:以上|以下|以内|左右)")


def best_figure(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Statement, Figure] | None:
    """The sentence and the figure in it that answer best; None if no figure is about the thing.

    A figure is about the thing asked for if the word that is counted or measured stands in its
    sentence: the salary asked for is not answered with a head-count.
    """
    ranked: list[tuple[float, Statement, Figure]] = []
    for statement in statements[:_LOOKED_AT]:
        if question.years and not statement.has_years:
            continue
        for figure in statement.figures:
            clause = _clause_of(figure, statement.text)
            if _is_about(question, statement, figure, clause):
                ranked.append((_fit(question, needs, statement, figure, clause), statement, figure))
    if not ranked:
        return None
    _, statement, figure = max(ranked, key=lambda entry: entry[0])
    return statement, figure


def with_qualifier(figure: Figure, text: str) -> str:
    """The figure as written, with the 超 or 以上 that bounds it."""
    start, end = figure.start, figure.end
    if before := _QUALIFIER_BEFORE.search(text[max(0, start - 4) : start]):
        start -= len(before.group())
    if after := _QUALIFIER_AFTER.match(text[end : end + 3]):
        end += len(after.group())
    return text[start:end]


def _clause_of(figure: Figure, text: str) -> Span:
    return next(c for c in clauses(text, 0, len(text)) if c.start <= figure.start < c.end)


def _is_about(
    question: ParsedQuestion, statement: Statement, figure: Figure, clause: Span
) -> bool:
    """True if the word counted or measured belongs to the figure."""
    if not question.focus:
        return True
    near = _near(figure, statement.text, clause)
    if any(_named(word, near) for word in question.focus):
        return True
    # "两批人才，合计38人", "社工中，持证的有8.82万人": people, and what is measured, may stand in
    # an earlier clause of the same sentence.
    own = fold(statement.text)
    apart = figure.unit == "人" or not question.counted_after
    return apart and any(_named(word, own) for word in question.focus)


def _fit(
    question: ParsedQuestion,
    needs: Sequence[Need],
    statement: Statement,
    figure: Figure,
    clause: Span,
) -> float:
    total = sum(need.weight for need in needs) or 1.0
    own = fold(clause.of(statement.text))
    share = sum(need.weight * need_hit(need, own) for need in needs) / total
    score = _SENTENCE * statement.own_coverage + _CLAUSE * share + _CONTEXT * statement.score
    near = _near(figure, statement.text, clause)
    if question.focus and any(_named(word, near) for word in question.focus):
        score += _ADJACENT
    if question.cumulative and _CUMULATIVE_CUE.search(statement.text):
        score += _CUMULATIVE
    if question.this_year and _CUMULATIVE_CUE.search(statement.text):
        score -= _CUMULATIVE
    return score


def _near(figure: Figure, text: str, clause: Span) -> str:
    """The figure with the words right before and behind it, within its clause."""
    start = max(clause.start, figure.start - _BEFORE)
    return fold(text[start : min(clause.end, figure.end + _BEHIND)])


def _named(word: str, text: str) -> bool:
    return any(name in text for name in (word, *synonyms_for(word)))
