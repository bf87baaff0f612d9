"""Which sentences make up an answer: the best one, and those that come near it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import DEFINES, Statement, is_of_form
from assistant.question import ParsedQuestion
from assistant.question_words import FACETS
from assistant.repetition import says_the_same
from knowledge.facts import fact_cue

# A further sentence must come this near to the best one.
_NEAR, _NEAR_DECIDING = 0.85, 0.92
# 宁夏社工经费: what the money is for, in no more words than this.
_FACET_SUBJECT = 2
_LIGHT = 0.2
_SENTENCES = 3
# Of an open question: as many, that score as the best one does.
_OPEN, _SENTENCES_OPEN, _AS_GOOD = frozenset({"general", "list"}), 6, 0.001


def chosen_sentences(question: ParsedQuestion, statements: Sequence[Statement]) -> list[Statement]:
    """The best sentence and those that come near it, in reading order within a document."""
    statements = _of_facet(question, statements) or statements
    if question.form == "definition":
        near = [s for s in statements if s.score >= statements[0].score * _NEAR]
        statements = [s for s in near if DEFINES.search(s.text)] or statements
    best = statements[0]
    chosen = [best]
    for statement in statements[1:]:
        # Of an open question all that say as much as the best belong to the answer.
        is_as_good = question.form in _OPEN and statement.score >= best.score - _AS_GOOD
        most = _SENTENCES_OPEN if is_as_good else _SENTENCES
        least = best.score * (_NEAR_DECIDING if question.form == "yes_no" else _NEAR)
        if len(chosen) >= most or statement.score < least:
            break
        if not is_of_form(question, statement.text) and is_of_form(question, best.text):
            continue
        if statement.has_years and not _repeats(statement, chosen):
            chosen.append(statement)
    # What only announces a list says nothing beside what is in it.
    telling = [s for s in chosen if not s.text.rstrip().endswith(("：", ":"))]
    chosen = telling or chosen
    order = {statement.document.id: place for place, statement in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda s: (order[s.document.id], s.start_char))


def _of_facet(question: ParsedQuestion, statements: Sequence[Statement]) -> list[Statement]:
    """Those that speak of the money or the aims that a question names without asking more."""
    if question.form != "general" or question.facets not in (("funding",), ("target",)):
        return []
    cue = FACETS[question.facets[0]]
    subject = [t for t in question.terms if t.weight > _LIGHT and not cue.search(t.word)]
    if len(subject) > _FACET_SUBJECT:
        return []
    return [s for s in statements if fact_cue(question.facets[0], s.text)]


def _repeats(statement: Statement, chosen: Sequence[Statement]) -> bool:
    """True if a chosen sentence says nearly the same (another document may repeat it)."""
    return any(says_the_same(statement.text, other.text) for other in chosen)
