"""The hotlines before an answer: a block of their own, set apart, calm, with numbers to call."""

from __future__ import annotations

import re

from assistant.guard import text_of_answer
from assistant.hotlines import hotlines
from ui.markup import answer_html, escape
from ui.wording import text

_BOLD_NUMBER = re.compile(r"<strong>(\d{3,5})</strong>")


def split_help(answer_text: str) -> tuple[str, str]:
    """The hotlines at the head of an answer ('' where there are none), and the rest."""
    rest = text_of_answer(answer_text)
    if rest == answer_text:
        return "", answer_text
    return answer_text.removesuffix(rest).rstrip("-\n "), rest


def render_help(markdown: str, language: str) -> str:
    """HTML of the block, a landmark that a screen reader can jump to.

    Only numbers of the project's own list become links: nothing that a document or a question
    says can be called with one tap.
    """
    label = escape(text("hotlines", language))
    known = {line.number for line in hotlines()}

    def call(match: re.Match[str]) -> str:
        number = match.group(1)
        if number not in known:
            return match.group()
        spoken = escape(text("call", language, number=number))
        return f'<a class="call" href="tel:{number}" aria-label="{spoken}">{number}</a>'

    body = _BOLD_NUMBER.sub(call, answer_html(markdown, lambda number: None))
    return f'<section class="help" role="region" aria-label="{label}">{body}</section>'
