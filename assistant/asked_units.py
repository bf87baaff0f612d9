"""The unit in which a rule has to give the figure that is asked for: 多少日内 → 日, 工作日."""

from __future__ import annotations

import re

from assistant.asked_figure import ASKS_SHARE, HOW_OFTEN
from knowledge.figures import find_figures
from knowledge.tokenization import fold

SPANS = frozenset("日 工作日 小时 月 年 周".split())
"""Units of a span of time."""
# 这几年 and 前几天 ask nothing, 提前几天 does.
_HOW_MANY = r"(?:多少|(?<![这近])(?<!(?<!提)前)几)"
OFTEN = frozenset({"次"})
# A sum may be told as a share or a multiple of another.
MONEY = frozenset({"元", "%", "倍"})
PER_MILLE = "‰"
# How many have to agree or to come: also told as a share, or as more than half.
QUORUM = frozenset({"人", "%"})
VOTES = frozenset({"票", "%"})
_UNITS: tuple[tuple[str, frozenset[str]], ...] = (
    (HOW_OFTEN.pattern, OFTEN),
    (r"滞纳金[^，,。]{0,8}(?:多少|几|标准|比例)", frozenset({"%", PER_MILLE})),
    (r"(?:多少|几)个?工作日", frozenset({"工作日", "日"})),
    (r"(?:多少|几)个?小时", frozenset({"小时"})),
    (
        r"(?:多少|几)(?:周)?岁|(?<!规模)(?<!面积)多大(?:年纪|年龄|岁数|了|才|就|以?上|开始)",
        frozenset({"岁"}),
    ),
    (rf"{_HOW_MANY}个?月", frozenset({"月", "年"})),
    (rf"{_HOW_MANY}(?:日|天)", frozenset({"日", "工作日", "小时"})),
    (r"(?:多少|几)分(?!钟|之|钱)", frozenset({"分"})),
    # What has to be spent is told as a share of what came in.
    (
        r"(?:每年|一年|年度|至少|最低|起码)[^，。？?]{0,8}(?:花|支出|拿出|用于)[^，。？?]{0,4}多少(?:钱)?",
        frozenset({"元", "%"}),
    ),
    (r"最低工资(?:标准)?(?:是|为|有)?多少", frozenset({"元"})),
    (rf"{_HOW_MANY}年", frozenset({"年", "月"})),
    (r"(?:多少|几)倍", frozenset({"倍"})),
    (
        r"(?:多少|几)(?:平方米|平米|平方)|多大(?:的)?面积|面积[^，。？?]{0,6}(?:多大|多少)",
        frozenset({"平方米"}),
    ),
    (r"(?:多少|几)张", frozenset({"张"})),
    (r"(?:多少|几)亩", frozenset({"亩"})),
    # How many have to agree is told as a share as well.
    (
        r"(?:多少|几)(?:名|个)?(?:人|村民|居民|业主|代表|会员|职工|党员)[^，,。]{0,6}(?:提议|提出|联名|同意|通过|赞成|出席|到会|参加|投票|到场|(?:才|就)?(?:能|可以)开|才(?:行|算|有效|作数))",
        QUORUM,
    ),
    (r"(?:来|到|到场|参加)(?:了)?多少人", QUORUM),
    (r"(?:多少|几)(?:张)?(?:选)?票|票数", VOTES),
    (r"(?:多少|几)(?:名|人|位)|人数", frozenset({"人"})),
    (r"年龄", frozenset({"岁"})),
    (
        r"(?:津贴|补贴|补助|工资|薪酬|收费|费用|(?<!公积)(?<![基资现])金)(?:的)?(?:标准|金额|数额)|(?:津贴|补贴|补助|抚恤金|褒扬金|救助金|补偿金|赔偿金|补助金|失业金)(?:是|为|有)?多少[？?]?$",
        MONEY,
    ),
    (
        r"(?:收入|保障|救助|缴费|补偿|赔偿)(?:认定)?标准(?:是|为|有)?多少",
        MONEY,
    ),
    (
        r"多少(?:津贴|补贴|补助金?|救助金|抚恤金|褒扬金|护理费|生活费|补偿金|赔偿金|丧葬费)",
        MONEY,
    ),
    (r"(?:赔|补|拿|领|得|发)(?:偿|助|到|取)?多少钱", MONEY),
    (
        r"罚(?:款)?多少",
        frozenset({"元", "倍"}),
    ),
    (
        r"(?:收|交|要|付|花|每[月年天]|一[月年天平]米?)[^，。？?]{0,4}(?:多少|几)块",
        frozenset({"元"}),
    ),
    (
        r"(?:多少|几)(?:万|亿)?元|多少钱|[贷借给补赔奖罚交缴]多少万[？?]?$|(?:资金|经费|原始基金)[^，,]{0,8}多少",
        frozenset({"元"}),
    ),
    (r"(?:利|税)率[^，,]{0,4}(?:多少|几)", frozenset({"%"})),
    (
        r"(?:金|费|津贴|补贴|补助|工资|待遇|资本|价)的?(?:每人|每月|每年|一个?月|一年)[^，,]{0,4}(?:多少|几)$",
        frozenset({"元"}),
    ),
    (
        r"(?:资助|补助|补贴|奖励|扶持|赔|补|领|给|发|交|缴|收|付|出|花)(?:偿|款|纳|费)?多少(?:[？?]|$)",
        MONEY,
    ),
    (
        ASKS_SHARE.pattern + r"|比例|占比|占[^，,]{0,12}多少",
        frozenset({"%"}),
    ),
    (r"多久|多长|期限|时限|为期", SPANS),
    (r"(?:多少|几)[次回]", frozenset({"次"})),
    (r"(?:多少|几)个", frozenset({"个", "人"})),
)


def asked_units(folded: str) -> frozenset[str]:
    """Normalised units in which a figure is asked for; empty for any."""
    for pattern, units in _UNITS:
        if re.search(pattern, folded):
            return units
    return frozenset()


def asks_sum(asked: str) -> bool:
    """True if a sum of money is asked for, which may be told as a share or a multiple of another."""
    units = asked_units(fold(asked))
    return bool(units) and units <= MONEY


def holds_sum(text: str) -> bool:
    """True if a text holds a sum of money, or a share or a multiple of one."""
    return any(f.unit in MONEY or f.kind in ("money", "percent") for f in find_figures(text))
