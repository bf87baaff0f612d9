"""Errors of the assistant.

AssistantError           every message may be shown to a user
├── SettingsError        a setting is unknown or has a value it cannot have
└── UsageError           the command line was used wrongly
"""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class AssistantError(KnowledgeError):
    """A failure whose message says what is wrong and what to do."""


class SettingsError(AssistantError):
    """A setting is unknown or has a value that it cannot have."""


class UsageError(AssistantError):
    """The command line was used wrongly."""
