"""What is left after a kill: nothing missing, nothing doubled, no hand needed; and how soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from evals.benchmarks.kill_processes import PHASES
from evals.benchmarks.kill_rounds import KillRounds, Round
from evals.benchmarks.measurement import Measurement
from evals.intervals import percentile
from evals.workspace import Notice, Workspace

KILLS = 200
SEED = 20261124
# Libraries that are killed at the same time, on one processor each.
_LIBRARIES = 2
_NOTICE_EVERY = 10


class DurabilityBenchmark:
    """Kills writers at random moments of every phase, and starts the program after each."""

    name = "durability"
    help = "强行终止后的恢复 / recovery after kills"

    def __init__(self, kills: int = KILLS, seed: int = SEED) -> None:
        self._kills = kills
        self._seed = seed
        self.failures: list[str] = []
        """What went wrong, a line a kill; filled by `run`."""

    def run(self, workspace: Workspace) -> Iterator[Measurement]:
        """Counts of kills by phase, and seconds to the first answer; baseline: a clean start."""
        rounds, clean = kill_in_parallel(
            workspace.home / "durability", self._kills, self._seed, workspace.notice
        )
        self.failures = [
            f"{one.target}, killed in {one.phase}: {'; '.join(one.problems)}"
            for one in rounds
            if one.problems
        ]
        phases = Counter(one.phase for one in rounds)
        targets = Counter(one.target for one in rounds)
        seconds = [one.seconds for one in rounds]
        baseline = Measurement("clean start to answer, median", percentile(clean, 0.5), "s")
        yield baseline
        for name, share in (("median", 0.5), ("p95", 0.95), ("longest", 1.0)):
            value = percentile(seconds, share)
            yield Measurement(f"start after a kill, {name}", value, "s").against(baseline)
        yield Measurement("kills", len(rounds), "")
        for phase in PHASES:
            yield Measurement(f"kills in phase {phase}", phases[phase], "")
        for target, many in sorted(targets.items()):
            yield Measurement(f"kills during {target}", many, "")
        yield Measurement("starts with anything wrong", len(self.failures), "")


def kill_in_parallel(
    folder: Path, kills: int, seed: int, notice: Notice = lambda text: None
) -> tuple[list[Round], list[float]]:
    """All rounds over libraries in `folder`, and the seconds of the clean starts among them."""
    libraries = [KillRounds(folder / f"library-{n}", seed + n) for n in range(_LIBRARIES)]
    done: list[Round] = []

    def run(rounds: KillRounds, share: int) -> None:
        for one in rounds.run(share):
            done.append(one)
            if len(done) % _NOTICE_EVERY == 0:
                notice(f"{len(done)}/{kills}")

    shares = [kills // _LIBRARIES + (n < kills % _LIBRARIES) for n in range(_LIBRARIES)]
    with ThreadPoolExecutor(_LIBRARIES) as pool:
        for finished in [pool.submit(partial(run, *pair)) for pair in zip(libraries, shares)]:  # noqa: B905
            finished.result()
    return done, [seconds for library in libraries for seconds in library.clean]
