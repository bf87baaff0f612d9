from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.index_seal import read_seal, seal_folder, write_durably


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sealed = tmp_path / "g1"
    (sealed / "dense" / "part").mkdir(parents=True)
    (sealed / "dense" / "part" / "vectors.bin").write_bytes(b"\1" * 5000)
    (sealed / "empty.bin").touch()
    (sealed / "writer.lock").touch()
    seal_folder(sealed, 7)
    return sealed


def keeping_its_time(path: Path, content: bytes) -> None:
    """Damage that comes from the disk, not from a program."""
    held = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(held.st_atime_ns, held.st_mtime_ns))


def test_a_folder_fits_its_seal_and_so_does_a_copy_with_other_times(folder: Path) -> None:
    seal = read_seal(folder)
    assert seal is not None
    assert seal.generation == 7
    assert seal.fits(folder)
    assert seal.fits(folder, thorough=True)
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)
    assert seal.fits(copy)


def test_locks_come_and_go(folder: Path) -> None:
    seal = read_seal(folder)
    assert seal is not None
    (folder / "writer.lock").unlink()
    (folder / "dense" / "reader.lock").touch()
    assert seal.fits(folder)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "other bytes": lambda folder: (folder / "dense/part/vectors.bin").write_bytes(b"\2" * 5000),
    "fewer bytes": lambda folder: (folder / "dense/part/vectors.bin").write_bytes(b"\1" * 4999),
    "a file gone": lambda folder: (folder / "empty.bin").unlink(),
    "a file more": lambda folder: (folder / "dense" / "more.bin").touch(),
    "a folder gone": lambda folder: shutil.rmtree(folder / "dense"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_a_program_changes_is_noticed_at_a_glance(folder: Path, damage: str) -> None:
    seal = read_seal(folder)
    assert seal is not None
    DAMAGE[damage](folder)
    assert not seal.fits(folder)


def test_what_the_disk_changes_is_noticed_by_reading_it(folder: Path) -> None:
    seal = read_seal(folder)
    assert seal is not None
    keeping_its_time(folder / "dense/part/vectors.bin", b"\2" * 5000)
    assert not seal.fits(folder, thorough=True)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"format": 4}', '{"format": 3, "generation": 1, "files": {}}',
     '{"format": 4, "generation": 1, "files": []}', '{"format": 4, "generation": 1, "files": {"a": 1}}',
     '{"format": 4, "generation": "x", "files": {}}', '{"format": 4, "generation": 1, "files": {"a": [1]}}'],
)  # fmt: skip
def test_a_seal_that_says_nothing_is_none(folder: Path, text: str) -> None:
    (folder / "SEAL").write_text(text, "utf-8")
    assert read_seal(folder) is None


def test_a_missing_seal_is_none(tmp_path: Path) -> None:
    assert read_seal(tmp_path / "nothing") is None


def test_a_small_file_is_replaced_whole(tmp_path: Path) -> None:
    write_durably(tmp_path / "CURRENT", "one")
    write_durably(tmp_path / "CURRENT", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]
    assert (tmp_path / "CURRENT").read_text("utf-8") == "two"
