"""A library that may only be read is answered from."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.program import filled_home, run, write_stations


@pytest.fixture
def read_only_home(tmp_path: Path) -> Iterator[Path]:
    """A filled home folder in which nothing can be made, changed or deleted."""
    home = filled_home(tmp_path, range(1, 9))
    if not hasattr(os, "geteuid"):
        pytest.skip("a folder cannot be made read-only here")
    if os.geteuid() != 0:
        folders = [path for path in (home, *home.rglob("*")) if path.is_dir()]
        for folder in folders:
            folder.chmod(0o555)
        yield home
        for folder in folders:
            folder.chmod(0o755)
        return
    # Root may write whatever the permissions say, but not into a read-only mount.
    for arguments in (["--bind", str(home), str(home)], ["-o", "remount,ro,bind", str(home)]):
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
        if done.returncode:
            subprocess.run(["umount", "-l", str(home)], capture_output=True)
            pytest.skip(f"a folder cannot be made read-only here: {done.stderr.strip()}")
    yield home
    subprocess.run(["umount", "-l", str(home)], check=True)


def test_questions_are_answered_and_changes_are_declined(read_only_home: Path) -> None:
    before = sorted(str(path) for path in read_only_home.rglob("*"))

    answered = run(read_only_home, "ask", "第3号社工站配备多少名社工")
    assert answered.returncode == 0, answered.stderr
    assert "第3号社工站" in answered.stdout

    refused = run(
        read_only_home, "ingest", write_stations(read_only_home.parent / "more", range(20, 22))
    )
    assert refused.returncode in (1, 2)
    assert "Traceback" not in refused.stderr
    assert "无法写入" in refused.stderr or "只能读取" in refused.stderr
    assert sorted(str(path) for path in read_only_home.rglob("*")) == before
