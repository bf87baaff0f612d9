"""A sentence of the evidence as a witness: how well it says what the question asks.

Speaking against a value: another year, another 届, a plan where a result is asked for, a sentence
that itself asks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.needs import Need, need_hit
from assistant.sufficiency_asked import AskedValue
from knowledge.sentences import clauses
from knowledge.tokenization import fold
from knowledge.values import Value, without_dateline

_BESIDE = 20
# A word that does not stand in the sentence: as a synonym or in part there, or in its passage.
_ELSEWHERE, _IN_PASSAGE = 0.5, 0.25
# What remains of a value's weight under each thing that speaks against it.
_YEAR_ABOVE, _NO_YEAR, _OTHER_YEAR = 0.9, 0.7, 0.55
_ASKS_ITSELF, _PLANNED, _OTHER_PERIOD, _QUALIFIERS = 0.6, 0.75, 0.8, 0.3
_ASKS = re.compile(r"[？?]|什么|谁(?!说)|哪[个里些位年天]|多少|如何|怎么|吗")
_BREAK = re.compile(r"[，。；;,!！？?]")
# What links a word and what is said of it, and no more.
_SAID_OF = re.compile(
    r"[\w\s]{0,3}(?:是|为|叫|名为|名叫|即|采用|包括|[：:“「《\"(（—-])[^\w]*\w{0,4}$"
)
_NOT_SAID = 0.4
_PLAN = re.compile(r"计划|目标|预计|预期|有望|预测|或将|拟|可能|尚未|未经")
_PERIOD = re.compile(
    r"第?[一二三四1-4]季度|上半年|下半年|前[\d一二三四五六七八九十]+个?月|[1-9一二三四五六七八九十]+月份?"
    r"|年均|累计|单日|单月|首日|去年|此前|上年"
)
_FORMER, _JUST_BEFORE = re.compile(r"(?:去年|上年|此前|上一年)[^，。；]*$"), 12
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@lru_cache(maxsize=512)
def folded_text(text: str) -> str:
    """`fold`, remembered: each sentence is looked at for every value."""
    return fold(text)


class WeighedSentence:
    """A folded sentence with its passage, and what speaks against the values in it."""

    def __init__(self, asked: AskedValue, folded: str, passage: str, title: str) -> None:
        self._asked, self._folded, self._around = asked, folded, passage + title
        self._passage = passage
        self._clauses = list(clauses(folded, 0, len(folded)))
        self._years = [(m.start(), m[1]) for m in _YEAR.finditer(without_dateline(folded))]
        asks = _ASKS_ITSELF if _ASKS.search(folded) else 1.0
        self._whole = asks * (1 - _QUALIFIERS * (1 - self._qualified()))

    def places(self, need: Need) -> list[tuple[int, int]]:
        """Where the word, or one that means the same, stands."""
        spots = []
        for word in (need.word, *need.others):
            start = self._folded.find(word)
            while start >= 0:
                spots.append((start, start + len(word)))
                start = self._folded.find(word, start + 1)
        return spots

    def beyond(self, need: Need) -> float:
        """What a word counts that does not stand in the sentence."""
        return max(
            _ELSEWHERE * need_hit(need, self._folded), _IN_PASSAGE * need_hit(need, self._passage)
        )

    def beside(self, value: Value) -> float:
        """1 if the word that the value belongs to stands beside it, in its clause."""
        head = self._asked.head
        if head is None:
            return 1.0
        before = _BREAK.split(self._folded[max(0, value.start - _BESIDE) : value.start])[-1]
        behind = _BREAK.split(self._folded[value.end : value.end + _BESIDE])[0]
        beside = max(need_hit(head, before), need_hit(head, behind))
        if self._asked.kind == "other" and beside:
            # 主题为“…”, 全称是…: said of the word; anything else merely stands near it.
            said = any(
                _SAID_OF.match(before[before.rfind(word) + len(word) :])
                for word in (head.word, *head.others)
                if word in before
            )
            return beside if said else beside * _NOT_SAID
        return beside

    def discount(self, value: Value) -> float:
        """What is left of a value's weight, 0 to 1."""
        share = self._whole * self._in_year(value)
        if self._asked.kind == "number":
            clause = next((c for c in self._clauses if c.start <= value.start < c.end), None)
            words = clause.of(self._folded) if clause else self._folded
            if _PLAN.search(words) and not _PLAN.search(self._asked.text):
                share *= _PLANNED
            if any(match[0] not in self._asked.text for match in _PERIOD.finditer(words)):
                share *= _OTHER_PERIOD
        return share

    def _in_year(self, value: Value) -> float:
        """Another year near the value than the one asked for speaks against it."""
        if not self._asked.years:
            return 1.0
        if _FORMER.search(self._folded[max(0, value.start - _JUST_BEFORE) : value.start]):
            return _OTHER_YEAR
        before = [year for place, year in self._years if place <= value.start]
        near = before[-1] if before else (self._years[0][1] if self._years else None)
        if value.key[0] == "date" and value.key[1] is not None:
            near = str(value.key[1])
        if near is None:
            return _YEAR_ABOVE if all(y in self._around for y in self._asked.years) else _NO_YEAR
        return 1.0 if near in self._asked.years else _OTHER_YEAR

    def _qualified(self) -> float:
        """The share of the question's numbers (第七届, 500米) that stand here; in part, around."""
        numbers = self._asked.qualifiers
        if not numbers:
            return 1.0
        found = [1.0 if x in self._folded else 0.5 * (x in self._passage) for x in numbers]
        return sum(found) / len(numbers)
