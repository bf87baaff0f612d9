"""All commands: this package's own and those that other packages add."""

from __future__ import annotations

from importlib.metadata import entry_points

from assistant.commands.ask import AskCommand
from assistant.commands.backup import BackupCommand
from assistant.commands.base import Command
from assistant.commands.check import CheckCommand
from assistant.commands.doctor import DoctorCommand
from assistant.commands.documents import DocumentsCommand
from assistant.commands.facts import FactsCommand
from assistant.commands.index import IndexCommand
from assistant.commands.ingest import IngestCommand
from assistant.commands.restore import RestoreCommand
from assistant.commands.search import SearchCommand


def all_commands() -> tuple[Command, ...]:
    """Every command, in the order of the help text."""
    own: list[Command] = [
        AskCommand(),
        SearchCommand(),
        CheckCommand(),
        IngestCommand(),
        DocumentsCommand(),
        FactsCommand(),
        IndexCommand(),
        BackupCommand(),
        RestoreCommand(),
        DoctorCommand(),
    ]
    added = [point.load()() for point in entry_points(group="policy_assistant.commands")]
    return (*own, *sorted(added, key=lambda command: command.name))
