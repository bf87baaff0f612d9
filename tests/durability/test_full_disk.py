"""A write that fails in its middle: nothing is lost, a sentence says why, the next run completes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.search_index import SearchIndex
from tests.durability.program import LIMIT, filled_home, run, write_stations

FORMER, MANY = range(1, 13), range(101, 400)


def documents(home: Path) -> set[str]:
    with Catalog(catalog_path(home)) as catalog:
        return {Path(document.source).name for document in catalog.documents()}


def in_step(home: Path) -> bool:
    with Catalog(catalog_path(home)) as catalog:
        return SearchIndex(index_folder(home)).check(catalog).in_step


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a few documents; copied by the tests."""
    return filled_home(tmp_path_factory.mktemp("former"), FORMER)


def assert_told(failed: subprocess.CompletedProcess[str]) -> None:
    """A sentence that names the disk, and no traceback."""
    # 3: some of the documents went in, and each of the others is named with the reason.
    assert failed.returncode in (1, 3), (failed.stdout, failed.stderr)
    told = failed.stderr + failed.stdout
    assert "Traceback" not in told
    assert "程序内部出错" not in told
    assert "磁盘" in told


# Too small for the catalogue; for an index.
@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
@pytest.mark.parametrize("limit", [40_000, 150_000])
def test_a_write_that_fails_in_the_middle_loses_nothing(
    former: Path, tmp_path: Path, limit: int
) -> None:
    home = Path(shutil.copytree(former, tmp_path / "home"))
    few, many = documents(home), write_stations(tmp_path / "many", MANY)

    failed = run(home, LIMIT, limit, "ingest", many)

    assert_told(failed)
    assert documents(home) >= few
    again = run(home, "ingest", many)
    assert again.returncode == 0, again.stderr
    assert len(documents(home)) == len(few) + len(MANY)
    assert in_step(home)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, a few megabytes large."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_loses_nothing(small_disk: Path, former: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(former, small_disk / "home"))
    few, many = documents(home), write_stations(tmp_path / "many", MANY)

    assert_told(run(home, "ingest", many))

    # What is left is too little to write, and enough to answer.
    asked = run(home, "search", "第3号社工站的经费", "--json")
    assert asked.returncode == 0, asked.stderr
    assert "第3号社工站" in asked.stdout
    with (small_disk / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"\0" * 4096)
    # Not a byte is left. SQLite may have no room even to read; then it says so.
    asked = run(home, "search", "第3号社工站的经费", "--json")
    if asked.returncode:
        assert_told(asked)
    else:
        assert "第3号社工站" in asked.stdout

    (small_disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert documents(home) >= few
    again = run(home, "ingest", many)
    assert again.returncode == 0, again.stderr
    assert len(documents(home)) == len(few) + len(MANY)
    assert in_step(home)
