"""「历次修改」「有哪些版本」: the texts of one rule that the library holds, and its own history."""

from __future__ import annotations

import re

from assistant.citing import Citations
from assistant.dated_quote import cite_words, dated_span, history_spans
from assistant.quotation import escape
from assistant.wording import Language, say
from knowledge.documents import PolicyDocument
from knowledge.rule_names import bare_title
from knowledge.sentences import Span, sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_ASKS = re.compile(
    r"历次(?:修改|修订|修正|版本|变化)|(?:哪些|哪几个|几个|多少个)版本|版本(?:有哪些|历史|沿革)"
    r"|(?:修改|修订|修正)(?:的)?(?:历史|沿革|过程|经过|记录)|历史沿革"
    r"|(?:修改|修订|修正|改)过?了?(?:几|多少)次|\bwhich versions\b|\b(?:revision|amendment) history\b"
)
_LINES = 12


def asks_timeline(question: str) -> bool:
    """True if the versions of a rule are asked for, not what one of them says."""
    return bool(_ASKS.search(fold(question)))


def timeline(
    chain: tuple[int, ...], citations: Citations, snapshot: Snapshot, language: Language
) -> str:
    """A table of the versions, the oldest first, then the history that the newest tells.

    Every date is a quote. '' if no version of the chain can be read any more.
    """
    rows, newest = [], None
    for version in chain:
        described = snapshot.versions[version].document
        document = snapshot.catalog.document(described.id, version)
        if document is None:
            continue
        span = dated_span(document) or next(reversed(history_spans(document)), None)
        if not (span := span or _opening(document)):
            continue
        number = cite_words(citations, snapshot, document, version, span)
        said = escape(" ".join(span.of(document.text).split()))
        status = say(f"status_{snapshot.chains.status(version)}", language)
        rows.append(f"| 《{escape(bare_title(document.title))}》 | {said}[{number}] | {status} |")
        newest = version, document
    if newest is None:
        return ""
    head = "| {} | {} | {} |".format(*say("timeline_columns", language).split("|"))
    parts = [say("timeline", language), "\n".join([head, "| --- | --- | --- |", *rows])]
    version, document = newest
    spans = history_spans(document)[-_LINES:]
    if len(spans) > 1:
        lines = [
            f"- {escape(' '.join(span.of(document.text).split()))}"
            f"[{cite_words(citations, snapshot, document, version, span)}]"
            for span in spans
        ]
        parts += [say("timeline_history", language), "\n".join(lines)]
    return "\n\n".join(parts)


def _opening(document: PolicyDocument) -> Span | None:
    return next(sentences(document.text), None)
