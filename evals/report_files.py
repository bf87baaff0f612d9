"""The files of a run's folder: written all, or one sentence on why not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.errors import AssistantError


def write_files(folder: Path, texts: Mapping[str, str], *, make: bool = False) -> None:
    """Write each text to `folder` under its name, in order; `make` the folder if it is missing.

    Raises AssistantError if that cannot be done.
    """
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise AssistantError(
            f"评测记录无法写入 {folder}（{error.strerror}）。请检查权限与磁盘空间，"
            "或用 --out 另选文件夹。",
            f"The run cannot be written to {folder} ({error.strerror}). Check its permissions and "
            "the disk's space, or choose another folder with --out.",
        ) from error
