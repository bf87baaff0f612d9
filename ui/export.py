"""The conversation as a text to keep. Personal data stand in it as marks only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ui.conversation import Turn
from ui.rendering import copied_text
from ui.wording import text


def conversation_text(turns: Sequence[Turn], day: date, language: str) -> str:
    """Markdown of the finished turns, oldest first; '' where there is none."""
    parts = [part for turn in turns if (part := _turn_text(turn, language))]
    if not parts:
        return ""
    head = "# " + text("exported_on", language, day=day.isoformat())
    return "\n\n---\n\n".join([head, *parts]) + "\n"


def _turn_text(turn: Turn, language: str) -> str:
    if turn.answer:
        status = text(f"status_{turn.answer.status}", language)
        words = copied_text(turn.answer, turn.question, language)
        scope = [text("scope", language, scope=turn.scope)] if turn.scope else []
        return "\n".join([f"## {turn.number} · {status}", "", *scope, words])
    if turn.phase == "stopped" and turn.text:
        return "\n".join([turn.question, "", turn.text, "", text("stopped", language)])
    return ""
