"""「什么是…」: the sentence by which a rule defines a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.found import Found
from assistant.rule_blocks import Block
from assistant.rule_place import place_bonus
from knowledge.regions import region_mentions
from knowledge.synonyms import is_said
from knowledge.tokenization import fold, tagged_words

_ASKED = (
    re.compile(r"(?:怎么|如何|怎样)(?:定义|界定)(?:的)?(?P<word>[^，,。？?]+)$"),
    re.compile(r"(?:什么是|何谓|何为|什么叫(?:做|作)?)(?P<word>.+)$"),
    re.compile(r"(?:所称|所说)(?:的)?(?P<word>[^，,。？?]+?)(?:是)?(?:指|什么|含义).*$"),
    re.compile(r"(?:对|关于)(?P<word>[^，,。？?]+?)(?:的)?(?:是)?(?:怎么|如何)?(?:定义|界定).*$"),
    re.compile(
        r"(?P<word>[^，,。？?]+?)(?:的)?(?:定义|含义|概念)(?:是什么|有什么.*|有何.*|怎么.*)?$"
    ),
    re.compile(r"(?P<word>[^，,。？?]+?)(?:怎么|如何)(?:定义|界定).*$"),
    re.compile(
        r"(?P<word>[^，,。？?]+?)(?:是指|指的是|是|指)(?:什么|哪些|谁)(?:意思|人|人员|人群|病|情况|东西|行为)?$"
    ),
)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,16})[”\"」』]")
_RULE_NAME = re.compile(r"^.*?(?:条例|办法|法)(?:里|中)?(?:规定|所称|的)")
_CLEAN = re.compile(
    r"^(?:请问|的|里|中|规定|那|本|该|比较|对比|和|与|、)+|(?:的|呢|吗|啊|具体|主要|一般|到底|究竟)+$"
)
_MEANS = r"[”」]?(?:（[^）]{1,40}）)?[，,]?(?:是指|指的是|指(?![导引定标派南出明示])|属于|是(?!否|由|在|以))"
_DEFINED, _CALLED = 1.0, 0.1


def defined_word(question: str) -> str:
    """The word whose meaning is asked for (什么是志愿服务 → 志愿服务), or ''."""
    folded = fold(question).strip().rstrip("？?。！! ")
    for start, end, _ in reversed(region_mentions(folded)):
        folded = folded[:start] + folded[end:]
    for pattern in _ASKED:
        if match := pattern.search(folded):
            quoted = _QUOTED.search(match["word"])
            word = quoted[1] if quoted else _RULE_NAME.sub("", match["word"])
            word = _CLEAN.sub("", word.strip())
            return word if 2 <= len(word) <= 16 else ""
    return ""


def definition(
    word: str, blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Found | None:
    """The sentence that says what `word` means, whole with its items; None if no rule does.

    Of 未成年人的不良行为 the last thing alone may be defined, but not 严重不良行为.
    """
    found = _defined(word, blocks, places, named)
    _, joined, last = word.rpartition("的")
    if found or not joined or len(last) < 2:
        return found
    return _defined(last, blocks, places, named)


def _defined(
    word: str, blocks: Sequence[Block], places: Sequence[str], named: frozenset[str]
) -> Found | None:
    means = re.compile(
        rf"(?:(?P<called>所称的?|所指的?)|(?<![一-鿿]))[“「]?{re.escape(word)}{_MEANS}"
    )
    best: Found | None = None
    for block in blocks:
        for sentence, _ in block.sentences():
            match = means.search(fold(sentence.text))
            if match is None:
                continue
            score = _DEFINED + place_bonus(block, places, named)
            score += _CALLED * bool(match["called"])
            whole = sentence.text.rstrip().endswith(("：", ":")) and block.items
            quote = block.whole if whole else sentence
            if best is None or score > best.score:
                best = Found(block, (quote,), score)
    return best


def asks_meaning(question: str) -> bool:
    """True if a word is asked to be defined, and not merely what something is (三个坚持是什么)."""
    return bool(re.search(r"什么是|何谓|何为|什么叫|定义|含义|概念", question))


def names_word(word: str, texts: Sequence[str]) -> bool:
    """True if one of `texts` names the word that is asked about, or a part of it by another name.

    What 个案工作 is does not stand where 个案辅导 is spoken of.
    """
    folded = [fold(text) for text in texts]
    parts = [part for part, _ in tagged_words(word) if len(part) > 1] or [word]
    return any(is_said(word, text) or all(is_said(p, text) for p in parts) for text in folded)


def merely_lists(word: str, sentence: str) -> bool:
    """True if the sentence names `word` only as one of several things (大数据、区块链等技术)."""
    folded = fold(sentence)
    places = [match.span() for match in re.finditer(re.escape(word), folded)]
    return bool(places) and all(
        folded[max(0, start - 1) : start] == "、" or folded[end : end + 1] == "、"
        for start, end in places
    )
