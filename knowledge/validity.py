"""When a policy holds: the dates, terms and repeals that its own text states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.document_number import numbers_in
from knowledge.documents import ValidityStatus
from knowledge.numerals import parse_numeral

_NUMERAL = "[0-9０-９零〇○Ｏ一二三四五六七八九十]"
DATE_PATTERN = (
    rf"{_NUMERAL}{{4}}\s*年\s*{_NUMERAL}{{1,3}}\s*月\s*{_NUMERAL}{{1,3}}\s*日"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
)
"""A complete date as text, without groups; whether it is a possible one `parse_date` tells."""
_DATE = re.compile(
    rf"(?P<year>{_NUMERAL}{{4}})\s*年\s*(?P<month>{_NUMERAL}{{1,3}})\s*月\s*(?P<day>{_NUMERAL}{{1,3}})\s*日"
    r"|(?P<iso_year>(?:19|20)\d\d)[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d)"
)
_START = re.compile(
    r"自\s*(?P<when>[^，。；\n]{1,30}?)\s*起\s*(?:满?\s*(?P<days>[0-9０-９一二三四五六七八九十]{1,3})\s*"
    r"(?:个?工作)?日(?:之?后|起)?\s*)?(?:施行|实施|执行|生效|试行|正式施行|正式实施)"
)
_TERM = re.compile(
    r"(?:有效期|试行期|执行期|实施期)(?:限)?\s*(?:为|是|：|:)?\s*(?:自[^，。；]{2,20}起)?\s*(?P<term>[0-9０-９一二两三四五六七八九十]{1,3})\s*年"
)
_UNTIL = re.compile(
    r"(?:有效期(?:限)?(?:截至|至|到|止于)|(?:施行|实施|执行|有效|截)至|起至)\s*(?P<when>[^，。；\n]{6,20})"
)
_PERIOD = re.compile(
    rf"(?:有效|执行|实施|施行|试行)(?:期限|期间|期|时间)?\s*(?:为|是|：|:)?\s*(?:自|从)?\s*(?P<start>{DATE_PATTERN})"
    rf"\s*起?\s*(?:至|到|—|－|-|~|～)+\s*(?P<end>{DATE_PATTERN})"
)
_REPEAL = re.compile(r"(?:同时|即行|相应|一并|予以)?(?:废止|停止执行|失效)")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》(?:\s*[（(〔]([^（）()]{3,40}号)[)）〕])?")
_ON_PUBLICATION = re.compile(r"(?:公布|发布|印发|颁布|公告|签署)之日")
_OWN_WORDS = re.compile(r"[本该此]|自.{1,30}起|有效期|试行期")
# Terms and repeals stand in the last articles; earlier mentions are of other documents.
_TAIL_CHARACTERS = 1500


@dataclass(frozen=True, slots=True)
class Validity:
    """What a text says on its own validity; None or empty where it says nothing."""

    effective_from: date | None = None
    effective_until: date | None = None
    """Last day in force."""
    supersedes: tuple[str, ...] = ()
    """Titles and document numbers that it repeals, as written."""
    first_start: date | None = None
    """The start that the text states, even if this version was published after it."""


def parse_date(text: str) -> date | None:
    """The first complete date in `text` (2021年3月5日, 二〇二一年三月五日, 2021-03-05)."""
    return next((found for _start, found in dates_in(text)), None)


def dates_in(text: str) -> Iterator[tuple[int, date]]:
    """Every complete, possible date of `text` with its position."""
    for match in _DATE.finditer(text):
        parts = match.group("year", "month", "day")
        if parts[0] is None:
            parts = match.group("iso_year", "iso_month", "iso_day")
        numbers = [parse_numeral(part.replace("Ｏ", "〇")) for part in parts if part]
        try:
            yield match.start(), date(*(int(number) for number in numbers if number is not None))
        except (TypeError, ValueError):
            continue


def find_validity(text: str, published_on: date | None) -> Validity:
    """The start, the end and the repeals that `text` states for itself.

    An amended law repeats the start of its first version. Where that lies before
    `published_on`, `effective_from` stays None: when this version began, the text does not say.
    """
    tail = text[-_TAIL_CHARACTERS:] if len(text) > 2 * _TAIL_CHARACTERS else text
    start = _stated_start(tail, published_on) or _stated_start(
        text[:_TAIL_CHARACTERS], published_on
    )
    own_start = start
    if start and published_on and start < published_on:
        own_start = None
    return Validity(
        effective_from=own_start,
        effective_until=_stated_end(tail, start or published_on),
        supersedes=_repealed(tail),
        first_start=start,
    )


def status_on(
    today: date,
    *,
    published_on: date | None,
    effective_from: date | None,
    effective_until: date | None,
    first_start: date | None = None,
) -> ValidityStatus:
    """Whether a document with these dates is in force on `today`, as far as they tell.

    A repeal or an amendment by another document is not seen here.
    """
    if effective_until and effective_until < today:
        return "lapsed"
    if (effective_from and effective_from > today) or (published_on and published_on > today):
        return "not_yet_in_force"
    return "current" if effective_from or first_start else "unknown"


def _stated_start(text: str, published_on: date | None) -> date | None:
    found = None
    for match in _START.finditer(text):
        stated = parse_date(match["when"])
        if stated is None and _ON_PUBLICATION.search(match["when"]):
            stated = published_on
        if stated and match["days"] and (days := parse_numeral(match["days"])):
            stated += timedelta(days=int(days))
        found = stated or found
    if found is None and (period := _PERIOD.search(text)):
        found = parse_date(period["start"])
    return found


def _stated_end(text: str, start: date | None) -> date | None:
    for sentence in re.split(r"[。\n]", text):
        if not _OWN_WORDS.search(sentence):
            continue
        if (period := _PERIOD.search(sentence)) and (end := parse_date(period["end"])):
            return end
        if (until := _UNTIL.search(sentence)) and (end := parse_date(until["when"])):
            return end
        # The term must be the document's own: 自…起施行，有效期5年, not a licence's term.
        about_itself = _START.search(sentence) or re.match(
            r"(?:第\S+条|[\s一二三四五六七八九十、（）()]*)?\s*本(?:办法|规定|通知|意见|细则|方案|标准|条例)\S{0,4}有效期",
            sentence.strip(),
        )
        if about_itself and start and (term := _TERM.search(sentence)):
            years = parse_numeral(term["term"])
            if years and years < 100:
                return _years_later(start, int(years)) - timedelta(days=1)
    return None


def _years_later(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return date(start.year + years, 3, 1)


def _repealed(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for sentence in re.split(r"[。\n]", text):
        repeal = _REPEAL.search(sentence)
        own = re.search(r"自.{1,40}起|同时|本(?:办法|规定|通知|意见|条例|法|细则)", sentence)
        if not repeal or not own:
            continue
        last_repeal = [match.start() for match in _REPEAL.finditer(sentence)][-1]
        for match in _TITLE.finditer(sentence[:last_repeal]):
            # 根据《…》 names a ground, and the decision that approved it a decision.
            if re.search(r"(?:根据|依照|按照|依据|批准的?)\s*$", sentence[: match.start()]):
                continue
            found[match[1]] = None
            if match[2]:
                found[match[2]] = None
        for start, _end, number in numbers_in(sentence[:last_repeal]):
            before = sentence[:start]
            if re.search(r"(?:根据|依照|按照|依据)\s*$|[（(〔]\s*$", before) or number in found:
                continue
            found[number] = None
    return tuple(found)
