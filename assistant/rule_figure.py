"""「多少日内」「几个月」「比例不低于多少」: the figure of a rule, by the clause it stands in.

A rule puts many figures into one sentence (一级伤残为27个月，二级伤残为25个月); the clause tells
them apart, the sentence and what stands above it tell what they are about.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.asked_bound import (
    ACT,
    acts_within,
    asks_bound,
    bound_fit,
    bounds_other_way,
    greatest,
    is_done_within,
    is_span_within,
)
from assistant.asked_payer import is_other_payer, is_paid_in
from assistant.asked_units import OFTEN, PER_MILLE, asked_units
from assistant.figure_choice import with_qualifier
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.rule_blocks import Block, Piece
from assistant.rule_place import place_bonus
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.sentences import Span, clauses
from knowledge.tokenization import fold

# Below this the words of the question do not stand around the figure.
ENOUGH = 0.6
# What a word counts for by where it stands.
_SEGMENT, _SENTENCE, _LEAD, _ARTICLE, _ABOVE = 1.0, 0.8, 0.75, 0.5, 0.55
_CLAUSE, _FIRST_UNIT, _OPERAND = 0.45, 0.12, 0.3
_PENALTY, _AGE, _LAPSED, _WITHIN, _OTHERWISE = 0.2, 0.25, 0.2, 0.1, 0.25
_OTHER_PAYER, _CONDITION, _TIED = 0.5, 0.2, 0.02
# 缴费满一年不足五年的，期限最长为十二个月: on which condition, and how much.
_MEETS = re.compile(r"(?:满|不足|未满|不满)$")
_ASKS_CONDITION = re.compile(r"满|缴费|参保|工作|多大|几岁|年龄|才[能可]")
_BEHIND = 16
_BESIDE = (
    (re.compile(r"^(?:以|之)?后"), re.compile(r"后")),
    (
        re.compile(r"^(?:以上)?的?[^，。；]{0,10}(?:经验|经历|工龄)"),
        re.compile(r"经验|经历|资格|条件|工龄|要求"),
    ),
)
# 用人单位未按前款规定申请的，职工可以在一年内申请: what holds where somebody failed to do so.
_LAPSE = re.compile(r"(?:未|没有|不)(?:按|在|能|依|于)[^，。；]{2,40}的[，,]")
_ASKS_LAPSED = re.compile(r"未|没|不(?:按|依|及时)|逾期|超过|过了|错过|否则")
_DEFINES = re.compile(r"是指|所称|年龄")
_PENALTY_WORDS = re.compile(r"罚款|滞纳金|拘留|违反|罚|处罚|逾期")
# Characters of a paragraph that is quoted whole, and figures of a unit that one can take in at once.
_SHORT, _SEVERAL = 160, 2
# 年度支出，不得低于上一年总收入的百分之七十
_NO_SUBJECT = re.compile(
    r"^\s*(?:均|一般|各)?(?:不得|不低于|不高于|不超过|不少于|应当不|最高|最低|最长|最短|至少)"
)
# 至少每周联系和交流一次
_EVERY = re.compile(r"(?:至少|应当)?(?:每|半年|一年|一个?月)[^，。；、]{0,14}$")
_SEGMENT_END = re.compile(r"[；;]")
_TIMES = re.compile(r"(?<=[为按])(?!照)[^，。；：为按]{2,40}倍[^，。；]{0,24}")
_RANGE = re.compile(r"(?:至|到|—|-|~|以上)$")


def holds_unit(found: Found, units: frozenset[str]) -> bool:
    """True if the first paragraph holds a figure in one of `units`."""
    return any(_figures(found.quotes[0], units)) if units else False


def rule_figure(
    question: ParsedQuestion,
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
    units: frozenset[str] | None = None,
    operands: Sequence[str] = (),
    enough: float = ENOUGH,
) -> Found | None:
    """The figure that fits best, with its sentence; None if none carries the question.

    `units` are those asked for, by default as the question says. Of `operands` (一级伤残, 四级伤残)
    the figure must belong to the first: of all it is the one named last before the figure.
    """
    folded = fold(question.text)
    units = asked_units(folded) if units is None else units
    # 多久开一次: that 一次 is none of the asked one's own figures.
    asked = [] if units == OFTEN else find_figures(question.text)
    asks_age = "年龄" in question.text
    asks_penalty = _is_penalty(question.text)
    acts = acts_within(folded)
    lapses = bool(_ASKS_LAPSED.search(folded))
    # Articles whose figure for who did as they should stands before that for who did not.
    ruled = () if lapses else {b.passages for b in blocks if _holds_unlapsed(b, units)}
    best: Found | None = None
    rivals: list[tuple[float, Piece, Figure]] = []
    for block in blocks:
        bonus = place_bonus(block, places, named)
        for sentence, lead in block.sentences():
            for figure, segment, clause in _figures(sentence, units):
                near_operand = 0.0
                if operands:
                    before = fold(sentence.text[: figure.start])
                    if not _belongs(operands, before, lead):
                        continue
                    own = fold(sentence.text[clause.start : figure.start])
                    near_operand = _OPERAND * (operands[0] in own)
                if any(same_figure(figure, other) for other in asked):
                    continue
                if bounds_other_way(folded, figure, sentence.text):
                    continue
                if is_paid_in(folded, fold(sentence.text)):
                    continue
                fit = core.likeness(
                    (_SEGMENT, fold(segment.of(sentence.text))),
                    (_SENTENCE, fold(sentence.text)),
                    (_LEAD, lead),
                    (_ABOVE, block.above),
                    (_ARTICLE, block.article),
                )
                if fit < enough:
                    continue
                near = core.likeness((1.0, fold(clause.of(sentence.text))))
                score = fit + _CLAUSE * near + bonus + near_operand
                if asks_age and _DEFINES.search(sentence.text):
                    score += _AGE
                score -= _PENALTY * (_is_penalty(sentence.text) and not asks_penalty)
                score -= _OTHERWISE * _is_beside(figure, sentence.text, folded)
                score -= _LAPSED * (block.passages in ruled and _is_lapsed(figure, sentence.text))
                score += bound_fit(folded, figure, sentence.text)
                within = is_span_within(folded, figure, sentence.text)
                if within is not None:
                    score += _WITHIN if within else -_WITHIN
                if acts:
                    score += ACT if is_done_within(acts, figure, sentence.text) else -ACT
                score -= _OTHER_PAYER * is_other_payer(folded, fold(sentence.text))
                score -= _CONDITION * _is_condition(figure, segment.of(sentence.text), folded)
                score += _FIRST_UNIT if figure.unit in _preferred(units) else 0.0
                rivals.append((score, sentence, figure))
                if best is None or score > best.score:
                    most = greatest(folded, figure, sentence.text)
                    best = Found(block, (sentence,), score, _value(most, sentence.text), most.start)
    if best is None or operands:
        return best
    if not asks_bound(folded) and _is_tied(best, rivals):
        best = replace(best, value="")
    return _with_paragraph(best, folded)


def _is_tied(best: Found, rivals: Sequence[tuple[float, Piece, Figure]]) -> bool:
    """True if another figure of the sentence answers as well: 七级 has one sum for each of two aids."""
    own = next(f for _, _, f in rivals if f.start == best.value_start) if best.value else None
    return own is not None and any(
        score > best.score - _TIED
        and sentence.start == best.quotes[0].start
        and figure.unit == own.unit
        and figure.text not in best.value
        for score, sentence, figure in rivals
    )


def _is_condition(figure: Figure, segment: str, asked: str) -> bool:
    """True for 缴费满一年不足五年的 where it is not asked after how long something is due."""
    if _ASKS_CONDITION.search(asked):
        return False
    at = segment.find(figure.text)
    return bool(_MEETS.search(segment[:at])) and len(find_figures(segment)) > 1


def _with_paragraph(found: Found, asked: str) -> Found:
    """With the short paragraph around the sentence, which may set several limits for several cases.

    No one value is put first then, unless the question asks for the greatest or the least.
    """
    whole = found.block.whole
    if len(whole.text) > _SHORT or found.block.items:
        return found
    figures = find_figures(whole.text)
    value = next((f for f in figures if found.value.startswith(f.text)), None)
    unit = value.unit if value else ""
    several = sum(f.unit == unit for f in figures) > _SEVERAL and not asks_bound(asked)
    start = found.quotes[0].start - whole.start + found.value_start
    return replace(
        found,
        quotes=(whole,),
        value="" if several else found.value,
        value_start=start,
    )


def _belongs(operands: Sequence[str], before: str, lead: str) -> bool:
    """True if the first operand is the last one named before the figure, or the only one above."""
    own = before.rfind(operands[0])
    if own < 0:
        return operands[0] in lead and not any(o in before + lead for o in operands[1:])
    # 十级伤残 holds 级伤残, 非公募 holds 公募: a rival counts by where it ends.
    return all(before.rfind(other) <= own for other in operands[1:])


def _is_beside(figure: Figure, text: str, asked: str) -> bool:
    """True for a time after which something else comes, and for years of experience, unasked."""
    behind = text[figure.end : figure.end + _BEHIND]
    return any(pattern.search(behind) and not asks.search(asked) for pattern, asks in _BESIDE)


def _is_lapsed(figure: Figure, text: str) -> bool:
    return bool(_LAPSE.search(text[: figure.start]))


def _holds_unlapsed(block: Block, units: frozenset[str]) -> bool:
    """True if a figure of the paragraph holds without anybody's failure: its article has a rule."""
    return any(
        not _is_lapsed(figure, sentence.text)
        for sentence, _ in block.sentences()
        for figure, _, _ in _figures(sentence, units)
    )


def _is_penalty(text: str) -> bool:
    return bool(_PENALTY_WORDS.search(text))


def _preferred(units: frozenset[str]) -> frozenset[str]:
    """The unit that was named itself, of those that can say the same (几个月: 月, 年)."""
    return frozenset({"月"}) if units == {"月", "年"} else units


def _figures(sentence: Piece, units: frozenset[str]) -> Iterator[tuple[Figure, Span, Span]]:
    """Each figure of the kind asked for, with its segment (between ；) and its clause."""
    text = sentence.text
    segments = _segments(text)
    for figure in find_figures(text):
        if (
            figure.kind in ("ordinal", "date", "year")
            or text[figure.start - 1 : figure.start] == "上"
        ):
            # 上一年度: no span of time.
            continue
        is_per_mille = figure.text.endswith(PER_MILLE) or figure.text.startswith("千分之")
        if is_per_mille and PER_MILLE not in units:
            # 千分之五的滞纳金 is no share of a whole.
            continue
        if units and not (figure.unit in units or (figure.kind == "percent" and "%" in units)):
            continue
        segment = next(s for s in segments if s.start <= figure.start < s.end)
        yield figure, segment, _clause_of(figure, text, segment)


def _clause_of(figure: Figure, text: str, segment: Span) -> Span:
    """The clause of a figure; with the one before it where that holds its subject."""
    before: Span | None = None
    for clause in clauses(text, segment.start, segment.end):
        if figure.start < clause.end:
            if before and _NO_SUBJECT.match(clause.of(text)):
                return Span(before.start, clause.end)
            return clause
        before = clause
    return segment


def _segments(text: str) -> list[Span]:
    edges = [0, *(match.end() for match in _SEGMENT_END.finditer(text)), len(text)]
    return [Span(a, b) for a, b in itertools.pairwise(edges) if b > a]


def _value(figure: Figure, text: str) -> str:
    """The figure as written, a range whole (三至九人)."""
    value = with_qualifier(figure, text)
    if figure.unit == "倍" and (amount := _TIMES.search(text)) and value in amount[0]:
        # 上一年度人均可支配收入的20倍加本人40个月的工资: of what, and what is added.
        return amount[0]
    if figure.unit == "次" and (every := _EVERY.search(text[: figure.start])):
        return every[0] + value
    others = find_figures(text)
    index = others.index(figure)
    if index and (before := others[index - 1]).unit == figure.unit:
        between = text[before.end : figure.start]
        if _RANGE.fullmatch(between):
            start = text.find(value, before.end)
            return text[before.start : start + len(value)]
    if index + 1 < len(others) and (after := others[index + 1]).unit == figure.unit:
        between = text[figure.end : after.start]
        if _RANGE.fullmatch(between):
            return text[figure.start : after.end] + _tail(text, after.end)
    return value


def _tail(text: str, end: int) -> str:
    match = re.match(r"以上|以下|以内", text[end:])
    return match.group() if match else ""
