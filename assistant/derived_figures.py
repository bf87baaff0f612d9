"""「合计」「相差」「平均」: a figure that no document states, computed from figures that are quoted.

Shown as the calculation, so that everybody can check it: `27个月 − 21个月 = 6个月（计算所得）`. It is
computed only where the question names what is to be put together, and only from figures of one
kind and unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.calculation import Operation
from knowledge.regions import region_mentions
from knowledge.tokenization import fold

_SUM = r"一共|合计|总共|共计|加起来|加在一起|合起来|合在一起|之和|总和"
_DIFFERENCE = r"相差|差多少|差几|差距|之差|差额"
_MEAN = r"平均"
_MORE = r"(?:多|少|高|低|长|短|大|小|早|晚)(?:出|了|[一-鿿]{1,4}了)?(?=多少|几)"
_VERB = re.compile(rf"(?P<sum>{_SUM})|(?P<difference>{_DIFFERENCE})|(?P<mean>{_MEAN})")
_THAN = re.compile(
    rf"^(?P<before>(?:.*[，,])?)(?P<first>[^，,]{{1,18}}?)比(?P<second>[^，,]{{1,18}}?)(?P<tail>的[^，,]*?)?{_MORE}(?P<unit>.*)$"
)
# 平均每名社工投入多少钱: one figure by another.
_PER = re.compile(
    r"^(?P<before>.*?)平均(?:下来|算下来)?[，,]?(?:到|给)?(?:每一?|一)(?P<unit>[名位个批县站户家])(?P<counted>[^，,多几]{0,8}?)(?:头上|身上|手里)?"
    r"(?P<act>能?分[到得配]|合|摊到?|投入|投了?|花费?|支出|补贴|补助|服务|培训|选派|派|受益|惠及|覆盖|孵化|培育|实施)?(?P<tail>(?:了|的)?(?:资金|经费|费用|金额)?(?:是|为)?(?:多少|几)[^，,]*|的(?:投入|花费|支出)(?:资金|经费)?)$"
)
_EACH_MEAN = re.compile(r"(每一?[名位个批县站户家][^，,平多几]{0,8}?)平均")
# 平均下来宁夏每个项目投入多少钱
_MEAN_FIRST = re.compile(
    r"^平均(?:下来|算下来|来说)?[，,]?(?P<of>(?!每)[^，,平]{2,24}?)(?P<each>每一?[名位个批县站户家])"
)
# 孵化了多少机构和组织，加起来几个.
_APART_SUM = re.compile(rf"[，,](?=(?:{_SUM})(?:是|有)?(?:多少|几)?[名位个批家所项万元]{{0,2}}$)")
# 孵化了几个机构几个志愿组织，加起来多少.
_TWICE_ASKED = re.compile(
    rf"了(?:多少|几)[个家名](?P<first>[^，,几多]{{2,8}})[，,]?(?:和|与)?(?:多少|几)[个家名](?P<second>[^，,几多]{{2,8}})[，,]?(?P<sum>(?:{_SUM}).*)$"
)
_COUNTED_SUM = re.compile(
    rf"了(?:多少|几)[个家名]?(?=[^，,]{{2,20}}(?:和|与|跟|及)[^，,]{{2,12}}(?:{_SUM}))"
)
# 一个社工合多少钱: what was put in.
_SHARES = frozenset({"合", "摊", "摊到", "投", "投了"})
# 累计投的钱摊到累计派的社工头上，一人合多少
_SPREAD = re.compile(
    r"^(?P<total>[^，,]{3,24}?)(?:的(?:钱|资金|经费))?(?:平?摊到|分摊到)(?:每一?[个名位])?(?P<among>[^，,]{2,20}?)(?:头上|身上|上)?[，,]?"
    r"(?:平均)?(?:[一每](?:人|(?P<unit>[名位个家户县])))(?:社工|人)?(?:合|是|有|得|能有)?(?:多少|几)(?:钱|万|元)*$"
)
# 每个县能分到几个社工: of those that there are.
_GETS = re.compile(r"能?分[到得配]")
# 每个县区今年: the year goes before the whole.
_YEAR_WITHIN = re.compile(
    r"平均(?P<each>每一?[名位个批县站户家][^，,平多几]{0,6}?)(?P<year>今年|去年|20\d\d年)"
)
_TOGETHER = re.compile(
    r"^(?P<first>[^;；]+)[;；](?P<second>[^;；]+)[;；]两者(?:加起来是|(?P<apart>相差))多少$"
)
_BOTH = re.compile(r"^(?P<before>.*?)男女(?:双方)?(?:的)?(?P<tail>.*)$")
_LISTED = re.compile(
    r"^(?P<before>(?:.*[，,]|[^，,的]{2,14}的)?)(?P<list>[^，,的]{1,20}?(?:、[^，,、的]{1,20}?)*(?:和|与|跟|及|以及)[^，,的]{1,20}?)(?P<tail>的.*|(?:加起来|合起来|合在一起|一共|合计|总共|共计|平均|相差|之和|之差).*)$"
)
_JOIN = re.compile(r"以及|、|和|与|跟|及")
_JOINS = re.compile(r"(?:省|市)?(?:以及|、|和|与|跟|及)")
# 持证社工占全部社工的百分之几; 四川持证的是宁夏累计选派的几倍.
_SHARE = re.compile(
    r"^(?P<before>(?:.*[，,])?)(?P<first>[^，,]{2,24}?)(?:大概|大约|约)?占(?![地用有])(?:了|到)?(?P<second>[^，,]{2,24}?)的?(?:比例|比重|百分比|百分之(?:多少|几)|多少|几成)(?:大概|大约)?(?:是|有)?(?:多少|几|百分之[多几]少?)?$"
)
_TIMES = re.compile(
    r"^(?P<before>(?:.*[，,])?)(?P<first>[^，,]{2,24}?)(?:大概|大约|约)?(?<![不就])(?:是|相当于)(?!不是)(?P<second>[^，,]{2,24}?)的?(?:大概|大约)?(?:多少|几)倍$"
)
_LACKS = r"(?:没有?|未(?!成年)|尚未|还没有?)"
# 没有持证的社工有多少: what is left of all.
_REST_OF = re.compile(
    rf"^(?P<before>[^，,没未]*?)(?:的)?{_LACKS}(?P<part>(?:持|拿|取得|考)?[一-鿿]{{0,2}}证书?)的?(?P<noun>(?!.*(?:交|领|罚|补贴|工资|费|保险|能|要))[^，,多几]{{0,12}}?)(?:大概|大约|约|还)*(?:有|是)?(?:多少|几)(?P<unit>(?:[名位个]|万)?人?)$"
)
_COUNTS = re.compile(r"[\d〇零一二两三四五六七八九十百千万]+(?:名|位|个|批|家|人|户|县)|多少|几")
# 还有多少社工没拿证: the same, the other way round.
_LACKING = re.compile(
    rf"^(?P<before>[^，,没未多几]*?)(?:还|大概|大约)*有?(?:多少|几)[名位个]?(?P<noun>[^，,没未]{{1,12}}?)(?:是|还|尚)?{_LACKS}(?P<part>[一-鿿]{{1,3}}证书?)的?$"
)
_BY = re.compile(
    r"^(?P<first>[^，,]{2,24}?)除以(?P<second>[^，,]{2,24}?)(?:[，,].*|(?:等于|是|得)?(?:多少|几).*)?$"
)
_ASIDE = re.compile(
    r"(?<=[计共总算均])下来|[，,。？?]*(?:帮我|请)?(?:算一下|算一算|算算|计算一下)[。！!]?$"
)
# 占多大比例, 占比要达到多少: behind the word stands nothing that it is a share of.
_NO_THING = re.compile(
    r"(?:比|上限|下限|多大|比例|要|应当?|得|需要?|达到|不低于|至少|大概|大约|是|为|了|到)+"
)
_PEOPLE = re.compile(r"(?:的?人数|的人)(?:是|有)?(?:多少)?$")
_AVERAGED = re.compile(r"平均|人均|每一?[名位个批户]")
# 比三年前多多少: what has grown is stated.
_TIME = re.compile(r"年|以前|之前|过去|往常|原来|当初|上次")
_PUT_IN = re.compile(r"(?:投入|投资|投了?|花费?|支出|拨付)(?:了|的)?(?:资金|经费|钱)?$")


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure to compute: how, and from what."""

    operation: Operation
    operands: tuple[str, ...]
    """What the figures are of, as the question names it (一级伤残, 四级伤残)."""
    rest: str
    """The question without the operands and the computing word, for each of them alone."""

    def asked_of(self, operand: str) -> str:
        """The question put to one operand."""
        if _PEOPLE.search(operand) and self.rest in ("", "多少", "多少人"):
            # 持证人数, 累计派的人: who is counted is no word of the text.
            return _PEOPLE.sub("多少人", operand)
        return f"{operand}{self.rest}"


def is_only_computed(wanted: Derivation, texts: Sequence[str]) -> bool:
    """True if none of the texts can state what is wanted, so that one input would be no answer."""
    if wanted.operation == "times":
        return True
    if wanted.operation == "ratio":
        return not any(_AVERAGED.search(text) for text in texts)
    return wanted.operation in ("difference", "rest") and not any(
        map(_TIME.search, wanted.operands)
    )


def derivation(question: str) -> Derivation | None:
    """What `question` wants computed; None if it names no two things to compute from."""
    folded = _in_order(fold(question).rstrip("？?。 "))
    if match := _TOGETHER.match(folded):
        operation: Operation = "difference" if match["apart"] else "sum"
        return Derivation(operation, (match["first"], match["second"]), "")
    if match := _THAN.match(folded):
        return _compared(match)
    divided: tuple[tuple[Operation, re.Pattern[str]], ...] = (("share", _SHARE), ("times", _TIMES))
    for operation, pattern in divided:
        if match := pattern.match(folded):
            first, second = match["before"] + match["first"], match["second"]
            if _NO_THING.fullmatch(second):
                continue
            return Derivation(operation, (_counted(first), _counted(second)), "")
    if "平均" not in folded and (match := _BY.match(folded)):
        return Derivation("ratio", (match["first"], match["second"]), "")
    if match := _REST_OF.match(folded):
        noun, unit = match["noun"], match["unit"] or "人"
        whole = f"{match['before']}{noun}一共有多少{unit}"
        part = f"{match['before']}{match['part']}的{noun}有多少{unit}"
        return Derivation("rest", (whole, part), "")
    if match := _SPREAD.match(folded):
        total, among = match["total"], match["among"]
        place = "" if region_mentions(among) else _place_at_start(total)
        operands = f"{total}多少钱", f"{place}{among}有多少{match['unit'] or '名'}"
        return Derivation("ratio", operands, "")
    if match := _PER.match(folded):
        before, counted = _premise(match["before"]), match["counted"]
        act = "投入" if match["act"] in _SHARES else _GETS.sub("", match["act"] or "")
        total = f"{before}{act}{match['tail']}"
        among = _PUT_IN.sub("", before)
        return Derivation("ratio", (total, f"{among}多少{match['unit']}{counted}"), "")
    verb = _VERB.search(folded)
    if verb is None:
        return None
    kind: Operation = "sum" if verb["sum"] else "difference" if verb["difference"] else "mean"
    if match := _BOTH.match(folded):
        return Derivation(kind, ("男", "女"), _rest(match["before"], match["tail"]))
    if (placed := _of_places(folded, kind)) is not None:
        return placed
    if match := _LISTED.match(folded):
        names = tuple(name for name in _JOIN.split(match["list"]) if name)
        has_place = any(region_mentions(name) for name in names[1:])
        if kind == "difference" and has_place and region_mentions(match["before"]):
            # 宁夏选派的社工和四川高层次人才: what stands before is said of the first alone.
            own = (match["before"] + names[0], *names[1:])
            return Derivation(kind, own, _rest("", match["tail"]))
        if len(names) > 1 and (kind != "difference" or len(names) == 2):
            if match["before"].endswith("的"):
                # 宁夏孵化的机构和组织: what was hatched is said of both.
                names = tuple(match["before"] + name for name in names)
                return Derivation(kind, names, _rest("", match["tail"]))
            return Derivation(kind, names, _rest(match["before"], match["tail"]))
    return None


def _in_order(folded: str) -> str:
    """The computing words where the patterns look for them: 每个县平均派 → 平均每个县派."""
    folded = _ASIDE.sub("", _MEAN_FIRST.sub(r"\g<of>平均\g<each>", folded))
    folded = _YEAR_WITHIN.sub(r"\g<year>平均\g<each>", folded)
    folded = _LACKING.sub(r"\g<before>没\g<part>的\g<noun>有多少", folded)
    folded = _TWICE_ASKED.sub(r"的\g<first>和\g<second>\g<sum>", folded)
    folded = _APART_SUM.sub("", _EACH_MEAN.sub(r"平均\1", folded))
    return _COUNTED_SUM.sub("的", folded)


def _place_at_start(text: str) -> str:
    mentions = region_mentions(text)
    return text[: mentions[0][1]] if mentions and mentions[0][0] == 0 else ""


def together(first: str, second: str) -> str:
    """The question for the sum of what two questions ask for."""
    return f"{first}；{second}；两者加起来是多少"


def apart(first: str, second: str) -> str:
    """The question for the difference between what two questions ask for."""
    return f"{first}；{second}；两者相差多少"


def asks_sum(question: str) -> bool:
    """True for what `together` made of two questions."""
    return bool(_TOGETHER.match(fold(question)))


def sums_up(question: str) -> bool:
    """True for 孵化了多少机构和组织，加起来几个: the last clause asks for the sum of the first."""
    folded = fold(question).rstrip("？?。 ")
    return bool(_APART_SUM.search(folded)) and derivation(question) is not None


def _of_places(folded: str, kind: Operation) -> Derivation | None:
    """上海和郑州遗体火化期限相差几天: the same of several places."""
    mentions = region_mentions(folded)
    if len(mentions) < 2 or (kind == "difference" and len(mentions) > 2):
        return None
    joins = [folded[a[1] : b[0]] for a, b in pairwise(mentions)]
    if not all(_JOINS.fullmatch(join) for join in joins):
        return None
    names = tuple(folded[start:end] for start, end, _ in mentions)
    before, tail = folded[: mentions[0][0]], folded[mentions[-1][1] :]
    return Derivation(kind, names, _rest(before, tail))


def _compared(match: re.Match[str]) -> Derivation:
    """甲比乙多多少; what both are of may stand behind the second alone (宁夏比四川的社工多几名)."""
    first, second, tail = match["first"], match["second"], match["tail"] or ""
    tail = tail if tail.strip("的") else ""
    if tail and _noun(first):
        # 试点社区 is counted of the one, 社工机构 of the other.
        second, tail = second + tail, ""
    elif not tail and region_mentions(second) and not _noun(second):
        second += _noun(first)
    rest = f"{match['before']}{tail}多少{_unit(match['unit'])}"
    return Derivation("difference", (first, second), rest)


def _noun(operand: str) -> str:
    """What an operand names besides its place."""
    mentions = region_mentions(operand)
    rest = operand[mentions[-1][1] :] if mentions else ""
    return _COUNTS.sub("", rest).lstrip("的省市")


def _counted(operand: str) -> str:
    """The question after the figure of an operand that names none itself."""
    return operand if _COUNTS.search(operand) else f"{operand}多少"


def _premise(before: str) -> str:
    """What comes before 平均; of a premise (累计投了930万、派了465名社工，) the place and the time alone."""
    if not re.search(r"[，,、；;]", before):
        return before
    places = "".join(before[start:end] for start, end, _ in region_mentions(before)[:1])
    return places + ("累计" if re.search(r"累计|一共|总共", before) else "")


def _rest(before: str, tail: str) -> str:
    """The question without its computing word; what measures it stays (几个月)."""
    rest = _VERB.sub("", tail)
    asks = re.search(r"多少|几", rest)
    return before + rest + ("" if asks else "是多少")


def _unit(text: str) -> str:
    return re.sub(r"^(?:多少|几)", "", text)
