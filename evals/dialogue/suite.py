"""The suite `dialogue`: conversations put turn by turn; the last answer is judged."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.errors import UsageError
from assistant.factory import build_assistant, prepare_home
from assistant.request import Question
from evals.dialogue.conversation import Conversation, load_conversations
from evals.ingestion.data_folder import data_folder
from evals.result import CaseResult
from evals.runner import Progress, Subject, run_case
from evals.workspace import Workspace
from knowledge.ingestion import ingest

if TYPE_CHECKING:
    from evals.suites import SplitChoice

GATE = 0.90
LAWS = (
    "全国/慈善法(2023-12-29).md",
    "全国/反家庭暴力法(2015-12-27).md",
    "全国/志愿服务条例(2017-08-22).md",
    "全国/未成年人保护法(2024-04-26).md",
    "全国/法律援助法(2021-08-20).md",
    "全国/家庭教育促进法(2021-10-23).md",
    "全国/社区矫正法(2019-12-28).md",
    "全国/信访工作条例(2022-02-25).md",
    "全国/老年人权益保障法(2018-12-29).md",
    "全国/社会救助暂行办法(2019-03-02).md",
    "全国/无障碍环境建设法(2023-06-28).md",
    "北京/北京市志愿服务促进条例(2020-12-25).md",
    "上海/上海市志愿服务条例(2019-11-15).md",
    "浙江/浙江省志愿服务条例(2018-07-27).md",
)
"""Statutes of the data folder's `laws` that the conversations on laws ask about."""


@dataclass(frozen=True, slots=True)
class DialogueSuite:
    """Each conversation is held with the real assistant, over its own earlier answers.

    The statutes may not be copied into the repository. Without them the conversations on laws
    are left out, and a notice says so.
    """

    folder: Path | None = None
    """The data folder; None for the one beside the repository, if it is there."""
    parts: tuple[str, ...] = ("starter", "laws")
    name: Literal["dialogue"] = "dialogue"
    gate: float = GATE
    path: Path = Path(__file__).parent / "conversations.yaml"

    def over(self, folder: Path | None, parts: tuple[str, ...] = ()) -> DialogueSuite:
        """The suite with the statutes in `folder`, over `parts` alone, empty for all.

        Raises UsageError if statutes are asked for by name and are not there.
        """
        chosen = DialogueSuite(folder, parts or self.parts)
        if (folder is not None or "laws" in parts) and "laws" in chosen.parts:
            for law in LAWS:
                if not (chosen._laws / law).is_file():
                    raise UsageError(
                        f"没有找到评测数据：{chosen._laws} 中缺少 {law}。请用 --data 指明数据文件夹。",
                        f"The data to measure against are not there: {chosen._laws} lacks {law}. "
                        "Name their folder with --data.",
                    )
        return chosen

    def digest(self) -> str:
        """Of the conversations that are held, and of the statutes that are read."""
        total = hashlib.sha256(self.path.read_bytes())
        for law in LAWS if self._holds_laws() else ():
            total.update((self._laws / law).read_bytes())
        return total.hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a conversation of `split`, in the order of the file.

        Those on the starter policies are held before any statute is in the library. `seed`
        draws the order in which they are held.
        """
        chosen = [c for c in load_conversations(self.path) if split in ("all", c.split)]
        results: dict[str, CaseResult] = {}
        for library in self.parts:
            held = [c for c in chosen if c.library == library]
            if library == "laws" and held and not self._holds_laws():
                workspace.notice(
                    f"缺少法规数据，略去 {len(held)} 段对话 / "
                    f"no statutes at hand: {len(held)} conversations left out"
                )
                continue
            if library == "laws" and held:
                self._ingest(workspace)
            for result in _hold(held, workspace, seed):
                results[result.id] = result
                progress(len(results), len(chosen))
        return tuple(results[c.id] for c in chosen if c.id in results)

    @property
    def _laws(self) -> Path:
        return data_folder(self.folder) / "laws"

    def _holds_laws(self) -> bool:
        return "laws" in self.parts and all((self._laws / law).is_file() for law in LAWS)

    def _ingest(self, workspace: Workspace) -> None:
        prepare_home(workspace.settings, workspace.embedder, workspace.notice)
        workspace.notice("导入法规 / ingesting the statutes")
        ingest([str(self._laws / law) for law in LAWS], workspace.home, workspace.embedder)


def hold(conversation: Conversation, assistant: Subject) -> CaseResult:
    """Put the turns one after the other, each with the answers before it, and judge the last."""
    history: list[tuple[str, str]] = []
    for said in conversation.turns[:-1]:
        answer = assistant.answer(Question(said, history=tuple(history)))
        history.append((said, answer.text))
    result = run_case(conversation.last(tuple(history)), assistant)
    return result


def _hold(held: Sequence[Conversation], workspace: Workspace, seed: int) -> list[CaseResult]:
    if not held:
        return []
    assistant = build_assistant(workspace.settings, workspace.notice)
    order = list(held)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order to repeat, not a secret
    return [hold(conversation, assistant) for conversation in order]


DIALOGUE_SUITE = DialogueSuite()
