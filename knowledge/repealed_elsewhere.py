"""Laws that the Civil Code repealed, for libraries that do not hold the words that repeal them.

Sources: 《中华人民共和国民法典》第一千二百六十条 (the nine laws, from 1 January 2021) and
《最高人民法院关于废止部分司法解释及相关规范性文件的决定》（法释〔2020〕16号）, which repealed the
interpretations of these laws from the same day.
"""

from __future__ import annotations

import re
from datetime import date

from knowledge.documents import PolicyDocument
from knowledge.regions import COUNTRY
from knowledge.rule_names import bare_title

SINCE = date(2021, 1, 1)
"""First day on which they no longer hold."""
LAWS = (
    "婚姻法",
    "继承法",
    "民法通则",
    "收养法",
    "担保法",
    "合同法",
    "物权法",
    "侵权责任法",
    "民法总则",
)
_NAME = rf"(?:中华人民共和国)?(?:{'|'.join(LAWS)})"
_LAW = re.compile(_NAME)
_INTERPRETS = re.compile(
    rf"最高人民法院关于(?:适用|贯彻执行)[《〈]{_NAME}[》〉].*(?:解释|意见|补充规定)"
    # Replaced by 法释〔2020〕26号, 解释（一）.
    r"|最高人民法院关于审理劳动争议案件适用法律若干问题的解释"
)


def is_interpretation(document: PolicyDocument) -> bool:
    """True for an interpretation by the Supreme Court of what was repealed."""
    return bool(_INTERPRETS.match(bare_title(document.title)))


def ended_by_code(document: PolicyDocument) -> bool:
    """True for a law that the Civil Code repealed, and for an interpretation of one."""
    if document.region not in (None, COUNTRY):
        return False
    if document.published_on and document.published_on >= SINCE:
        return False
    title = bare_title(document.title)
    return bool(_LAW.fullmatch(title) or _INTERPRETS.match(title))
