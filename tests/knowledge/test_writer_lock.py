from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from knowledge.errors import CatalogLockedError
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
