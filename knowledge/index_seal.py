"""The seal of an index folder: what was in it when it was complete.

Nobody writes to a sealed folder again, readers included (`reading_copy.py`). A file whose size
and time of change are those of the seal is therefore taken as it is, at the cost of one `stat`;
if only its time differs (a copied home folder), its content decides.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

_NAME = "SEAL"
# Bump when terms, fields, index parameters or the seal itself change: older folders are then
# rebuilt.
_FORMAT = 7
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class _FileMark:
    """One file as it was sealed."""

    size: int
    changed_ns: int
    checksum: int
    """CRC-32: against damage, not against forgery."""


@dataclass(frozen=True, slots=True)
class IndexSeal:
    """A sealed folder: the catalogue's generation it follows, and its files."""

    generation: int
    _files: dict[str, _FileMark]

    def fits(self, folder: Path, *, thorough: bool = False) -> bool:
        """True if `folder` holds exactly the sealed files; `thorough` reads every byte."""
        try:
            return _names(folder) == self._files.keys() and all(
                _unchanged(folder / name, mark, thorough) for name, mark in self._files.items()
            )
        except OSError:
            return False


def seal_folder(folder: Path, generation: int) -> None:
    """Put everything in `folder` on the disk itself, then seal it."""
    marks = {}
    for name in sorted(_names(folder)):
        path = folder / name
        # A power cut may otherwise leave files of the right size that hold zeros.
        _to_disk(path)
        found = path.stat()
        marks[name] = (found.st_size, found.st_mtime_ns, _checksum(path))
    for inner in {path.parent for path in folder.rglob("*")}:
        _folder_to_disk(inner)
    sealed = {"format": _FORMAT, "generation": generation, "files": marks}
    write_durably(folder / _NAME, json.dumps(sealed))


def read_seal(folder: Path) -> IndexSeal | None:
    """The seal of `folder`, or None where there is none of this format."""
    try:
        read = json.loads((folder / _NAME).read_text("utf-8"))
        if read["format"] != _FORMAT:
            return None
        marks = {name: _FileMark(*map(int, mark)) for name, mark in read["files"].items()}
        return IndexSeal(int(read["generation"]), marks)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_durably(path: Path, text: str) -> None:
    """Replace a small file so that a crash leaves the old or the new content."""
    aside = path.with_name(path.name + f".{os.getpid()}")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    _folder_to_disk(path.parent)


def _names(folder: Path) -> set[str]:
    """Relative paths of the files that carry content: no locks, no remains of SQLite."""
    return {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file()
        and not file.name.startswith(_NAME)
        and not file.name.endswith((".lock", "-journal", "-wal", "-shm"))
    }


def _unchanged(path: Path, mark: _FileMark, thorough: bool) -> bool:
    found = path.stat()
    if found.st_size != mark.size:
        return False
    return (found.st_mtime_ns == mark.changed_ns and not thorough) or (
        _checksum(path) == mark.checksum
    )


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum = zlib.crc32(block, checksum)
    return checksum


def _to_disk(path: Path) -> None:
    # Windows synchronises only what was opened for writing.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _folder_to_disk(folder: Path) -> None:
    """Make renames in `folder` durable, where the system knows such a thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
