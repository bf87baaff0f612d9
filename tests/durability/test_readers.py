"""Readers answer from the old state until the new one is complete; writers take turns."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock
from tests.durability.program import (
    ROOT,
    command,
    environment,
    filled_home,
    run,
    write_stations,
)
from tests.fakes import HashEmbedder

WRITES = 3


def test_a_reader_never_fails_and_never_sees_a_half_state(tmp_path: Path) -> None:
    home, inputs = filled_home(tmp_path, range(1, 21)), tmp_path / "stations"
    reader = subprocess.Popen(
        [sys.executable, "-m", "tests.durability.reader", str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"

    for revision in range(1, WRITES + 1):
        write_stations(inputs, [1, *range(10, 15)], revision)
        write_stations(inputs, range(20 + revision * 5, 25 + revision * 5))
        ingest([str(inputs)], home, HashEmbedder())
    with Catalog(catalog_path(home)) as catalog, writer_lock(home, "test"):
        gone = next(d.id for d in catalog.documents() if d.source.endswith("0003.txt"))
        catalog.remove_document(gone)
        SearchIndex(index_folder(home)).synchronise(catalog, rebuild=True)
    told = json.loads(reader.communicate()[0])

    assert reader.returncode == 0
    assert told["wrong"] == []
    # It followed, in order, and ended with the newest state.
    assert told["seen"] == sorted(told["seen"])
    assert told["seen"][-1] == WRITES
    assert told["searches"] > 10 * WRITES


def test_the_second_writer_is_told_who_holds_the_library(tmp_path: Path) -> None:
    home = filled_home(tmp_path, range(1, 4))
    more = write_stations(tmp_path / "more", range(10, 12))

    with writer_lock(home, "ingest"):
        note = json.loads((home / "writer.json").read_text("utf-8"))
        second = run(home, "ingest", more)
    assert second.returncode == 1
    assert f"ingest, PID {note['pid']}" in second.stderr
    assert "请等它结束后再试" in second.stderr

    assert run(home, "ingest", more).returncode == 0
    with Catalog(catalog_path(home)) as catalog:
        assert len(catalog.documents()) == 5
        assert SearchIndex(index_folder(home)).check(catalog).in_step


def test_two_ingesting_processes_do_not_mix(tmp_path: Path) -> None:
    home, inputs = filled_home(tmp_path, [500]), write_stations(tmp_path / "in", range(1, 200))
    both = [
        subprocess.Popen(
            command("ingest", inputs), env=environment(home), cwd=ROOT, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [process.communicate()[1].decode() for process in both]

    codes = sorted(process.returncode for process in both)
    # The second was told, or came when the first had ended.
    assert codes in ([0, 0], [0, 1])
    assert all("Traceback" not in text for text in said)
    with Catalog(catalog_path(home)) as catalog:
        assert len(catalog.documents()) == 200
        assert SearchIndex(index_folder(home)).check(catalog).in_step
