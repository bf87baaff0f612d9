"""What a clarifying question offers to choose from: the items of its list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import Answer

CHOICES_SHOWN = 8
"""More choices than this are no help; the rest stays text."""

LONGEST_CHOICE = 80
"""Characters of one choice: a label, not a paragraph."""

_ITEM = re.compile(r"^[ \t]*(?:[-*•]|\d{1,2}[.)、])[ \t]*(?P<words>\S.*?)[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"\*\*|`|\[\d{1,3}\]|\\(?=[^\w\s])")


@dataclass(frozen=True, slots=True)
class Clarification:
    """A clarifying question and its choices."""

    text: str
    """Markdown, without the lines that became choices."""
    choices: tuple[str, ...] = ()
    """Each one asked as it stands when it is chosen."""


def clarification(answer: Answer) -> Clarification:
    """The choices of an answer with status `clarify`; any other answer has none."""
    items = list(_ITEM.finditer(answer.text)) if answer.status == "clarify" else []
    choices = dict.fromkeys(_MARKUP.sub("", item["words"]).strip() for item in items)
    offered = tuple(choice for choice in choices if choice)
    if not 2 <= len(offered) <= CHOICES_SHOWN or max(map(len, offered)) > LONGEST_CHOICE:
        return Clarification(answer.text)
    return Clarification(_ITEM.sub("", answer.text).strip(), offered)
