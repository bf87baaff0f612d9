"""Questions and answers in a document (问：…… 答：……), as authorities publish them to explain a policy."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACES = r"[ \t　\u00a0]*"
_ASKS = re.compile(
    rf"^{_SPACES}(?:[#*]+{_SPACES})?(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[.、．]{_SPACES})?(?:问|Q|q)(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})?{_SPACES}[：:.]{_SPACES}(?P<question>[^\n]{{3,120}})$",
    re.MULTILINE,
)
_ANSWERS = re.compile(
    rf"^{_SPACES}(?:[#*]+{_SPACES})?(?:答|A|a)(?:\d{{1,2}})?{_SPACES}[：:.]", re.MULTILINE
)
# An answer is cut where its paragraph ends behind so many characters.
_LONGEST = 1_200


@dataclass(frozen=True, slots=True)
class QaPair:
    """One question with its answer."""

    question: str
    """Without 问：."""
    start: int
    """Where the question begins, in the document's text."""
    answer_start: int
    """Where the line with 答： begins."""
    end: int
    """Where the answer ends."""


def qa_pairs(text: str) -> list[QaPair]:
    """The pairs of a text, in reading order; none in a text without both marks."""
    asks = list(_ASKS.finditer(text))
    found = []
    for place, ask in enumerate(asks):
        end = asks[place + 1].start() if place + 1 < len(asks) else len(text)
        answer = _ANSWERS.search(text, ask.end(), end)
        if answer is None or text[ask.end() : answer.start()].strip():
            continue
        start = answer.start() + len(answer[0]) - len(answer[0].lstrip())
        stop = start + len(_cut(text[start:end].rstrip()))
        found.append(QaPair(ask["question"].strip().strip("*"), ask.start(), start, stop))
    return found


def _cut(answer: str) -> str:
    """An answer up to the end of a paragraph; what follows an empty line may be the document's foot."""
    answer = re.split(r"\n[ \t　]*\n(?![（(]|\d|[-*•])", answer, maxsplit=1)[0]
    if len(answer) <= _LONGEST:
        return answer
    cut = answer.rfind("\n", 0, _LONGEST)
    return answer[: cut if cut > 0 else _LONGEST]
