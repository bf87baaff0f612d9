"""The library of the durability benchmark: its files, and what it must hold after a kill.

The ledger holds what each source said after the last start and what its file says now. After
a kill each source must say one or the other, whole, and at least as many sources must have
moved on as the writer had called safe.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from evals.benchmarks.kill_processes import BATCH_PASSAGES, Start, Work
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path

Change = Literal["add", "update", "remove"]
# A question that only the one document answers that never changes.
QUESTION = "江北镇社工站配备多少名社工"
_ANCHOR = "江北镇社工站管理办法\n\n江北镇社工站配备社工七名，经费列入镇级预算。\n"
_FIRST_DOCUMENTS = 9
_MOST_DOCUMENTS = 60
_FEWEST, _MOST = 2, 10


@dataclass(slots=True)
class KilledLibrary:
    """A home folder, a folder of files to ingest, and the ledger."""

    home: Path
    inputs: Path
    chance: random.Random
    held: dict[str, int] = field(default_factory=dict)
    """Revision that the library held of each source after the last start."""
    wanted: dict[str, int] = field(default_factory=dict)
    """Revision that the source's file has; a source without a file is to be removed."""
    _written: int = 0

    def __post_init__(self) -> None:
        self.inputs.mkdir(parents=True)
        self._add(_FIRST_DOCUMENTS)

    @property
    def whole(self) -> Work:
        """Everything there is to ingest."""
        return Work(self.home, (str(self.inputs),))

    def removals(self) -> list[Work]:
        """One for each document whose file is gone."""
        return [self._removal(source) for source in sorted(self.held.keys() - self.wanted.keys())]

    def change(self, change: Change) -> tuple[Work, int]:
        """Change some files; returns what a writer has to do, and how many commits it takes."""
        if change == "remove":
            gone = sorted(self.held.keys() - self.wanted.keys())
            kept = sorted(self._others() & self.held.keys())
            source = gone[0] if gone else self.chance.choice(kept)
            self.wanted.pop(source, None)
            Path(source).unlink(missing_ok=True)
            return self._removal(source), 1
        many = self.chance.randint(_FEWEST, _MOST)
        if change == "add" and len(self.wanted) < _MOST_DOCUMENTS:
            self._add(many)
        else:
            others = sorted(self._others())
            for source in self.chance.sample(others, min(many, len(others))):
                self._write(source, self.wanted[source] + 1)
        waiting = sum(self.held.get(source) != now for source, now in self.wanted.items())
        return self.whole, -(-waiting // BATCH_PASSAGES)

    def compare(self, found: Start, safe: int) -> tuple[str, ...]:
        """What is wrong after a start; the ledger then takes over what the library holds.

        `safe` is how many changes the writer had called committed.
        """
        problems = list(found.problems)
        if found.answer not in ("answered", "partial") or self._anchor not in found.cited:
            problems.append(f"no answer: {found.answer}, cited {found.cited}")
        seen = {source: _revision(texts[-1]) for source, texts in found.texts.items()}
        moved = 0
        for source in sorted({*self.held, *self.wanted, *seen}):
            before, wanted, now = (of.get(source) for of in (self.held, self.wanted, seen))
            if now not in (before, wanted):
                problems.append(f"{source}: {now}, neither {before} nor {wanted}")
            moved += before != wanted and now == wanted
        if moved < safe:
            problems.append(f"{safe} called safe, {moved} there")
        problems += [
            f"{source}: a version stands twice"
            for source, texts in found.texts.items()
            if len(set(texts)) != len(texts)
        ]
        self.held = seen
        return tuple(problems)

    # Inner steps --------------------------------------------------------------------------

    @property
    def _anchor(self) -> str:
        return self._source(0)

    def _others(self) -> set[str]:
        return self.wanted.keys() - {self._anchor}

    def _source(self, number: int) -> str:
        return str(self.inputs / f"{number:04}.txt")

    def _add(self, many: int) -> None:
        for number in range(self._written, self._written + many):
            self._write(self._source(number), 0)
        self._written += many

    def _write(self, source: str, revision: int) -> None:
        """A file of one passage; every revision of every file is a text of its own."""
        number = int(Path(source).stem)
        text = (
            f"第{number}号社工站管理办法\n\n第{number}号社工站第{revision}次修订，"
            f"配备社工{number * 3 + revision}名，经费列入预算。\n"
        )
        Path(source).write_text(text if number else _ANCHOR, "utf-8")
        self.wanted[source] = revision

    def _removal(self, source: str) -> Work:
        with Catalog(catalog_path(self.home)) as catalog:
            known = next(d.id for d in catalog.documents() if d.source == source)
        return Work(self.home, removed=known)


def _revision(text: str) -> int:
    found = re.search(r"第(\d+)次修订", text)
    return int(found[1]) if found else 0
