"""高龄津贴 is no 职业津贴, and 临时救助 no 医疗救助: a thing is told from others by the word before it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from assistant.evidence import Statement
from knowledge.synonyms import is_said
from knowledge.tokenization import fold, tagged_words

# Benefits and rules of which there are many kinds, each with its own name.
_HEADS = frozenset("津贴 补贴 补助 救助 低保 保险 待遇 工资 补偿 奖励".split())
_NAMES = ("n", "v", "a", "b", "j", "l")
# 每月补贴, 发放津贴: no kind of it.
_NO_KIND = re.compile(
    r"^(?:每|各|该|其|本|此|发放|享受|领取|申请|申领|给予|提高|取得|获得|停发|支付|落实|按|标准|相关|有关|一次性|资金|财政|现金|上述|两项|基本|最低|最高)"
)


@lru_cache(maxsize=512)
def compounds(folded: str) -> tuple[tuple[str, str], ...]:
    """Each kind of thing that a folded question names: (高龄, 津贴)."""
    return tuple(
        (kind, head)
        for (kind, tag), (head, _) in pairwise(tagged_words(folded))
        if head in _HEADS and len(kind) > 1 and tag.startswith(_NAMES) and not _NO_KIND.match(kind)
    )


def is_other_compound(folded: str, said: str, above: str) -> bool:
    """True if a folded sentence speaks of another kind only of the thing that is asked for.

    `above` are its folded title and headings, which may name the kind.
    """
    for kind, head in compounds(folded):
        if head not in said or is_said(kind, said + above):
            continue
        kinds = [before for before, own in compounds(said) if own == head]
        if kinds and len(kinds) == said.count(head):
            return True
    return False


def is_of_other_kind(folded: str, statement: Statement) -> bool:
    """The same of a sentence of the library, under its title and headings."""
    issuers = statement.document.issuers
    above = fold("".join((statement.passage.title, *issuers, *statement.above)))
    return is_other_compound(folded, fold(statement.text), above)
