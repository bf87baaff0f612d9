"""The name by which the texts of one rule know each other, whatever edition they are."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.references import title_key

# 《…》（2018修正）, (2020年修订版), （试行）: which wording of the rule, not which rule.
_EDITION = re.compile(
    r"[（(〔\[【]\s*(?:(?:19|20)\d\d\s*年?)?(?:\d{1,2}月(?:\d{1,2}日)?)?\s*(?:第[一二三四五六七八九十]+次)?"
    r"(?:最新)?(?:修正|修订|修改|试行|暂行|版|施行|公布)*(?:本|版|稿|文本)?\s*[)）〕\]】]"
)
_BRACKETS = re.compile(r"[〈〉<>＜＞]")
_ISSUED = re.compile(r"印发.*?《((?:[^《》]|《[^《》]*》)+)》")


# A document may be one article of its law.
ARTICLE_AT_END = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?$")


@lru_cache(maxsize=65_536)
def rule_name(title: str) -> str:
    """The name by which texts of one rule know each other: without country, edition and date."""
    if issued := _ISSUED.search(title):
        title = issued[1]
    return title_key(bare_title(_BRACKETS.sub("", title))) or title_key(title)


def bare_title(title: str) -> str:
    """A title without the note on its edition: 社工条例（2018修正） → 社工条例."""
    return _EDITION.sub("", title).strip() or title
