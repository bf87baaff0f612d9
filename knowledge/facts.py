"""Domain, target and funding facts: the statements that answer questions over all documents.

A fact is a sentence of a document with what it is about. Rules decide; each pattern is a cue
that the documents themselves use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.documents import FactKind, Passage, PolicyDocument, PolicyFact
from knowledge.figures import find_figures
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
        r"领域|服务内容|服务范围|(?:主要|重点)(?:开展|提供|面向|为|围绕)|(?:开展|提供).{2,40}等.{0,12}服务"
        r"|服务对象"
    ),
}
_DEADLINE = re.compile(
    r"(?:到|至|在)?\s*((?:20\d\d|二〇[〇一二三四五六七八九]{2})\s*年(?:底|末|年底)?)(?:前)?"
)
_SUBJECT_END = re.compile(
    r"[，,：:；;（(]|纳入|应当|应该|主要|提供|开展|投入|达到|实现|是|为|由|将|要"
)
_SUBJECT_LENGTH = 24


def extract_facts(document: PolicyDocument, passages: Sequence[Passage]) -> tuple[PolicyFact, ...]:
    """The facts of a document, in reading order; a sentence may state several kinds."""
    return tuple(fact for passage in passages for fact in _facts_of(document, passage))


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
    words = {
        "funding": ("经费", "资金", "投入"),
        "target": ("目标",),
        "domain": ("领域", "服务内容"),
    }
    return any(word in heading for word in words[kind])


def _fact(document: PolicyDocument, passage: Passage, kind: FactKind, span: Span) -> PolicyFact:
    statement = span.of(passage.text)
    deadline = _DEADLINE.search(statement) if kind == "target" else None
    start = passage.start_char + span.start
    return PolicyFact(
        kind=kind,
        region=document.region,
        subject=_subject(statement),
        statement=statement,
        figures=tuple(
            figure.text for figure in find_figures(statement) if figure.kind != "ordinal"
        ),
        deadline=deadline.group(1) if deadline else None,
        passage_id=passage.id,
        document_id=document.id,
        start_char=start,
        end_char=start + len(statement),
    )


def _subject(statement: str) -> str:
    """The opening words of a statement, up to its verb or first pause."""
    opening = statement.lstrip("-*•· 　")
    end = _SUBJECT_END.search(opening, 2)
    return opening[: min(end.start() if end else _SUBJECT_LENGTH, _SUBJECT_LENGTH)]
