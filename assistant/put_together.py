"""「累计呢」「加起来多少」「占多少」「一共多少个」: figures of the turns before, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.derived_figures import apart, together
from assistant.turn import Turn
from knowledge.figures import find_figures
from knowledge.regions import region_mentions
from knowledge.tokenization import tagged_words

DETAIL = "，具体说说"
"""Behind a question that is asked once more, in full."""
_IN_ALL = re.compile(
    r"(?=.*(?:一共|总共|累计|合计|总计|加起来))(?:那|一共|总共|累计|合计|总计|加起来|的|是|有|多少|呢|[？?])+"
)
_ADDS = re.compile(
    r"(?:那|这样)?(?:(?:一共|总共|合计|加起来|加在一起|合起来)(?:是|有)?)+(?:多少|几)?(?:个|人|名|家|县)?(?:呢)?[？?]?"
)
_SHARE = re.compile(
    r"(?:那|这)?(?:大概|大约)?占(?:比)?(?:全部|总数|总人数|全体)?的?(?:多少|几成|百分之几|百分之多少|多大比例|比例(?:是)?多少|比例)?(?<!占)(?:呢)?[？?]?"
)
_HOW_MANY_OF = re.compile(
    r"(?:大概|大约|现在|目前|一共|总共|有|是|共)*(?:多少|几)(?![天日月年元钱])(?:名|个|人|位|家)*(?:呢)?"
)
# What was itself asked of other figures; and an answer that puts a value first.
_PUT_TOGETHER, _TOLD = re.compile(r"占|[；;]|加起来|合计"), re.compile(r"^\*\*[^*]+\*\*")
_COUNT = re.compile(
    r"(?:那|这)?(?:一共|总共|共)?(?:有|是)?(?:多少|几)(?:个|项|种|条|处)(?:呢)?[？?]?"
)
_WHICH = re.compile(r"哪(?:些|几个)(?=县|市|区|省|地市|村|社区|$)")
_BOTH = re.compile(
    r"(?:那|这|把)?(?:两|二)(?:个|项|者|样|类|批|组|种)?(?:数字?|的)?(?:一共|加起来|合起来|合计|相加|加一起|之和)(?:总共|一共)?(?:是|有)?(?:多少)?(?:个|人|名|家)?"
)
# 和志愿组织加起来: what was counted before, with something else.
_WITH_OTHER = re.compile(
    r"(?:和|跟|与|加上|再加上|连同?)(?P<other>[一-鿿]{2,10}?)(?:的)?(?:一共|一起|加起来|加在一起|合起来|合计|总共|共)+(?:是|有)?(?:多少)?(?:个|人|名|家)?"
)
_DIFFERS = re.compile(
    r"(?:那|这|它们?)?(?:两|二)?(?:个|者|项|样|种|数)?(?:之间)?(?:比|跟|和|与|同)?(?P<year>今年|去年)?(?:前面|刚才|上面|之前|前)?(?:的|那|一)?(?:个|者|次|批)?(?:比|相比)?"
    r"(?:相差|差距?|多出?|少|高|低)(?:了|是|有)?(?:多少|几)(?:个|人|名|位|家|元|钱|块)*(?:呢)?"
)
_HOW_MANY = re.compile(r"多少|几(?![乎何率])")
_A_YEAR = re.compile(r"(?:(?:19|20)\d\d年|今年|去年|前年)")


def put_together(rest: str, turns: Sequence[Turn]) -> str | None:
    """The bare follow-up `rest` as a question for what is to be computed; None if it asks none."""
    last = turns[-1]
    return (
        _added(rest, turns)
        or _apart(rest, turns)
        or _in_all(rest, last)
        or _with_other(rest, last)
        or _share(rest, last)
        or _counted(rest, last)
    )


def _in_all(rest: str, last: Turn) -> str | None:
    """The figure asked for before as a total (累计呢); None if no total is asked for."""
    if not _IN_ALL.fullmatch(rest) or last.parsed.form != "figure" or last.parsed.cumulative:
        return None
    asked, found = _HOW_MANY.subn(r"累计\g<0>", _A_YEAR.sub("", last.question), count=1)
    return asked if found else None


def _share(rest: str, last: Turn) -> str | None:
    """The share of what was counted before in all of its kind (占多少); None if not asked."""
    if not _SHARE.fullmatch(rest) or last.parsed.form != "figure":
        return None
    counted, found = _HOW_MANY_OF.subn("", last.question.rstrip("？?。 "), count=1)
    if not found or _PUT_TOGETHER.search(counted):
        return None
    nouns = [word for word, tag in tagged_words(counted) if tag.startswith("n") and len(word) > 1]
    return f"{counted}占全部{nouns[-1]}的比例是多少" if nouns else None


def _counted(rest: str, last: Turn) -> str | None:
    """How many of what was listed before there are (一共多少个, after 服务哪些县)."""
    asked = last.question.removesuffix(DETAIL).rstrip("？?。 ")
    if not _COUNT.fullmatch(rest) or last.parsed.form == "figure" or not _WHICH.search(asked):
        return None
    return _WHICH.sub("多少个", asked, count=1)


def _with_other(rest: str, last: Turn) -> str | None:
    """What was counted before with something else (和志愿组织加起来); None if not asked."""
    other = _WITH_OTHER.fullmatch(rest)
    if other is None or last.parsed.form != "figure":
        return None
    counted = "".join(last.parsed.focus)
    names_place = region_mentions(other["other"]) or _A_YEAR.search(other["other"])
    if not counted or counted not in last.question or names_place:
        return None
    asked = last.question.rstrip("？?。 ")
    return together(asked, asked.replace(counted, other["other"]))


def _added(rest: str, turns: Sequence[Turn]) -> str | None:
    """The sum of the figures that the last two turns asked for; None if not asked.

    两个加起来呢 says that both are meant; 一共多少 only after two that can be added.
    """
    pair = turns[-2:]
    says_both = _BOTH.fullmatch(rest)
    if len(pair) < 2 or not (says_both or _ADDS.fullmatch(rest)):
        return None
    if any(turn.parsed.form != "figure" for turn in pair) or not (says_both or _can_add(*pair)):
        return None
    return together(*(turn.question.rstrip("？?。 ") for turn in pair))


def _apart(rest: str, turns: Sequence[Turn]) -> str | None:
    """The difference between the figures that two turns asked for (差多少, 比今年多多少); None if not asked."""
    asked = _DIFFERS.fullmatch(rest)
    last = turns[-1]
    if asked is None or last.parsed.form != "figure" or not _TOLD.search(last.answer):
        return None
    year, question = asked["year"], last.question.rstrip("？?。 ")
    if year and "累计" in question:
        return apart(question, question.replace("累计", year, 1))
    others = [
        turn
        for turn in reversed(turns[:-1])
        if turn.parsed.form == "figure"
        and _TOLD.search(turn.answer)
        and _is_alike(turn, last)
        and (not year or year in turn.question)
    ]
    return apart(question, others[0].question.rstrip("？?。 ")) if others else None


def _is_alike(first: Turn, second: Turn) -> bool:
    """True for two sums of money, or two counts, told in one unit."""
    units = [
        {figure.unit for figure in find_figures(told[0])}
        for turn in (first, second)
        if (told := _TOLD.search(turn.answer))
    ]
    return len(units) == 2 and bool(units[0] & units[1])


def _can_add(first: Turn, second: Turn) -> bool:
    """True for two counts, or two sums of money, of other things or places, told with their values."""
    is_other = first.parsed.focus != second.parsed.focus or first.places != second.places
    is_alike = (first.parsed.measure == "money") == (second.parsed.measure == "money")
    return (
        is_other
        and is_alike
        and all(_TOLD.search(turn.answer) for turn in (first, second))
        and not any(_PUT_TOGETHER.search(turn.question) for turn in (first, second))
    )
