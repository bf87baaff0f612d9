"""The day whose rules a question asks for (2018年的规定, 修订前), told from a year that it is about.

「2015年时社工要登记吗」 asks for the rules as they stood; 「2027年前的目标」 and 「2023年投入多少」 ask
for what a policy says on a year. Only the first kind narrows the library to a day: a time counts
where the question names a rule or its force with it, and only if it is past.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.numerals import parse_numeral
from knowledge.tokenization import fold

_DIGITS = "〇零一二三四五六七八九"
_YEAR = rf"(?:19|20)\d\d|[一二][〇零九][{_DIGITS}]{{2}}"
_MONTH = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_DAY = r"\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_TIME = re.compile(
    r"(?P<lead>截至|截止到?|按照?|依照|依据|根据|适用|在|于|as of |as it stood (?:in|on) |in force (?:in|on) |in |on )?\s*"
    rf"(?:(?<!\d)(?P<year>{_YEAR})\s*年(?:\s*(?P<month>{_MONTH})\s*月份?(?:\s*(?P<day>{_DAY})\s*[日号])?)?"
    r"|(?<!\d)(?P<iso>(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})(?!\d)|(?<!\d)(?P<bare>(?:19|20)\d\d)(?!\d)|(?P<ago>去年|前年))"
)
# What a question calls a rule. 方案, 计划 and 目标 speak of years themselves and are none.
_STATUTE = r"(?:法(?![人院官定律规])|条例|办法|细则|若干规定|规定(?=第)|《[^《》]{2,80}》)"
_NOUN = rf"(?:规定|法律|法规|条文|条款|规章|版本|规则|政策规定|{_STATUTE})"
_RULE = re.compile(rf"{_NOUN}|第[\d〇零一二三四五六七八九十百千]+条")
# The bounds of 24 characters keep a year from reaching over a clause.
_NAMES_RULE = re.compile(
    rf"^(?:的|时的?|那时的?|当时的?|度的)?(?:相关|有关|当时|时候)?(?:的)?{_NOUN}(?!的?目标)"
    rf"|^(?:的|版)?[^，。？?的了]{{0,24}}{_STATUTE}(?:[^，。？?]{{0,8}}第|[，？?的中里]|对|怎|如何|是|$)"
)
_FORCE = re.compile(r"^(?:时|那时|当时)?(?:仍|还|正在|现行)?(?:有效|适用|在用|执行|现行|生效)的?")
_WAS = re.compile(r"^(?:时候?(?![间期段])|的时候|那时候?|当时|那会儿?|那年|当年)")
_ASKS_RULE = re.compile(
    r"^(?:时|那时|当时)?(?:是|还|又|都)?(?:怎么|怎样|如何|咋)样?(?:规定|写|说|要求|界定|定义)"
)
_STANDARD = re.compile(r"^的?(?:标准|规则|政策|制度|要求|版本)")
_BEFORE = re.compile(r"^(?:之前|以前|前)的?(?:相关|有关)?(?=" + _NOUN + ")")
# What happened in a year, which a policy tells of.
_EVENT = re.compile(
    r"了|累计|投入|选派|完成|达到|目标|任务|计划|预算|一共|总共|增长|新增|举办|培训"
)
_REVISES = r"(?:第[一二三四五六七八九十]+次)?(?:修订|修正|修改|修)"
_ISSUES = r"(?:颁布|公布|发布|出台|通过|制定|印发|施行|实施|生效)"
_BRACKET = re.compile(
    rf"^\s*(?:(?P<revised>{_REVISES})|{_ISSUES}|新)?(?:通过)?[本版稿]?\s*[)）〕\]]"
)
_REVISED = re.compile(
    rf"^(?:新)?(?:{_REVISES}(?:后的?|过的?|版的?|本的?|的)|版的?(?={_STATUTE}|本|[^，。]{{0,20}}{_STATUTE}))"
)
_BEFORE_REVISION = re.compile(rf"^(?:{_REVISES}|新法|废止)(?:之|以)?前的?(?!后)")
_ISSUED = re.compile(rf"^{_ISSUES}的(?=[^，。？?]{{0,24}}(?:{_STATUTE}|规定))")
# The text before the present one.
_FORMER = re.compile(
    r"(?:在)?(?:修订|修正|修改|废止|失效|改版|新法(?:施行|实施|出台)?|没改|未改|改)(?:之|以)?前(?!后|提|景|置)(?:的)?"
    r"|(?<![养])[旧老](?:版本?|的?(?:规定|条例|办法))(?:的)?|(?<![一-鿿])旧法|旧法(?=第|规定|里|中|怎)"
    r"|原(?:来|先)的?(?=规定|条例|办法|版本|法律)|(?:以前|过去|从前|之前)的?(?=规定|条例|办法|版本|法律)"
    r"|[上前]一(?:个)?版本?(?:的)?|\b(?:the )?(?:former|old|previous) (?:version|text|wording)(?: of)?\b"
    r"|\bbefore (?:the |its )?(?:amendment|revision|repeal)\b"
)
# Said of the text that is meant anyway.
_PRESENT = re.compile(
    rf"(?:现行(?:有效)?|(?:目前|当前|现在|现时)(?:仍然?|还)?(?:有效|适用)|最新)的?(?={_NOUN}|[^，。？?]{{0,20}}{_STATUTE})"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One wording of a rule, named by its year."""

    year: int
    day: date | None = None
    """The day, where a complete date is named."""
    is_revision: bool = True
    """False where the year may be that of the first wording (2004年颁布的)."""


@dataclass(frozen=True, slots=True)
class AskedDate:
    """What a question says on the time of the rules it asks for; nothing if all are None."""

    text: str
    """The question without the words on that time."""
    day: date | None = None
    """The rules as they stood on this day."""
    edition: Edition | None = None
    is_former: bool = False
    """True if the text before the present one is asked for."""


def asked_date(question: str, today: date) -> AskedDate:
    """Read the day, the edition or 修订前 from a stand-alone question.

    A year means its last day, a month its last day; a time that is not past is content.
    """
    folded = fold(question)
    # Positions are those of the question itself; folding seldom changes its length.
    text = folded if len(folded) != len(question) else question
    for match in _TIME.finditer(folded):
        begins, ends = _span_of(match, today)
        if begins is None or ends is None or begins > today:
            continue
        if found := _read(text, folded, match, begins, min(ends, today)):
            return found
    if present := _PRESENT.search(folded):
        return AskedDate(_without(text, *present.span()))
    if former := _FORMER.search(folded):
        return AskedDate(_without(text, *former.span()), is_former=True)
    return AskedDate(question)


def _read(
    text: str, folded: str, match: re.Match[str], begins: date, ends: date
) -> AskedDate | None:
    """What the time in `match` asks for, or None if it is a year the question is about."""
    start, end = match.span()
    after, before = folded[end:], folded[:start]
    exact = begins if begins == ends else None
    bracket = _BRACKET.match(after)
    if (
        bracket
        and not re.match(r"\d", after[bracket.end() :])
        and (opening := re.search(r"[(（〔\[]\s*$", before))
    ):
        edition = Edition(begins.year, exact, bool(bracket["revised"]))
        return AskedDate(_without(text, opening.start(), end + bracket.end()), edition=edition)
    if revised := _BEFORE_REVISION.match(after):
        day = date(begins.year, 1, 1) - timedelta(days=1)
        return AskedDate(_without(text, start, end + revised.end()), day=day)
    if revised := _REVISED.match(after):
        return AskedDate(
            _without(text, start, end + revised.end()), edition=Edition(begins.year, exact)
        )
    if issued := _ISSUED.match(after):
        edition = Edition(begins.year, exact, is_revision=False)
        return AskedDate(_without(text, start, end + issued.end()), edition=edition)
    if earlier := _BEFORE.match(after):
        return AskedDate(_without(text, start, end + earlier.end()), day=begins - timedelta(days=1))
    said = _state(match, before, after)
    return None if said is None else AskedDate(_without(text, start, end + said), day=ends)


def _state(match: re.Match[str], before: str, after: str) -> int | None:
    """How many characters after the time say that the rules of then are asked for, or None."""
    if re.search(r"(?:至|到|[-—~～、和与])$", before) or re.match(
        r"(?:以来|以后|之后|后|起|至今|至|到|[-—~～]|内|底前|之前|以前|前)", after
    ):
        return None
    lead = (match["lead"] or "").strip()
    if lead.startswith(("as of", "as it", "in force")):
        return 0
    if match["bare"] and not re.match(r"\s*版", after):
        return None
    if force := _FORCE.match(after):
        return force.end()
    rest = before + after
    if (was := _WAS.match(after)) and not _EVENT.search(rest):
        return was.end()
    if _NAMES_RULE.match(after):
        of = re.match(r"(?:的|时的?|那时的?|当时的?|度的)", after)
        return of.end() if of else 0
    if _ASKS_RULE.match(after):
        return 0
    if lead in ("按", "按照", "依照", "依据", "根据", "适用") and _STANDARD.match(after):
        return 1 if after.startswith("的") else 0
    # A day is seldom what a rule is about: 2019年5月1日，慈善法第十条怎么规定.
    if (match["day"] or match["iso"]) and _RULE.search(rest) and not _EVENT.search(rest):
        return re.match(r"[，,的]?", after).end()  # type: ignore[union-attr]
    return None


def _span_of(match: re.Match[str], today: date) -> tuple[date | None, date | None]:
    """First and last day of the time in `match`; None for an impossible date."""
    if match["ago"]:
        year = today.year - (1 if match["ago"] == "去年" else 2)
        return date(year, 1, 1), date(year, 12, 31)
    try:
        if match["iso"]:
            day = date(*map(int, re.split(r"[-./]", match["iso"])))
            return day, day
        year, month, day_number = (_number(match[name]) for name in ("year", "month", "day"))
        year = year or int(match["bare"])
        if day_number:
            day = date(year, month, day_number)
            return day, day
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        return None, None


def _number(text: str | None) -> int:
    return int(parse_numeral(text) or 0) if text else 0


def _without(text: str, start: int, end: int) -> str:
    return (text[:start] + text[end:]).strip(" ，,、")
