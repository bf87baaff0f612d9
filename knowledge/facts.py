"""Domain, target and funding facts: the statements that answer questions over all documents.

A fact is a sentence of a document with what it is about. Rules come first; each pattern is a cue
that the documents themselves use. A second extractor may add what they miss, after the same
checks (`knowledge/fact_proposals.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.documents import FactKind, Passage, PolicyDocument, PolicyFact
from knowledge.fact_proposals import FactExtractor, checked_fact, fact_of
from knowledge.sentences import Span, sentences

_CUES: dict[FactKind, re.Pattern[str]] = {
    "funding": re.compile(
        r"经费|资金|财政|预算|补贴|补助|投入保障|薪酬|奖励金|福利彩票|公益金|[万亿]元|购买服务|专项资金"
    ),
    "target": re.compile(
        r"目标|到\s*(?:20\d\d|二〇..)\s*年|(?:20\d\d)\s*年(?:底|末)?前|全覆盖|力争|达到|不低于|不少于"
        r"|实现.{0,18}(?:覆盖|率)|基本(?:实现|建成|形成)"
    ),
    "domain": re.compile(
        r"(?:重点|服务|工作)领域|\d+个(?:重点)?领域|领域[：:为是包]|服务内容|服务范围|(?:主要|重点)(?:开展|提供|面向|为|围绕)|(?:开展|提供).{2,40}等.{0,12}服务"
        r"|服务对象"
    ),
}
# The heading has to name the kind, not a policy whose name holds the word (分领域发展…方案).
_HEADINGS: dict[FactKind, re.Pattern[str]] = {
    "funding": re.compile(r"经费|资金|投入"),
    "target": re.compile(r"目标"),
    "domain": re.compile(r"(?:领域|服务内容|服务范围|服务对象)(?:[（(：:].*)?$"),
}
_DEADLINE = re.compile(
    r"(?:到|至|在)?\s*((?:20\d\d|二〇[〇一二三四五六七八九]{2})\s*年(?:底|末|年底)?)(?:前)?"
)
_SUBJECT_END = re.compile(
    r"[，,：:；;（(]|纳入|应当|应该|主要|提供|开展|投入|达到|实现|是|为|由|将|要"
)
_SUBJECT_LENGTH, _SHORTEST = 24, 4
# When and under which head something is said: 近日，; 到2027年，; 2025年（试点）：; 第四条.
_OPENING = re.compile(
    r"^(?:第[一二三四五六七八九十百千零〇\d]{1,8}条[\s　]*|[（(][一二三四五六七八九十\d]{1,3}[)）]\s*"
    r"|(?:近日|目前|近年来|[在到自]?[^，。：:]{0,12}(?:20\d\d|二〇..)年[^，。：:]{0,10})[，,：:])+"
)


def extract_facts(
    document: PolicyDocument,
    passages: Sequence[Passage],
    extractor: FactExtractor | None = None,
) -> tuple[PolicyFact, ...]:
    """The facts of a document, in reading order; a sentence may state several kinds.

    What `extractor` proposes is taken only where the document bears it out and the rules have
    no fact of that kind in the same words.
    """
    facts = [fact for passage in passages for fact in _facts_of(document, passage)]
    if extractor is None:
        return tuple(facts)
    for proposal in extractor.propose(document, passages):
        fact = checked_fact(document, passages, proposal)
        if fact is not None and not any(_overlaps(fact, other) for other in facts):
            facts.append(fact)
    return tuple(sorted(facts, key=lambda fact: fact.start_char))


def _overlaps(first: PolicyFact, second: PolicyFact) -> bool:
    return (
        first.kind == second.kind
        and first.start_char < second.end_char
        and second.start_char < first.end_char
    )


def fact_cue(kind: FactKind, text: str) -> bool:
    """True if `text` uses a word by which documents speak of domains, targets or funding."""
    return bool(_CUES[kind].search(text))


def _facts_of(document: PolicyDocument, passage: Passage) -> Iterator[PolicyFact]:
    for span in sentences(passage.text):
        statement = span.of(passage.text)
        heading = passage.heading_path[-1] if passage.heading_path else ""
        for kind, cue in _CUES.items():
            if len(statement) > 8 and (cue.search(statement) or _headed(kind, heading)):
                yield _fact(document, passage, kind, span)


def _headed(kind: FactKind, heading: str) -> bool:
    """True if the heading above says what its sentences are about."""
    return bool(_HEADINGS[kind].search(heading))


def _fact(document: PolicyDocument, passage: Passage, kind: FactKind, span: Span) -> PolicyFact:
    statement = span.of(passage.text)
    deadline = _DEADLINE.search(statement) if kind == "target" else None
    return fact_of(
        document,
        passage,
        kind,
        passage.start_char + span.start,
        statement,
        _subject(statement),
        deadline.group(1) if deadline else None,
    )


def _subject(statement: str) -> str:
    """The opening words of a statement up to its verb or first pause, without when it holds."""
    bare = statement.lstrip("-*•· 　")
    opening = _OPENING.sub("", bare)
    if len(opening) < _SHORTEST:
        opening = bare
    end = _SUBJECT_END.search(opening, 2)
    return opening[: min(end.start() if end else _SUBJECT_LENGTH, _SUBJECT_LENGTH)]
