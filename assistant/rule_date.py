"""「…何时施行」, 「…哪年修订的」: the words in which the rule that is named gives its own dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citing import Citations
from assistant.dated_quote import cite_words, history_spans
from assistant.quotation import escape
from knowledge.documents import PolicyDocument
from knowledge.figures import find_figures
from knowledge.sentences import Span, sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_ASKS = re.compile(
    r"(?:什么时候|什么时间|何时|哪一?天|哪一?年|几时|啥时候|从何时|施行(?:的)?(?:时间|日期))[^，,。]{0,8}(?:施行|实施|生效|执行)?"
)
_FORCE = re.compile(r"施行|实施|生效")
_SAYS = re.compile(
    r"(?:本|该)?(?:法|条例|办法|规定|细则|解释|决定)?自(?:\d{4}|[一二]).{3,14}起(?:施行|实施|生效|执行)"
)


WHEN = r"(?:是|在|于)?(?:什么时候|什么时间|何时|哪一?天|哪一?年|几时|啥时候|哪年哪月|几月几[日号])(?:份)?"
_REVISED, _MADE = r"修订|修正|修改|改", r"通过|公布|发布|颁布|制定|出台|印发|批准"
_ASIDE = r"(?:[的是在于又,，]|最近|最新|最后|上|这|一?次|第[一二三四五六]次|到底|究竟|具体)*"
# What follows the name of the rule: nothing but the act and the question when.
_ASKS_HISTORY = re.compile(
    rf"(?:法|条例|办法|规定|细则|解释|决定|》){_ASIDE}(?:{WHEN})?{_ASIDE}"
    rf"(?:(?P<revised>{_REVISED})|(?P<made>{_MADE}))(?:[的过了]|时间|日期|是)*(?:{WHEN})?[的呢]?[？?。]?$"
)
_SAYS_WHEN = re.compile(rf"{WHEN}|时间|日期")
_LATEST = re.compile(r"最近|最新|最后|上(?:一)?次")


def asks_history(question: str) -> bool:
    """True if it is asked when a rule was made or changed."""
    folded = fold(question)
    return bool(_SAYS_WHEN.search(folded) and _ASKS_HISTORY.search(folded))


def asks_force(question: str) -> bool:
    """True if it is asked since when a rule applies."""
    folded = fold(question)
    return bool(_ASKS.search(folded) and _FORCE.search(folded))


def force_date(versions: Sequence[int], citations: Citations, snapshot: Snapshot) -> str | None:
    """The date of the first of these versions that says one, then its sentence; None if none does."""
    for version in versions:
        described = snapshot.versions[version].document
        document = snapshot.catalog.document(described.id, version)
        span = _sentence(document) if document else None
        if document is None or span is None:
            continue
        if _date_in(span, document):
            return _dated_lines((span,), document, version, citations, snapshot)
    return None


def history_dates(
    question: str, versions: Sequence[int], citations: Citations, snapshot: Snapshot
) -> str | None:
    """The lines under a rule's title on the act that is asked for; None if no version has any.

    One line with its date before it, several in their order: a law is changed more than once.
    """
    folded = fold(question)
    asked = _ASKS_HISTORY.search(folded)
    if asked is None:
        return None
    for version in versions:
        document = snapshot.catalog.document(snapshot.versions[version].document.id, version)
        spans = history_spans(document) if document else ()
        if document is None or not spans:
            continue
        changed = [span for span in spans if re.search(_REVISED, span.of(document.text))]
        if asked["revised"]:
            told = changed[-1:] if _LATEST.search(folded) else changed
        else:
            first = [span for span in spans if span not in changed] or list(spans)
            told = [s for s in first if asked["made"] in s.of(document.text)] or first[:1]
        if told:
            return _dated_lines(told, document, version, citations, snapshot)
    return None


def _dated_lines(
    spans: Sequence[Span],
    document: PolicyDocument,
    version: int,
    citations: Citations,
    snapshot: Snapshot,
) -> str:
    numbers = [cite_words(citations, snapshot, document, version, span) for span in spans]
    lines = [
        f"{escape(' '.join(span.of(document.text).split()))}[{number}]"
        for span, number in zip(spans, numbers, strict=True)
    ]
    if len(lines) > 1:
        return "\n".join(f"- {line}" for line in lines)
    date = _date_in(spans[0], document)
    if not date:
        return lines[0]
    citations.claim(date, numbers[0])
    return f"**{escape(date)}**[{numbers[0]}]\n\n{lines[0]}"


def _date_in(span: Span, document: PolicyDocument) -> str:
    """The first date of a sentence as it is written; '' where it has none."""
    figures = find_figures(span.of(document.text))
    return next((figure.text for figure in figures if figure.kind == "date"), "")


def _sentence(document: PolicyDocument) -> Span | None:
    """The last such sentence: the one on the whole text stands at its end."""
    found = [span for span in sentences(document.text) if _SAYS.search(span.of(document.text))]
    return found[-1] if found else None
