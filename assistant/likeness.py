"""How far the words of a question stand in a piece of a rule, by pairs of characters.

Rules name their subject in long compounds (志愿服务组织, 人身安全保护令) that a word segmenter cuts
into words that every rule holds. Pairs keep the compound: each counts by how rare it is in the
library, and a synonym of the word it belongs to counts for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.question import ParsedQuestion
from knowledge.lay_words import lay_words
from knowledge.regions import region_mentions
from knowledge.synonyms import synonyms_for
from knowledge.tokenization import fold, tagged_words

Frequency = Callable[[str], int]

_FRAME = re.compile(
    r"请问|(?:百分之)?(?:多少|(?<![哪好这那])几)(?:个)?(?:工作日|平方米|周岁|小时|万元|亿元|人次|[个名位人家次项所元年月日天岁倍级条户批种类张])?|百分之"
    r"|什么(?:时候|时间|样|意思|人|情形|情况|条件)?|为什么|哪(?:些|几|一)?(?:个|种|类|年|天|方面|人员?|家|里|情形|情况|条件|地方)?"
    r"|是否|能不能|能否|可否|可不可以|可以|必须|需要|[吗呢啊]|(?<![网酒茶书])吧|怎么样?|如何|怎样|有何|规定了?|要求|比较|对比|区别|不同|差异"
    r"|相差|一共|合计|总共|平均|多久|多长(?:时间)?|何时|分别|包括|应当|不得|具备|的?内容|说的|属于|是不是|谁|标准|期限|时限|比例|年龄|法定|现在|目前|不低于|不超过|不得超过|至少|最多|最长|最少|以上|以下"
    r"|[，,。；;：:？?！!、（）()《》“”\s]"
)
# Where two words meet, a rule may put others between them.
_JOINT = 0.4
_LETTER = re.compile(r"[㐀-鿿]")
# Behind these a name begins.
_OPENS = frozenset("称的有为是于对和与及")
_PLACE = "\x00"
_PARTICLES = frozenset("的了吗呢啊把就")
_EMPTY = frozenset(
    "的了和与及是在有对为等把被让从到由于以或也都就而且着过给跟同向往当中上下里内后前其该此本"
)


@dataclass(frozen=True, slots=True)
class _Pair:
    text: str
    weight: float
    others: tuple[str, ...]
    """Words that mean the same as the word the pair belongs to."""


@dataclass(frozen=True, slots=True)
class Core:
    """What a question is about, as pairs of characters with their weights."""

    text: str
    """Folded, without places and the words that ask; cut where they stood."""
    pairs: tuple[_Pair, ...]

    def names_exactly(self, text: str) -> bool:
        """True if a run of the question stands in folded `text` with nothing added in front.

        严重不良行为 is another thing than 不良行为.
        """
        return any(
            not _LETTER.match(before := text[: match.start()][-1:]) or before in _OPENS
            for name in self.names()
            for match in re.finditer(re.escape(name), text)
        )

    def names(self) -> list[str]:
        """The longer words that the question names, in its order."""
        # 不良行为有哪些: 有 belongs to what is asked, 为 to its name.
        empty = "".join(_EMPTY - {"为"}) + "有"
        pieces = [piece.strip(empty) for run in self.text.split() for piece in run.split("的")]
        return [piece for piece in pieces if len(piece) > 3]

    def part(self, words: str) -> Core:
        """The core of some words of the question alone."""
        return Core(words, tuple(pair for pair in self.pairs if pair.text in words))

    def share_of(self, words: str, text: str) -> float:
        """Share of all pairs of `words`, rare or not, that stand in folded `text`."""
        others = {pair.text: pair.others for pair in self.pairs}
        pairs = [
            (pair, _JOINT if joint else 1.0)
            for pair, joint in _all_pairs(words)
            if not set(pair) & _PARTICLES
        ]
        total = sum(weight for _, weight in pairs)
        held = sum(
            weight
            for pair, weight in pairs
            if pair in text or any(other in text for other in others.get(pair, ()))
        )
        return held / total if total else 0.0

    def likeness_of(self, words: str) -> float:
        """Share of the pairs of `words` that the question holds too."""
        own = [pair for pair, _ in _pairs_of(words)]
        known = {pair.text for pair in self.pairs}
        return sum(pair in known for pair in own) / len(own) if own else 1.0

    def likeness(self, *places: tuple[float, str]) -> float:
        """Share of the weight that stands in these texts, 0 to 1.

        Each text comes folded and with what it counts for; of several texts that hold a pair
        the best counts.
        """
        total = sum(pair.weight for pair in self.pairs)
        if not total:
            return 0.0
        found = sum(
            pair.weight
            * max(
                (
                    share
                    for share, text in places
                    if pair.text in text or any(other in text for other in pair.others)
                ),
                default=0.0,
            )
            for pair in self.pairs
        )
        return found / total


def core_of(question: ParsedQuestion, frequency: Frequency, passages: int) -> Core:
    """The core of `question` in a library of so many passages."""
    folded = fold(question.text)
    for start, end, _ in region_mentions(folded):
        folded = folded[:start] + _PLACE * (end - start) + folded[end:]
    words = tuple((term.word, synonyms_for(term.word)) for term in question.terms)
    words += lay_words(question.text)
    runs = [run for run in re.split(_PLACE + "+", _FRAME.sub(_PLACE, folded)) if run]
    pairs: dict[str, _Pair] = {}
    for run in runs:
        for pair, is_joint in _pairs_of(run):
            seen = min(frequency(pair), passages)
            weight = math.log((passages + 1) / (seen + 1)) / math.log(passages + 2)
            if not seen:
                # Asked in other words than any rule uses: it proves little either way.
                weight *= 0.25
            weight *= _JOINT if is_joint else 1.0
            others = tuple(o for word, same in words if pair in word for o in same)
            pairs.setdefault(pair, _Pair(pair, max(weight, 0.05), others))
    return Core(_PLACE.join(runs).replace(_PLACE, " "), tuple(pairs.values()))


def _pairs_of(run: str) -> list[tuple[str, bool]]:
    """Pairs of neighbouring characters that both carry meaning, and whether two words meet there."""
    pairs = _all_pairs(run)
    kept = [(pair, joint) for pair, joint in pairs if not set(pair) & _EMPTY]
    return kept or [(pair, joint) for pair, joint in pairs if not set(pair) <= _EMPTY]


def _all_pairs(run: str) -> list[tuple[str, bool]]:
    edges, position = set(), 0
    for word, _ in tagged_words(run):
        position += len(word)
        edges.add(position)
    return [(run[i : i + 2], i + 1 in edges) for i in range(len(run) - 1)]
