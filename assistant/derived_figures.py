"""「合计」「相差」「平均」: a figure that no document states, computed from figures that are quoted.

Shown as the calculation, so that everybody can check it: `27个月 − 21个月 = 6个月（计算所得）`. It is
computed only where the question names what is to be put together, and only from figures of one
kind and unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from knowledge.figures import Figure, find_figures
from knowledge.regions import region_mentions
from knowledge.tokenization import fold

Operation = Literal["sum", "difference", "mean", "ratio"]

MARK = "（计算所得）"
"""Behind every computed figure; nothing else may bear it."""

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
    r"(?P<act>合|摊到?|投入|投了?|花费?|支出|补贴|补助|服务|培训|选派|派)?(?P<tail>(?:了|的)?(?:资金|经费|费用|金额)?(?:是|为)?(?:多少|几)[^，,]*|的(?:投入|花费|支出)(?:资金|经费)?)$"
)
_EACH_MEAN = re.compile(r"(每一?[名位个批县站户家][^，,平多几]{0,8}?)平均")
# 孵化了多少机构和组织，加起来几个.
_APART_SUM = re.compile(rf"[，,](?=(?:{_SUM})(?:是|有)?(?:多少|几)?[名位个批家所项万元]{{0,2}}$)")
_COUNTED_SUM = re.compile(
    rf"了(?:多少|几)[个家名]?(?=[^，,]{{2,20}}(?:和|与|跟|及)[^，,]{{2,12}}(?:{_SUM}))"
)
# 一个社工合多少钱: what was put in.
_SHARES = frozenset({"合", "摊", "摊到", "投", "投了"})
_TOGETHER = re.compile(r"^(?P<first>[^;；]+)[;；](?P<second>[^;；]+)[;；]两者加起来是多少$")
_BOTH = re.compile(r"^(?P<before>.*?)男女(?:双方)?(?:的)?(?P<tail>.*)$")
_LISTED = re.compile(
    r"^(?P<before>(?:.*[，,]|[^，,的]{2,14}的)?)(?P<list>[^，,的]{1,20}?(?:、[^，,、的]{1,20}?)*(?:和|与|跟|及|以及)[^，,的]{1,20}?)(?P<tail>的.*|(?:加起来|合起来|合在一起|一共|合计|总共|共计|平均|相差|之和|之差).*)$"
)
_JOIN = re.compile(r"以及|、|和|与|跟|及")
_JOINS = re.compile(r"(?:省|市)?(?:以及|、|和|与|跟|及)")
_AMOUNT = re.compile(
    r"^(?:百分之)?[^\d〇零一二两三四五六七八九十百千半]*"
    r"(?:[\d,.，．]+|[〇零一二两三四五六七八九十百千点半]+)(?P<scale>[万亿]?)(?P<unit>.*)$"
)
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SIGNS: dict[Operation, str] = {"sum": " + ", "mean": " + ", "difference": " − ", "ratio": " ÷ "}
_CALCULATION = re.compile(
    rf"(?P<open>（)?(?P<terms>[^\n=（）|]{{1,40}}(?: [+−÷] [^\n=（）|]{{1,40}})+)(?P<mean>）÷ ?(?P<count>\d{{1,2}}))? = (?P<result>[^\n=（）|]{{1,40}}?){MARK}"
)


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
        return f"{operand}{self.rest}"


def derivation(question: str) -> Derivation | None:
    """What `question` wants computed; None if it names no two things to compute from."""
    folded = _in_order(fold(question).rstrip("？?。 "))
    if match := _TOGETHER.match(folded):
        return Derivation("sum", (match["first"], match["second"]), "")
    if match := _THAN.match(folded):
        rest = f"{match['before']}{match['tail'] or ''}多少{_unit(match['unit'])}"
        return Derivation("difference", (match["first"], match["second"]), rest)
    if match := _PER.match(folded):
        before, counted = _premise(match["before"]), match["counted"]
        act = "投入" if match["act"] in _SHARES else match["act"] or ""
        total = f"{before}{act}{match['tail']}"
        return Derivation("ratio", (total, f"{before}多少{match['unit']}{counted}"), "")
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
        if len(names) > 1 and (kind != "difference" or len(names) == 2):
            if match["before"].endswith("的"):
                # 宁夏孵化的机构和组织: what was hatched is said of both.
                names = tuple(match["before"] + name for name in names)
                return Derivation(kind, names, _rest("", match["tail"]))
            return Derivation(kind, names, _rest(match["before"], match["tail"]))
    return None


def _in_order(folded: str) -> str:
    """The computing words where the patterns look for them: 每个县平均派 → 平均每个县派."""
    folded = _APART_SUM.sub("", _EACH_MEAN.sub(r"平均\1", folded))
    return _COUNTED_SUM.sub("的", folded)


def together(first: str, second: str) -> str:
    """The question for the sum of what two questions ask for."""
    return f"{first}；{second}；两者加起来是多少"


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


def calculation(operation: Operation, figures: Sequence[Figure]) -> str | None:
    """`a + b = c（计算所得）`; None if the figures are not of one kind and unit."""
    first = figures[0]
    if operation == "ratio":
        return _divided(figures)
    alike = all((f.kind, f.unit) == (first.kind, first.unit) for f in figures)
    values = [f.value for f in figures if isinstance(f.value, Decimal)]
    if not alike or len(values) < 2 or len(values) != len(figures):
        return None
    terms, amounts = [f.text for f in figures], values
    if operation == "difference":
        ordered = sorted(zip(values, terms, strict=True), key=lambda pair: -pair[0])
        amounts, terms = [v for v, _ in ordered], [t for _, t in ordered]
    result = _written(_computed(operation, amounts), figures)
    if result is None:
        return None
    shown = _SIGNS[operation].join(terms)
    if operation == "mean":
        shown = f"（{shown}）÷ {len(terms)}"
    return f"{shown} = {result}{MARK}"


def _premise(before: str) -> str:
    """What comes before 平均; of a premise (累计投了930万、派了465名社工，) the place and the time alone."""
    if not re.search(r"[，,、；;]", before):
        return before
    places = "".join(before[start:end] for start, end, _ in region_mentions(before)[:1])
    return places + ("累计" if re.search(r"累计|一共|总共", before) else "")


def _divided(figures: Sequence[Figure]) -> str | None:
    """`a ÷ b = c（计算所得）` in the unit of the first; None if it cannot be divided so."""
    total, count = figures
    if not isinstance(total.value, Decimal) or not isinstance(count.value, Decimal):
        return None
    if not count.value or count.kind in ("money", "percent") or total.text == count.text:
        return None
    result = _written(total.value / count.value, [total])
    return f"{total.text}{_SIGNS['ratio']}{count.text} = {result}{MARK}" if result else None


def without_calculations(text: str) -> str:
    """`text` with each right calculation cut down to its inputs.

    What is left of a right one are figures that must be quoted like any other. A wrong one, or
    a marked figure without its calculation, stays as it is.
    """
    return _CALCULATION.sub(lambda m: _inputs(m) or m.group(), text)


def _inputs(match: re.Match[str]) -> str | None:
    terms = re.split(r" [+−÷] ", match["terms"])
    figures = [found[0] for term in terms if len(found := find_figures(term)) == 1]
    if len(figures) != len(terms):
        return None
    if _SIGNS["ratio"] in match["terms"]:
        return "，".join(terms) if _divided(figures) == match.group() else None
    operation: Operation = "difference" if " − " in match["terms"] else "sum"
    if match["mean"]:
        operation = "mean"
        if match["count"] != str(len(terms)):
            return None
    values = [f.value for f in figures if isinstance(f.value, Decimal)]
    if len(values) != len(figures) or len({(f.kind, f.unit) for f in figures}) != 1:
        return None
    if _written(_computed(operation, values), figures) != match["result"]:
        return None
    return "，".join(terms)


def _computed(operation: Operation, values: Sequence[Decimal]) -> Decimal:
    if operation == "difference":
        return values[0] - values[1]
    total = sum(values, Decimal(0))
    return total / len(values) if operation == "mean" else total


def _written(value: Decimal, figures: Sequence[Figure]) -> str | None:
    """The amount in the unit in which all figures are written, with two decimals at most."""
    matches = [_AMOUNT.match(figure.text) for figure in figures]
    first = matches[0]
    if first is None or any(match is None for match in matches):
        return None
    if figures[0].kind == "percent":
        scale, unit = "", "%"
    else:
        scales = {match["scale"] for match in matches if match}
        scale = first["scale"] if len(scales) == 1 else ""
        unit = first["unit"]
    amount = round(value / _SCALES[scale], 2)
    number = f"{amount:,f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
    return f"{number.replace(',', '')}{scale}{unit}"


def _rest(before: str, tail: str) -> str:
    """The question without its computing word; what measures it stays (几个月)."""
    rest = _VERB.sub("", tail)
    asks = re.search(r"多少|几", rest)
    return before + rest + ("" if asks else "是多少")


def _unit(text: str) -> str:
    return re.sub(r"^(?:多少|几)", "", text)
