"""「十个领域里有没有残疾人」: is a thing among those that a policy lists? The list itself, and whether it is.

A list that ends with 等 may hold more than it names; what is not named is said not to be named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.figures import find_figures
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

_SET = r"(?P<set>[^，。？?]{0,16}?(?:[二两三四五六七八九十\d]+(?:个|大|项|类)(?:重点|主要|基本)?)(?:领域|机制|支撑|原则|任务|群体|方面|坚持|部门))"
_MEMBER = r"(?P<member>(?:(?![了由可要能的哪几多什])[一-鿿]){2,10}?)"
_IF, _HOLDS = r"(?:有没有|是否|是不是|有无|包不)?", r"(?:包括|包含|涵盖|含有?)"
_ASKS = tuple(
    re.compile(rf"^{_SET}{joint}{_MEMBER}(?:领域|社工)?(?:吗|么|没有|没)?[？?]*$")
    for joint in (rf"(?:里面?|中|当中|里头){_IF}(?:{_HOLDS}|涉及|有)?", rf"{_IF}{_HOLDS}")
)
_WHETHER = re.compile(r"有没有|是否|是不是|有无|包不|吗[？?]*$|么[？?]*$|没有?[？?]*$")


@dataclass(frozen=True, slots=True)
class Membership:
    """What is asked for, and among what."""

    question: str
    """The question for the whole list."""
    member: str

    def is_of(self, text: str) -> bool:
        """True if `text` is on a set of so many: 四个机制 are no 三个机制."""
        asked = [figure.value for figure in find_figures(self.question)]
        return any(figure.value in asked for figure in find_figures(text))

    def is_named(self, text: str) -> bool:
        """True if the list in `text` names the thing."""
        return is_said(self.member, fold(text))


def membership(question: str) -> Membership | None:
    """What `question` wants to know to be in a list; None if it asks no such thing."""
    folded = fold(question.strip())
    match = next((found for asks in _ASKS if (found := asks.match(folded))), None)
    if match is None or not _WHETHER.search(folded):
        return None
    if find_figures(match["member"]):
        # It would be said back, and look like a figure of the library.
        return None
    return Membership(f"{match['set'].replace('大', '个')}有哪些", match["member"])
