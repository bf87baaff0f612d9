"""Questions for `ask` and `search`: from the command line, or as JSON lines."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.commands.base import Context, batch_lines
from assistant.errors import UsageError
from assistant.request import Question

_KNOWN = {"id", "question", "query", "history", "region", "as_of", "documents"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the id under which its answer is given."""

    id: str | int | None
    question: Question


@dataclass(frozen=True, slots=True)
class BadLine:
    """One line of a batch that cannot be used."""

    id: str | int | None
    error: UsageError


def report_bad_line(line: BadLine, context: Context) -> None:
    """Say what is wrong with a line, and give its place in the output to that."""
    message = line.error.message(context.language)
    context.notice(message)
    context.json({"id": line.id, "error": message})


def add_question_arguments(parser: argparse.ArgumentParser, what: str) -> None:
    """The arguments that `ask` and `search` share."""
    parser.add_argument("question", nargs="?", metavar=what, help="问题 / the question")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help='JSON lines {"id","question","history","region","as_of"}; - is standard input',
    )
    parser.add_argument("--region", help="只用适用于该地区的政策 / only policies of this place")
    parser.add_argument(
        "--document", action="append", default=[], help="只用该文件（id） / only this document"
    )
    parser.add_argument("--as-of", metavar="DATE", help="按该日期有效的规定 / rules of that day")


def asked_questions(arguments: argparse.Namespace) -> Iterator[Asked | BadLine]:
    """The questions of this run, in order."""
    if (arguments.question is None) == (arguments.batch is None):
        raise UsageError(
            "请给出一个问题，或用 --batch 给出批处理文件（两者选一）。",
            "Give a question, or a batch file with --batch (one of the two).",
        )
    if arguments.question is not None:
        yield Asked(
            None,
            Question(
                arguments.question,
                region=arguments.region,
                document_ids=tuple(arguments.document),
                as_of=parse_date(arguments.as_of),
            ),
        )
        return
    for number, line in batch_lines(arguments.batch):
        yield _asked_line(number, line, arguments)


def parse_date(text: str | None) -> date | None:
    """A day in ISO form, or a bare year (its last day)."""
    if not text:
        return None
    try:
        return date(int(text), 12, 31) if len(text) == 4 else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"日期 {text!r} 无法识别，请写成 2024-01-31 的形式。",
            f"The date {text!r} is not understood; write it as 2024-01-31.",
        ) from error


def _asked_line(number: int, line: str, arguments: argparse.Namespace) -> Asked | BadLine:
    fields: Any = None
    try:
        fields = json.loads(line)
        unknown = set(fields) - _KNOWN
        if unknown:
            raise ValueError(f"{sorted(unknown)[0]!r}?")
        text = fields["question"] if "question" in fields else fields["query"]
        if not isinstance(text, str):
            raise TypeError("question")
        documents = fields.get("documents") or arguments.document
        return Asked(
            fields.get("id", number),
            Question(
                text,
                history=tuple((str(q), str(a)) for q, a in fields.get("history") or ()),
                region=fields.get("region") or arguments.region,
                document_ids=tuple(map(str, documents)),
                as_of=parse_date(fields.get("as_of") or arguments.as_of),
            ),
        )
    except UsageError as error:
        return BadLine(fields.get("id", number), error)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        identity = fields.get("id", number) if isinstance(fields, dict) else number
        return BadLine(
            identity,
            UsageError(
                f"批处理第 {number} 行无法使用（{error}）。每行应为 "
                '{"id": …, "question": "…"} 形式的 JSON。',
                f"Line {number} of the batch cannot be used ({error}). Each line is JSON like "
                '{"id": …, "question": "…"}.',
            ),
        )
