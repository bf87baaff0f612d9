"""Questions over the whole library that no search can answer: they are answered from the facts.

「哪些地方提到经费」 asks of every place, not of the passages nearest to the question; 「比较四川和广西」
names no subject, so every kind of fact is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence import Statement, whole_statement
from assistant.question import ParsedQuestion
from assistant.question_words import WEAK
from knowledge.documents import FactKind, PolicyFact
from knowledge.references import numeral_value
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

KINDS: tuple[FactKind, ...] = ("domain", "target", "funding")
_DIRECT: dict[FactKind, re.Pattern[str]] = {
    "domain": re.compile(r"(?:重点|服务)领域|\d+个领域|服务(?:内容|范围|对象)|提供.{2,30}服务"),
    "target": re.compile(r"目标|到\s*(?:20\d\d|二〇..)\s*年|全覆盖|力争|不低于"),
    "funding": re.compile(r"经费|资金|预算|投入"),
}
_BY = re.compile(r"(20\d\d)年?(?:底|末)?(?:之|以)?前|(?:到|截至|至)(20\d\d)年")
_YEAR = re.compile(r"20\d\d|二〇[〇一二三四五六七八九]{2}")
# A library of more places is shown with one sentence a place.
FEW_PLACES, _SENTENCES = 12, 3
_BARE = frozenset(
    "地方 地区 省份 各地 各省 资料 资料库 提到 涉及 写 讲 说 规定 要求 目标 经费 资金 领域 服务 政策 方案 文件 比较 对比 区别 不同 差异 异同 安排 情况 年前 年底 前 底 末 之前 以前 内容 社工 社会工作 社会 工作 方面".split()
)


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What the facts of one place say."""

    place: str
    statements: tuple[Statement, ...]
    """In reading order; empty if its documents say nothing of the kind."""


def names_no_subject(question: ParsedQuestion) -> bool:
    """True if the question names a kind of fact, places and years at most."""
    return all(term.word in _BARE or term.word in WEAK for term in question.terms)


def facts_by_place(
    question: ParsedQuestion,
    snapshot: Snapshot,
    kinds: Sequence[FactKind],
    places: Sequence[str],
) -> tuple[PlaceFacts, ...]:
    """The facts of these kinds for each of the places, the fullest first; all places if none given.

    Places whose documents say nothing of the kind come last, with no statement.
    """
    held = sorted({d.region for d in snapshot.documents() if d.region})
    wanted = list(places) or held
    few = _SENTENCES if len(wanted) <= FEW_PLACES else 1
    # What only announces a list says nothing in a table.
    found: dict[str, list[PolicyFact]] = {place: [] for place in wanted}
    latest = _latest_year(question.text)
    for kind in kinds:
        for fact in snapshot.catalog.facts(kind):
            announces = fact.statement.rstrip().endswith(("：", ":"))
            if fact.region in found and not announces and _in_time(fact, question, latest):
                found[fact.region].append(fact)
    rows = [
        PlaceFacts(place, tuple(_statements(snapshot, _best(facts)[:few])))
        for place, facts in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: not row.statements))


def _best(facts: Iterable[PolicyFact]) -> list[PolicyFact]:
    """Those with the word itself, if there are any; those with a deadline or a figure first."""
    facts = list(facts)
    direct = [fact for fact in facts if _DIRECT[fact.kind].search(fact.statement)]
    return sorted(
        direct or facts,
        key=lambda fact: (
            -(bool(fact.deadline) or bool(fact.figures)),
            len(fact.statement) > 160,
        ),
    )


def _statements(snapshot: Snapshot, facts: Sequence[PolicyFact]) -> list[Statement]:
    statements = []
    for fact in sorted(facts, key=lambda f: (f.document_id, f.start_char)):
        passages = snapshot.catalog.passages_of(fact.document_id)
        passage = next((p for p in passages if p.id == fact.passage_id), None)
        if passage is None:
            continue
        span = Span(fact.start_char - passage.start_char, fact.end_char - passage.start_char)
        statements.append(whole_statement(passage, snapshot.described(passage), span))
    return statements


def _latest_year(text: str) -> int | None:
    """2027 of 2027年前 and 到2027年."""
    match = _BY.search(fold(text))
    return int(match[1] or match[2]) if match else None


def _in_time(fact: PolicyFact, question: ParsedQuestion, latest: int | None) -> bool:
    """True if the fact's deadline is within the year asked for."""
    if not question.years:
        return True
    years = [_value(year) for year in _YEAR.findall(fold(fact.deadline or fact.statement))]
    if latest is not None:
        return fact.deadline is not None and any(year <= latest for year in years)
    return any(year in question.years for year in years)


def _value(year: str) -> int:
    return int(year) if year.isdecimal() else numeral_value(year)
