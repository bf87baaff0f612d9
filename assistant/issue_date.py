"""「国发〔2018〕38号是什么时候印发的」: the day a document without articles gives itself.

A notice bears its day under its text, in a line that shares no word with any question.
"""

from __future__ import annotations

import re

from assistant.cited_document import THIS_DOCUMENT
from assistant.citing import Citations
from assistant.dated_quote import cite_words
from assistant.quotation import escape
from assistant.rule_date import WHEN
from assistant.rule_versions import versions_named
from assistant.work import Work
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold
from knowledge.validity import dates_in

_MADE = r"(?:印发|发布|下发|发出|发|出台|公布|成文|签发|制定|颁布|批复|批准|答复|写)"
# Nothing but the document, the act and the question when.
_ASKS = re.compile(
    rf"(?:{THIS_DOCUMENT}|》)(?:[是在于又的]|到底|究竟|具体|文件|通知|意见|复函|批复|决定)*"
    rf"(?:{WHEN}(?:正式)?{_MADE}(?:出?来)?[的了过]?|{_MADE}(?:的)?(?:时间|日期)(?:是|为)?(?:{WHEN})?|{_MADE}于{WHEN}|(?:的)?(?:落款)?日期(?:是)?(?:{WHEN})?|(?:是)?{WHEN}的)"
    r"[呢吗？?。]*$"
)
# A turn on the document that the conversation is on; 什么时候批下来 is asked of an application.
_ASKS_OF_IT = re.compile(
    rf"^(?:那|它|这)?(?:个|份)?(?P<noun>文件|通知|意见|批复|复函|方案)?(?:又|到底|究竟)?(?:是|在|于)?{WHEN}(?:正式)?(?:{_MADE}|批)(?P<past>出来的|的)?[呢吗？?。]*$"
)
_APPLIES = re.compile(r"申请|申报|办理|领取|怎么[办领报]|报名|审批|审核")
_DAY = re.compile(r"[^年\n]{4}年[^月\n]{1,3}月[^日\n]{1,4}日|\d{4}[-/.]\d\d?[-/.]\d\d?")


def asks_issue_date(text: str) -> bool:
    """True if nothing is asked of a document that is named but its day."""
    return bool(_ASKS.search(fold(text)))


def asks_its_date(turn: str, before: str) -> bool:
    """True for a turn that asks when the document was issued that was spoken of: 什么时候批的.

    `before` is the question before it: what one applies for is approved as well.
    """
    asked = _ASKS_OF_IT.match(fold(turn.strip()))
    if asked is None:
        return False
    return bool(asked["noun"]) or bool(asked["past"] and not _APPLIES.search(before))


def issue_date(work: Work, snapshot: Snapshot, citations: Citations) -> str | None:
    """The day, as the document writes it; None where none is named, several are, or it bears none."""
    named = [v for v in versions_named(work, snapshot) if snapshot.versions[v].is_current]
    return day_told(named[0], snapshot, citations) if len(named) == 1 else None


def day_told(version: int, snapshot: Snapshot, citations: Citations) -> str | None:
    """The day of one version, as it writes it itself; None where it bears none."""
    document = snapshot.catalog.document(snapshot.versions[version].document.id, version)
    if document is None or document.published_on is None:
        return None
    days = [start for start, day in dates_in(document.text) if day == document.published_on]
    spans = [Span(*found.span()) for start in days if (found := _DAY.match(document.text, start))]
    if not spans:
        return None
    day = spans[-1].of(document.text)
    number = cite_words(citations, snapshot, document, version, spans[-1])
    citations.claim(day, number)
    return f"**{escape(day)}**[{number}]"
