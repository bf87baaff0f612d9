"""「联系人是谁」「咨询电话多少」: the line of a document that says whom to call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.compound import is_other_compound
from assistant.documents_meant import DocumentsMeant
from assistant.share_named import share_named
from assistant.told_spans import told_spans
from assistant.work import Work
from knowledge.documents import PolicyDocument
from knowledge.sentences import Span, sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_ASKS = re.compile(
    r"联系人|联系(?:电话|方式)|咨询电话|(?:热线|电话)(?:号码)?(?:是|有)?(?:多少|几号|哪个|什么)|(?:热线|电话)(?:号码)?(?:是)?[？?]?$"
    r"|打(?:哪个|什么|几号)(?:电话)?|(?:怎么|如何)联系|(?:找|向|问)谁(?:咨询|问|打听|联系)|(?:去|到|在)?(?:哪里|哪儿|哪)(?:可以)?咨询|邮箱(?:地址)?(?:是|多少|什么)"
)
_NUMBER = re.compile(
    r"\d{3,4}[-—－]\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)12\d{3}(?!\d)|[\w.]+@[\w.]+"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_SAYS = re.compile(r"联系人|联系|电话|热线|咨询|邮箱|邮件")
# How whoever is to be called is asked for; nothing of it is the matter.
_IGNORED = frozenset(
    "联系 联系人 联系电话 联系方式 电话 号码 热线 咨询 咨询电话 邮箱 地址 打听 打 问 找 办 办理 政策 通知".split()
)
_ENOUGH, _SHOWN, _LONGEST, _OWN = 0.75, 3, 200, 0.1
# 问：咨询电话是多少？ stands in the line before.
_BEFORE = 24


@dataclass(frozen=True, slots=True)
class ContactReading:
    """Answers from the lines that name a contact."""

    documents: DocumentsMeant

    def answered(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The contacts of the document that a question is on; None where it asks for none."""
        asked = fold(work.asked.text if work.asked.history else work.text)
        if not _ASKS.search(asked):
            return None
        focus = self.documents.focus(work, snapshot)
        best: tuple[float, PolicyDocument, list[Span]] | None = None
        for document in self.documents.found(work, snapshot):
            spans = list(_contacts(document.text))
            if not spans:
                continue
            share, own = _nearest(asked, document, spans, in_focus=document.id in focus)
            # Of lines about as near that of an office, rather than somebody's own telephone.
            rank = share - _OWN * all(_MOBILE.search(s.of(document.text)) for s in own)
            if share >= _ENOUGH and (best is None or rank > best[0]):
                best = rank, document, own
        return told_spans(work, best[1], best[2][:_SHOWN], snapshot) if best else None


def _contacts(text: str) -> Iterator[Span]:
    for span in sentences(text):
        own = span.of(text)
        before = text[max(0, span.start - _BEFORE) : span.end]
        if len(own) <= _LONGEST and "|" not in own and _NUMBER.search(own) and _SAYS.search(before):
            yield span


def _nearest(
    asked: str, document: PolicyDocument, spans: Sequence[Span], *, in_focus: bool
) -> tuple[float, list[Span]]:
    """How much of what is asked the document and its contacts name, and the contacts that name most."""
    rest, title = _ASKS.sub(" ", asked), fold(document.title)
    shares = {
        span: share_named(rest, title + fold(span.of(document.text)), _IGNORED) for span in spans
    }
    if is_other_compound(rest, title, ""):
        return 0.0, []
    known = {span: float(in_focus) if s is None else s for span, s in shares.items()}
    best = max(known.values())
    own = [span for span in spans if known[span] == best]
    # An office rather than somebody's own telephone.
    return best, sorted(own, key=lambda span: bool(_MOBILE.search(span.of(document.text))))
