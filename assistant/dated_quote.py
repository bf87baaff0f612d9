"""The words in which a document gives its own dates, so that no date is said without a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.citing import Citations
from knowledge.documents import Passage, PolicyDocument
from knowledge.rule_names import rule_name
from knowledge.sentences import Span, sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold
from knowledge.validity import dates_in

# The notes under a title that tell a law's history end where its text begins.
_HEAD_CHARACTERS = 3000
_TEXT_BEGINS = re.compile(r"^(?:#+\s*)?第[一二三四五六七八九十百]+[编章节条]", re.MULTILINE)
_STARTS = re.compile(r"施行|实施|生效|执行")
_ACTED = re.compile(r"通过|修订|修正|修改|公布|发布|批准|决定")
_REPEALS = re.compile(r"废止|停止执行|失效")
_QUOTE = 160


def dated_span(document: PolicyDocument) -> Span | None:
    """The sentence of `document.text` that states its first day, or else its publication."""
    found: list[tuple[int, int, Span]] = []
    wanted = [day for day in (document.effective_from, document.published_on) if day]
    for span in _dated_sentences(document.text):
        days = {day for _, day in dates_in(span.of(document.text))}
        verbs = (_STARTS, _ACTED)
        for place, day in enumerate(wanted):
            if day in days:
                speaks = not any(verb.search(span.of(document.text)) for verb in verbs)
                found.append((place + 2 * speaks, span.start, span))
    return min(found, key=lambda entry: entry[:2])[2] if found else None


def repeal_span(document: PolicyDocument, repealed: str) -> Span | None:
    """The sentence of `document.text` that repeals the rule of the title `repealed`."""
    name = rule_name(fold(repealed))
    for span in sentences(document.text):
        said = span.of(document.text)
        if _REPEALS.search(said) and name in rule_name(fold(said)):
            return span
    return None


def history_spans(document: PolicyDocument) -> tuple[Span, ...]:
    """The lines under the title that tell when the text was made and changed."""
    head = document.text[:_HEAD_CHARACTERS]
    if begins := _TEXT_BEGINS.search(head):
        head = head[: begins.start()]
    return tuple(
        span
        for span in _dated_sentences(head)
        if _ACTED.search(span.of(head)) and next(dates_in(span.of(head)))[0] < 3
    )


def cite_words(
    citations: Citations, snapshot: Snapshot, document: PolicyDocument, version: int, span: Span
) -> int:
    """Cite words of one version of a document, whether a passage holds them or not."""
    quote = span.of(document.text)
    passages = snapshot.catalog.passages_of(document.id, version)
    holding = (p for p in passages if p.start_char <= span.start and span.end <= p.end_char)
    passage = next(holding, None) or Passage(
        "", document.id, quote, (), None, span.start, span.end, title=document.title
    )
    described = snapshot.versions[version].document
    number = citations.cite_span(described, passage, span.start, span.end, quote)
    citations.claim(quote, number)
    return number


def _dated_sentences(text: str) -> Iterator[Span]:
    """Short sentences with a complete date."""
    for span in sentences(text):
        said = span.of(text)
        if len(said) <= _QUOTE and next(dates_in(said), None):
            yield span
