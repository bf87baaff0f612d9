"""The figure a question asks for: in what measure, of what, and how many things."""

from __future__ import annotations

import re

from assistant.question_words import ASKING, NO_NOUN, WEAK
from knowledge.references import numeral_value
from knowledge.tokenization import tagged_words

_UNIT_OF_COUNT = re.compile(
    rf"(?:多少|(?<![哪好这那近])几)\s*(名|个|人次|人|位|家|次|项|所|元|万元|亿元|年|批|天|月|种|类|岁|倍|条|级|户){NO_NOUN}"
)
_ENGLISH_NUMBERS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_LISTED = ("领域", "机制", "支撑", "任务", "群体", "服务", "目标", "部门")
_NUMBER_OF = re.compile(
    r"([二两三四五六七八九十\d]{1,3})(?:个|项|大|类|种|条|方面)([一-鿿]{2,10}?)(?=分别|都|各|是|有|指|包|[？?，。”』」]|$)"
)
_COUNTED = re.compile(
    rf"(?:多少|(?<![哪好这那近])几)\s*(?:(?:名|个|人次|人|位|家|次|项|批|种|类|条|户){NO_NOUN})?"
)
_PHRASE_END = re.compile(r"[，,。？?]|受益|参与|的[^，,]{0,4}$|被|在(?=[一-鿿])")
_ASKED_VERB = re.compile(
    r"(?:加(?:起来|在一起)|合起来|一共|总共|共|大约|目前|现在)*(?:有|是|为|达到|达)?$"
)
_MONEY = re.compile(
    r"平均(?:薪酬|工资|收入|薪资)|(?:工资|薪酬|待遇|补贴|补助|津贴|费用?|价格|罚款|标准|月薪)[^，,。]{0,4}多少|多少(?:钱|资金|经费|元|万元|亿元|投入|预算)|(?:资金|经费|投入|金额|总额|花).{0,6}多少|多少(?:抚恤金|救助金|生活费|护理费|补偿金|赔偿金|津贴|补贴|补助金?|低保金)|投(?:了|入了?|资了?)(?:多少|几)(?=[？?]?$|钱|万|亿|元)|how much (?:money|fund|was spent|did)"
)
_PERCENT = re.compile(
    r"百分之|增幅|涨幅|成长|比例|占比|增长|增速|率(?:是|为|有|多)|(?<![频效功税利汇])率(?:要|应|能|需|达|到)|percent|growth"
)
# 增值税按几个点交
ASKS_SHARE = re.compile(
    r"百分之(?:多少|几)|(?:多少|几)个百分点"
    r"|(?:交|缴|扣|收|返还?|按|率|税|比例|涨|降|增|提高)[^，。？?]{0,5}(?:多少|几)个点(?![钟名子位])"
)
_DAY = re.compile(r"几月|几号|几日|哪天|哪一天|what day|what date")
# 多久开一次会 is told by how many there are in a year; 多久能再申请一次 by how long one waits.
HOW_OFTEN = re.compile(
    r"(?:多久|多长时间)(?![^，。？?]{0,6}(?:能|可以?|再|内|后|只))[^，。？?]{0,30}?一[次回]|频率|频次"
)
# 这几年涨了多少 asks how much.
_DURATION = re.compile(
    r"多久|多长|为期|(?<![这近前去后头])几年|几个月|几天|(?:多少|(?<![这近前去后头])几)个?(?:工作日|自然日|小时|星期|学期)|how long"
)
# jieba tags these as verbs only.
_NOUNS_TOO = frozenset("组织 投资 补助 补贴 培训 试点".split())
_PAYMENT = re.compile(r"补贴|补助|津贴|工资|薪酬|待遇|报酬|罚款|奖励|[费金]$")
_PLACE_UNITS = frozenset("省 市 县 区 乡 镇 村 州 盟 旗".split())


_OF_BOUND = re.compile(r"以[上下内]|个?(?:工作日|自然日|小时|星期)")
_TAKES_OBJECT = frozenset("发展 开展 推进 推动 实施 建立 设立 打造 建设".split())
_GROWS = re.compile(r"(?:增长|增加|减少|下降|上涨|涨|提高)了?多少[？?]?$")


def measure_of(folded: str) -> str:
    """What a figure is asked in: money, percent, duration, day, a measure word (名), or ''."""
    if _DAY.search(folded):
        return "day"
    if _MONEY.search(folded):
        return "money"
    if HOW_OFTEN.search(folded):
        return "次"
    if _DURATION.search(folded):
        return "duration"
    if ASKS_SHARE.search(folded):
        return "percent"
    if match := _UNIT_OF_COUNT.search(folded):
        return match.group(1)
    # 人数涨了多少 may be told as a share.
    if re.search(
        r"人数|人员(?:的)?规模|的人(?:一共|总共)?(?:是|有)?多少", folded
    ) and not _GROWS.search(folded):
        return "人"
    return "percent" if _PERCENT.search(folded) else ""


def asked_number_of(folded: str, chinese: tuple[str, ...] = ()) -> tuple[int, str]:
    """How many things are asked for, and what they are (四个机制: 4, 机制); 0 if no number is named.

    `chinese` holds the Chinese words of an English question.
    """
    for number, word in enumerate(_ENGLISH_NUMBERS, 2):
        if chinese and re.search(rf"\b{word}\b", folded):
            listed = [term for term in chinese if term in _LISTED]
            return number, listed[0] if listed else ""
    match = _NUMBER_OF.search(folded)
    if match is None:
        return 0, ""
    nouns = [word for word, tag in tagged_words(match.group(2)) if tag.startswith("n")]
    return numeral_value(match.group(1)), nouns[-1] if nouns else ""


def focus_of(folded: str) -> tuple[tuple[str, ...], bool]:
    """What is counted or measured, and whether it stands after 多少."""
    match = _COUNTED.search(folded)
    if match is None:
        return (), False
    behind = _PHRASE_END.split(folded[match.end() :], maxsplit=1)[0]
    if _OF_BOUND.match(behind):
        # 借用面粉多少以下由街道批准: what is bounded stands before.
        return _last_subject(folded[: match.start()]), False
    nouns = _subject_nouns(behind)
    if nouns == ("钱",):
        # 补贴多少钱 asks of the 补贴; 花了多少钱 of the money itself.
        paid = _last_subject(folded[: match.start()])
        if paid and _PAYMENT.search(paid[0]):
            return paid, False
    if nouns:
        return nouns, True
    return _last_subject(_ASKED_VERB.sub("", folded[: match.start()])), False


def _last_subject(text: str) -> tuple[str, ...]:
    """The last noun or verb of `text` that names something: what is measured (补贴多少钱)."""
    found = [
        word
        for word, tag in tagged_words(text)
        if tag.startswith(("n", "v", "j")) and not tag.startswith("ns") and word not in ASKING
    ]
    return tuple(word for word in found[-1:] if len(word) > 1)


def _subject_nouns(text: str) -> tuple[str, ...]:
    """The nouns of the first noun phrase in `text`; a verb ends it."""
    nouns: list[str] = []
    words = tagged_words(text)
    if words[1:2] and words[0][1] == "v" and words[1][0] == "人":
        # 几个保证人.
        return (words[0][0] + "人",)
    for word, tag in words:
        if nouns and tag in ("v", "vd", "f", "t", "d", "p") and word not in _NOUNS_TOO:
            break
        if nouns and word in _TAKES_OBJECT:
            # 几个领域发展社工 counts 领域.
            break
        if tag == "vn" and word in WEAK:
            # 志愿服务组织: the noun goes on; 多少个县服务: nothing follows.
            continue
        is_noun = tag.startswith(("n", "vn", "j")) and not tag.startswith("ns")
        # jieba has no noun tag for 县, 省, 村 standing alone.
        if (is_noun or word in _PLACE_UNITS | _NOUNS_TOO) and word not in ASKING:
            nouns.append(word)
    return tuple(nouns)
