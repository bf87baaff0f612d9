"""「多少日内」「几个月」「比例不低于多少」: the figure of a rule, by the clause it stands in.

A rule puts many figures into one sentence (一级伤残为27个月，二级伤残为25个月); the clause tells
them apart, the sentence and what stands above it tell what they are about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.asked_bound import (
    ACT,
    GRANTS,
    acts_within,
    asks_bound,
    bound_fit,
    bounds_other_way,
    greatest,
    is_done_within,
    is_of_case,
    is_span_within,
    is_term,
)
from assistant.asked_payer import is_other_payer, is_paid_in
from assistant.asked_units import OFTEN, asked_units
from assistant.clause_figures import figure_words, figures_in
from assistant.compound import is_other_compound
from assistant.figure_rivals import Rival, as_well, is_tied, listed, told_apart
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.rule_blocks import Block
from assistant.rule_place import place_bonus
from assistant.unasked_figure import counts_no_members, is_of_condition
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.tokenization import fold, tagged_words

# Below this the words of the question do not stand around the figure.
ENOUGH = 0.6
# What a word counts for by where it stands.
_SEGMENT, _SENTENCE, _LEAD, _ARTICLE, _ABOVE = 1.0, 0.8, 0.75, 0.5, 0.55
_CLAUSE, _FIRST_UNIT, _OPERAND = 0.45, 0.12, 0.3
_PENALTY, _AGE, _LAPSED, _WITHIN, _OTHERWISE = 0.2, 0.25, 0.2, 0.1, 0.25
_OTHER_PAYER, _CONDITION, _TWIN, _TERM, _WHOSE, _STANDARD = 0.5, 0.2, 0.4, 0.25, 0.5, 0.3
# 缴费满一年不足五年的，期限最长为十二个月: on which condition, and how much.
_MEETS = re.compile(r"(?:满|不足|未满|不满)$")
_ASKS_CONDITION = re.compile(r"满|缴费|参保|工作|多大|几岁|年龄|才[能可]")
_BEHIND = 16
# 补贴标准按照失能等级确定: what follows are the standards.
_SETS = re.compile(r"标准[^。；]{0,24}[：:]$")
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


def holds_unit(found: Found, units: frozenset[str]) -> bool:
    """True if the first paragraph holds a figure in one of `units`."""
    return any(figures_in(found.quotes[0], units)) if units else False


def answers_within(block: Block, asked: str, units: frozenset[str]) -> bool:
    """True if the paragraph has a figure in one of `units`, and for what is to be done by then."""
    acts = acts_within(asked)
    return any(
        not acts or is_done_within(acts, figure, block.whole.text)
        for figure, _, _ in figures_in(block.whole, units)
    )


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
    twins = _twins(folded)
    rivals: list[Rival] = []
    for block in blocks:
        bonus = place_bonus(block, places, named)
        for sentence, lead in block.sentences():
            for figure, segment, clause in figures_in(sentence, units):
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
                if counts_no_members(folded, clause.of(sentence.text)):
                    continue
                if is_other_compound(folded, fold(sentence.text), lead + block.above):
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
                score -= _TWIN * any(twin.search(fold(segment.of(sentence.text))) for twin in twins)
                score -= _OTHERWISE * _is_beside(figure, sentence.text, folded)
                score += _STANDARD * ("标准" in folded and _SETS.search(lead) is not None)
                score += _TERM * is_term(folded, figure, sentence.text)
                score -= _LAPSED * (block.passages in ruled and _is_lapsed(figure, sentence.text))
                score += bound_fit(folded, figure, sentence.text)
                within = is_span_within(folded, figure, sentence.text)
                if within is not None:
                    score += _WITHIN if within else -_WITHIN
                if acts:
                    is_done = is_done_within(acts, figure, sentence.text)
                    if not is_done and acts == GRANTS:
                        continue
                    score += ACT if is_done else -ACT
                score -= _OTHER_PAYER * is_other_payer(folded, fold(sentence.text))
                score -= _CONDITION * _is_condition(figure, segment.of(sentence.text), folded)
                score -= _WHOSE * is_of_condition(folded, figure, sentence.text)
                score += _FIRST_UNIT if figure.unit in _preferred(units) else 0.0
                most = greatest(folded, figure, sentence.text)
                value = figure_words(most, sentence.text)
                found = Found(block, (sentence,), score, value, most.start)
                rivals.append(Rival(found, figure, fold(segment.of(sentence.text))))
    best = max(rivals, key=lambda rival: rival.found.score).found if rivals else None
    if best is None or operands:
        return best
    best, is_told = told_apart(best, rivals, [t.word for t in question.terms if len(t.word) > 1])
    if not is_told and (all_of_list := listed(best, rivals)):
        return all_of_list
    if is_tied(best, rivals) or _is_graded(best.quotes[0].text):
        best = replace(best, value="")
    also = None if asks_bound(folded) else as_well(best, rivals)
    best = _with_paragraph(best, folded)
    if also is None:
        return best
    # 60日, and 15日 where the facts are clear: the reader's case tells which.
    both = sorted((best, _with_paragraph(also, folded)), key=lambda found: found.quotes[0].start)
    return replace(both[0], value="", value_start=-1, beside=(replace(both[1], value=""),))


def _twins(asked: str) -> tuple[re.Pattern[str], ...]:
    """What holds a compound of the question with something put into it: 村民代表会议 for 村民会议."""
    words = tagged_words(asked)
    pairs = [
        (a, b)
        for (a, first), (b, second) in pairwise(words)
        if first[0] == second[0] == "n" and len(a) > 1 and len(b) > 1
    ]
    return tuple(re.compile(f"{re.escape(a)}代表{re.escape(b)}") for a, b in pairs)


def _is_condition(figure: Figure, segment: str, asked: str) -> bool:
    """True for 缴费满一年不足五年的 where it is not asked after how long something is due."""
    if _ASKS_CONDITION.search(re.split(r"[，,]", asked)[-1]):
        return False
    at = segment.find(figure.text)
    others = [f for f in find_figures(segment) if f.unit == figure.unit and f.start > at]
    if others and is_of_case(segment[at + len(figure.text) :]):
        return True
    return bool(_MEETS.search(segment[:at])) and len(find_figures(segment)) > 1


def _is_graded(text: str) -> bool:
    """True for a sum for each of several cases; the step of a case that is named is told apart (`graduated.py`)."""
    return sum(is_of_case(text[figure.end :]) for figure in find_figures(text)) >= _SEVERAL


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
        for figure, _, _ in figures_in(sentence, units)
    )


def _is_penalty(text: str) -> bool:
    return bool(_PENALTY_WORDS.search(text))


def _preferred(units: frozenset[str]) -> frozenset[str]:
    """The unit that was named itself, of those that can say the same (几个月: 月, 年)."""
    if units == {"日", "工作日", "小时"}:
        return frozenset({"日", "工作日"})
    return frozenset({"月"}) if units == {"月", "年"} else units
