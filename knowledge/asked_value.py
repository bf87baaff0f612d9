"""The one value that a question asks for: its kind, and what bounds it.

"2022年特斯拉交付量" asks for a number, "《重生之门》的导演" for a person, though neither has a word
that asks. A text that is near the question and holds no value of the kind does not answer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ValueKind = Literal["who", "place", "date", "number", "name", "other", "word"]

_ROLE = r"导演|主演|编剧|作者|得主|总统|首相|总理|市长|省长|部长|局长|议长|长官|会长|主任|负责人|联系人|火炬手|旗手|演员|主角|主创"
_WHO = re.compile(
    rf"谁|哪(?:一)?位|(?:{_ROLE})(?:$|[？?]|是|有|都|的?(?:名单|姓名))|(?:主演|导演|编剧|主创)"
    r"|哪(?:些|几)?个?(?:部门|单位|机构|组织)"
)
_PLACE = re.compile(
    r"哪里|哪儿|在哪|何处|哪(?:一?个|一?座|些|几个)?(?:城市|国家|国|地|省|县|市|区|村|社区)|地点|举办地|举办国|主办国|首都|省会|主席国|国家[？?]?$"
)
_DATE = re.compile(r"时间(?!表)|日期|何时|什么时候|哪一?天|哪一?年|几月|几号|何年|啥时候|\bwhen\b")
_YEAR_ONLY = re.compile(r"哪一?年|何年|what year|which year")
_NUMBER = re.compile(
    r"多少|(?<![哪好这那])几(?![乎何率])|多大|多长|多高|多重|多久|为期|增长|上涨"
    r"|(?:数量|人数|人次|总数|产量|销量|交付量|吞吐量|量|率|营收|收入|票房|震级|规模|奖金|席位|议席|指标|金额|比例|标准)"
    r"(?:是|有|为|达|$|[？?])|how (?:many|much)"
)
_NAME = re.compile(
    r"冠军|亚军|季军|第一名|哪(?:一?支|一?个)?(?:球队|队|公司|企业|学校|大学)|球队|队伍|四强|成绩"
)
# A number that tells one of several things apart: 第七届, 19号线, 500米.
_QUALIFIER = re.compile(
    r"第[一二三四五六七八九十百\d]+(?:届|个|次|期|季|部|任|批|条|章)?|(?<![\d.])\d+(?:\.\d+)?(?![\d.])|[a-z]+\d+[a-z]*"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class AskedValue:
    """What a question wants to know, as far as its words tell."""

    kind: ValueKind
    """`other` where no kind can be told; then any name may be the value. `word` is asked for by no
    question; it stands for any word that tells something."""
    text: str
    """The folded question."""
    qualifiers: tuple[str, ...]
    """Numbers of the question other than years, that the answering text should carry."""
    years: frozenset[str]
    wants_year: bool
    """True if a year alone is the answer."""
    may_be_body: bool
    """False if only a person can be who is asked for (导演, 主演)."""


def asked_value(folded: str, years: Iterable[int] | None = None) -> AskedValue:
    """What the folded question asks for; `years` are those it names, None to look for them."""
    named = _YEAR.findall(folded) if years is None else map(str, years)
    return AskedValue(
        kind=_kind(folded),
        text=folded,
        qualifiers=tuple(x for x in _QUALIFIER.findall(folded) if not _YEAR.fullmatch(x)),
        years=frozenset(named),
        wants_year=bool(_YEAR_ONLY.search(folded)),
        may_be_body=not re.search(_ROLE, folded),
    )


def _kind(folded: str) -> ValueKind:
    if "多少" in folded and not re.search(r"谁|哪", folded):
        return "number"
    if _YEAR_ONLY.search(folded):
        return "date"
    kinds: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
        ("who", _WHO),
        ("place", _PLACE),
        ("date", _DATE),
        ("number", _NUMBER),
        ("name", _NAME),
    )
    return next((kind for kind, pattern in kinds if pattern.search(folded)), "other")
