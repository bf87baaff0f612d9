"""「残疾证过期了补贴会停吗」: a document of questions and answers may answer the very question.

Who published it has put the question already. So it is looked for among the questions, by its meaning,
and the whole answer is told, not the sentence of it that shares most words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.asked_units import asked_units
from assistant.compound import is_other_compound
from assistant.documents_meant import DocumentsMeant
from assistant.question import ParsedQuestion, parse_question
from assistant.question_parts import question_parts
from assistant.share_named import share_named
from assistant.told_spans import told_spans
from assistant.work import Work
from knowledge.documents import PolicyDocument, ScoredPassage
from knowledge.figures import find_figures
from knowledge.qa_pairs import QaPair, qa_pairs
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# One question with its answer may stand on any page of the web.
_FEWEST = 3
# So near a question must be to be the same, and by so much nearer than the next one.
_SAME, _AHEAD, _AHEAD_OF_TURN = 0.905, 0.005, 0.015
# So near that it is the same question, whatever words it is put in.
_SURELY = 0.94
# So much of what is asked the question, its answer and the title name.
_ENOUGH = 0.75
# Of whom it is asked, the answer tells case by case.
_AGE = re.compile(r"\d{1,3}(?:周?岁|多岁)(?:的?老人|老年人)?")
_MARKED = re.compile(r"^\W*(?:\d{1,2}[.、．])?\s*(?:问|答|Q|A)\d*\s*[：:]", re.MULTILINE)
_TELLING = frozenset({"who", "where", "figure", "date"})
_ASKING = frozenset("材料 手续 时候 时间 多久 条件 情况 问题 钱 标准 需要 提交 申请".split())


@dataclass(frozen=True, slots=True)
class QaReading:
    """Answers from questions and answers."""

    documents: DocumentsMeant

    def answered(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The answer to the question that is like the one asked; None where there is none."""
        question = work.parsed
        if question is None or len(question_parts(work.text)) > 1:
            return None
        if not self.documents.retriever.knows_cosines:
            return None
        pairs = list(self._pairs(work, snapshot))
        if not pairs:
            return None
        for asked, questions, ahead in _ways(work, pairs):
            near = self.documents.retriever.similarities(asked, questions)
            place = _nearest(near, ahead)
            if place is None:
                continue
            document, pair = pairs[place]
            if near[place] >= _SURELY or _is_on(question, asked, document, pair):
                return told_spans(work, document, [Span(pair.answer_start, pair.end)], snapshot)
        return None

    def _pairs(self, work: Work, snapshot: Snapshot) -> Iterator[tuple[PolicyDocument, QaPair]]:
        """Of the documents that a turn is on; else of those found that have questions and answers."""
        focus = self.documents.focus(work, snapshot)
        for document in self.documents.found(work, snapshot, _is_of_pairs):
            pairs = qa_pairs(document.text)
            if len(pairs) >= _FEWEST and (document.id in focus or not work.asked.history):
                yield from ((document, pair) for pair in pairs)


def _is_of_pairs(found: ScoredPassage) -> bool:
    return bool(_MARKED.search(found.passage.text))


def _ways(
    work: Work, pairs: Sequence[tuple[PolicyDocument, QaPair]]
) -> Iterator[tuple[str, list[str], float]]:
    """What is asked, what it is compared with, and how far it must be ahead.

    审核要多久, of what is spoken of, is a question there in the same few words.
    """
    if work.asked.history:
        yield work.asked.text, [pair.question for _, pair in pairs], _AHEAD_OF_TURN
    yield work.text, [f"{document.title} {pair.question}" for document, pair in pairs], _AHEAD
    # 几号到账, of what the title names: beside the name every question is like every other.
    for title in dict.fromkeys(document.title for document, _ in pairs):
        if (bare := _without(title, work.text)) != fold(work.text):
            own = [
                _without(title, pair.question) if document.title == title else ""
                for document, pair in pairs
            ]
            yield bare, own, _AHEAD_OF_TURN


def _without(title: str, question: str) -> str:
    """A folded question without the things that a title names."""
    bare, named = _AGE.sub("", fold(question)), fold(title)
    for term in parse_question(question).terms:
        if len(term.word) > 1 and term.weight >= 1 and term.word in named:
            bare = bare.replace(term.word, "")
    return bare


def _nearest(near: Sequence[float], ahead: float) -> int | None:
    """The place of the question that is the same; None if none is, or another about as well."""
    order = sorted(range(len(near)), key=lambda place: -near[place])
    second = near[order[1]] if len(order) > 1 else 0.0
    first = near[order[0]]
    return order[0] if first >= _SAME and first - second >= ahead else None


def _is_on(question: ParsedQuestion, asked: str, document: PolicyDocument, pair: QaPair) -> bool:
    """True if the pair names what is asked for, and has a figure where one is."""
    other = parse_question(pair.question).form
    if {question.form, other} <= _TELLING and question.form != other:
        # 谁审核 is not 审核要多久.
        return False
    folded, answer = fold(asked), document.text[pair.answer_start : pair.end]
    said = fold(" ".join((document.title, document.text[pair.start : pair.end])))
    share = share_named(folded, said, _ASKING)
    if (share is not None and share < _ENOUGH) or is_other_compound(folded, said, ""):
        return False
    units = asked_units(folded)
    figures = find_figures(answer)
    return question.form != "figure" or any(not units or f.unit in units for f in figures)
