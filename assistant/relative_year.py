"""「之后26年呢」「再往后一年呢」「然后呢」: a year that only the turn before makes clear, written out."""

from __future__ import annotations

import re

from assistant.turn import Turn

# 26年 is a year after a turn on years, and no span of 26 years.
_SHORT = re.compile(r"(?<!\d)(?P<year>[12]\d)年(?![以之]|内|期|来|多|度?以上|左右|间)")
_STEP = re.compile(
    r"^(?:那|再)?(?:(?P<later>(?:往)?后(?:面)?(?:的)?一年|(?:再)?下一年|第二年|次年|之后一年)|(?P<earlier>(?:往)?前(?:面)?(?:的)?一年|上一年|之前一年))"
)

# 然后呢, after what is to be done in a year; 我2015年入职 is no year of a schedule.
_NEXT = re.compile(r"(?:那|再)?(?:然后|接下来|之后|往后|后来|后面)呢?[？?。]*")
_SCHEDULED = re.compile(
    r"(?<![在于从自])(?:19|20)\d\d年(?:的|要|会|将)?[^，,。？?我]{0,8}"
    r"(?:做什么|做些什么|干什么|干嘛|怎么安排|怎么做|什么安排|安排|目标|任务)(?:是什么|有哪些)?[？?。]*$"
)


def full_year(text: str, last: Turn) -> str:
    """`text` with 26年 and 后一年 as years of four digits, where `last` asks about years."""
    years = last.parsed.years
    if not years:
        return text
    if _NEXT.fullmatch(text) and _SCHEDULED.search(last.question):
        return f"{years[-1] + 1}年呢"
    if step := _STEP.match(text):
        return f"{years[-1] + 1 if step['later'] else years[-1] - 1}年{text[step.end() :]}"
    century = years[-1] // 100 * 100
    return _SHORT.sub(lambda match: f"{century + int(match['year'])}年", text)
