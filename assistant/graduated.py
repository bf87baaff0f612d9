"""A rule in steps (满1年不足5年的，12个月；满5年不足10年的，18个月): the step that a case falls into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.asked_units import asked_units
from assistant.clause_figures import figure_words
from assistant.found import Found
from assistant.rule_blocks import Block
from knowledge.figures import Figure, find_figures, in_base_unit
from knowledge.tokenization import fold

_FEWEST = 2
# 满, 已满, 达到, 超过 in front of the least amount, 不满, 不足, 未满 in front of what it stays below.
_FROM = re.compile(r"(?:(?<!不)(?<!未)满|达到?|(?<!不)超过|(?<!不)多于|(?<!不)高于)$")
_BELOW = re.compile(r"(?:不满|不足|未满|未达到?|少于|低于|不到|没满|没到)$")
_UP_TO = re.compile(r"(?:不超过|至|到|—|-)$")
_LEAST, _MOST = re.compile(r"\s*(?:及其?)?以上"), re.compile(r"\s*(?:及其?)?(?:以下|以内)")
# Behind its bounds a condition ends: 流产的，, 的劳动合同，.
_CONDITION = re.compile(r"[^，,。；;：:]{0,20}(?:的|后|时|人员|老年人|老人|职工)?[，,：:为]")
# 以后每增加一年，增加一个月: the figures of the step do not tell what comes of it.
_PER = re.compile(r"每(?:增加|满|超过)")
_SCALES = ("万", "千", "亿")
_PAYS = re.compile(r"花|费|钱|付|元|收入|工资|存款|欠")
_PENALTY = re.compile(r"^[^，。；]{0,2}(?:的)?(?:罚款|有期徒刑|拘留)")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A span of amounts, the least included and the greatest not, unless said otherwise."""

    unit: str
    least: Decimal
    most: Decimal | None
    includes_most: bool
    start: int
    end: int

    def holds(self, amount: Decimal) -> bool:
        if amount < self.least:
            return False
        if self.most is None:
            return True
        return amount < self.most or (self.includes_most and amount == self.most)


def with_step(found: Found, question: str, blocks: Sequence[Block]) -> Found:
    """`found`, or its article's paragraph in steps, with the value of the question's step put first.

    Unchanged where the question names no amount that the article's steps part.
    """
    units = asked_units(fold(question))
    if not units:
        return found
    article = [b for b in blocks if b.passages == found.block.passages and b != found.block]
    for block in (found.block, *article):
        if stepped := _stepped(replace(found, block=block), question, units):
            return stepped
    return found


def _stepped(found: Found, question: str, units: frozenset[str]) -> Found | None:
    whole = found.block.whole
    steps = [bound for bound in _bounds(whole.text) if _is_condition(bound, whole.text)]
    parted = {step.unit for step in steps}
    asked = [bound for bound in _bounds(question, alone=True) if bound.unit in parted]
    if len(asked) != 1:
        return None
    steps = [step for step in steps if step.unit == asked[0].unit]
    fitting = [step for step in steps if _fits(step, asked[0])]
    if len(steps) < _FEWEST or len(fitting) != 1:
        return None
    end = min((s.start for s in steps if s.start > fitting[0].start), default=len(whole.text))
    if _PER.search(whole.text[fitting[0].end : end]):
        return None
    figure = _value(whole.text, fitting[0].end, end, units)
    if figure is None:
        return None
    quote = whole
    if not found.block.items:
        at = whole.start + figure.start
        quote = next((p for p, _ in found.block.sentences() if p.start <= at < p.end), whole)
    start = whole.start + figure.start - quote.start
    value = figure_words(figure, whole.text)
    return replace(found, quotes=(quote,), value=value, value_start=start)


def _fits(step: _Bound, asked: _Bound) -> bool:
    """True if what is asked lies in the step: an amount, or the step's own span."""
    if asked.most is not None and asked.most != asked.least:
        return step.least == asked.least and (step.most is None or step.most >= asked.most)
    return step.holds(asked.least)


def _value(text: str, start: int, end: int, units: frozenset[str]) -> Figure | None:
    """The first figure in one of `units` behind the condition, in its part of the sentence."""
    stop = re.search(r"[；;。\n]", text[start:end])
    last = start + stop.start() if stop else end
    return next(
        (f for f in find_figures(text) if start <= f.start < last and f.unit in units), None
    )


def _is_condition(bound: _Bound, text: str) -> bool:
    """False for a span that is itself what is ruled: 处一万元以上五万元以下的罚款."""
    behind = text[bound.end :]
    return bool(_CONDITION.match(behind)) and not _PENALTY.match(behind)


def _bounds(text: str, alone: bool = False) -> Iterator[_Bound]:
    """The spans of amounts that `text` names; with `alone` single amounts as well."""
    figures = [_of_money(f, text) if alone else f for f in find_figures(text)]
    figures = [f for f in figures if isinstance(f.value, Decimal) and f.unit]
    taken: Figure | None = None
    for figure, after in pairwise([*figures, None]):
        if figure is None or figure is taken:
            continue
        amount, unit = in_base_unit(figure)
        if not isinstance(amount, Decimal):
            continue
        before = text[: figure.start]
        at_least = bool(_FROM.search(before)) or bool(_LEAST.match(text, figure.end))
        if after is not None and in_base_unit(after)[1] == unit:
            between = text[figure.end : after.start]
            upper, value = _upper(between, text[after.end :]), in_base_unit(after)[0]
            if upper is not None and len(between) < 8 and isinstance(value, Decimal):
                taken = after
                yield _Bound(unit, amount, value, upper, figure.start, after.end)
                continue
        if _BELOW.search(before):
            yield _Bound(unit, Decimal(0), amount, False, figure.start, figure.end)
        elif _MOST.match(text, figure.end):
            yield _Bound(unit, Decimal(0), amount, True, figure.start, figure.end)
        elif at_least:
            yield _Bound(unit, amount, None, False, figure.start, figure.end)
        elif alone:
            yield _Bound(unit, amount, amount, True, figure.start, figure.end)


def _of_money(figure: Figure, text: str) -> Figure:
    """看病花了7万: yuan, though nobody says so."""
    is_sum = not figure.unit and figure.text.endswith(_SCALES) and _PAYS.search(text)
    return replace(figure, unit="元", kind="money") if is_sum else figure


def _upper(between: str, behind: str) -> bool | None:
    """Whether the second of two amounts is included in their span; None if they make none."""
    if _BELOW.search(between):
        return False
    if _MOST.match(behind) or _UP_TO.search(between):
        return True
    return None
