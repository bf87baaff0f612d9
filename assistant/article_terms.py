"""All that an article says of a term: 60日, and 15日 where the facts are clear; 二年, and 最长可以延长一年.

Neither is the answer without the other. So both are quoted, and none is put first alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asked_units import SPANS
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.rule_blocks import Block, Piece
from assistant.rule_figure import rule_figure
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.tokenization import fold

_BEFORE_FIGURE = re.compile(r"延长(?:期限|时间)?(?:最长|最多)?[^，。；]{0,8}$")
_ASKS_EXTENSION = re.compile(r"延长|延期|续期|展期")
_AT_MOST = re.compile(
    r"最长|最多|最久|顶多|可以[^，。？?]{0,8}[\d一二两三四五六七八九十]+(?:年|个?月|天|日)吗"
)
# Who is bound to a term: 期限为二年, 不超过12个月, 自…之日起60日内.
_TERM = re.compile(r"期|时间|不超过|之日起|以内|内")


def with_all_terms(
    found: Found,
    question: ParsedQuestion,
    core: Core,
    article: Sequence[Block],
    places: Sequence[str],
) -> Found:
    """`found` beside what its `article` says about as well in the same unit, and what extends the term."""
    if not found.value:
        return found
    told = rule_figure(question, core, article, places, frozenset(), enough=0.0)
    if told and told.beside:
        quoted = {piece.start for one in (told, *told.beside) for piece in one.quotes}
        found = told if found.quotes[0].start in quoted else found
    elif told and _is_other_term(told, found):
        # Read alone the one, read beside each other the other: the reader's case tells which.
        first, second = sorted((told, found), key=lambda one: one.quotes[0].start)
        second = replace(second, value="", beside=())
        found = replace(first, value="", value_start=-1, beside=(second, *found.beside))
    return _with_extension(found, fold(question.text), article)


def _is_other_term(told: Found, found: Found) -> bool:
    """True if both put a figure of one unit first, of different paragraphs."""
    one, other = _figure_of(told), _figure_of(found)
    if one is None or other is None or one.unit != other.unit or one.unit not in SPANS:
        return False
    return told.block != found.block and not same_figure(one, other)


def _with_extension(found: Found, folded: str, article: Sequence[Block]) -> Found:
    """`found` with the sentence of its article that extends its term, or whose term it extends.

    Unchanged where the question asks after the extension.
    """
    figure = _figure_of(found)
    if figure is None or figure.unit not in SPANS or _ASKS_EXTENSION.search(folded):
        return found
    text = found.quotes[0].text
    is_extension = _extends(text, figure)
    other = _other(article, found, of_base=is_extension)
    if other is None:
        # Both stand in what is quoted, or there is no extension.
        both = is_extension or any(_extends(text, one) for one in find_figures(text))
        return replace(found, value="") if both and _AT_MOST.search(folded) else found
    block, sentence = other
    second = Found(block, (sentence,), found.score)
    if is_extension:
        return replace(found, value="", value_start=-1, before=second)
    value = "" if _AT_MOST.search(folded) else found.value
    return replace(found, value=value, beside=(second, *found.beside))


def _figure_of(found: Found) -> Figure | None:
    if not found.value:
        return None
    figures = find_figures(found.quotes[0].text)
    return next((figure for figure in figures if figure.start == found.value_start), None)


def _other(article: Sequence[Block], found: Found, *, of_base: bool) -> tuple[Block, Piece] | None:
    """A sentence of the article that is not quoted: with the term itself, or with its extension."""
    quoted = [(piece.start, piece.start + len(piece.text)) for piece in found.quotes]
    for block in article:
        for sentence, _ in block.sentences():
            if any(start <= sentence.start < end for start, end in quoted):
                continue
            spans = [f for f in find_figures(sentence.text) if f.unit in SPANS and f.kind != "date"]
            extends = any(_extends(sentence.text, one) for one in spans)
            if of_base and spans and not extends and _TERM.search(sentence.text):
                return block, sentence
            if not of_base and extends:
                return block, sentence
    return None


def _extends(text: str, figure: Figure) -> bool:
    return figure.unit in SPANS and bool(_BEFORE_FIGURE.search(text[: figure.start]))
