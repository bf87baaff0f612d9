"""The suite `hostile`: a model server that lies, over the starter policies."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.factory import build_retriever
from assistant.generative import ChatModel, ChatSettings
from assistant.generative_answer import AnswerWriter
from assistant.grounding_checks import CHECKS
from assistant.pipeline import PolicyAssistant
from assistant.request import Question, TextDelta
from assistant.wording import Language
from evals.hostile.ablation import CheckRow, check_rows, render_checks
from evals.hostile.judging import Outcome, judge_reply
from evals.hostile.replies import FAILING, TOPICS, Reply, load_topics, replies
from evals.hostile.server import HostileServer
from evals.report_files import write_files
from evals.result import CaseResult
from evals.runner import Progress
from evals.workspace import Workspace
from knowledge.ingestion import ingest
from knowledge.retrieval import HybridRetriever

if TYPE_CHECKING:
    from evals.suites import SplitChoice

SURVIVAL = 0.85
"""The least share of true sentences that must reach the reader."""
_DOCUMENTS = Path(str(resources.files("evals") / "hostile" / "documents"))
# Long for a busy machine where the server does answer, short where it never will.
_PATIENT, _IMPATIENT = 20.0, 1.0
_WAITING = frozenset(name for name, cause in FAILING.items() if cause == "timeout")


class HostileSuite:
    """Plays each scripted reply to the real assistant and looks at what the reader gets."""

    name = "hostile"
    gate = 1.0
    """Nothing ungrounded may get through, so every case must be right."""

    def __init__(self) -> None:
        self._rows: tuple[CheckRow, ...] = ()

    def digest(self) -> str:
        """Of topics and documents."""
        paths = [TOPICS, *sorted(_DOCUMENTS.iterdir())]
        return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a reply, and one a split for the share of true sentences that survive.

        The replies are played in their order, whatever the seed.
        """
        retriever = build_retriever(workspace.settings, workspace.notice)
        ingest([str(_DOCUMENTS)], workspace.home, workspace.embedder)
        chosen = [r for r in replies(load_topics()) if split in ("all", r.topic.split)]
        results: list[CaseResult] = []
        with HostileServer() as server:
            stage = _Stage(server, retriever)
            for done, reply in enumerate(chosen, start=1):
                results.append(stage.result(reply))
                progress(done, len(chosen))
        return (*results, *_survival(results))

    def ablation(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CheckRow, ...]:
        """The replies that are read to their end again, without each check in turn.

        Call it after `run`, which fills the library. The rows go into the report of the run.
        """
        retriever = build_retriever(workspace.settings, workspace.notice)
        chosen = [
            reply
            for reply in replies(load_topics())
            if split in ("all", reply.topic.split) and reply.delivery not in FAILING
        ]
        with HostileServer() as server:
            stage = _Stage(server, retriever)
            rows = check_rows(lambda: [stage.result(reply) for reply in chosen])
            self._rows = tuple(_counted(rows, 1 + len(CHECKS), progress))
        return self._rows

    def write_pages(self, folder: Path, language: Language) -> None:
        """`checks.json` with the rows of the ablation, if one was made.

        Raises AssistantError if it cannot be written.
        """
        if self._rows:
            text = json.dumps([row.fields() for row in self._rows], ensure_ascii=False, indent=1)
            write_files(folder, {"checks.json": text + "\n"})

    def rendered(self, language: Language) -> str:
        """The same for a terminal."""
        return render_checks(self._rows, chinese=language == "zh")


class _Stage:
    """The server with an assistant that waits for it, and one that soon gives up."""

    def __init__(self, server: HostileServer, retriever: HybridRetriever) -> None:
        self._server = server
        self._assistants = {
            seconds: PolicyAssistant(
                retriever, writer=AnswerWriter(ChatModel(_settings(server.address, seconds)))
            )
            for seconds in (_PATIENT, _IMPATIENT)
        }
        snapshot = retriever.snapshot()
        self._documents = [
            document.text
            for described in snapshot.documents()
            if (document := snapshot.catalog.document(described.id)) is not None
        ]

    def result(self, reply: Reply) -> CaseResult:
        """Put the question while the server plays the reply."""
        assistant = self._assistants[_IMPATIENT if reply.delivery in _WAITING else _PATIENT]
        self._server.play(reply.script, reply.delivery)
        self._server.missing.clear()
        started = time.perf_counter()
        *events, answer = assistant.stream(Question(reply.topic.question))
        elapsed = (time.perf_counter() - started) * 1000
        assert isinstance(answer, Answer)
        streamed = "".join(event.text for event in events if isinstance(event, TextDelta))
        outcome = judge_reply(reply, answer, streamed, assistant.document, self._documents)
        if self._server.missing:
            lacking = "、".join(self._server.missing)
            problem = f"the script cites words that no evidence holds: {lacking}"
            outcome = replace(outcome, problems=(*outcome.problems, problem))
        return _result(reply, answer, outcome, elapsed)


def _counted(rows: Iterator[CheckRow], total: int, progress: Progress) -> Iterator[CheckRow]:
    for done, row in enumerate(rows, start=1):
        progress(done, total)
        yield row


def _settings(address: str, seconds: float) -> ChatSettings:
    return ChatSettings(
        "hostile",
        address,
        first_token_seconds=seconds,
        stall_seconds=seconds,
        total_seconds=3 * seconds,
    )


def _result(reply: Reply, answer: Answer, outcome: Outcome, elapsed: float) -> CaseResult:
    problems = (*(f"a lie was said: {lie}" for lie in outcome.said_lies), *outcome.problems)
    return CaseResult(
        id=reply.id,
        split=reply.topic.split,
        tags=(reply.style, *sorted({kind.rstrip("2") for kind, _ in reply.lies})),
        question=reply.topic.question,
        right=not problems and not outcome.ungrounded,
        problems=problems,
        unfaithful=outcome.ungrounded,
        duty="answer",
        declined=answer.status not in ("answered", "partial"),
        latency_ms=round(elapsed, 3),
        timings_ms=dict(answer.timings_ms),
        detail={
            "text": answer.text,
            "mode": answer.mode,
            "truths": len(reply.truths),
            "survived": outcome.survived,
            "lost": list(outcome.lost),
            "lies": len(reply.lies),
        },
    )


def _survival(results: Sequence[CaseResult]) -> Iterator[CaseResult]:
    for split in ("tune", "report"):
        own = [result for result in results if result.split == split]
        truths = sum(result.detail["truths"] for result in own)
        survived = sum(result.detail["survived"] for result in own)
        if not truths:
            continue
        share = survived / truths
        yield CaseResult(
            id=f"true-sentences-survive-{split}",
            split=split,
            tags=("survival",),
            question=f"{survived} of {truths} true sentences reached the reader",
            right=share >= SURVIVAL,
            problems=() if share >= SURVIVAL else (f"{share:.3f} is less than {SURVIVAL}",),
            detail={"share": round(share, 4), "truths": truths, "survived": survived},
        )


HOSTILE_SUITE = HostileSuite()
