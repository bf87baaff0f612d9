"""How probably a sentence has to answer to be told, or to be told instead of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Citation
from assistant.evidence import Statement
from assistant.needs import Need
from assistant.question import ParsedQuestion
from assistant.sentence_fit import is_of_places
from assistant.sentence_ranking import RankedSentence, tells_nothing
from assistant.work import Work
from knowledge.documents import ScoredPassage
from knowledge.starter_questions import Alike
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

# So probably the first sentence answers, to be told where nothing was found or instead of what was, and
# instead of what tells nothing. Chosen on the questions that taught the weights: of those that are declined
# without it three in five are then answered, two of 26 wrongly, and of 90 that nothing answers five.
_ENOUGH, AT_ALL, _OF_NAMED = 0.5, 0.25, 0.1
# The same of what a place's own document says: where nothing was found, what is no figure; instead of what
# was; and never instead of a list, a figure or a person.
_OF_PLACES, _INSTEAD_OF_OWN, _NEVER = 0.3, 0.6, 1.1
# The same where it is known what people ask of the document; nothing off the subject comes near.
_OF_KNOWN, _OF_ANY_PLACE, _INSTEAD_OF_KNOWN, _SURELY = 0.2, 0.3, 0.45, 0.85
_SAID_IN_ONE = frozenset({"yes_no", "where", "general", "purpose"})
_ASKS_EFFECT = re.compile(r"(?:好处|用处|作用|意义|影响|帮助)(?:吗|呢)?[？?。]*$")
MEASURED = frozenset({"figure", "date"})
"""Forms of questions that a figure answers."""
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:个|名|家|年|人|万|%)")
TOLD = ("answered", "partial")
"""Statuses of an answer that tells something."""


@dataclass(frozen=True, slots=True)
class SentencesRead:
    """What was read beside a question."""

    question: ParsedQuestion
    """Without the documents it names."""
    needs: Sequence[Need]
    results: tuple[ScoredPassage, ...]
    statements: Sequence[Statement]
    """All their sentences."""
    ranked: list[RankedSentence]
    """Best first; at least one."""
    alike: Mapping[str, Alike] = field(default_factory=dict)
    """What people ask of the sentences of some documents, by id."""

    @property
    def first(self) -> Statement:
        """The sentence that ranks first."""
        return self.ranked[0].statement

    @property
    def is_known(self) -> bool:
        """True if it is known what people ask of its document."""
        return self.first.document.id in self.alike


def least(work: Work, answer: Answer, read: SentencesRead) -> float:
    """How probably a sentence has to answer to be told, or to be told instead of an answer."""
    return _least_instead(work, answer, read) if answer.status in TOLD else _least_alone(work, read)


def _least_alone(work: Work, read: SentencesRead) -> float:
    if work.cited:
        # It stands in this document or nowhere.
        return AT_ALL
    if read.is_known and read.ranked[0].signs["asked"] < 0:
        # Further from all that people ask than any two questions on a policy are.
        return _NEVER
    if read.question.form in MEASURED:
        return _ENOUGH
    if is_of_places(work.places, read.first):
        return _OF_KNOWN if read.is_known else _OF_PLACES
    return _OF_ANY_PLACE if read.is_known and not work.places else _ENOUGH


def _sets_figure(question: ParsedQuestion, citation: Citation) -> bool:
    """True for a rule with a figure that speaks of all that is asked."""
    if not citation.article or not _FIGURE.search(citation.quote):
        return False
    said = fold("".join((citation.title, *citation.heading_path, citation.quote)))
    return all(
        is_said(term.word, said)
        for term in question.terms
        if term.weight >= 1 and len(term.word) > 1
    )


def _least_instead(work: Work, answer: Answer, read: SentencesRead) -> float:
    form, of_places = read.question.form, is_of_places(work.places, read.first)
    if read.is_known and form == "who":
        return _SURELY
    is_one = form in _SAID_IN_ONE or _ASKS_EFFECT.search(read.question.text)
    names_figure = _FIGURE.search(work.text) and not (read.is_known and form == "general")
    if of_places and (not is_one or names_figure):
        # Lists, figures and who does it are found by their words.
        return _NEVER
    if work.parsed and work.parsed.form == "overview" and form != "overview":
        # All documents that speak of it, where one is named.
        return _OF_NAMED
    quotes = [citation.quote for citation in answer.citations]
    if quotes and all(map(tells_nothing, quotes)):
        return AT_ALL
    if read.is_known:
        return _INSTEAD_OF_KNOWN
    if form in MEASURED and any(_sets_figure(read.question, c) for c in answer.citations):
        return _SURELY
    return _INSTEAD_OF_OWN if of_places else _ENOUGH
