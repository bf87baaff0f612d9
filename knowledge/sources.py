"""What a user names on the command line → the single files to ingest."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.cleaning import writable_line
from knowledge.errors import KnowledgeError, LoadError
from knowledge.loading import SUPPORTED_SUFFIXES


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file to ingest."""

    path: Path
    root: Path | None = None
    """The folder that the user named, if the file was found in one."""

    @property
    def region_hint(self) -> str:
        """Name of the folder a file was found in: libraries are often kept by region."""
        return self.path.parent.name if self.root and self.path.parent != self.root else ""


@dataclass(frozen=True, slots=True)
class AddressSource:
    """One web address to ingest."""

    url: str


@dataclass(frozen=True, slots=True)
class FailedSource:
    """One input that cannot be ingested, with the reason to show."""

    source: str
    error: KnowledgeError


Source = FileSource | AddressSource | FailedSource
# Any scheme: what is not http or https is refused with a sentence of its own.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SHOWN = 300
"""Characters of a path in a message."""


def find_sources(inputs: Iterable[str]) -> Iterator[Source]:
    """What `inputs` (files, folders, addresses) stand for, in order, each file once."""
    seen: set[Path] = set()
    for given in inputs:
        if _ADDRESS.match(given):
            yield AddressSource(given)
            continue
        for source in _named(given):
            if isinstance(source, FileSource):
                if source.path in seen:
                    continue
                seen.add(source.path)
            yield source


def _named(given: str) -> Iterator[FileSource | FailedSource]:
    """The files that one path stands for."""
    try:
        if not given.strip():
            # An empty variable of a script would else stand for the folder it runs in.
            raise ValueError(given)
        path = Path(given).expanduser()
        is_folder = path.is_dir()
        resolved = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        # Empty, too long, a circle of links, a user that does not exist, a NUL, a disk that fails.
        yield FailedSource(writable_line(given)[:_SHOWN], _no_path(given, error))
        return
    if is_folder:
        yield from _folder(path)
    else:
        yield FileSource(resolved)


def _folder(folder: Path) -> Iterator[FileSource | FailedSource]:
    """Readable files below `folder`, by name; links that lead out of it are refused."""
    root = folder.resolve()
    count = 0
    unreadable: list[OSError] = []
    paths = sorted(_below(root, unreadable))
    for error in unreadable:
        count += 1
        place = Path(os.fsdecode(error.filename or root))
        yield FailedSource(writable_line(str(place)), _unreadable(place, error))
    for path in paths:
        wanted = path.suffix.lower() in SUPPORTED_SUFFIXES | {".jsonl"}
        try:
            linked = path.is_symlink()
            inside = not linked or path.resolve(strict=True).is_relative_to(root)
            folder_like = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, RuntimeError) as error:
            # A link to nothing or to itself, or gone since the folder was listed.
            if wanted:
                count += 1
                yield FailedSource(writable_line(str(path)), _no_path(str(path), error))
            continue
        if not inside and (wanted or folder_like):
            count += 1
            yield FailedSource(writable_line(str(path)), _leads_out(path))
        elif wanted and not folder_like:
            # Pipes and devices, too: the loader says why they are not read.
            count += 1
            yield FileSource(path, root)
    if not count:
        yield FailedSource(writable_line(str(folder)), _nothing_in(folder))


def _below(root: Path, unreadable: list[OSError]) -> Iterator[Path]:
    """Everything below `root` that is not hidden, but no folders that are read themselves."""
    for place, folders, files in os.walk(root, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # os.walk does not follow links; that they are there must be said.
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in (*links, *files):
            if not name.startswith("."):
                yield Path(place, name)


def _leads_out(path: Path) -> LoadError:
    name = writable_line(path.name)
    return LoadError(
        f"“{name}”是指向文件夹之外的链接，已跳过；请直接给出目标文件。",
        f"“{name}” is a link that leads out of the folder and was skipped; "
        "name its target directly.",
    )


def _no_path(given: str, error: Exception) -> LoadError:
    reason = getattr(error, "strerror", None)
    zh = f"（{reason}）" if reason else ""
    en = f" ({reason})" if reason else ""
    name = writable_line(given)
    name = name if len(name) <= _SHOWN else name[:_SHOWN] + "…"
    return LoadError(
        f"路径“{name}”无法打开{zh}；请检查路径，链接是否指向存在的文件。",
        f"The path “{name}” cannot be opened{en}; check it, and that a link leads to a file "
        "that is there.",
    )


def _unreadable(folder: Path, error: OSError) -> LoadError:
    name = writable_line(str(folder))
    return LoadError(
        f"文件夹“{name}”无法读取（{error.strerror}），其中的文件没有读入；请检查读取权限后再试。",
        f"The folder “{name}” cannot be read ({error.strerror}), and nothing in it was; check "
        "that you may read it and try again.",
    )


def _nothing_in(folder: Path) -> LoadError:
    known = " ".join(sorted(SUPPORTED_SUFFIXES | {".jsonl"}))
    name = writable_line(str(folder))
    return LoadError(
        f"文件夹“{name}”中没有可以读取的文件；可以读取的格式：{known}。",
        f"The folder “{name}” holds no file that can be read; formats: {known}.",
    )
