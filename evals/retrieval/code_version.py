"""Which code decides what stands in a catalogue and its indexes, as one digest."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import knowledge

_ROOTS = ("knowledge.ingestion", "knowledge.document_builder", "knowledge.search_index")
# Everything that reads files, pages and the web: a line of a .jsonl passes through none of it.
_NOT_ON_THE_WAY = ("knowledge.loading", "knowledge.sources", "knowledge.writer_lock")
_ON_THE_WAY = ("knowledge.loading.jsonl",)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Hex SHA-256 of the modules from a line of .jsonl to the indexes, and of their data files.

    Found by their imports, so that a new module counts by itself; what only retrieval uses
    (the retriever, the ranker, synonyms) leaves a prepared library as it is.
    Taken once a process: a file that is edited meanwhile is not the code that runs.
    """
    total = hashlib.sha256()
    for path in sorted(code_files()):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def code_files() -> set[Path]:
    """The files that `code_version` is taken of."""
    package = Path(knowledge.__file__).parent
    tables = [path for path in package.iterdir() if path.suffix in (".yaml", ".tsv", ".txt")]
    found: set[Path] = set()
    waiting = [*_ROOTS, *_ON_THE_WAY]
    seen = set(waiting)
    while waiting:
        path = _path(package, waiting.pop())
        if path is None:
            continue
        source = path.read_text(encoding="utf-8")
        found.add(path)
        found.update(table for table in tables if table.name in source)
        for name in _imported(source):
            if name not in seen and not name.startswith(_NOT_ON_THE_WAY):
                seen.add(name)
                waiting.append(name)
    return found


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("knowledge."):
            yield str(node.module)


def _path(package: Path, module: str) -> Path | None:
    path = package.joinpath(*module.split(".")[1:]).with_suffix(".py")
    return path if path.is_file() else None
