"""Who pays: 个人缴百分之几 is not answered with what the employer pays."""

from __future__ import annotations

import re

_PAYS = re.compile(
    r"缴|(?<![提递上移转成社外])交(?![通流往代接易付换警叉给由])"
    r"|(?:费|保险|保障|比例)[^，。？?]{0,6}(?:承担|负担)|(?:承担|负担)[^，。？?]{0,6}(?:费|比例|百分之)"
)
_PERSON = re.compile(r"(?<![用每几两三多\d一])个人|职工|员工|本人|劳动者|参保人|自己")
_EMPLOYER = re.compile(r"用人单位|单位|企业|公司|雇主")


def is_other_payer(folded: str, sentence: str) -> bool:
    """True if the payment of one side is asked for, and the sentence is not on that."""
    if not _PAYS.search(folded):
        return False
    person, employer = _PERSON.search(folded), _EMPLOYER.search(folded)
    if bool(person) == bool(employer):
        return False
    named = {
        side: match.start()
        for side, match in (
            ("person", _PERSON.search(sentence)),
            ("employer", _EMPLOYER.search(sentence)),
        )
        if match
    }
    if by := re.search(r"由(?:其|所在)?(?:用人)?(单位|企业|公司|职工|个人|本人)", sentence):
        named = {"employer" if _EMPLOYER.search(by[1]) else "person": 0}
    # Who pays stands first: 用人单位按照本单位职工工资总额的百分之二缴纳.
    payer = min(named, key=lambda side: named[side], default="")
    return payer != ("person" if person else "employer")
