"""The program `policy-assistant`: arguments in, exit code out, no traceback in between.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some inputs failed.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from assistant.commands.base import DONE, FAILED, USAGE, Context, common_arguments
from assistant.commands.registry import all_commands
from assistant.errors import SettingsError, UsageError
from assistant.settings import load_settings
from knowledge.errors import KnowledgeError

_log = logging.getLogger("policy_assistant")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    language = "zh"
    try:
        given = build_parser().parse_args(arguments)
        settings = load_settings(
            home=getattr(given, "home", None), language=getattr(given, "language", None)
        )
        language = settings.language
        return int(given.command.run(given, Context(settings, getattr(given, "json", False))))
    except SystemExit as stop:  # argparse has printed its own message
        return int(stop.code or 0)
    except (UsageError, SettingsError) as error:
        return _failed(error.message(language), USAGE)
    except KnowledgeError as error:
        return _failed(error.message(language), FAILED)
    except KeyboardInterrupt:
        return _failed("已中断 / interrupted", FAILED)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        # The last resort: whoever runs a command gets a sentence, the log gets the place.
        _log.debug("unexpected", exc_info=error)
        kind = type(error).__name__
        return _failed(
            f"程序内部出错（{kind}: {error}）。请运行 policy-assistant doctor 检查，并报告此问题。"
            if language == "zh"
            else f"Internal error ({kind}: {error}). Run policy-assistant doctor and report this.",
            FAILED,
        )


def build_parser() -> argparse.ArgumentParser:
    """The parser with all commands."""
    parser = argparse.ArgumentParser(
        prog="policy-assistant",
        description="社会工作政策助手：依据政策原文回答问题 / answers from policy documents, with sources",
    )
    common = common_arguments()
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in all_commands():
        sub = commands.add_parser(
            command.name, help=command.help, description=command.help, parents=[common]
        )
        command.add_arguments(sub)
        sub.set_defaults(command=command)
    return parser


def _failed(message: str, code: int) -> int:
    sys.stderr.write(message + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
