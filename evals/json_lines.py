"""Public data sets as files of JSON lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from assistant.errors import UsageError


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines, packed or not. Raises UsageError if it is none."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        # Not splitlines(): a text may hold U+2028, which ends no line of JSON.
        return [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()]
    except (OSError, EOFError, ValueError) as error:
        raise UsageError(
            f"{path} 无法读取，或不是 JSON 行文件。请检查 --data 所指的文件夹。",
            f"{path} cannot be read, or is not a file of JSON lines. Check the folder that "
            "--data names.",
        ) from error
