"""Which rule stands above the others: a law of the country before what carries it out.

Legislation Law of the People's Republic of China (中华人民共和国立法法), articles 98 to 100: the
constitution before laws, laws before administrative and local regulations, those before rules.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.documents import Passage, PolicyDocument
from knowledge.regions import COUNTRY
from knowledge.rule_names import ARTICLE_AT_END

# 办法, 方法, 执法 … are no laws.
_LAW = re.compile(r"(?<![办方做想说看用书执司普])法$|法典$")
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
