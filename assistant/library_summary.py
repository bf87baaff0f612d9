"""「四份文件各讲了什么」「综述各地的主要举措」: every policy of the library by its opening sentences."""

from __future__ import annotations

import re
from itertools import islice

from assistant.answer import Answer
from assistant.citing import Citations
from assistant.evidence import Statement, whole_statement
from assistant.tables import overview
from assistant.work import Work
from knowledge.documents import PolicyDocument
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_EACH = (
    r"(?:(?:这|那)?(?P<number>[二三四五六七八两几]|(?<!\d)\d)(?:份|篇|地(?![级市])|省(?!会)|个(?:地方|省份?|文件|政策|方案|材料))"
    r"|各(?:地|省|份|自)|全部|所有|每(?:一)?(?:份|篇|个(?:地方|省|文件|政策|方案)))"
)
_THING = r"(?:材料|文件|政策|方案|资料|地方|省份|省(?:（区、市）|区市)?|地)"
_SUM = r"(?:概括|总结|综述|概述|归纳|梳理|介绍|一句话|讲了?(?:些)?(?:什么|啥)|说了?(?:些)?(?:什么|啥)|做(?:些)?(?:什么|啥)|(?:主要|推进[^，。]{0,8})(?:举措|内容|做法))"
_ASKS = re.compile(
    rf"{_EACH}[^。？?]{{0,24}}{_SUM}"
    rf"|{_SUM}[^。？?]{{0,16}}{_EACH.replace('number', 'of')}{_THING}?"
)
# 概述广西、宁夏政策的主要内容: what is asked of the places is nothing narrower.
_IS_OPEN = re.compile(
    r"(?:概括|总结|综述|概述|归纳|介绍)[^。？?]{0,30}(?:主要内容|主要举措|政策|文件|方案)[。？?吧]*$"
)
_OF_THESE = re.compile(
    rf"这(?:[二三四五六七八两几]|\d)(?:份|篇|个){_THING}(?:都|分别|各)*(?:讲|说|写|是)(?:了|的是)?(?:些)?(?:什么|啥)"
)
_DIGITS = "〇一二三四五六七八九"
_HOLDS = re.compile(
    r"(?:资料库|库里?|系统|你(?:这)?(?:里|们)?)(?:里|中|里面)?(?:都|目前|现在)?(?:收录?|有|存)(?:了|着)?(?:哪些|什么|多少)(?:份|个)?(?:政策|文件|资料|材料|方案)[？?]*$"
)
_A_LINE = re.compile(r"各(?:说|用)?一句|一句话")
# More policies than these need a subject.
_MOST, _SENTENCES = 8, 3


def library_summary(work: Work, snapshot: Snapshot) -> Answer | None:
    """A row a policy with its opening sentences; None if no such thing is asked, or of too many."""
    assert work.parsed is not None
    folded = fold(work.text)
    holds = bool(_HOLDS.search(folded))
    asked = _ASKS.search(folded)
    # 广西、宁夏这两份材料分别讲什么
    of_several = len(work.places) > 1 and bool(_IS_OPEN.search(folded) or _OF_THESE.search(folded))
    if not (holds or asked or of_several) or work.parsed.english:
        return None
    in_line = bool(_A_LINE.search(folded))
    if set(work.parsed.facets) - ({"domain"} if in_line else set()):
        return None
    if len(work.places) > 1 and not (in_line or of_several):
        return None
    if any(term.weight >= 1 and term.word not in _OPEN for term in work.parsed.terms):
        return None
    of_places = [d for d in snapshot.documents() if not work.places or d.region in work.places]
    told = [found for document in of_places if (found := _opening(document, snapshot))]
    if not 1 < len(told) <= _MOST or (asked and not _is_number(asked, len(told))):
        return None
    citations = Citations()
    text = overview(
        [s for found in told for s in found[: 1 if holds or in_line else None]],
        citations,
        work.language,
        by_title=holds,
    )
    work.timed("answer")
    return work.answer("answered", text, citations)


_OPEN = frozenset(
    "材料 文件 政策 方案 资料 地方 省份 省 内容 举措 做法 主要 社会工作 社工 一句话 区 市 资料库 库 份文件 各讲 四地 要点 各自 句话".split()
)


def _is_number(asked: re.Match[str], held: int) -> bool:
    """False if another number of policies is asked for than there are."""
    number = asked["number"] or asked["of"]
    if not number or number == "几":
        return True
    number = "二" if number == "两" else number
    return held == (int(number) if number.isdecimal() else _DIGITS.index(number))


def _opening(document: PolicyDocument, snapshot: Snapshot) -> list[Statement]:
    """The first sentences of a policy; none of a statute, which is no short text."""
    passages = snapshot.catalog.passages_of(document.id)
    if not passages or any(passage.article for passage in passages):
        return []
    found = (
        whole_statement(passage, snapshot.described(passage), span)
        for passage in passages
        for span in sentences(passage.text)
    )
    return list(islice(found, _SENTENCES))
