"""Does an answer hold only what its documents hold? True of every answer, whatever was asked.

Judging (`evals/judging.py`) asks whether an answer is right; this asks whether it may be said
at all: each quote is the document's text at its place, each figure stands in a cited quote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from assistant.answer import Answer
from assistant.calculation import without_calculations
from assistant.guard import text_of_answer
from knowledge.documents import PolicyDocument
from knowledge.figures import Figure, find_figures, same_figure

Find = Callable[[str], PolicyDocument | None]
"""A document's id → the document with its text, or None."""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A backslash before ASCII punctuation is Markdown's escape (CommonMark 0.31, section 2.4)."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BREAK = re.compile(r"<br\s*/?>|\|")
_PART_HEADING = re.compile(r"^\*\*《[^\n]+》第[^*\n]+\*\*$", re.MULTILINE)
_DECLINING = frozenset({"no_evidence", "clarify", "out_of_scope", "blocked", "crisis"})


def unfaithful(answer: Answer, question: str, find: Find) -> tuple[str, ...]:
    """What in `answer` no document carries; empty if all is carried.

    Checked: every citation's quote against its document, every figure of the text against all
    cited quotes, every figure of a claim against the quotes of the claim's own citations. A
    refusal may repeat a figure of the `question` (the year asked for), for it states nothing.
    """
    return tuple((*_altered_quotes(answer, find), *_loose_figures(answer, question, find)))


def plain_text(answer: Answer) -> str:
    """The answer's text without citation marks, bold marks, escapes and table lines."""
    # Only marks that are citations go: a bracketed number of the document's own is a figure.
    numbers = "|".join(str(citation.number) for citation in answer.citations)
    said = text_of_answer(answer.text)
    # The heading over an article names its paragraph, which no quote of the paragraph holds.
    said = _PART_HEADING.sub("", said)
    text = re.sub(rf"\[(?:{numbers})\]", "", said) if numbers else said
    plain = _ESCAPED.sub(r"\1", _BREAK.sub("\n", text.replace("**", "")))
    # A computed figure stands in no quote; its inputs must.
    return without_calculations(plain)


def _altered_quotes(answer: Answer, find: Find) -> Iterator[str]:
    for citation in answer.citations:
        document = find(citation.document_id)
        if document is None:
            yield f"citation {citation.number}: there is no document {citation.document_id}"
        elif not citation.quote.strip():
            yield f"citation {citation.number}: the quote is empty"
        elif document.text[citation.start_char : citation.end_char] != citation.quote:
            yield (
                f"citation {citation.number}: the quote is not the document's text "
                f"[{citation.start_char}:{citation.end_char}]"
            )


def _loose_figures(answer: Answer, question: str, find: Find) -> Iterator[str]:
    quotes = {citation.number: citation.quote for citation in answer.citations}
    held = _figures(quotes.values())
    if answer.status in _DECLINING:
        held += find_figures(question)
        held += find_figures("，".join(f"{year}年" for year in _YEAR.findall(question)))
    # A cited document's title may be said, and its day beside it.
    held += _figures(citation.title for citation in answer.citations)
    held += _figures(_days(find(citation.document_id)) for citation in answer.citations)
    for figure in _without_source(plain_text(answer), held):
        yield f"the figure {figure.text} of the answer stands in no cited quote"
    for claim in answer.claims:
        own = _figures(quotes[number] for number in claim.citations if number in quotes)
        for figure in _without_source(claim.text, own):
            yield f"the figure {figure.text} of a claim stands in none of its own quotes"


def _days(document: PolicyDocument | None) -> str:
    if document is None:
        return ""
    days = (document.published_on, document.effective_from, document.effective_until)
    return "，".join(day.isoformat() for day in days if day)


def _figures(texts: Iterable[str]) -> tuple[Figure, ...]:
    return tuple(figure for text in texts for figure in find_figures(text))


def _without_source(text: str, held: tuple[Figure, ...]) -> Iterator[Figure]:
    for figure in find_figures(text):
        if not any(same_figure(figure, other) for other in held):
            yield figure
