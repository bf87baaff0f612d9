"""What a command is given, and how it speaks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import UsageError
from assistant.serialization import dumps
from assistant.settings import Settings
from assistant.wording import Language

if TYPE_CHECKING:
    from assistant.pipeline import PolicyAssistant

# Exit codes of the program.
DONE, FAILED, USAGE, SOME_FAILED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Context:
    """The settings of this run and its two ways of speaking."""

    settings: Settings
    as_json: bool

    @property
    def language(self) -> Language:
        """Language of messages."""
        return self.settings.language

    def say(self, text: str) -> None:
        """A result, on standard output."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def json(self, value: object) -> None:
        """A result as one line of JSON, on standard output."""
        self.say(dumps(value))

    def notice(self, text: str) -> None:
        """Progress, on standard error."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def text(self, chinese: str, english: str) -> str:
        """One of two wordings."""
        return english if self.language == "en" else chinese

    def assistant(self) -> PolicyAssistant:
        """The assistant over the home folder, prepared on first use."""
        from assistant.factory import build_assistant

        return build_assistant(self.settings, self.notice)


def common_arguments() -> argparse.ArgumentParser:
    """The arguments that every command and every action of a command takes.

    Without defaults: given before an action (`documents --json list`), they must not be reset
    by the action's own parser.
    """
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="JSON 输出 / JSON output"
    )
    common.add_argument("--home", help="资料文件夹 / home folder (POLICY_ASSISTANT_HOME)")
    common.add_argument("--language", choices=("zh", "en"), help="界面语言 / language of messages")
    return common


class Command(Protocol):
    """One command of the program."""

    name: str
    help: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Do the work; returns the exit code."""


def batch_lines(name: str) -> Iterator[tuple[int, str]]:
    """Number and text of each line that is not blank, of a file or of '-' (standard input)."""
    try:
        stream = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115
    except OSError as error:
        raise UsageError(
            f"批处理文件 {name} 无法读取（{error.strerror}）。请检查路径。",
            f"The batch file {name} cannot be read ({error.strerror}). Check its path.",
        ) from error
    with stream:
        for number, raw in enumerate(stream, 1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                raise UsageError(
                    f"批处理文件第 {number} 行不是 UTF-8 编码。请另存为 UTF-8 后重试。",
                    f"Line {number} of the batch file is not UTF-8. Save it as UTF-8.",
                ) from error
            if line:
                yield number, line
