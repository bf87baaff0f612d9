"""What was asked and answered on one page, kept so that old citations still open.

Conversations live in the memory of the server process under a random key that only the
browser tab knows (its session storage). Reloading the page brings them back; closing the tab,
"new chat" or a restart ends them; nothing is written to disk. Personal data that was typed
stands in a turn as marks (【姓名1】); what the marks stand for lives in the conversation's mask
and is put back on the screen only.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Literal

from assistant.answer import Answer, Citation
from assistant.personal_data import PersonalKind
from assistant.privacy import Mask
from assistant.request import Stage

Phase = Literal["running", "done", "stopped", "failed"]

MAX_CONVERSATIONS = 300
"""Least recently used ones go first; one takes some tens of kilobytes."""

MAX_TURNS = 50
"""Turns kept in one conversation; the oldest goes first."""

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it."""

    number: int
    """From 1, never reused within a conversation."""
    question: str
    """With marks in the place of personal data."""
    region: str = ""
    """Region filter the question was asked under; empty for none."""
    document_id: str = ""
    document_title: str = ""
    phase: Phase = "running"
    stage: Stage | None = None
    """The stage being worked on, while running."""
    text: str = ""
    """Markdown streamed so far; the answer's own text once it is complete."""
    answer: Answer | None = None
    failure: tuple[str, str] | None = None
    """Why it failed: the sentence in Chinese and in English."""
    personal: tuple[PersonalKind, ...] = ()
    """What was hidden in the question."""
    mask: Mask = field(default_factory=Mask, repr=False, compare=False)
    """The marks of the conversation, shared by its turns."""

    @property
    def scope(self) -> str:
        """The filters in words; empty where there were none."""
        return " · ".join(part for part in (self.region, self.document_title) if part)

    def citation(self, number: int) -> Citation | None:
        """The citation, or where nothing answers the lead, with this number; None without any."""
        cited = (self.answer.citations or self.answer.leads) if self.answer else ()
        return next((citation for citation in cited if citation.number == number), None)


def new_key() -> str:
    """A key nobody can guess: 128 random bits in hex."""
    return secrets.token_hex(16)


def is_key(value: object) -> bool:
    """Whether `value` has the form of a conversation key."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


class ConversationStore:
    """Conversations by key; safe to use from several threads."""

    def __init__(self, capacity: int = MAX_CONVERSATIONS, max_turns: int = MAX_TURNS) -> None:
        self._conversations: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()
        self._capacity = capacity
        self._max_turns = max_turns
        self._lock = Lock()

    def turns(self, key: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first; empty where there is none."""
        with self._lock:
            return self._conversations.get(key, ())

    def turn(self, key: str, number: int) -> Turn | None:
        """One turn by its number, or None."""
        return next((turn for turn in self.turns(key) if turn.number == number), None)

    def begin(self, key: str, turn: Turn) -> Turn:
        """Append `turn` with the next number and return it; a running one before it stops."""
        with self._lock:
            turns = tuple(_ended(earlier) for earlier in self._conversations.get(key, ()))
            turn = replace(turn, number=turns[-1].number + 1 if turns else 1)
            self._conversations[key] = (*turns, turn)[-self._max_turns :]
            self._conversations.move_to_end(key)
            while len(self._conversations) > self._capacity:
                self._conversations.popitem(last=False)
            return turn

    def update(self, key: str, turn: Turn) -> bool:
        """Store a newer state of a running turn; False where it was stopped or cleared."""
        with self._lock:
            turns = self._conversations.get(key, ())
            for place, known in enumerate(turns):
                if known.number == turn.number and known.phase == "running":
                    self._conversations[key] = (*turns[:place], turn, *turns[place + 1 :])
                    return True
            return False

    def stop(self, key: str) -> tuple[Turn, ...]:
        """End a running turn where it stands, and return all turns."""
        with self._lock:
            turns = tuple(_ended(turn) for turn in self._conversations.get(key, ()))
            if turns:
                self._conversations[key] = turns
            return turns

    def clear(self, key: str) -> None:
        """Forget a conversation."""
        with self._lock:
            self._conversations.pop(key, None)


def _ended(turn: Turn) -> Turn:
    return replace(turn, phase="stopped", stage=None) if turn.phase == "running" else turn
