"""Who pays: 个人缴百分之几 is not answered with what the employer pays."""

from __future__ import annotations

import re

_PAYS = re.compile(
    r"缴|(?<![提递上移转成社外])交(?![通流往代接易付换警叉给由])"
    r"|(?:费|保险|保障|比例)[^，。？?]{0,6}(?:承担|负担)|(?:承担|负担)[^，。？?]{0,6}(?:费|比例|百分之)"
)
_PERSON = re.compile(r"(?<![用每几两三多\d一])个人|职工|员工|本人|劳动者|参保人|自己")
_EMPLOYER = re.compile(r"用人单位|单位|企业|公司|雇主")
_GETS = re.compile(r"[金贴助](?:的)?(?:标准|金额|数额)|(?:能|可以)领|领(?:取|到|多少|多久|几)|待遇")
_PAYS_IN = re.compile(r"缴纳[^，。；]{0,12}(?:费|金)")
_FINE = re.compile(r"罚|骗取|滞纳金|追回|退还|后果|会怎")
# 物业费每平方米每月最高多少: of dues that go by one name.
_DUE = re.compile(r"(物业|停车|保教|学|取暖|水|电|燃气|维修|管理|诉讼|仲裁|鉴定|律师|登记)(费)")
_AMOUNT_OF = re.compile(r"^(?:的?(?:标准|价格))?[^，。？?]{0,12}(?:多少|几(?:块|元|毛|钱))")
_BY = re.compile(r"由(?:其|所在)?(?:用人)?(单位|企业|公司|职工|个人|本人)")


# A kind of leave, and what may stand for it in a rule. 产假 alone is none of 陪产假.
_MATERNITY = re.compile(r"(?<!陪)产假")
_LEAVES = tuple(
    (re.compile(asks), re.compile(said))
    for asks, said in (
        (r"陪产假|男方护理假|看护假", r"陪产|护理假|看护假|陪护假"),
        (r"(?<!带薪)年休假|年假|带薪年休", r"年休假|年假|带薪休假|带薪年"),
        (r"育儿假", r"育儿假"),
        (r"痛经假|例假假|生理假", r"痛经|月经|经期"),
        (r"丧假", r"丧假"),
        (r"探亲假", r"探亲"),
        (r"婚假", r"婚假"),
    )
)


def is_other_payer(folded: str, sentence: str) -> bool:
    """True if the payment of one side is asked for, and the sentence is not on that."""
    person, employer = _PERSON.search(folded), _EMPLOYER.search(folded)
    if not _PAYS.search(folded) or bool(person) == bool(employer):
        return False
    return _payer(sentence) != (_PERSON if person else _EMPLOYER)


def is_paid_in(folded: str, sentence: str) -> bool:
    """True for what is paid into a fund or as a fine, where it is asked what one gets (失业金标准)."""
    asks = _GETS.search(folded) and not (_PAYS.search(folded) or _FINE.search(folded))
    return bool(asks and (_PAYS_IN.search(sentence) or _FINE.search(sentence)))


def asked_due(folded: str) -> re.Pattern[str] | None:
    """What holds the due whose amount is asked for (物业费 … 物业服务费); None if none is named.

    The amount of another due is no answer, however alike the words about it are; nor is another
    leave than the one asked for (陪产假, 年休假).
    """
    leaves = [said for asks, said in _LEAVES if asks.search(folded)]
    if len(leaves) == 1 and not _MATERNITY.search(folded):
        return leaves[0]
    named = _DUE.search(folded)
    if named is None or not _AMOUNT_OF.search(folded[named.end() :]):
        return None
    return re.compile(f"{named[1]}[一-鿿]{{0,4}}{named[2]}")


def _payer(sentence: str) -> re.Pattern[str] | None:
    """The side that pays: who is named first (用人单位按照本单位职工工资……缴纳), or behind 由."""
    by = _BY.search(sentence)
    named = [
        (m.start(), p) for p in (_PERSON, _EMPLOYER) if (m := p.search(by[1] if by else sentence))
    ]
    return min(named, key=lambda found: found[0])[1] if named else None
