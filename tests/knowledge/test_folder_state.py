from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.folder_state import FolderChange, FolderState
from knowledge.sources import FileSource

AN_HOUR = 3600.0


def names(change: FolderChange) -> list[str]:
    return [s.path.name for s in change.arrived if isinstance(s, FileSource)]


def written(path: Path, text: str, *, age: float = 2 * AN_HOUR) -> Path:
    path.write_text(text, "utf-8")
    then = path.stat().st_mtime - age
    os.utime(path, (then, then))
    return path


def test_a_file_written_just_now_is_not_complete_yet(tmp_path: Path) -> None:
    written(tmp_path / "old.txt", "甲")
    written(tmp_path / "new.txt", "乙", age=0)
    change = FolderState(tmp_path, AN_HOUR).look()
    assert names(change) == ["old.txt"]
    assert change.unsettled


def test_what_was_taken_comes_again_only_when_it_has_changed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "甲")
    state = FolderState(tmp_path, 0.0)
    change = state.look()
    state.taken(change, state.stamps(change))
    assert state.look() == FolderChange()
    written(path, "甲乙")
    assert names(state.look()) == ["a.txt"]


def test_what_changes_while_it_is_read_is_taken_again(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "甲")
    state = FolderState(tmp_path, 0.0)
    change = state.look()
    stamps = state.stamps(change)
    written(path, "甲乙")
    state.taken(change, stamps)
    assert names(state.look()) == ["a.txt"]


def test_a_file_that_went_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "甲")
    state = FolderState(tmp_path, 0.0, expected={tmp_path / "gone_before.txt"})
    change = state.look()
    assert change.gone == {tmp_path / "gone_before.txt"}
    state.taken(change, state.stamps(change))
    state.let_go(change.gone)
    path.unlink()
    assert state.look().gone == {path}
    state.let_go({path})
    assert state.look().gone == frozenset()


def test_a_link_out_of_the_folder_is_told_once_and_an_empty_folder_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    state = FolderState(folder, 0.0)
    assert state.look() == FolderChange()
    (folder / "link.txt").symlink_to(written(tmp_path / "out.txt", "甲"))
    change = state.look()
    assert len(change.arrived) == 1
    assert not isinstance(change.arrived[0], FileSource)
    state.taken(change, {})
    assert state.look().arrived == ()


def test_a_folder_that_has_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FolderState(tmp_path / "none", 0.0).look()
