"""Negation, force and direction of a claim's clauses against those of its evidence.

应当, 可以 and 不得 are the words on which a rule turns (立法技术规范（试行）, Legislative Affairs
Commission of the NPC Standing Committee, 2009): they are compared clause by clause, where the
rest of the clause is much the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.claim_alignment import AlignedClause, pairs, split_clauses
from assistant.claim_problem import Problem
from knowledge.tokenization import fold

Force = Literal["must", "may", "must_not", "need_not", ""]
# Clauses less alike than this speak of something else.
_ALIKE = 0.55
# Share of the pairs of an act that make another one the same, and the fewest it must have.
_SAME_ACT, _SHORTEST_ACT = 0.75, 3
_FORCES: tuple[tuple[Force, re.Pattern[str]], ...] = (
    ("need_not", re.compile(r"(?:不必|无需|无须|毋须|不需要?|可以不|可不|免予|免于)")),
    (
        "must_not",
        re.compile(
            r"(?:不得|不准|严禁|禁止|不应当?|不可以?|不能够?|不许|不允许|不予|不再)(?!少于|低于|超过|高于|多于|晚于|迟于)"
        ),
    ),
    (
        "must",
        re.compile(
            r"(?:应当|应该|必须|须(?=[一-鿿])|务必|强制|有义务|(?<![适对响相供反效])应(?=[当由按依在对将及向给予]))"
        ),
    ),
    (
        "may",
        re.compile(r"(?:可以|可(?=[由按依以在对向])|有权|鼓励|允许|提倡|支持|倡导|(?<!不)能够)"),
    ),
)
_COMPELS = re.compile(r"必须|务必|一律|只能|强制")
_NOT = re.compile(
    r"(?:没有|并非|并未|尚未|未(?!来|成年|婚|必|满)|无(?!障碍|偿|论|疑|线|人机|业|家可归|依无靠)|"
    r"(?<![是时要])不(?!同|断|仅|但|少于|低于|超过|高于|多于|足|动产|可或缺|可抗力|良|法|明|等|如|论|管|只|限于?|得(?:少于|低于|超过|高于)|定期))"
)
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"增[加长]|上升|提[高升]|上调|上涨|扩大", r"减少|下降|降低|下调|下跌|缩[小减]"),
        (r"(?<!不)免费|无偿", r"收费|有偿|自费"),
        (r"公办|公立", r"民办|私立"),
        (r"城[镇市]", r"农村"),
        (r"以前|之前|届满前", r"以后|之后|届满后"),
        (r"批准|同意|通过", r"驳回|拒绝|否决"),
        (r"设立|成立", r"撤销|取消|解散"),
        (r"实行|施行|继续执行", r"废止|停止执行|中止"),
        (r"全部|全体|一律", r"部分|个别"),
        (r"中央财政", r"地方财政|省级财政|市级财政|县级财政"),
        (r"首次|第一次", r"再次|第二次"),
        (r"最高", r"最低"),
        (r"成功", r"失败"),
        (r"男性", r"女性"),
        (r"纳入|包括", r"不纳入|不包括|除外|排除"),
        (r"每年", r"每月|每季度|每日|每两年"),
        (r"每月", r"每年|每季度|每日"),
    )
)


def polarity_problems(aligned: Sequence[AlignedClause]) -> Iterator[Problem]:
    """Clauses that affirm what the evidence denies, oblige where it allows, or turn it round."""
    for pair in aligned:
        if pair.likeness < _ALIKE:
            continue
        said, found = fold(pair.said.text), fold(pair.found.text)
        if problem := _force_problem(pair, said, found) or _opposite(pair, said, found):
            yield problem


def act_problems(claim: str, sentences: Sequence[str]) -> Iterator[Problem]:
    """Acts that `claim` allows where the evidence obliges, or the other way.

    Found by the words after 应当 or 可以: in 应当公布账目，可以委托审计 the subject stands with
    the first act only, and a claim on the second one looks more like the first.
    """
    offered = [clause.text for text in sentences for clause in split_clauses(text)]
    for clause in split_clauses(claim):
        said = _force_of_act(fold(clause.text))
        if said is None:
            continue
        force, act = said
        wanted = set(pairs(act))
        alike = [
            (found[0], other)
            for other in offered
            if (found := _force_of_act(fold(other)))
            and len(wanted & set(pairs(found[1]))) >= _SAME_ACT * len(wanted)
        ]
        if len(wanted) < _SHORTEST_ACT or any(found == force for found, _ in alike):
            continue
        if alike:
            yield Problem("modality", clause.text, alike[0][1])


def _force_of_act(text: str) -> tuple[Force, str] | None:
    """The last word of force in a clause with what follows it."""
    found = [
        (match.end(), force)
        for force, pattern in _FORCES
        if force in ("must", "may")
        for match in pattern.finditer(text)
    ]
    if not found:
        return None
    end, force = max(found)
    return force, text[end:]


def _force_problem(pair: AlignedClause, said: str, found: str) -> Problem | None:
    claimed, given = _forces(said), _forces(found)
    denied = {"must_not", "need_not"}
    if (claimed & denied) != (given & denied) and (claimed | given) & denied:
        if not claimed & denied and _NOT.search(said):
            return None
        if not given & denied and _NOT.search(found):
            return None
        return Problem("negation", pair.said.text, pair.found.text)
    if not (claimed | given) & denied and bool(_NOT.search(said)) != bool(_NOT.search(found)):
        return Problem("negation", pair.said.text, pair.found.text)
    if "must" in claimed and "must" not in given and "may" in given:
        return Problem("modality", pair.said.text, pair.found.text)
    if "may" in claimed and "may" not in given and "must" in given:
        return Problem("modality", pair.said.text, pair.found.text)
    if _COMPELS.search(said) and not given and not _COMPELS.search(found):
        # What is told as a fact is no duty.
        return Problem("modality", pair.said.text, pair.found.text)
    return None


def _forces(text: str) -> set[Force]:
    found: set[Force] = set()
    for force, pattern in _FORCES:
        text, count = pattern.subn(" ", text)
        if count:
            found.add(force)
    return found


def _opposite(pair: AlignedClause, said: str, found: str) -> Problem | None:
    for one, other in _OPPOSITES:
        for first, second in ((one, other), (other, one)):
            in_claim, in_found = first.search(said), second.search(found)
            if in_claim and in_found and not first.search(found) and not second.search(said):
                return Problem("opposite", in_claim.group(), in_found.group())
    return None
