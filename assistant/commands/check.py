"""`policy-assistant check`: is a sentence carried by the library, or by given evidence?"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from assistant.claim_check import CheckedText, ClaimChecker, check_against
from assistant.commands.base import DONE, SOME_FAILED, Context, batch_lines
from assistant.commands.batch import BadLine, report_bad_line
from assistant.errors import UsageError

# A report of a few pages; longer texts are given in parts.
_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class _Asked:
    id: str | int | None
    claim: str
    evidence: tuple[str, ...] | None


class CheckCommand:
    """Checks sentences."""

    name = "check"
    help = "核对一句话 / check a sentence"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """A claim or a batch, and the evidence to judge it by."""
        parser.add_argument("claim", nargs="?", help="要核对的话 / the sentence or paragraph")
        parser.add_argument(
            "--batch",
            metavar="FILE",
            help='JSON lines {"id","claim","evidence"?}; - is standard input',
        )
        parser.add_argument(
            "--evidence",
            action="append",
            metavar="TEXT",
            help="只按这段文字核对（可多次） / judge by this text alone (repeatable)",
        )

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Print the verdict on each claim. A claim without support is no failure of the run."""
        entries = list(_asked(arguments))
        checker: ClaimChecker | None = None
        code = DONE
        for entry in entries:
            if isinstance(entry, BadLine):
                code = SOME_FAILED
                report_bad_line(entry, context)
                continue
            if entry.evidence is not None:
                found = check_against(entry.claim, entry.evidence)
            else:
                checker = checker or _checker(context)
                found = checker.check(entry.claim)
            if arguments.batch is not None or context.as_json:
                context.json(_fields(entry, found, context))
            else:
                context.say(_render(found, context))
        return code


def _checker(context: Context) -> ClaimChecker:
    from assistant.factory import build_retriever

    return ClaimChecker(build_retriever(context.settings, context.notice))


def _asked(arguments: argparse.Namespace) -> Iterator[_Asked | BadLine]:
    if (arguments.claim is None) == (arguments.batch is None):
        raise UsageError(
            "请给出一句要核对的话，或用 --batch 给出批处理文件（两者选一）。",
            "Give a sentence to check, or a batch file with --batch (one of the two).",
        )
    evidence = tuple(arguments.evidence) if arguments.evidence else None
    if arguments.claim is not None:
        yield _Asked(None, _within_limit(arguments.claim), evidence)
        return
    for number, line in batch_lines(arguments.batch):
        yield _asked_line(number, line, evidence)


def _asked_line(number: int, line: str, evidence: tuple[str, ...] | None) -> _Asked | BadLine:
    fields: object = None
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict) or not isinstance(fields.get("claim"), str):
            raise ValueError("claim")
        given = fields.get("evidence")
        if isinstance(given, str):
            given = [given]
        if given is not None and not all(isinstance(text, str) for text in given):
            raise ValueError("evidence")
        own = tuple(given) if given is not None else evidence
        return _Asked(fields.get("id", number), _within_limit(fields["claim"]), own)
    except (ValueError, TypeError, UsageError) as error:
        identity = fields.get("id", number) if isinstance(fields, dict) else number
        if isinstance(error, UsageError):
            return BadLine(identity, error)
        return BadLine(
            identity,
            UsageError(
                f"批处理第 {number} 行无法使用（{error}）。每行应为 "
                '{"id": …, "claim": "…", "evidence": "…"} 形式的 JSON，evidence 可省略。',
                f"Line {number} of the batch cannot be used ({error}). Each line is JSON like "
                '{"id": …, "claim": "…", "evidence": "…"}; evidence may be left out.',
            ),
        )


def _within_limit(claim: str) -> str:
    if len(claim) > _LIMIT:
        raise UsageError(
            f"要核对的文字有 {len(claim)} 字，超过 {_LIMIT} 字。请分段核对。",
            f"The text has {len(claim)} characters, more than {_LIMIT}. Check it in parts.",
        )
    return claim


def _fields(entry: _Asked, found: CheckedText, context: Context) -> dict[str, object]:
    problems = [
        {
            "kind": problem.kind,
            "claim": claim.text,
            "said": problem.said,
            "instead": problem.instead,
            "message": problem.message(context.language),
        }
        for claim in found.claims
        for problem in claim.problems
    ]
    return {
        "id": entry.id,
        "supported": found.supported,
        "problems": problems,
        "citations": [asdict(citation) for citation in found.citations],
    }


def _render(found: CheckedText, context: Context) -> str:
    if not found.claims:
        return context.text("没有可以核对的句子。", "There is no sentence to check.")
    lines = []
    for claim in found.claims:
        mark = (
            context.text("✓ 有依据", "✓ supported")
            if claim.supported
            else context.text("✗ 未得到支持", "✗ not supported")
        )
        numbers = "".join(f"[{number}]" for number in claim.citations)
        lines.append(f"{mark}  {claim.text}{numbers}")
        lines += [f"    - {problem.message(context.language)}" for problem in claim.problems]
    for citation in found.citations:
        place = " › ".join(filter(None, (citation.title, *citation.heading_path, citation.article)))
        lines.append(f"[{citation.number}] {place}\n    {' '.join(citation.quote.split())}")
    return "\n".join(lines)
