"""The suites over the policy briefs that come along.

briefs        first questions in the words of those who ask them
brief-turns   conversations, every turn of them

A question is right if the answer holds the words that stand where a brief answers it, or, where none does,
if it is declined.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from assistant.factory import prepare_home
from evals.laws.turns import TurnsSuite
from evals.workspace import Workspace

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class BriefsSuite(TurnsSuite):
    """Needs no data: the briefs are in every new library."""

    parts: tuple[str, ...] = ()
    gate: float = 0.7

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> BriefsSuite:
        """The suite itself."""
        return self

    def digest(self) -> str:
        """Of the questions."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def ingested(self, workspace: Workspace) -> bool:
        """True: a new home is made with the briefs."""
        prepare_home(workspace.settings, workspace.embedder, workspace.notice)
        return True


BRIEFS_SUITE = BriefsSuite(name="briefs", path=_HERE / "asked.tsv")
BRIEF_TURNS_SUITE = BriefsSuite(name="brief-turns", path=_HERE / "turns.tsv")
