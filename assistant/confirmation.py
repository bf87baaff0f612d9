"""「累计投入1200万元，对吗」: a statement that the reader wants confirmed, figure by figure.

A wrong figure in a question must not lead to a refusal, nor be passed over: what the statement
says in figures is asked for, and the library's own figure is set beside the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.carried_over import with_subject
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.tokenization import simplify

_CLAIM = r"(?:(?:上述|以上|这个|这种|这一|该|此)?(?:表述|说法|讲法|数字?|数据|信息|消息|内容))?"
_RIGHT = r"(?:属实|正确|准确|真实|对|真的|真)"
_CONFIRMS = re.compile(
    rf"[，,。；;、\s]*{_CLAIM}(?:是否{_RIGHT}|对不对|准不准|(?:是|还)?{_RIGHT}(?:吗|么|吧)|是不是(?:真的|这样|对的)?|是(?:这样)?(?:吗|么|吧)|没(?:说)?错(?:吧|吗)|没记错吧|(?:有没有|是否有)误|吧)[？?。！!\s]*$"
)
# 吗 alone: a year may be what the question is about (2026年有经费吗), a number is what it asks.
_ASKS = re.compile(r"(?:吗|(?<![什怎那这要])么)[？?。！!\s]*$")
_OPENS = re.compile(
    r"^(?:听说|据说|据悉|有人说|同事说|他们说|我记得|我记着|好像|请问|是不是|是否|判断(?:正误)?|请判断)[，,：:\s]*"
)
_MIDDLE = re.compile(r"(?<=[一-鿿])(?:是不是|是否)(?=[^，。？?]{2,}[？?。！!了\s]*$)")
# 把十个领域列出来吧, 三区指哪三区你知道吗: something is asked for, nothing to be confirmed.
_REQUESTS = re.compile(
    r"讲|说一?[说下]|介绍|列|告诉|解释|总结|概括|看看|查|知道|谈|给我|帮我|发我|展开|比较|对比|能不能|可不可以|可以|能否"
    r"|什么|哪|谁|怎|如何|为何|多少|(?<![十百千万])几(?![十百千万])"
)
_CLAUSE = re.compile(r"[，,；;、。]")
_AMOUNT = re.compile(r"^[\d,.，．〇零一二两三四五六七八九十百千点半万亿]+")
# 三区计划, 三方协议: names, no amounts.
_IN_NAME = re.compile(r"^[一二三四五六七八九十][区方社农级]$")
_YEAR = re.compile(r"^(?:19|20)\d\d年(?:底|末)?$")
# 是2015年开始的吗: the year itself is what is to be confirmed.
_DATED = re.compile(
    r"(?:是|在|从|自)(?:19|20)\d\d年[^，。？?]{0,4}(?:开始|启动|实施|成立|施行|设立|出台|发布|印发|建立|起)(?:的)?$"
)
_OPENS_YEAR = re.compile(r"(?:19|20)\d\d年")
_AMOUNTS = ("money", "percent", "count", "number")
# More figures than this are a pasted text, which `check` is for.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Claimed:
    """One figure of a statement, and the question that asks for it."""

    question: str
    figure: Figure


def claimed_figures(question: str) -> tuple[Claimed, ...]:
    """The figures that `question` wants confirmed; none if it is no such question.

    A year beside another figure is the time of that figure and stays in its question.
    """
    said = _put_plainly(simplify(question.strip()))
    closing = _CONFIRMS.search(said)
    ends = closing or _ASKS.search(said)
    if ends is None:
        return ()
    statement = _OPENS.sub("", said[: ends.start()])
    if _REQUESTS.search(statement):
        return ()
    found: list[Claimed] = []
    opening = ""
    for clause in _CLAUSE.split(statement):
        dated = closing is not None or bool(_DATED.search(clause))
        asked = _asked(clause, with_years=dated)
        for ask, figure in asked:
            whole = opening + ask if not found else with_subject(ask, found[0].question)
            found.append(Claimed(whole, figure))
        if not found and clause.strip():
            opening = f"{opening}{clause}，"
    return tuple(found) if len(found) <= _MOST else ()


def _put_plainly(said: str) -> str:
    """累计选派了465名吗, for 是不是累计选派了465名."""
    middle = _MIDDLE.search(said)
    if middle is None or _CONFIRMS.search(said) or _ASKS.search(said):
        return said
    behind = said[middle.end() :].rstrip("？?。 了")
    # 是不是2015年开始的: a year is dated by 是 (_DATED).
    is_year = "是" if _OPENS_YEAR.match(behind) else ""
    return f"{said[: middle.start()]}{is_year}{behind}吗"


def agrees(claimed: Claimed, answer: str) -> bool | None:
    """Whether the figure that opens `answer` is the one claimed; None if none opens it."""
    opening = re.match(r"\*\*(.{1,40}?)\*\*", answer.replace("\\", ""))
    told = [f for f in find_figures(opening[1]) if _is_alike(claimed.figure, f)] if opening else []
    if _YEAR.match(claimed.figure.text):
        # 6月 says nothing of a year.
        told = [f for f in told if _OPENS_YEAR.search(f.text)]
    return any(_is_same(claimed.figure, figure) for figure in told) if told else None


def _is_alike(claimed: Figure, told: Figure) -> bool:
    """True for figures of one measure, or of none: 一千万元 is neither right nor wrong beside 10个."""
    of_people = {claimed.unit, told.unit} == {"个", "人"}
    return of_people or "" in (claimed.unit, told.unit) or claimed.unit == told.unit


def stands_in(claimed: Claimed, texts: Iterable[str]) -> bool:
    """True if one of some texts gives the figure claimed, be it of something else.

    What differs from the figure told first is not wrong then: 465 were sent in all, 30 this year.
    """
    return any(_is_same(claimed.figure, figure) for text in texts for figure in find_figures(text))


def _is_same(claimed: Figure, told: Figure) -> bool:
    """True for one figure; people are also counted with 个, and 15万 stands for 15万元."""
    is_alike = {claimed.unit, told.unit} == {"个", "人"} or not claimed.unit
    return same_figure(claimed, told) or (is_alike and claimed.value == told.value)


def _asked(clause: str, *, with_years: bool) -> Sequence[tuple[str, Figure]]:
    """A clause once for each figure in it, that figure turned into a question."""
    figures = [f for f in find_figures(clause) if not _IN_NAME.match(f.text)]
    amounts = [f for f in figures if f.kind in _AMOUNTS]
    years = [f for f in figures if _YEAR.match(f.text)]
    asked = []
    for figure in amounts or (years[:1] if with_years else ()):
        if figure in years:
            word = "哪一年"
        elif figure.kind == "percent":
            word = "百分之多少"
        else:
            word = _AMOUNT.sub("多少", figure.text, count=1)
            if not word.startswith("多少"):
                continue
        asked.append((clause[: figure.start] + word + clause[figure.end :], figure))
    return asked
