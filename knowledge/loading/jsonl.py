"""JSON lines: many documents in one file, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.cleaning import writable, writable_line
from knowledge.errors import LoadError
from knowledge.loading import require_file

MAX_LINE_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class JsonlDocument:
    """One line of the file: {"id", "title", "text", "metadata"?}."""

    id: str
    """Becomes the document's id; unique in the file."""
    title: str
    """Empty where the line names none."""
    text: str = field(repr=False)
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Plain strings; lists are joined by 、."""
    line: int = 0
    """Line number in the file, from 1."""


@dataclass(frozen=True, slots=True)
class JsonlProblem:
    """One line that cannot be taken in; the others still are."""

    line: int
    error: LoadError


def load_jsonl(
    path: Path, max_line_bytes: int = MAX_LINE_BYTES
) -> Iterator[JsonlDocument | JsonlProblem]:
    """The documents of the file at `path`, in order, read line by line.

    A line that is no document yields a JsonlProblem and reading goes on. Blank lines are
    skipped. No line of more than `max_line_bytes` is held in memory. Raises LoadError if
    the file itself cannot be read or holds no line.
    """
    empty = True
    name = writable_line(path.name)
    require_file(path)
    try:
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(max_line_bytes + 1):
                number += 1
                if len(raw) > max_line_bytes:
                    empty = False
                    while raw and not raw.endswith(b"\n"):
                        raw = file.readline(max_line_bytes + 1)
                    yield _problem(path, number, "超过长度上限，请拆分这份文件", "is too long")
                    continue
                if raw.strip(b"\xef\xbb\xbf \t\r\n"):
                    empty = False
                    yield _document(path, number, raw)
    except OSError as error:
        raise LoadError(
            f"无法读取“{name}”（{error.strerror}）；请检查文件是否存在、是否有读取权限。",
            f"“{name}” cannot be read ({error.strerror}); check that it exists and that "
            "you may read it.",
        ) from error
    if empty:
        raise LoadError(
            f'“{name}”是空文件；每行应是一个 JSON 对象：{{"id", "title", "text"}}。',
            f"“{name}” is empty; each line should be a JSON object with id, title, text.",
        )


def _document(path: Path, number: int, raw: bytes) -> JsonlDocument | JsonlProblem:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _problem(path, number, "不是 UTF-8 编码，请转为 UTF-8", "is not UTF-8")
    except (ValueError, RecursionError):
        return _problem(path, number, "不是完整的 JSON", "is not valid JSON")
    if not isinstance(data, dict):
        return _problem(path, number, "不是 JSON 对象", "is not a JSON object")
    identifier = data.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier.strip():
        return _problem(path, number, "缺少 id", "has no id")
    text = data.get("text")
    if not isinstance(text, str) or not any(map(str.isalnum, text)):
        return _problem(path, number, "缺少 text 或内容为空", "has no text")
    title, metadata = data.get("title") or "", data.get("metadata") or {}
    if not isinstance(title, str):
        return _problem(path, number, "的 title 不是文字", "has a title that is no string")
    if not isinstance(metadata, dict):
        return _problem(path, number, "的 metadata 不是对象", "has metadata that is no object")
    identifier = identifier.strip()
    if writable_line(identifier) != identifier:
        return _problem(
            path, number, "的 id 含有换行或无法显示的字符", "has an id that cannot be shown"
        )
    title = " ".join(writable(title).split())
    return JsonlDocument(identifier, title, text, _plain(metadata), number)


def _plain(metadata: Mapping[str, object]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for key, value in metadata.items():
        items = value if isinstance(value, list) else [value]
        shown = [
            writable(str(item)).strip() for item in items if isinstance(item, str | int | float)
        ]
        if any(shown):
            fields[writable_line(key)] = "、".join(item for item in shown if item)
    return fields


def _problem(path: Path, number: int, zh: str, en: str) -> JsonlProblem:
    name = writable_line(path.name)
    return JsonlProblem(
        number,
        LoadError(
            f"“{name}”第 {number} 行{zh}，已跳过；请修改后再试。",
            f"Line {number} of “{name}” {en} and was skipped; correct it and try again.",
        ),
    )
