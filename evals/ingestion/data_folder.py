"""Where the data to measure against lie, and what of them is measured."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import UsageError

PARTS = ("messy", "gov_html", "laws")
"""Folders of the data; each is one part of the suite."""
BESIDE_THE_REPOSITORY = Path(__file__).resolve().parents[2].parent / "shared" / "data"
"""The sibling `shared/data` of the repository: public data that may not be copied into it."""


def data_folder(path: Path | None) -> Path:
    """`path` as it really stands, by default beside the repository; it need not be there."""
    return (path or BESIDE_THE_REPOSITORY).expanduser().resolve()


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The data, found and complete."""

    path: Path
    parts: tuple[str, ...]
    """Those of `PARTS` that are measured, in their order."""

    @classmethod
    def find(cls, path: Path | None = None, parts: tuple[str, ...] = ()) -> DataFolder:
        """The data in `path`, by default beside the repository; `parts` empty for all.

        Raises UsageError, saying where it looked, if a part that is measured is not there.
        """
        folder = data_folder(path)
        chosen = tuple(part for part in PARTS if not parts or part in parts)
        needed = {"messy": "messy/manifest.jsonl", "gov_html": "gov_html/index.jsonl"}
        for part in chosen:
            if not (folder / needed.get(part, part)).exists():
                raise UsageError(
                    f"没有找到评测数据：{folder} 中缺少 {needed.get(part, part)}。"
                    "请用 --data 指明数据文件夹。",
                    f"The data to measure against are not there: {folder} lacks "
                    f"{needed.get(part, part)}. Name their folder with --data.",
                )
        return cls(folder, chosen)

    def digest(self) -> str:
        """Hex SHA-256 of the names and contents of all measured files."""
        total = hashlib.sha256()
        for part in self.parts:
            for file in sorted(path for path in (self.path / part).rglob("*") if path.is_file()):
                total.update(file.relative_to(self.path).as_posix().encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
        return total.hexdigest()


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines. Raises UsageError if it cannot be read."""
    try:
        # Not splitlines(): a text may hold U+2028, which ends no line of JSON.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        return [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path} 无法读取，或不是 JSON 行文件。请检查 --data 所指的文件夹。",
            f"{path} cannot be read, or is not a file of JSON lines. Check the folder that "
            "--data names.",
        ) from error
