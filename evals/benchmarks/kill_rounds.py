"""Change something, kill the process that writes it, start the program again, compare."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from evals.benchmarks.kill_processes import PHASES, Phase, Start, Work, start, write
from evals.benchmarks.killed_library import QUESTION, Change, KilledLibrary

Target = Literal["add", "update", "remove", "first start"]
_TARGETS: tuple[Target, ...] = ("add", "update", "remove", "first start")
# Nothing in a library of this size takes a minute; longer is a hang.
_LIMIT_SECONDS = 120.0
# How long a phase lasts, until it has been seen: seconds.
_FIRST_SPAN = 0.05


@dataclass(frozen=True, slots=True)
class Round:
    """One kill and the start after it."""

    target: Target
    phase: Phase
    """Where the writer was when it died."""
    seconds: float
    """Of the start after it, to its first answer."""
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Death:
    """What was heard of a writer before it ended."""

    phase: Phase = "start"
    safe: int = 0
    last_word: str = ""
    """ "done" or "failed" of a writer that ended by itself."""


@dataclass(slots=True)
class KillRounds:
    """A library in `folder`, written to and killed again and again."""

    folder: Path
    seed: int
    clean: list[float] = field(default_factory=list)
    """Seconds of the starts that had nothing to mend."""
    _chance: random.Random = field(init=False)
    _library: KilledLibrary = field(init=False)
    _spans: dict[Phase, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - moments, not secrets
        files = random.Random(self.seed)  # noqa: S311
        self._library = KilledLibrary(self.folder / "home", self.folder / "inputs", files)

    def run(self, kills: int) -> Iterator[Round]:
        """`kills` rounds, in turn over what is written and where it is killed.

        A phase of milliseconds is missed where the machine is busy: the second half of the kills
        is aimed at those that none has fallen into yet, as long as there are any.
        A writer that ends before its kill is no round; its start counts as a clean one.
        Raises AssertionError if an undisturbed writer or a clean start fails.
        """
        self._settle()
        done, hit = 0, set[Phase]()
        for turn in count():
            if done >= kills:
                break
            target = _TARGETS[turn % len(_TARGETS)]
            phase = PHASES[(turn + turn // len(_TARGETS)) % len(PHASES)]
            missed = [other for other in PHASES if other not in hit]
            if missed and done >= kills // 2:
                phase = missed[turn % len(missed)]
            found = self._new_home(phase) if target == "first start" else self._round(target, phase)
            if found is not None:
                done += 1
                hit.add(found.phase)
                yield found
        self._settle()

    # Inner steps --------------------------------------------------------------------------

    def _settle(self) -> None:
        """Take everything in undisturbed, and start twice with nothing to mend."""
        for work in (self._library.whole, *self._library.removals()):
            if self._kill(work, None).last_word != "done":
                raise AssertionError(f"an undisturbed writer failed: {work}")
        for _ in range(2):
            found = self._start(self._library.home, starter=False)
            if isinstance(found, str):
                raise AssertionError(found)
            self.clean.append(found.seconds)
            problems = self._library.compare(found, 0)
            if problems or self._library.held != self._library.wanted:
                raise AssertionError(f"an undisturbed library is wrong: {problems}")

    def _round(self, target: Change, phase: Phase) -> Round | None:
        work, commits = self._library.change(target)
        if target == "remove" and phase == "embedding":
            phase = "catalogue"  # nothing is embedded
        # The other phases come once, whatever is written.
        times = commits if phase in ("embedding", "catalogue") else 1
        death = self._kill(work, phase, self._chance.randint(1, max(1, times)))
        found = self._start(self._library.home, starter=False)
        if isinstance(found, str):
            return Round(target, death.phase, _LIMIT_SECONDS, (found,))
        problems = self._library.compare(found, death.safe)
        if death.last_word == "failed":
            problems = (*problems, "the writer gave up before it was killed")
        if death.last_word == "done" and not problems:
            self.clean.append(found.seconds)
            return None
        return Round(target, death.phase, found.seconds, problems)

    def _new_home(self, phase: Phase) -> Round | None:
        """A new home, killed while it takes in the starter policies."""
        home = self.folder / f"new-{self._chance.getrandbits(32):08x}"
        death = self._kill(Work(home, first_start=True), phase)
        found = self._start(home, starter=True)
        shutil.rmtree(home, ignore_errors=True)
        if isinstance(found, str):
            return Round("first start", death.phase, _LIMIT_SECONDS, (found,))
        problems = found.problems
        if len(found.texts) != _starter_policies():
            lost = f"{len(found.texts)} of {_starter_policies()} starter policies"
            problems = (*problems, lost)
        if death.last_word == "done" and not problems:
            return None
        return Round("first start", death.phase, found.seconds, problems)

    def _kill(self, work: Work, phase: Phase | None, occurrence: int = 1) -> _Death:
        """Run a writer; kill it at a random moment of a phase, or let it end (None)."""
        delay = self._chance.random() * self._spans.get(phase, _FIRST_SPAN) if phase else 0.0
        death, entered = _Death(), time.perf_counter()
        due = entered + _LIMIT_SECONDS
        with _process(write, work) as (process, said):
            while True:
                left = due - time.perf_counter()
                if left <= 0 or not said.poll(left):
                    process.kill()
                    due = time.perf_counter() + _LIMIT_SECONDS
                    continue
                message, now = _received(said), time.perf_counter()
                if message is None:
                    return death
                if isinstance(message, int):
                    death.safe = message
                    continue
                self._spans[death.phase] = now - entered
                entered = now
                if message not in PHASES:
                    death.last_word = message
                    continue
                death.phase = message
                occurrence -= message == phase
                if message == phase and occurrence == 0:
                    due = now + delay

    def _start(self, home: Path, *, starter: bool) -> Start | str:
        """Start the program over `home`; a sentence where it does not come up."""
        with _process(start, home, QUESTION, starter) as (process, said):
            if not said.poll(_LIMIT_SECONDS):
                return "the next start hangs"
            found = _received(said)
            if isinstance(found, Start):
                return found
            process.join()
            return f"the next start fails, exit code {process.exitcode}"


@contextmanager
def _process(target: Any, *arguments: Any) -> Iterator[tuple[Any, Connection]]:
    """A running process and the end of the pipe that it speaks into; killed at the end."""
    context: Any = _context()
    said, say = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*arguments, say))
    process.start()
    say.close()
    try:
        yield process, said
    finally:
        process.kill()
        process.join()
        said.close()


def _context() -> object:
    """Processes that begin with the program imported, where the system can: seconds saved."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([write.__module__, "chromadb"])
    return context


def _received(said: Connection) -> Any:
    """The next message, or None once the process is gone."""
    try:
        return said.recv()
    except (EOFError, OSError, ValueError):
        return None


def _starter_policies() -> int:
    folder = resources.files("knowledge") / "starter"
    return sum(entry.name.endswith(".md") for entry in folder.iterdir())
