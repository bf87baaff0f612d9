"""What each check on a model's sentences is worth: the replies again, without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.grounding_checks import CHECKS, watched_checks
from evals.result import CaseResult

Played = Callable[[], Sequence[CaseResult]]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row: all checks, or all but one."""

    name: str
    replies: int
    let_through: int
    """Replies of which something ungrounded, or a lie, reached the reader."""
    survived: float
    """Share of the true sentences that reached the reader, 0 to 1."""
    milliseconds: float
    """Mean time that the check takes of one reply; in the first row that of all."""

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "name": self.name,
            "replies": self.replies,
            "let_through": self.let_through,
            "true_sentences_survive": round(self.survived, 4),
            "ms_a_reply": round(self.milliseconds, 2),
        }


def check_rows(played: Played) -> Iterator[CheckRow]:
    """All checks, then a row for each that is left out.

    `played` puts every reply to the assistant and returns the results.
    """
    with watched_checks() as watched:
        results = played()
    count = max(len(results), 1)
    spent = {name: 1000 * seconds / count for name, seconds in watched.seconds.items()}
    yield _row("", results, sum(spent.values()))
    for name in CHECKS:
        with watched_checks(name):
            yield _row(name, played(), spent[name])


def render_checks(rows: Sequence[CheckRow], chinese: bool) -> str:
    """The table for a terminal."""
    if not rows:
        return ""
    head = (
        "逐项去掉检查再测（放过：有谎言或无依据内容到达读者的回复数）"
        if chinese
        else "Without each check (let through: replies of which a lie, or something ungrounded, "
        "reached the reader)"
    )
    whole, without = ("全部", "去掉 ") if chinese else ("all checks", "without ")
    columns = ("放过", "真句保留", "毫秒") if chinese else ("let through", "true kept", "ms")
    lines = [head, f"  {'':<20} " + "  ".join(f"{column:>11}" for column in columns)]
    for row in rows:
        name = without + row.name if row.name else whole
        lines.append(
            f"  {name:<20} {row.let_through:>11}  {row.survived:>11.3f}  {row.milliseconds:>11.2f}"
        )
    return "\n".join(lines)


def _row(name: str, results: Sequence[CaseResult], milliseconds: float) -> CheckRow:
    truths = sum(result.detail["truths"] for result in results)
    survived = sum(result.detail["survived"] for result in results)
    return CheckRow(
        name,
        len(results),
        sum(not result.right for result in results),
        survived / truths if truths else 0.0,
        milliseconds,
    )
