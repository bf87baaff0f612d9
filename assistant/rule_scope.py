"""Paragraphs beside the question: on a special group, a breach or a court that nobody asked about,
on why the rule was made, or on another body than the one that is named.

"收养登记需要哪些材料" is answered by the rule for everyone; the one for foreigners has the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.question import ParsedQuestion
from assistant.rule_blocks import Block
from knowledge.lay_words import lay_words
from knowledge.synonyms import is_said, synonyms_for
from knowledge.tokenization import fold, is_dictionary_word, tagged_words

_GROUPS = re.compile(
    r"外国人|外国|华侨|香港|澳门|台湾|境外|现役军人|少数民族|简易程序|突发事件|紧急"
)
_SANCTION = re.compile(
    r"责令(?:限期)?(?:改正|退还|停止)|处以?[^，。]{0,20}罚款|给予(?:警告|处分|处罚)|予以警告|依法给予|追究[^，。]{0,8}责任"
)
_ASKS_SANCTION = re.compile(
    r"罚(?!款不)|会(?:怎么?样|如何)(?=[？?。]?$)|什么(?:下场|处理)|责任|后果|违反|违法|处分|怎么处理|如何处理|不(?:依法|履行|按|遵守)"
)
# The first articles say why there is a rule and on which principles it rests.
_GENERAL = re.compile(r"为了?[^。]{4,}，?制定本|遵循[^。]{2,60}原则|坚持[^。]{2,60}原则")
_ASKS_GENERAL = re.compile(r"原则|目的|宗旨|为什么|为何|依据")
# How a court decides is asked for with one of these words.
_COURT = "最高人民法院"
_ASKS_COURT = re.compile(r"法院|诉|审理|审判|判|裁|解释|举证|证据|仲裁|效力|执行|刑")
# Of a paragraph the words that say whom or what it is about.
_HEAD = 60
# Characters of a word that names one thing and no other.
_NAME = 4


def strays(asked: str, block: Block) -> bool:
    """True if the paragraph rules a group, a sanction or a court of which folded `asked` says nothing.

    Or if it only says why the rule was made.
    """
    if _GENERAL.search(block.lead.text) and not _ASKS_GENERAL.search(asked):
        return True
    if _COURT in block.document.title and not _ASKS_COURT.search(asked):
        return True
    head = fold(block.lead.text[:_HEAD]) + fold(block.document.title)
    if any(group not in asked for group in _GROUPS.findall(head)):
        return True
    return bool(_SANCTION.search(fold(block.lead.text))) and not _ASKS_SANCTION.search(asked)


def asks_sanction(asked: str) -> bool:
    """True if folded `asked` asks what happens to whoever breaks a rule."""
    return bool(_ASKS_SANCTION.search(asked))


def sanctions(block: Block) -> bool:
    """True if the paragraph says what happens to whoever breaks a rule."""
    return is_sanction(fold(block.whole.text))


def is_sanction(folded: str) -> bool:
    """True if a folded text says what happens to whoever breaks a rule."""
    return bool(_SANCTION.search(folded))


def speaks_of_subject(question: ParsedQuestion, block: Block) -> bool:
    """True if the article speaks of what the figure is asked of (陪产假 of 陪产假多少天).

    In its own words, in those that mean the same, or in the words of the law for it.
    """
    strong = [term.word for term in question.terms if term.weight >= 1 and len(term.word) > 1]
    if not strong:
        return True
    said = block.article + block.above + fold(block.document.title)
    others = [word for _, words in lay_words(question.text) for word in words]
    return is_said(strong[-1], said) or any(word in said for word in others)


def asks_of_unknown(question: ParsedQuestion, frequency: Callable[[str], int]) -> bool:
    """True if a figure or a procedure is asked of a thing that no text of the library names.

    捕捞渔船 has no word in common with any rule, 许可证 with many: what they say of permits is not
    said of it. What people call by other names is known to `lay_words`.
    """
    if question.form not in ("figure", "date", "procedure") or question.english:
        return False
    return not lay_words(question.text) and any(
        term.weight >= 1
        and len(term.word) > 1
        and is_dictionary_word(term.word)
        and not synonyms_for(term.word)
        and not all(frequency(a + b) for a, b in pairwise(term.word))
        for term in question.terms
    )


def _is_act(word: str) -> bool:
    """True for 提出申请, which names no thing."""
    return any(tag.startswith("v") for _, tag in tagged_words(word[:2]))


def on_what_is_named(asked: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The paragraphs whose article speaks of the bodies and things named; all if none does.

    居民委员会 is another body than 业主委员会, however alike the words about them are.
    """
    names = [
        word
        for word, tag in tagged_words(asked)
        if len(word) >= _NAME and tag.startswith("n") and not _is_act(word)
    ]
    own = tuple(b for b in blocks if all(is_said(name, b.article + b.above) for name in names))
    return own or tuple(blocks)


# 见义勇为行为的认定，依照国家和本市有关规定执行。
_REFERS_ONLY = re.compile(
    r"(?:第[一二三四五六七八九十百零]+条\s*)?[^，。；]{2,40}[，,]?(?:依照|按照|依据|适用)[^。；]{0,24}规定(?:执行|办理|处理)?。?"
)
_ASKS_BY_WHAT = re.compile(
    r"按(?:照|什么|哪)|依据|依照|根据|适用|(?:哪[部个项些]|什么)(?:法|规定|条例|办法|文件)"
)
_SHORT_REFERENCE = 70


def refers_only(text: str, asked: str) -> bool:
    """True for a paragraph that only says that other rules hold, where it is not asked which."""
    own = "".join(text.split())
    is_reference = len(own) <= _SHORT_REFERENCE and _REFERS_ONLY.fullmatch(own)
    return bool(is_reference) and not _ASKS_BY_WHAT.search(asked)
