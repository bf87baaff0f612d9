"""The program `policy-assistant` as a process of its own, with an embedder that needs no model.

`python -m tests.durability.program [--file-limit BYTES] ARGUMENT …`: no file may grow beyond
BYTES, so that a write fails in its middle, as on a full disk.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import assistant.factory
from assistant.cli import main
from knowledge.ingestion import ingest
from tests.fakes import HashEmbedder

ROOT = Path(__file__).parents[2]
LIMIT = "--file-limit"


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.durability.program", *map(str, arguments)]


def environment(home: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "POLICY_ASSISTANT_HOME": str(home),
        "POLICY_ASSISTANT_STARTER": "false",
        **more,
    }


def run(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        command(*arguments),
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def filled_home(folder: Path, numbers: Iterable[int]) -> Path:
    """A home folder in `folder` that holds these stations."""
    stations = write_stations(folder / "stations", numbers)
    ingest([str(stations)], folder / "home", HashEmbedder())
    return folder / "home"


def write_stations(folder: Path, numbers: Iterable[int], revision: int = 0) -> Path:
    """A folder with a document of one passage for each number."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:04}.txt").write_text(
            f"第{number}号社工站管理办法\n\n第{number}号社工站第{revision}次修订，"
            f"配备社工{number + revision}名，经费列入预算。\n",
            "utf-8",
        )
    return folder


def revisions(text: str) -> list[int]:
    """The revisions that stand in a text."""
    return [int(found) for found in re.findall(r"第(\d+)次修订", text)]


def _limit_files(limit: int) -> None:
    import resource

    # Python ignores the signal that goes with it: a write fails as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[0] == LIMIT:
        _limit_files(int(given[1]))
        given = given[2:]
    assistant.factory.build_embedder = lambda settings, notice: HashEmbedder()  # type: ignore[assignment]
    sys.exit(main(given))
