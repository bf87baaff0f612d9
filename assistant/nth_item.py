"""「四川的第三个工作机制怎么健全」「十个领域里排最后的是哪个」: an item asked for by its place in a list.

The list is looked for first; the question is then put to the item by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer_list import listed_item
from knowledge.references import numeral_value
from knowledge.regions import region_mentions
from knowledge.tokenization import fold

_NUMERAL = r"[一二两三四五六七八九十\d]{1,3}"
_NOUN = r"领域|工作机制|机制|基础支撑|支撑|原则|任务|坚持|合作内容|合作|措施|举措"
_PLACE = (
    rf"(?:(?:排(?:在|名)?)?第(?P<number>{_NUMERAL})(?:个|项|大|类|点|位|名)?(?:的(?=是))?|倒数第(?P<back>{_NUMERAL})(?:个|项|大|类|点|位)?"
    r"|(?P<last>(?:排在?|列在?)?最后(?:面)?的?一?(?:个|项|大|类|点|位)?的?))"
)
# 条 is left out: 第三条 is an article.
_ASKS = re.compile(
    rf"^(?P<before>[^，。？?]{{0,20}}?)(?P<set>(?:{_NUMERAL}(?:个|项|大|类))?(?:重点|主要|基本)?(?:{_NOUN}))?(?:的|里面?|中|当中|里头)*"
    rf"{_PLACE}(?P<noun>(?:重点|主要|基本)?(?:{_NOUN}))?(?P<ask>[^？?。]*)[？?。]*$"
)
_BARE = re.compile(
    r"^(?:的?(?:具体)?(?:内容)?(?:是|叫|指的?是?|说的?是?|讲的?是?)?(?:什么|啥|哪个|哪一?项|哪一?个)?(?:内容|意思|名字|名称)?(?:呢|来着|吗)?)[，,]?"
)


@dataclass(frozen=True, slots=True)
class NthItem:
    """An item of a list, by its number."""

    list_question: str
    """The question for the whole list."""
    number: int
    """From 1; from the end, −1 and less."""
    noun: str
    place: str
    """The place named in the question, or ''."""
    ask: str
    """What is asked of the item."""

    def asked_of(self, item: str) -> str:
        """The question put to the item by its name."""
        return f"{self.place}{item}{self.ask}"

    def item_in(self, answer: str) -> str:
        """The item that an answer to the list question names in this place, or ''."""
        return listed_item(answer, self.number, self.noun[-2:], of_noun_only=True)


def nth_item(question: str) -> NthItem | None:
    """The item that `question` asks for by its number; None if it asks for none."""
    match = _ASKS.match(fold(question).strip().replace(" ", ""))
    noun = match and (match["noun"] or match["set"])
    if match is None or not noun or "第" in match["ask"]:
        return None
    if match["last"]:
        number = -1
    else:
        number = numeral_value(match["number"] or match["back"]) * (-1 if match["back"] else 1)
    if not number:
        return None
    plain = re.sub(rf"^{_NUMERAL}(?:个|项|大|类)", "", noun)
    before = match["before"].removesuffix("的")
    places = [before[start:end] for start, end, _ in region_mentions(before)]
    ask = _BARE.sub("", match["ask"]) or "是什么"
    return NthItem(
        f"{before}的{plain}有哪些" if before else f"{plain}有哪些",
        number,
        plain,
        "".join(places[:1]),
        ask,
    )
