"""An answer in the documents' own words: the form of the question decides its shape.

figure, date   the value first, then its sentence
list           all the items, under the words that introduce them
clause         the text of the article
others         the sentences that carry the question
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.citing import Citations
from assistant.evidence import Statement
from assistant.figure_choice import best_figure, with_qualifier
from assistant.needs import Need
from assistant.question import ParsedQuestion
from knowledge.documents import Passage, PolicyDocument
from knowledge.figures import Figure
from knowledge.sentences import Span, sentences
from knowledge.tokenization import fold

# A further sentence must come this near to the best one.
_NEAR = 0.85
_SENTENCES = 3
_LIST_LENGTH, _SECTION_LENGTH = 1500, 900
_CLAUSE_LENGTH = 3000
_ITEM = re.compile(
    r"^\s*(?:[-*•·]\s+|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d))"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")

# Document id, start, end → the document's text between them.
Excerpt = Callable[[str, int, int], str | None]
SectionPassages = Callable[[Passage], Sequence[Passage]]


def compose(
    question: ParsedQuestion,
    needs: Sequence[Need],
    statements: Sequence[Statement],
    citations: Citations,
    section_of: SectionPassages,
    excerpt: Excerpt,
) -> str:
    """The answer's text in Markdown; citations and claims are noted in `citations`."""
    if question.form in ("figure", "date"):
        found = best_figure(question, needs, statements)
        if found is not None:
            return _value_first(*found, citations)
    if question.form == "list":
        listed = _whole_list(question, statements[0], section_of)
        if listed:
            return _quoted_list(statements[0].document, listed, citations)
        spread = _enumeration(question, statements[0], section_of, excerpt)
        if spread:
            return _quoted_enumeration(statements[0], spread, citations)
        members = _members(question, statements[0], section_of)
        if members:
            return _quoted_spans(statements[0].document, members, citations)
    return _sentences(chosen_sentences(question, statements), citations)


def compose_clause(
    document: PolicyDocument, passages: Sequence[Passage], citations: Citations
) -> str:
    """The text of one article, passage by passage, under the document's title."""
    lines = [f"**《{escape(document.title)}》{escape(passages[0].article or '')}**"]
    length = 0
    for passage in passages:
        length += len(passage.text)
        if length > _CLAUSE_LENGTH:
            break
        number = citations.cite_span(
            document, passage, passage.start_char, passage.end_char, passage.text
        )
        citations.claim(passage.text, number)
        lines.append(f"{_block(passage.text)}[{number}]")
    return "\n\n".join(lines)


def chosen_sentences(question: ParsedQuestion, statements: Sequence[Statement]) -> list[Statement]:
    """The best sentence and those that come near it, in reading order within a document."""
    best = statements[0]
    chosen = [best]
    for statement in statements[1:]:
        if len(chosen) == _SENTENCES or statement.score < best.score * _NEAR:
            break
        if statement.has_years and not _repeats(statement, chosen):
            chosen.append(statement)
    order = {statement.document.id: place for place, statement in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda s: (order[s.document.id], s.start_char))


def escape(text: str) -> str:
    """Document text for Markdown: its own signs show as they are and have no effect."""
    return _MARKDOWN.sub(r"\\\1", text)


def _value_first(statement: Statement, figure: Figure, citations: Citations) -> str:
    number = citations.cite(statement)
    value = with_qualifier(figure, statement.text)
    citations.claim(value, number)
    citations.claim(statement.text, number)
    return f"**{escape(value)}**[{number}]\n\n{_block(statement.text)}[{number}]"


# Lists ------------------------------------------------------------------------------------


def _whole_list(
    question: ParsedQuestion, best: Statement, section_of: SectionPassages
) -> list[Passage]:
    """The passages of the best sentence's section if it is a list, else none."""
    section = list(section_of(best.passage))
    text = "\n".join(passage.text for passage in section)
    heading = fold(" ".join(best.passage.heading_path))
    if question.listed and question.listed in heading and len(text) <= _SECTION_LENGTH:
        return section
    items = [line for line in text.splitlines() if _ITEM.match(line)]
    parallel = max((line.count("；") for line in text.splitlines()), default=0)
    if len(text) > _LIST_LENGTH or (len(items) < 2 and parallel < 2):
        return []
    # One item asked for by name ("儿童领域有哪些服务") is a sentence, not the list.
    announces = best.text.rstrip().endswith(("：", ":"))
    is_one_item = best.own_coverage >= 0.75 and not announces
    return [] if is_one_item else section


def _enumeration(
    question: ParsedQuestion, best: Statement, section_of: SectionPassages, excerpt: Excerpt
) -> list[tuple[int, int, str]]:
    """The best sentence, and the one of its section that spells out all the things asked for.

    "聚焦老年、儿童等10个领域。其中，老年……；儿童……；……": ten parts between semicolons, which may
    run over several passages. Each entry is start, end and text; empty if there is no such.
    """
    if question.asked_number < 3 or is_whole(best, question):
        return []
    section = section_of(best.passage)
    start, end = section[0].start_char, section[-1].end_char
    text = excerpt(best.document.id, start, end) or ""
    for span in sentences(text):
        spelt = span.of(text)
        if spelt.count("；") + 1 == question.asked_number and len(spelt) <= _LIST_LENGTH:
            own = (best.start_char, best.end_char, best.text)
            whole = (start + span.start, start + span.end, spelt)
            return sorted({own, whole})
    return []


def _quoted_enumeration(
    best: Statement, spans: Sequence[tuple[int, int, str]], citations: Citations
) -> str:
    blocks = []
    for start, end, quote in spans:
        number = citations.cite_span(best.document, best.passage, start, end, quote)
        citations.claim(quote, number)
        parts = [part for part in quote.split("；") if part.strip()]
        if len(parts) < 3:
            blocks.append(f"{_block(quote)}[{number}]")
            continue
        items = [f"- {escape(part.strip())}" for part in parts]
        blocks.append("；\n".join(items) + f"[{number}]")
    return "\n\n".join(blocks)


def _members(
    question: ParsedQuestion, best: Statement, section_of: SectionPassages
) -> list[tuple[Passage, Span]]:
    """The sentences of the section that each bring one of the things asked for.

    "四个工作机制": four sentences of one section that each name a 机制.
    """
    if question.asked_number < 2 or not question.listed or is_whole(best, question):
        return []
    found = [
        (passage, span)
        for passage in section_of(best.passage)
        for span in sentences(passage.text)
        if question.listed in fold(span.of(passage.text))
    ]
    return found if len(found) >= question.asked_number else []


def is_whole(best: Statement, question: ParsedQuestion) -> bool:
    """True if the best sentence itself enumerates as many things as are asked for."""
    return best.text.count("、") + 1 >= question.asked_number


def _quoted_spans(
    document: PolicyDocument, members: Sequence[tuple[Passage, Span]], citations: Citations
) -> str:
    blocks = []
    for passage, span in members:
        start = passage.start_char + span.start
        quote = span.of(passage.text)
        number = citations.cite_span(document, passage, start, start + len(quote), quote)
        citations.claim(quote, number)
        blocks.append(f"- {_block(quote).removeprefix('- ')}[{number}]")
    return "\n".join(blocks)


def _quoted_list(
    document: PolicyDocument, passages: Sequence[Passage], citations: Citations
) -> str:
    blocks = []
    for passage in passages:
        number = citations.cite_span(
            document, passage, passage.start_char, passage.end_char, passage.text
        )
        citations.claim(passage.text, number)
        blocks.append(f"{_block(passage.text)}[{number}]")
    return "\n\n".join(blocks)


# Sentences --------------------------------------------------------------------------------


def _sentences(statements: Sequence[Statement], citations: Citations) -> str:
    lines = []
    for statement in statements:
        number = citations.cite(statement)
        citations.claim(statement.text, number)
        lines.append(f"{_block(statement.text)}[{number}]")
    return "\n\n".join(lines)


def _repeats(statement: Statement, chosen: Sequence[Statement]) -> bool:
    """True if a chosen sentence says nearly the same (another document may repeat it)."""
    pairs = _pairs(statement.text)
    for other in chosen:
        others = _pairs(other.text)
        if pairs and len(pairs & others) > 0.7 * min(len(pairs), len(others)):
            return True
    return False


def _pairs(text: str) -> set[str]:
    letters = [char for char in text if char.isalnum()]
    return {a + b for a, b in pairwise(letters)}


def _block(text: str) -> str:
    """Verbatim text as Markdown: items as a list, other lines as they are."""
    lines = []
    for line in text.splitlines():
        if not line.strip():
            continue
        item = re.match(r"^\s*[-*•·]\s+", line)
        body = line[item.end() :] if item else line.strip()
        lines.append(f"- {escape(body)}" if item else escape(body))
    return "\n".join(lines)
