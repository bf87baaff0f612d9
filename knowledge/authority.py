"""Which rule stands above the others: a law of the country before what carries it out.

Legislation Law of the People's Republic of China (中华人民共和国立法法), articles 98 to 100: the
constitution before laws, laws before administrative and local regulations, those before rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.documents import Passage, PolicyDocument
from knowledge.regions import COUNTRY
from knowledge.rule_names import ARTICLE_AT_END, rule_name

# 办法, 方法, 执法 … are no laws.
_LAW = re.compile(r"(?<![办方做想说看用书执司普])法$|法典$")
_REGULATION = "条例"
_HIGHER = re.compile(r"(?<![办方做想说看用书执司普])法$|工作条例$")
_LAW_BONUS = 0.4
"""Added to a fused score, whose spread over the candidates is about 1.

Learned on the half of `lay` that is not reported, where .2 to 1.0 did much the same
(docs/decisions/0004).
"""


@lru_cache(maxsize=65_536)
def authority(title: str, region: str | None) -> float:
    """What the standing of a document counts for where a question names neither rule nor place.

    `title` is its rule's name (`rule_names.rule_name`), `region` its place, None if none is known.
    """
    return _LAW_BONUS if region in (None, COUNTRY) and is_law(title) else 0.0


def is_law(title: str) -> bool:
    """True for the name of a law, which only the country makes; not for 办法 and the like."""
    return bool(_LAW.search(ARTICLE_AT_END.sub("", title)))


def is_official(document: PolicyDocument, passage: Passage) -> bool:
    """True of a rule and of what an authority issued: it speaks alone.

    Of the pages of the web several must say the same.
    """
    is_rule = bool(passage.article or ARTICLE_AT_END.search(document.title))
    return is_rule or bool(document.document_number or document.issuers)


def overruled(documents: Iterable[PolicyDocument]) -> frozenset[str]:
    """The ids of national regulations on a subject of which the library holds a later, higher text.

    法律援助条例 (2003) beside 法律援助法 (2022); 信访条例 (2005) beside 信访工作条例 (2022). Such
    a text may be in force still, but does not say what holds where the two differ.
    """
    national = [d for d in documents if d.region == COUNTRY and d.effective_from]
    later: dict[str, list[PolicyDocument]] = {}
    for document in national:
        name = rule_name(document.title)
        subject = _HIGHER.sub("", name)
        if subject and subject != name:
            later.setdefault(subject, []).append(document)
    return frozenset(
        document.id
        for document in national
        if (name := rule_name(document.title)).endswith(_REGULATION)
        and any(
            _is_after(other, document) for other in later.get(name.removesuffix(_REGULATION), ())
        )
    )


def _is_after(document: PolicyDocument, other: PolicyDocument) -> bool:
    if document.id == other.id or not (document.effective_from and other.effective_from):
        return False
    return document.effective_from > other.effective_from
