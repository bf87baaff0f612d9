"""A reader's own copy of an index folder, in the folder for temporary files.

Chroma writes when it only reads: opening a folder changes `length.bin` and `chroma.sqlite3`,
closing it writes the vectors anew, and where it may not write it does not open (measured,
1.5.9). Tantivy wants a lock file. With a copy of its own a reader disturbs nobody, needs no
right to write to the library, and keeps what it opened when the folder is replaced or deleted.
A copy of 20,000 passages is 41 MB. Tantivy's segments and the file of vectors, which are only
ever read, are linked.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path

from knowledge.errors import SearchIndexError

_PREFIX = "policy-assistant-index-"
_SEGMENT = frozenset({".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term", ".del", ".f16"})


class ReadingCopy:
    """A temporary folder that looks like `source`; gone with this object or this process."""

    def __init__(self, source: Path) -> None:
        _sweep()
        self.folder = _copied(source)
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


def _copied(source: Path) -> Path:
    """A new folder with the files of `source`, in the first place that has room for it."""
    reason: OSError | None = None
    for place in _places():
        folder: Path | None = None
        try:
            folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
            _mirror(source, folder)
            return folder
        except OSError as error:
            reason = reason or error
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
    raise SearchIndexError(
        f"检索索引无法打开（{reason}）。请检查临时文件夹的空间与权限；"
        "若索引损坏，请运行 policy-assistant index rebuild。",
        f"The search index cannot be opened ({reason}). Check space and permissions of the "
        "folder for temporary files; if it is damaged, run: policy-assistant index rebuild",
    ) from reason


def _places() -> list[Path]:
    """Where a copy may go; memory is the way out on a disk that is full."""
    places = [Path(tempfile.gettempdir()), Path("/dev/shm")]  # noqa: S108 - mkdtemp's folder
    return [place for place in places if place.is_dir()]


def _mirror(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            copy.mkdir(exist_ok=True)
        elif path.suffix in _SEGMENT:
            _link(path, copy)
        else:
            shutil.copyfile(path, copy)


def _link(path: Path, copy: Path) -> None:
    try:
        copy.symlink_to(path.absolute())
    except OSError:  # Windows without the right to make links
        shutil.copyfile(path, copy)


def _sweep() -> None:
    """Remove what killed readers left behind."""
    if os.name == "nt":  # there, asking after a process would end it
        return
    for left in (left for place in _places() for left in place.glob(f"{_PREFIX}*-*")):
        number = left.name.removeprefix(_PREFIX).split("-")[0]
        if number.isdigit() and not _lives(int(number)):
            with suppress(OSError):
                shutil.rmtree(left)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
