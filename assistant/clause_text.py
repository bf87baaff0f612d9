"""The text of an article, of a paragraph or of an item, as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing import Citations
from assistant.quotation import Excerpt, escape, quoted
from knowledge.article_parts import PartReference, part_span
from knowledge.documents import Passage, PolicyDocument

# An article beyond this is a document in itself; its head is quoted.
_CLAUSE_LENGTH = 12_000


def compose_clause(
    document: PolicyDocument,
    passages: Sequence[Passage],
    citations: Citations,
    excerpt: Excerpt | None = None,
) -> str:
    """The text of one article, passage by passage, under the document's title."""
    lines = [f"**《{escape(document.title)}》{escape(passages[0].article or '')}**"]
    length = 0
    for passage in passages:
        length += len(passage.text)
        if length > _CLAUSE_LENGTH and len(lines) > 1:
            break
        lines.append(
            quoted(document, passage, passage.start_char, passage.text, citations, excerpt)
        )
    return "\n\n".join(lines)


def compose_part(
    document: PolicyDocument,
    passages: Sequence[Passage],
    part: PartReference,
    citations: Citations,
    excerpt: Excerpt,
) -> str | None:
    """One paragraph or item (款, 项, 目) of an article, exactly; None if it has no such part.

    `passages` are all those of the article, in reading order.
    """
    begin, end = passages[0].start_char, passages[-1].end_char
    span = part_span(excerpt(document.id, begin, end) or "", part)
    if span is None:
        return None
    start, stop = begin + span[0], begin + span[1]
    quote = excerpt(document.id, start, stop) or ""
    passage = next((p for p in passages if p.start_char <= start < p.end_char), passages[0])
    title = f"**《{escape(document.title)}》{escape(part.name)}**"
    return f"{title}\n\n{quoted(document, passage, start, quote, citations, excerpt)}"
