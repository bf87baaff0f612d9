"""The value a question asks for, with the word of the question that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.needs import Need
from assistant.question import ParsedQuestion
from knowledge import asked_value as asked
from knowledge.tokenization import fold

_ASKING = re.compile(r"谁|哪|什么|多少|几|何|啥")
_OPENS = re.compile(r"(?:请问)?(?:谁|哪位|什么)(?:是|为)")


@dataclass(frozen=True, slots=True)
class AskedValue(asked.AskedValue):
    """What a question wants to know, as far as its words tell."""

    head: Need | None = None
    """The word that the value belongs to (票房, 导演, 举办)."""


def asked_value(question: ParsedQuestion, needs: Sequence[Need]) -> AskedValue:
    """What `question` asks for."""
    folded = fold(question.text)
    value = asked.asked_value(folded, question.years)
    return AskedValue(**asdict(value), head=_head(folded, needs))


def _head(folded: str, needs: Sequence[Need]) -> Need | None:
    """The subject word next to the asking word, or else next to the end."""
    asking = _ASKING.search(folded)
    start, end = asking.span() if asking else (len(folded.rstrip("？? 是为")),) * 2
    if _OPENS.match(folded):
        # 谁是北京冬奥会第一棒火炬手: the role stands last.
        start = end = len(folded.rstrip("？? "))
    found: list[tuple[int, Need]] = []
    words = [need for need in needs if len(need.word) > 1]
    for need in words or needs:
        place = folded.rfind(need.word)
        if place >= 0:
            after = place + len(need.word)
            found.append((start - after if place < start else place - end, need))
    return min(found, key=lambda entry: abs(entry[0]))[1] if found else None
