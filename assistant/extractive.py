"""An answer in the documents' own words: the form of the question decides its shape.

figure, date   the value first, then its sentence
list           all the items, under the words that introduce them
clause         the text of the article, or of its paragraph or item
others         the sentences that carry the question
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.citing import Citations
from assistant.clause_figures import figure_words
from assistant.evidence import Statement, is_title
from assistant.figure_choice import best_figure
from assistant.needs import Need
from assistant.question import ParsedQuestion
from assistant.quotation import Excerpt, escape, quoted
from assistant.sentence_choice import chosen_sentences
from knowledge.documents import Passage, PolicyDocument
from knowledge.figures import Figure
from knowledge.sentences import Span, sentences
from knowledge.tokenization import fold

_LIST_LENGTH, _SECTION_LENGTH = 1500, 900
_ITEM = re.compile(
    r"^\s*(?:[-*•·]\s+|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d))"
)
# 老年领域：… is what an item is about. So many of the best sentences, down to this share of the
# best one's score, may be it.
_LABEL = re.compile(r"[-•·\s]*([一-鿿（）()]{2,12})[：:]")
_LABELS, _LABEL_NEAR = 20, 0.5
# Words that stand in any label, and those that ask for all of them.
_ANY_LABEL = frozenset("服务 社工 社会工作 领域 内容 工作 专业 机制".split())
_ALL_LABELS = re.compile(r"各个?|所有|全部|分别|每个|哪几")

_AMOUNTS = re.compile(r"(?:多少|(?<![十百千万好])几)(?:个|名|位|批|家|人|次|年|月|天|元|户|项|万)?")
_WHAT_IS = re.compile(r"(?:是|指的?是?|有)(?:什么|啥)[？?。]?$")

_ACKNOWLEDGES = re.compile(r"收悉[。，]?$")

PlaceMark = Callable[[PolicyDocument], str]
SectionPassages = Callable[[Passage], Sequence[Passage]]


def compose(
    question: ParsedQuestion,
    needs: Sequence[Need],
    statements: Sequence[Statement],
    citations: Citations,
    section_of: SectionPassages,
    excerpt: Excerpt,
    mark: PlaceMark = lambda document: "",
) -> str:
    """The answer's text in Markdown; citations and claims are noted in `citations`.

    `mark` names the place of a local rule where no place is asked for.
    """
    if question.form in ("figure", "date"):
        found = best_figure(question, needs, statements)
        if found is not None and len(_AMOUNTS.findall(fold(question.text))) > 1:
            # 几批多少人: the sentence has both, and neither is the answer.
            return told_plainly(found[:1], citations, excerpt, mark)
        if found is not None:
            return _value_first(*found, citations, excerpt, mark)
    if question.form in ("list", "general") and (own := _labelled(question, statements)):
        return told_plainly(own, citations, excerpt, mark)
    if question.form == "list" or _asks_what_heading(question, statements[0]):
        listed = _whole_list(question, statements[0], section_of)
        if listed:
            return _quoted_list(statements[0].document, listed, citations, excerpt)
        spread = _enumeration(question, statements[0], section_of, excerpt)
        if spread:
            return _quoted_enumeration(statements[0], spread, citations)
        members = _members(question, statements[0], section_of)
        if members:
            return _quoted_spans(statements[0].document, members, citations)
    chosen = chosen_sentences(question, statements)
    if whole := _all_or_none(question, statements[0], chosen, section_of):
        return _quoted_list(statements[0].document, whole, citations, excerpt)
    return told_plainly(chosen, citations, excerpt, mark)


def _asks_what_heading(question: ParsedQuestion, best: Statement) -> bool:
    """True for 组合拳是什么 under a heading that names it: what stands there is what it is."""
    if question.form != "general" or not _WHAT_IS.search(question.text):
        return False
    heading = fold(" ".join(best.passage.heading_path))
    named = [t.word for t in question.terms if t.weight >= 1 and len(t.word) > 1]
    return bool(named) and all(word in heading for word in named)


def _all_or_none(
    question: ParsedQuestion,
    best: Statement,
    chosen: Sequence[Statement],
    section_of: SectionPassages,
) -> list[Passage]:
    """The section of 三个坚持 where some, not all, of the three were chosen to be told; else none."""
    number = question.asked_number
    if number < 2 or not is_whole(best, question):
        return []
    section = list(section_of(best.passage))
    items = [line for p in section for line in p.text.splitlines() if _ITEM.match(line)]
    told = sum(any(s.text.strip() in line for line in items) for s in chosen)
    fits = sum(len(p.text) for p in section) <= _SECTION_LENGTH
    return section if fits and len(items) == number and 0 < told < number else []


def _labelled(question: ParsedQuestion, statements: Sequence[Statement]) -> list[Statement]:
    """The items whose label is asked for (老年领域：…), if only one or two are; else none."""
    near = [s for s in statements[:_LABELS] if s.score >= statements[0].score * _LABEL_NEAR]
    labels = [(s, match[1]) for s in near if (match := _LABEL.match(s.text))]
    if _ALL_LABELS.search(question.text):
        return []
    # What the title says is said of every item.
    titles = "".join({fold(s.document.title) for s in near})
    asked = [term.word for term in question.terms if len(term.word) > 1]
    asked = [word for word in asked if word not in _ANY_LABEL and word not in titles]
    telling = [word for word in asked if 0 < sum(word in label for _, label in labels) <= 2]
    own = [s for s, label in labels if any(word in label for word in telling)]
    return own if len(labels) > len(own) and len(own) <= 2 else []


def _value_first(
    statement: Statement,
    figure: Figure,
    citations: Citations,
    excerpt: Excerpt,
    mark: PlaceMark,
) -> str:
    number = citations.cite(statement)
    value = figure_words(figure, statement.text)
    citations.claim(value, number)
    shown = _statement(statement, citations, excerpt)
    return f"**{escape(value)}**[{number}]{mark(statement.document)}\n\n{shown}"


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
    # What stands before the items of a section on the very thing asked for introduces them.
    line = next((line for line in text.splitlines() if best.text[:12] in line), "")
    is_lead = not _ITEM.match(line) and any(
        len(term.word) > 1 and term.weight >= 1 and term.word in heading for term in question.terms
    )
    is_one_item = best.own_coverage >= 0.75 and not (announces or is_lead)
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
        parts = [part for part in quote.split("；") if part.strip()]
        if len(parts) < 3:
            blocks.append(quoted(best.document, best.passage, start, quote, citations))
            continue
        number = citations.cite_span(best.document, best.passage, start, end, quote)
        citations.claim(quote, number)
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
        shown = quoted(document, passage, start, quote, citations)
        blocks.append(f"- {shown.removeprefix('- ')}")
    return "\n".join(blocks)


def _quoted_list(
    document: PolicyDocument,
    passages: Sequence[Passage],
    citations: Citations,
    excerpt: Excerpt,
) -> str:
    return "\n\n".join(
        quoted(document, passage, passage.start_char, passage.text, citations, excerpt)
        for passage in passages
    )


# Sentences --------------------------------------------------------------------------------


def told_plainly(
    statements: Sequence[Statement], citations: Citations, excerpt: Excerpt, mark: PlaceMark
) -> str:
    """The sentences as they stand, each with the place of its rule.

    A heading is left out where a sentence under it is told, and the receipt of a letter where more is.
    """
    telling = [
        statement
        for statement in statements
        if not any(_is_heading_of(statement, other) for other in statements)
        and not is_title(statement)
        and not _ACKNOWLEDGES.search(statement.text)
    ]
    return "\n\n".join(
        _statement(statement, citations, excerpt) + mark(statement.document)
        for statement in telling or statements[:1]
    )


def _is_heading_of(statement: Statement, other: Statement) -> bool:
    """True if `statement` is the heading over `other` and says nothing else: 12.试行汽车保税存储。"""
    if statement.passage.document_id != other.passage.document_id or statement == other:
        return False
    own = _plain(statement.text)
    return own != _plain(other.text) and own in map(_plain, other.passage.heading_path)


def _plain(text: str) -> str:
    return "".join(text.split()).strip("。*_：: ")


def _statement(statement: Statement, citations: Citations, excerpt: Excerpt) -> str:
    return quoted(
        statement.document,
        statement.passage,
        statement.start_char,
        statement.text,
        citations,
        excerpt,
    )
