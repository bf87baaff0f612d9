from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from knowledge.errors import CatalogError, CatalogLockedError
from knowledge.writer_lock import writer_lock


def test_the_lock_is_free_again_after_use_and_after_an_error(tmp_path: Path) -> None:
    with writer_lock(tmp_path / "new home", "one"):
        pass
    with pytest.raises(ValueError), writer_lock(tmp_path / "new home", "two"):
        raise ValueError
    with writer_lock(tmp_path / "new home", "three"):
        pass


def test_who_waits_in_vain_is_told_who_holds_it(tmp_path: Path) -> None:
    with writer_lock(tmp_path, "导入"):
        with pytest.raises(CatalogLockedError) as caught, writer_lock(tmp_path, "second"):
            pytest.fail("two writers at once")
        assert "导入, PID" in caught.value.message("zh")
        assert "导入, PID" in caught.value.message("en")


@pytest.mark.parametrize("note", [None, "{", "[]", "{}"])
def test_a_missing_or_broken_note_of_the_holder_is_no_traceback(
    tmp_path: Path, note: str | None
) -> None:
    with FileLock(tmp_path / "writer.lock"):
        if note is not None:
            (tmp_path / "writer.json").write_text(note, "utf-8")
        with pytest.raises(CatalogLockedError) as caught, writer_lock(tmp_path, "second"):
            pytest.fail("two writers at once")
    assert "（?）" in caught.value.message("zh")


def test_a_home_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(CatalogError) as caught, writer_lock(tmp_path / "file", "ingest"):
        pytest.fail("a lock on nothing")
    assert "POLICY_ASSISTANT_HOME" in caught.value.message("zh")
    assert "POLICY_ASSISTANT_HOME" in caught.value.message("en")


def test_who_cannot_leave_a_note_writes_all_the_same(tmp_path: Path) -> None:
    # As on a full disk: the note is a courtesy.
    (tmp_path / "writer.json").mkdir()
    with writer_lock(tmp_path, "ingest"):
        pass
