"""The suite `turns`: conversations on the statutes, every turn of them judged.

The first turn of a conversation names its subject and its place; the others lean on it. A turn is
right if the answer holds the words that stand where the law answers it. And the suite `firsts`:
questions that nothing stands before, judged in the same way.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.factory import build_assistant
from evals.cases import CaseFileError, EvalCase, Expectation, Split
from evals.laws.suite import LawsSuite
from evals.result import CaseResult
from evals.runner import Progress, Subject, run_case
from evals.workspace import Workspace

if TYPE_CHECKING:
    from evals.suites import SplitChoice

GATE = 0.6
_TURN = re.compile(r"(?P<asked>[^\[\]|]+)\[(?P<gold>[^\[\]|]+)\]")
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class LawConversation:
    """Turns on one law, each with the words that stand where its answer does."""

    id: str
    split: Split
    law: str
    turns: tuple[tuple[str, str], ...]
    """What is asked, and the words, or `-` where nothing answers."""

    def case(self, number: int, history: Sequence[tuple[str, str]]) -> EvalCase:
        """A turn, from 0, as a case, after the answers that the earlier ones really got."""
        asked, gold = self.turns[number]
        if gold == NOTHING:
            expect = Expectation(("no_evidence", "clarify", "partial"))
        else:
            expect = Expectation(("answered", "partial", "crisis"), required=((gold,),))
        tag = "follow-up" if number else "first turn"
        return EvalCase(
            f"{self.id}-{number + 1}", self.split, (tag,), asked, expect, history=tuple(history)
        )


def load_law_conversations(path: Path) -> tuple[LawConversation, ...]:
    """The conversations in `path`, in the order of the file.

    Raises CaseFileError if a line is no conversation.
    """
    return tuple(_read(path))


def _read(path: Path) -> Iterator[LawConversation]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        turns = [_TURN.fullmatch(turn) for turn in columns[-1].split("|")]
        if len(columns) != 3 or columns[0] not in ("tune", "report") or not all(turns):
            raise CaseFileError(
                f"评测文件 {path.name} 第 {number} 行不是一段对话。请改正后重试。",
                f"{path.name}, line {number} is no conversation. Correct it and try again.",
            )
        split: Split = "tune" if columns[0] == "tune" else "report"
        said = tuple((turn["asked"], turn["gold"]) for turn in turns if turn)
        yield LawConversation(f"c{number:03}", split, columns[1], said)


@dataclass(frozen=True, slots=True)
class TurnsSuite(LawsSuite):
    """Each conversation is held with the real assistant, over its own earlier answers."""

    name: str = "turns"
    gate: float = GATE
    path: Path = Path(__file__).parent / "turns.tsv"

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a turn of `split`, in the order of the file; none without the statutes."""
        if not self.ingested(workspace):
            return ()
        assistant = build_assistant(workspace.settings, workspace.notice)
        chosen = [c for c in load_law_conversations(self.path) if split in ("all", c.split)]
        order = list(chosen)
        random.Random(seed).shuffle(order)  # noqa: S311 - an order to repeat, not a secret
        results: dict[str, tuple[CaseResult, ...]] = {}
        for done, conversation in enumerate(order, start=1):
            results[conversation.id] = held(conversation, assistant)
            progress(done, len(order))
        return tuple(result for c in chosen for result in results[c.id])


def held(conversation: LawConversation, assistant: Subject) -> tuple[CaseResult, ...]:
    """Put the turns one after the other, each with the answers before it, and judge every one."""
    history: list[tuple[str, str]] = []
    results = []
    for number, (asked, _) in enumerate(conversation.turns):
        results.append(run_case(conversation.case(number, history), assistant))
        history.append((asked, str(results[-1].detail.get("text", ""))))
    return tuple(results)


TURNS_SUITE = TurnsSuite()
FIRSTS_SUITE = TurnsSuite(name="firsts", path=Path(__file__).parent / "firsts.tsv")
