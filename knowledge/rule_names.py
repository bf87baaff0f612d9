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


# 最高人民法院关于适用民法典婚姻家庭编的解释二 is cited as 婚姻家庭编解释二.
_INTERPRETATION = re.compile(
    r"最高人民法院关于(?:适用(?P<law>民法典|[一-鿿]{2,8}法)(?P<part>[一-鿿]{2,6}编)?|审理(?P<cases>[一-鿿]{2,8})案件适用法律)"
    r"(?:若干问题|问题)?的解释(?P<number>[一二三四五六七八九十]?)"
)
# 国务院办公厅关于印发无废城市建设试点工作方案的通知
_ISSUED_BARE = re.compile(r"关于(?:印发|转发)((?:(?!关于).){6,})的通知$")


def short_names(name: str, *, holds: bool = True) -> tuple[str, ...]:
    """How an interpretation of the Supreme Court, or what a notice brings, is called too.

    `name` is what `rule_name` gives. Empty for any other rule. One that no longer `holds` is not
    meant by the subject alone (劳动争议司法解释), which any interpretation on it is called by.
    """
    if issued := _ISSUED_BARE.search(name):
        return (issued[1],)
    match = _INTERPRETATION.fullmatch(name)
    if match is None:
        return ()
    part = match["part"] or ""
    subjects = [f"{match['law']}{part}", part] if match["law"] else [match["cases"]]
    numbers = (match["number"], "") if holds else (match["number"],)
    return tuple(
        f"{subject}{kind}{number}"
        for subject in subjects
        if subject
        for kind in ("解释", "司法解释", "的解释", "的司法解释")
        for number in dict.fromkeys(numbers)
        if holds or number
    )
