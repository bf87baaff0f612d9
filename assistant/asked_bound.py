"""「最长多久」「至少几人」「多少日内申请」: which bound is asked for, and what is to be done by then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from knowledge.figures import Figure, find_figures
from knowledge.synonyms import synonyms_for
from knowledge.tokenization import fold, tagged_words

# 最长多久 asks for the figure behind 不得超过, 至少几人 for the one behind 不少于.
_MOST = re.compile(
    r"最长|最多|最高|最大|最晚|最迟|上限|不(?:得|能|可|应)?(?:超过|高于|多于|迟于)|至多"
)
_LEAST = re.compile(
    r"最短|最少|最低(?!生活|工资)|最小|下限|不(?:得|能|可|应)?(?:少于|低于|短于|小于)|至少|起码"
)
_BOUND, _BOUND_REACH = 0.3, 10
_THRESHOLD = re.compile(
    r"(?:多少|几)个?(?:周?岁|天|日|月|年|人|万?元|小时|公斤|吨|平方米)?(以上|以下)(?!的规定)"
)
_FROM, _BELOW = re.compile(r"以上|满(?!足)"), re.compile(r"以下|以内|[未不]满|不足")
# 多少日内申请 asks for the days within which one applies, not for those of the decision on it.
_WITHIN = re.compile(
    r"(?:多少|几)个?(?:工作日|小时|天|日|月|年|周)(?:之)?内(?P<act>[^，。；？?]{1,8})|"
    r"(?:多久|多长时间)(?:之)?内(?P<other>[^，。；？?]{1,8})"
)
# 工伤认定申请时限: the last of the acts that have a time limit.
_LIMITED = re.compile(
    r"(?P<act>申请|申报|受理|审查|审批|审核|答复|复核|备案|公示|报告|起诉|办理|登记|批准|鉴定|认定)的?(?:时限|期限|时间限制)"
)
# 多久能批: within what time it is decided on.
_GRANTED = re.compile(
    r"(?:多久|多长时间|(?:多少|几)(?:个)?(?:工作日|天|日|月))(?:才)?(?:能|可以|会)?(?:给)?(?:批(?!评)|办)(?:下来|准|复|好|完)?(?:[？?]|$)"
)
_AFTER = re.compile(r"^(?:以|之)?后")
# 多少天内可以申请复核: of whoever asks for something, not of who decides on it.
_BEGINS = re.compile(
    r"(?:可以|能|应该|应当|要|得|必须|需要?|去|向[^，。；？?]{1,8}?)*(?P<act>申请|提出|提起|提(?=异议)|起诉|申报|要求|请求|投诉|申诉)"
)
BEGINS = ("申请", "提出", "提起(?![^，。；]{0,6}诉讼)", "申报", "要求", "请求", "投诉", "申诉")
SUES = ("起诉", "提起[^，。；]{0,6}诉讼")
# 申请仲裁的时效期间为一年: the act stands before its time.
_TIME_IS = re.compile(r"(?:时效|期限|期间|时限)(?:期间)?(?:为|是)?$")
_NOT_BEGUN = (
    r"(?!人|书|材料|表|的|之日|[^，。；]{0,8}的(?:职工|人|单位|公民|当事人|组织|家庭|近亲属))"
)
_HOW_LONG, _PROLONGS = re.compile(r"多久|多长时间|几年|几个月"), re.compile(r"延长|延期|续期")
# 法院几天内要作出: of whoever decides.
_DECIDES = re.compile(r"(?:就|才|要|应该|应当|得|必须|会|需)*(?:作出|做出|裁定|下达|出具?结果)")
_DECIDED = re.compile(
    r"(?:多久|多长时间|(?:多少|几)个?(?:小时|天|日))(?:之?内)?(?:才|就|能|可以|会|要)*(?:作出|做出|下来|出来|出结果|有结果)"
)
DECIDES = ("作出", "做出", "裁定", "决定")
_DUTY = re.compile(r"^(?:应当|应|必须|依法|及时)+")
GRANTS = ("决定", "批准", "审批", "办结", "答复")
_NO_ACT = frozenset("提出 作出 做出 进行 完成 予以 给予 应当 必须 需要 要 是 有 能 可以".split())
# 七日内进行审查，作出是否给予法律援助的决定: of what is to be done, the first two acts.
ACT, _ACT_REACH, _OPENING, _ACTS = 0.25, 40, 4, 2
_WITHIN_HEAD = re.compile(r"^(?:之|以)?内")
_RANGE_BEHIND, _RANGE_BEFORE = (
    re.compile(r"^\s*(?:至|到|—|-|~)"),
    re.compile(r"(?:至|到|—|-|~)\s*$"),
)

_OF_CASE = re.compile(
    r"(?:以上|以下|以内)?(?:(?:至|到|—|-|~)[\d.,]+(?:万|亿)?元)?(?:以上|以下)?的[，,][^。；]{0,12}?\d"
)


def bound_fit(asked: str, figure: Figure, text: str) -> float:
    """For a figure that bounds as the question asks; against one that does not; 0 if it asks none."""
    before = _clause_before(figure, text)
    behind = fold(text[figure.end : figure.end + _BOUND_REACH])
    if threshold := _THRESHOLD.search(asked):
        # 暂住几天以上要申报: not within how many days.
        mark = _FROM if threshold[1] == "以上" else _BELOW
        is_bound = bool(mark.search(fold(text[max(0, figure.start - 3) : figure.end + 2])))
    elif _MOST.search(asked):
        is_bound = bool(_MOST.search(before) or _WITHIN_HEAD.search(behind))
        is_bound |= bool(_RANGE_BEFORE.search(before)) or figure.qualifier in ("≤", "<")
    elif _LEAST.search(asked):
        is_bound = bool(_LEAST.search(before) or _RANGE_BEHIND.search(behind))
        is_bound |= figure.qualifier in ("≥", ">")
    else:
        return 0.0
    return _BOUND if is_bound else -_BOUND


def bounds_other_way(asked: str, figure: Figure, text: str) -> bool:
    """True for the least where the greatest is asked for (比例上限: 不得低于5%), and the other way."""
    most, least = bool(_MOST.search(asked)), bool(_LEAST.search(asked))
    if most == least:
        return False
    before = _clause_before(figure, text)
    earlier = [f for f in find_figures(before) if f.unit == figure.unit]
    own = before[earlier[-1].end :] if earlier else before
    return bool((_MOST if least else _LEAST).search(own))


def _clause_before(figure: Figure, text: str) -> str:
    """The words of its clause before a figure."""
    return re.split(r"[，,。；;：:]", fold(text[: figure.start]))[-1]


def asks_bound(asked: str) -> bool:
    """True if the folded question asks for the greatest or the least that is allowed."""
    return bool(_MOST.search(asked) or _LEAST.search(asked))


def is_of_case(behind: str) -> bool:
    """True if what stands behind a figure makes it the case that is ruled: 2万元至5万元的，救助3000元."""
    return bool(_OF_CASE.match(behind))


def greatest(asked: str, figure: Figure, text: str) -> Figure:
    """Of several limits in one sentence (一个月, 二个月, 六个月) the last step, where 最长 is asked."""
    if not re.search(r"最长|最多|最高|上限", asked) or not isinstance(figure.value, Decimal):
        return figure
    same = [
        other
        for other in find_figures(text)
        if other.unit == figure.unit
        and isinstance(other.value, Decimal)
        and bound_fit(asked, other, text) > 0
        and not is_of_case(text[other.end :])
    ]
    return max(same, key=lambda other: other.value, default=figure)


def acts_within(folded: str) -> tuple[str, ...]:
    """What is to be done within the time asked for: 工伤认定要在多少天内申请 → 申请."""
    if limited := _LIMITED.search(folded):
        return (limited["act"],)
    if _GRANTED.search(folded):
        return GRANTS
    if _DECIDED.search(folded):
        return DECIDES
    match = _WITHIN.search(folded)
    if match is None:
        return ()
    said = match["act"] or match["other"]
    if said.rstrip("？?的") in ("去", "去办", "去申请"):
        return BEGINS
    if begins := _BEGINS.match(said):
        return SUES if begins["act"] == "起诉" or "诉讼" in said else BEGINS
    if _DECIDES.match(said):
        return DECIDES
    return tuple(
        word
        for word, tag in tagged_words(said)
        if tag.startswith("v") and len(word) > 1 and word not in _NO_ACT
    )


def is_term(asked: str, figure: Figure, text: str) -> int:
    """1 for the term itself (期限为二年), −1 for what it may be prolonged by, unasked; else 0."""
    if not _HOW_LONG.search(asked) or _MOST.search(asked):
        return 0
    before = _clause_before(figure, text)
    if _PROLONGS.search(before) and not _PROLONGS.search(asked):
        return -1
    return int(bool(_TIME_IS.search(before)))


def is_span_within(folded: str, figure: Figure, text: str) -> bool | None:
    """Whether something is done within the figure (七十二小时内); None if no such time is asked for."""
    if not _WITHIN.search(folded):
        return None
    return bool(_WITHIN_HEAD.search(fold(text[figure.end : figure.end + 3])))


def is_done_within(acts: Sequence[str], figure: Figure, text: str) -> bool:
    """True if the clause behind the figure says what is to be done by then."""
    behind = fold(text[figure.end : figure.end + _ACT_REACH])
    if acts == GRANTS and (_AFTER.match(behind) or "公示" in _clause_before(figure, text)):
        # 公示七日后报民政部门审批: the seven days are none of the decision.
        return False
    sentence = re.split(r"[。；;]", behind)[0]
    parts = [_WITHIN_HEAD.sub("", part).strip() for part in re.split(r"[，,]", sentence)]
    said = [part for part in parts if part][:_ACTS]
    if acts == DECIDES:
        return any(_DUTY.sub("", part).startswith(DECIDES) for part in said)
    if acts in (BEGINS, SUES):
        begun = re.compile(f"(?:{'|'.join(acts)}){_NOT_BEGUN}")
        before = _clause_before(figure, text)
        is_time = _TIME_IS.search(before) and re.search("|".join(acts), before)
        return bool(is_time) or any(begun.search(part) for part in said)
    names = [name for act in acts for name in (act, *synonyms_for(act))]
    # In 书面通知申请工伤认定的职工 nobody applies within these days.
    return any(name in part[:_OPENING] or part.endswith(name) for name in names for part in said)
