"""What a user names on the command line → the single files to ingest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

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


def find_sources(inputs: Iterable[str]) -> Iterator[Source]:
    """What `inputs` (files, folders, addresses) stand for, in order, each file once."""
    seen: set[Path] = set()
    for given in inputs:
        if _ADDRESS.match(given):
            yield AddressSource(given)
            continue
        path = Path(given).expanduser()
        found: Iterable[FileSource | FailedSource]
        found = _folder(path) if path.is_dir() else [FileSource(path.resolve())]
        for source in found:
            if isinstance(source, FileSource):
                if source.path in seen:
                    continue
                seen.add(source.path)
            yield source


def _folder(folder: Path) -> Iterator[FileSource | FailedSource]:
    """Readable files below `folder`, by name; links that lead out of it are refused."""
    root = folder.resolve()
    count = 0
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden or not path.is_file():
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            count += 1
            yield FailedSource(str(path), _leads_out(path))
        elif path.suffix.lower() in SUPPORTED_SUFFIXES | {".jsonl"}:
            count += 1
            yield FileSource(path, root)
    if not count:
        yield FailedSource(str(folder), _nothing_in(folder))


def _leads_out(path: Path) -> LoadError:
    return LoadError(
        f"“{path.name}”是指向文件夹之外的链接，已跳过；请直接给出目标文件。",
        f"“{path.name}” is a link that leads out of the folder and was skipped; "
        "name its target directly.",
    )


def _nothing_in(folder: Path) -> LoadError:
    known = " ".join(sorted(SUPPORTED_SUFFIXES | {".jsonl"}))
    return LoadError(
        f"文件夹“{folder}”中没有可以读取的文件；可以读取的格式：{known}。",
        f"The folder “{folder}” holds no file that can be read; formats: {known}.",
    )
