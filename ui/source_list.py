"""What an answer stands on → HTML: its marks, its list of sources, and where else to look."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from ui.markup import escape
from ui.source_view import validity_html
from ui.wording import text

CITATIONS_SHOWN = 5
"""Sources shown under an answer before the rest fold away: a screen's worth."""

LEAD_PREVIEW = 160
"""Characters of a sentence that may answer: enough to see whether it does."""

QUOTE_PREVIEW = 90
"""Characters of a quote in its chip: more than one line holds."""


def render_mark(turn: int, citation: Citation, language: str) -> str:
    """HTML of [n], the button that opens a source."""
    label = text("open_citation", language, number=citation.number, title=citation.title)
    return (
        f'<button type="button" class="mark" data-action="cite" data-turn="{turn}" '
        f'data-number="{citation.number}" aria-label="{escape(label)}">[{citation.number}]</button>'
    )


def render_sources(turn: int, citations: Sequence[Citation], language: str) -> str:
    """HTML of the list of sources under an answer; '' without any."""
    if not citations:
        return ""
    chips = [_chip(turn, citation, language) for citation in citations]
    # One more than fits is shown rather than folded: a fold takes the room of a chip.
    shown = len(chips) if len(chips) <= CITATIONS_SHOWN + 1 else CITATIONS_SHOWN
    folded = ""
    if shown < len(chips):
        label = text("more_citations", language, count=len(chips) - shown)
        folded = (
            f'<details class="more"><summary>{escape(label)}</summary>'
            f'<ul class="chips">{"".join(chips[shown:])}</ul></details>'
        )
    return (
        f'<div class="sources"><p class="sources-label">{escape(text("citations", language))}</p>'
        f'<ul class="chips">{"".join(chips[:shown])}</ul>{folded}</div>'
    )


def render_leads(turn: int, leads: Sequence[Citation], language: str) -> str:
    """HTML of the sentences nearest to a question that is not answered; '' without any.

    They look like no answer: apart from the text, without numbers, and said to be none.
    """
    if not leads:
        return ""
    rows = "".join(
        f'<li><button type="button" class="chip lead" id="lead-{turn}-{lead.number}" '
        f'data-action="cite" data-turn="{turn}" data-number="{lead.number}">'
        f'<span class="chip-body"><span class="lead-quote">{escape(_cut(lead.quote))}</span>'
        f'<span class="chip-meta"><span>{escape(lead.title)}</span>{_meta(lead, language)}</span>'
        f"</span></button></li>"
        for lead in leads
    )
    return (
        f'<div class="leads"><p class="leads-label">{escape(text("leads", language))}</p>'
        f'<ul class="chips">{rows}</ul></div>'
    )


def citation_label(citation: Citation, language: str) -> str:
    """标题 · 地区 · 章节 · 第X条 · 页 · 文号 · 效力, what is known of them."""
    validity = text(f"validity_{citation.validity}", language)
    return " · ".join([citation.title, *_places(citation, language), validity])


def _chip(turn: int, citation: Citation, language: str) -> str:
    return (
        f'<li><button type="button" class="chip" id="citation-{turn}-{citation.number}" '
        f'data-action="cite" data-turn="{turn}" data-number="{citation.number}">'
        f'<span class="chip-number">[{citation.number}]</span><span class="chip-body">'
        f'<span class="chip-title">{escape(citation.title)}</span>'
        f'<span class="chip-meta">{_meta(citation, language)}</span>'
        f'<span class="chip-quote">{escape(_first_words(citation.quote))}</span>'
        f"</span></button></li>"
    )


def _meta(citation: Citation, language: str) -> str:
    places = "".join(f"<span>{escape(place)}</span>" for place in _places(citation, language))
    # A text that was given along has no validity to name.
    validity = validity_html(citation.validity, language) if citation.source else ""
    return f"{places}{validity}"


def _places(citation: Citation, language: str) -> list[str]:
    article = citation.article if citation.article not in citation.heading_path else None
    page = text("page", language, page=citation.page) if citation.page is not None else None
    last_heading = citation.heading_path[-1] if citation.heading_path else None
    if last_heading == citation.title:
        last_heading = None
    parts = [citation.region, last_heading, article, page, citation.document_number]
    return [part for part in parts if part]


def _first_words(quote: str) -> str:
    """Enough of a quote to tell two citations of one article apart; the line cuts it off."""
    return " ".join(quote[:QUOTE_PREVIEW].split())


def _cut(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= LEAD_PREVIEW else f"{words[:LEAD_PREVIEW]}…"
