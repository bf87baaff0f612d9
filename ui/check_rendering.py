"""A checked text → HTML: each sentence with its sign, what differs, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.claim_check import CheckedClaim
from assistant.personal_data import PersonalKind
from assistant.privacy import kind_names
from assistant.wording import Language
from ui.checking import CHECK_TURN, Checked
from ui.markup import escape
from ui.source_list import render_mark, render_sources
from ui.wording import text


def render_check_intro(language: str) -> str:
    """HTML above the form."""
    return (
        f"<h2>{escape(text('mode_check', language))}</h2>"
        f"<p>{escape(text('check_intro', language))}</p>"
    )


def render_check_hint(
    language: str, error: str = "", personal: Sequence[PersonalKind] = (), busy: bool = False
) -> str:
    """HTML under the form: what is wrong, that it is being worked on, or a warning."""
    if error:
        return f'<p class="error" role="alert">{escape(error)}</p>'
    if busy:
        pulse = '<span class="pulse" aria-hidden="true"></span>'
        return f'<p class="stage" role="status">{pulse}{escape(text("checking", language))}</p>'
    if personal:
        kinds = kind_names(tuple(personal), language)
        sentence = text("check_personal", language, kinds=kinds)
        return f'<p class="warning" role="status">{escape(sentence)}</p>'
    return ""


def render_check(checked: Checked | None, language: str) -> str:
    """HTML of the verdicts; '' where nothing has been checked."""
    if checked is None:
        return ""
    claims = checked.verdicts.claims
    citations = checked.verdicts.citations
    if checked.evidence:
        title = text("given_evidence", language)
        citations = tuple(replace(citation, title=title) for citation in citations)
    # What merely comes nearest to a sentence without evidence is no source to show.
    shown = {number for claim in claims if not _is_not_found(claim) for number in claim.citations}
    citations = tuple(citation for citation in citations if citation.number in shown)
    known = {citation.number: citation for citation in citations}
    supported = sum(claim.supported for claim in claims)
    rest = len(claims) - supported
    key = "check_some" if rest else "check_all"
    summary = text(key, language, count=len(claims), supported=supported, rest=rest)
    scope = text("check_by_evidence" if checked.evidence else "check_by_library", language)
    items = "".join(_claim(claim, known, language) for claim in claims)
    caution = ""
    if rest:
        caution = f'<p class="caution">{escape(text("check_caution", language))}</p>'
    return (
        f'<section class="checked"><p class="check-summary" role="status">{escape(summary)}</p>'
        f'<p class="scope">{escape(scope)}</p><ol class="claims">{items}</ol>{caution}'
        f"{render_sources(CHECK_TURN, citations, language)}</section>"
    )


def _claim(claim: CheckedClaim, known: dict[int, Citation], language: str) -> str:
    if claim.supported:
        kind, sign, verdict = "supported", "✓", text("claim_supported", language)
    elif _is_not_found(claim):
        kind, sign, verdict = "not-found", "?", text("claim_not_found", language)
    else:
        kind, sign, verdict = "unsupported", "✗", text("claim_unsupported", language)
    marks = "".join(
        render_mark(CHECK_TURN, known[number], language)
        for number in (() if _is_not_found(claim) else claim.citations)
        if number in known
    )
    spoken: Language = "en" if language == "en" else "zh"
    messages = dict.fromkeys(problem.message(spoken) for problem in claim.problems)
    problems = "".join(f"<li>{escape(message)}</li>" for message in messages)
    listed = f'<ul class="problems">{problems}</ul>' if problems else ""
    words = _underlined(claim.text, [problem.said for problem in claim.problems])
    return (
        f'<li class="claim {kind}"><p class="sign"><span aria-hidden="true">{sign}</span> '
        f'{escape(verdict)}</p><p class="claim-text">{words}{marks}</p>{listed}</li>'
    )


def _is_not_found(claim: CheckedClaim) -> bool:
    """Nothing bears on the claim, as against something that says otherwise."""
    return not claim.supported and all(problem.kind == "no_evidence" for problem in claim.problems)


def _underlined(claim: str, said: Sequence[str]) -> str:
    """The claim escaped, the words that are in question underlined; not a whole sentence."""
    longest = 0.7 * len(claim)
    words = sorted({part for part in said if 0 < len(part) <= longest}, key=len, reverse=True)
    if not words:
        return escape(claim)
    parts = re.split("(" + "|".join(map(re.escape, words)) + ")", claim)
    return "".join(
        f'<span class="said">{escape(part)}</span>' if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
