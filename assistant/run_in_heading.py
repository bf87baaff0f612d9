"""The first sentence of a point, where it reads as the heading that the point runs on from.

二、夜间航行的游船，由航道所逐船检查。任何人…: what stands before the first full stop is taken for a heading,
as it is in most points ((一)加强领导。), and still says something that may be asked for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.quotation import Excerpt
from knowledge.documents import ScoredPassage
from knowledge.sentences import DUTY_BRACKET

# A heading names a task (主要目标, 提高认识，加强领导); a sentence rules, allows or counts.
_RULES = re.compile(
    r"，[由应须可不]|应当|必须|不得|禁止|可以|须(?!知)|由[^，。]{2,14}(?:负责|牵头|承担)|\d"
)
# 理事会议每月召开两次, 发放烤炉补贴: no heading says so much.
_TELLS = re.compile(
    r"每[^，。]{1,4}[一二两三四五六七八九十]次|(?:发放|给予)[^，。]{2,}(?:补贴|奖励|补助)"
)
# 发放烤炉补贴。（区财政局负责）: nothing but who is in charge runs on.
_BRACKET_ALONE = re.compile(rf"{DUTY_BRACKET}。?")
_ROUND = 6
"""Characters around a heading: blanks, marks of emphasis, the full stop."""


def with_opening(result: ScoredPassage, excerpt: Excerpt) -> ScoredPassage:
    """A passage from its heading on, where that stands in the same line and is a sentence."""
    heading = _heading(result)
    return (
        _opened(result, excerpt)
        if heading and _RULES.search(heading)
        else with_task(result, excerpt)
    )


def with_task(result: ScoredPassage, excerpt: Excerpt) -> ScoredPassage:
    """The same, where the heading tells a figure or a benefit, or only who is in charge runs on from it."""
    heading, text = _heading(result), result.passage.text.strip()
    tells = heading and (_TELLS.search(heading) or _BRACKET_ALONE.fullmatch(text))
    return _opened(result, excerpt) if tells else result


def _heading(result: ScoredPassage) -> str:
    path = result.passage.heading_path
    return "" if result.passage.article or not path else path[-1]


def _opened(result: ScoredPassage, excerpt: Excerpt) -> ScoredPassage:
    passage, heading = result.passage, _heading(result)
    begin = max(0, passage.start_char - len(heading) - _ROUND)
    before = excerpt(passage.document_id, begin, passage.start_char) or ""
    line = before[before.rfind("\n") + 1 :].lstrip()
    if "".join(line.split()).rstrip("。*_") != "".join(heading.split()):
        return result
    opened = replace(
        passage,
        text=line + passage.text,
        start_char=passage.start_char - len(line),
    )
    return replace(result, passage=opened)
