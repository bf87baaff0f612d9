"""「哪个文件说的」: in which documents the answer before stands.

The answer is given once more, behind the titles of what it quotes.
"""

from __future__ import annotations

import re

from assistant.citing import Citations
from assistant.quotation import escape
from assistant.wording import Language, say
from knowledge.documents import PolicyDocument
from knowledge.figures import find_figures

_ASKS = re.compile(
    r"^(?:这|那|这个|那个|上面|刚才|前面|你)*(?:说的|讲的|些?内容|句话|条规定)?(?:是|都)?(?:在|来自|出自|见|根据|依据)?"
    r"(?:哪[一个份部条]{0,2}(?:文件|政策|法律?|法规|条例|规定|方案|材料|文)(?:里|中|上)?(?:面)?(?:说|写|讲|提到?|规定|要求|来|出)?"
    r"|什么(?:文件|政策|法律?|法规|条例)(?:里|中|上)?(?:面)?(?:说|写|讲|提到?|规定|要求))(?:过|的|了)*$"
    r"|^(?:法律|政策)?(?:出处|来源|依据|根据|原文)(?:是|在|呢|有)*(?:哪[里儿]?|什么|(?:哪|第几)一?条)?(?:呢)?$"
)
_YEAR = re.compile(r"^(?:19|20)\d\d年度?")
_SUFFIX = "，出自哪份文件"


def asks_source(rest: str) -> bool:
    """True if it is asked where the answer before stands."""
    return bool(_ASKS.match(rest))


def with_source(question: str) -> str:
    """The question before, asked for its documents."""
    return question.rstrip("？?。 ") + _SUFFIX


def without_source(question: str) -> tuple[str, bool]:
    """The question itself, and whether its documents are asked for."""
    return question.removesuffix(_SUFFIX), question.endswith(_SUFFIX)


def sources_told(citations: Citations, language: Language) -> str:
    """The titles of what is quoted, each with its marks."""
    marks: dict[str, list[int]] = {}
    documents = {document.title: document for document in citations.documents.values()}
    for number, document in citations.documents.items():
        marks.setdefault(document.title, []).append(number)
    titles = [
        _named(title, documents[title]) + "".join(f"[{n}]" for n in numbers)
        for title, numbers in marks.items()
    ]
    return say("stands_in", language, titles="、".join(titles))


def _named(title: str, document: PolicyDocument) -> str:
    """The title; a figure in it is not quoted and must not stand here."""
    plain = _YEAR.sub("", title)
    if find_figures(plain) or not plain:
        return escape(f"{document.region or '资料库'}的文件")
    return escape(plain) if "《" in plain else f"《{escape(plain)}》"
