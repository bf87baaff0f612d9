"""Figures that stand beside what is asked for, and are of something else."""

from __future__ import annotations

import re

from knowledge.figures import Figure

_NEWS_BEFORE = re.compile(r"据[^，。；]{0,30}$")
_NEWS_AFTER = re.compile(r"的?(?:消息|报道|讯|通报)")
_SAYING = re.compile(r"一体(?![机化系])")
_SAYINGS = re.compile(
    r"(?:两个确立|两个维护|两个一百年|四个意识|四个自信|四个全面|三个代表|四个伟大|五大发展理念|一带一路|一国两制|两个毫不动摇|三去一降一补|六稳|六保)"
)
_ASKS_HOUSES = re.compile(r"(?:多少|几)[家所]")
_PLACES_COUNTED = re.compile(
    r"个?(?:地级?市|县|区|乡镇|街道|社区|村|省)(?=[，,。；;、（(和及等]|$)"
)
# 业主委员会几个人组成 is told by no number of those who may apply for one.
_ASKS_MEMBERS = re.compile(r"(?:多少|几)(?:个|名|位)?(?:人|委员|成员)(?:来)?(?:组成|构成)")
_MEMBERS = re.compile(r"组成|构成|委员(?!会)|成员")
# 有关专家占1/3: no rate of a contribution.
_SEATS = re.compile(r"(?:代表|专家|委员|成员)[^，。；]{0,6}占")
_ASKS_SEATS = re.compile(r"代表|专家|委员|成员|人员|组成|构成")
# 超过100人的企业达到15%: which firms, and not how many come.
_WHOSE = re.compile(r"(?:以上|以下|以内)?的(?:企业|公司|单位|机构|用人单位|家庭|地区)(?!数|总)")
# 养老金低于2600元的独居老年人; but 13万人的专业人员 are so many.
_OF_WHOM = re.compile(
    r"(?:以上|以下|以内)?的[^，。；的]{0,4}(?:老年人|老人|人员|居民|残疾人|儿童|学生|职工|户|者)"
)
_COUNTED = frozenset({"人", "个", ""})
_ASKS_WHOSE = re.compile(
    r"(?:多少|几)[^，。？?]{0,4}(?:以上|以下|以内)?的(?:企业|公司|单位|机构|用人单位|家庭|地区)|什么样的|哪[些种类]"
)
_PHONE = re.compile(r"(?<!\d)0\d{2,3}[-—－]\d{3,4}|\d{3,4}[-—－]\d{4}[ \d]")
# 附件1 is its name.
_ANNEX = re.compile(r"(?:附件|附表|附录|表|图)\s*$")
# 几个社工站, 几家机构; 几个社工 are persons.
_COUNTS_THINGS = re.compile(
    r"(?:多少|几)[个家所处](?P<thing>[一-鿿]{1,8}?(?:站|机构|中心|单位|组织|部门|项目|基地|医院|学校|社区|村|街道|乡镇|县|区|市|领域|方面|平台|窗口|点位))"
)
_PERSON = re.compile(r"(?:人|员|者|师|生|工)$")
_ASKS_PLACES = re.compile(r"(?:多少|几)个?(?:地级?市|县|区|乡镇|街道|社区|村|省)")
# 投了多少 is told by no cost of operation, and by no profit.
_ASKS_INVESTED = re.compile(r"(?<![招选])投(?:了|入了?|资了?)(?:多少|几)(?!票)")
_EARNED = re.compile(r"成本|利润|效益|营收|产值|运营")
_INVESTED = re.compile(r"投|出资|耗资|造价|斥资|安排|拨付|下达|补助|筹集|支出")
# 今年派多少社工 is not told by how many there are.
_ASKS_DONE = re.compile(
    r"(?P<act>选?派|培训|表彰|资助|救助|安置)(?:出|了|过|到)*(?:多少|几)(?:名|个|位|批)?(?:人|社工|社会工作者|人才|老人|儿童|学生|学员|群众)"
)
_DONE = {
    "派": re.compile(r"派"),
    "训": re.compile(r"培训|轮训|受训|参训|训练"),
    "彰": re.compile(r"表彰|奖励|评选|授予"),
    "助": re.compile(r"助|补贴|补助"),
    "置": re.compile(r"安置|安排"),
}


def is_of_saying(figure: Figure, text: str) -> bool:
    """True for a number that is part of a saying and counts nothing: “五位一体”, “四个全面”."""
    behind = text[figure.end :]
    return bool(_SAYING.match(behind) or _SAYINGS.match(text[figure.start :]))


def is_of_news(figure: Figure, text: str) -> bool:
    """True for the day of a report, which is not that of the event: 据……7月19日的消息."""
    return figure.kind == "date" and bool(
        _NEWS_BEFORE.search(text[: figure.start]) and _NEWS_AFTER.match(text[figure.end :])
    )


def counts_places(folded: str, figure: Figure, text: str) -> bool:
    """True for a number of places where 家 or 所 are asked for: 试点单位，覆盖14个地市."""
    return bool(
        _ASKS_HOUSES.search(folded)
        and _PLACES_COUNTED.match(text[figure.end :])
        and not _ASKS_PLACES.search(folded)
    )


def is_of_other_doing(folded: str, figure: Figure, text: str) -> bool:
    """True for a figure of something else than what was done: how many there are, where it is asked how many were sent."""
    if _ASKS_INVESTED.search(folded):
        return bool(_EARNED.search(text)) and not _INVESTED.search(text)
    done = _ASKS_DONE.search(folded)
    if done is None or figure.kind != "count":
        return False
    return not _DONE[done["act"][-1]].search(text)


def counts_no_members(folded: str, clause: str) -> bool:
    """True for a number of others where it is asked whom a body consists of, and for its seats unasked."""
    if _ASKS_MEMBERS.search(folded):
        return not _MEMBERS.search(clause)
    return bool(_SEATS.search(clause) and not _ASKS_SEATS.search(folded))


def counts_other_than_asked(folded: str, figure: Figure, text: str) -> bool:
    """True for 3人 where it is asked how many stations there are, and for the number of an annex."""
    around = text[max(0, figure.start - 12) : figure.end + 6]
    if _ANNEX.search(text[: figure.start]) or _PHONE.search(around):
        return True
    counted = _COUNTS_THINGS.search(folded)
    return bool(counted and figure.unit == "人" and not _PERSON.search(counted["thing"]))


def is_of_condition(folded: str, figure: Figure, text: str) -> bool:
    """True for a number that says which firms or offices are meant, where that is not asked."""
    whose = _WHOSE if figure.unit in _COUNTED else _OF_WHOM
    behind = text[figure.end :]
    is_whose = whose.match(behind) or _WHOSE.match(behind)
    return bool(is_whose and not _ASKS_WHOSE.search(folded))


def is_unasked(folded: str, figure: Figure, text: str) -> bool:
    """True for a figure that says whom a rule is for, where something is, or what else is done."""
    return any(
        is_other(folded, figure, text)
        for is_other in (
            counts_other_than_asked,
            is_of_condition,
            counts_places,
            is_of_other_doing,
        )
    )
