"""「…何时施行」: the sentence of the rule that is named which says since when it applies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citing import Citations
from assistant.dated_quote import cite_words
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
        said = span.of(document.text)
        dates = [figure for figure in find_figures(said) if figure.kind == "date"]
        if not dates:
            continue
        number = cite_words(citations, snapshot, document, version, span)
        citations.claim(dates[0].text, number)
        shown = escape(" ".join(said.split()))
        return f"**{escape(dates[0].text)}**[{number}]\n\n{shown}[{number}]"
    return None


def _sentence(document: PolicyDocument) -> Span | None:
    """The last such sentence: the one on the whole text stands at its end."""
    found = [span for span in sentences(document.text) if _SAYS.search(span.of(document.text))]
    return found[-1] if found else None
