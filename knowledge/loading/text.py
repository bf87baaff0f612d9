"""Plain text and Markdown files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, LoadedPage
from knowledge.loading.encodings import decode_text

MAX_TEXT_BYTES = 50 * 1024 * 1024
_MAX_FRONT_MATTER = 64 * 1024
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.M | re.S)
_PLAIN_FIELD = re.compile(r"^([^\s:：#-][^:：\n]{0,40})[:：][ \t]*(.+)$", re.MULTILINE)


def load_text(path: Path, max_bytes: int = MAX_TEXT_BYTES) -> LoadedFile:
    """The text of a .txt or Markdown file, in whatever encoding.

    Form feeds, as PDF converters write them, separate numbered pages. The YAML front matter
    of Markdown becomes `metadata` and is left out of the text.

    Raises LoadError if the file cannot be read, is empty, bigger than `max_bytes`, binary,
    or in an encoding that cannot be told.
    """
    text = read_text_file(path, max_bytes)
    if path.suffix.lower() == ".txt":
        return LoadedFile(_pages(text), str(path), {}, "text")
    metadata, body = split_front_matter(text)
    if not body.strip():
        raise _empty(path.name)
    return LoadedFile((LoadedPage(None, body),), str(path), metadata, "markdown")


def read_text_file(path: Path, max_bytes: int = MAX_TEXT_BYTES) -> str:
    """The decoded content of the text file at `path`; raises LoadError as `load_text` does."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed: the size on disk may lie (pipes, files growing).
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise LoadError(
            f"无法读取“{path.name}”（{error.strerror}）；请检查文件是否存在、是否有读取权限。",
            f"“{path.name}” cannot be read ({error.strerror}); check that it exists and that "
            "you may read it.",
        ) from error
    if len(data) > max_bytes:
        limit = f"{max_bytes / 1024 / 1024:g} MB"
        raise LoadError(
            f"“{path.name}”超过 {limit} 的上限；请拆分成较小的文件后再试。",
            f"“{path.name}” is over the limit of {limit}; split it into smaller files.",
        )
    if not data.strip():
        raise _empty(path.name)
    text = decode_text(data, path.name).text
    if not text.strip("\ufeff\u200b \t\r\n\f\u3000\xa0"):
        raise _empty(path.name)
    return text


def split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The fields of the YAML block that opens `text`, as plain strings, and the rest.

    Values stay as they are written (dates and numbers included), lists are joined by 、,
    nested values are left out. A block that is not YAML is read line by line; text that only
    begins with a rule keeps it.
    """
    match = _FRONT_MATTER.match(text[: _MAX_FRONT_MATTER + 8].removeprefix("\ufeff"))
    if match is None:
        return {}, text
    fields = _yaml_fields(match.group(1))
    if not fields:
        return {}, text
    return fields, text.removeprefix("\ufeff")[match.end() :].lstrip("\r\n")


def _yaml_fields(block: str) -> dict[str, str]:
    try:
        # BaseLoader builds strings, lists and mappings only: no tags run code, and dates and
        # document numbers keep the form in which they were written.
        data = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError):
        data = dict(_PLAIN_FIELD.findall(block))
    if not isinstance(data, dict):
        return {}
    fields = {}
    for key, value in data.items():
        items = value if isinstance(value, list) else [value]
        plain = [item.strip() for item in items if isinstance(item, str) and item.strip()]
        if isinstance(key, str) and plain:
            fields[key.strip()] = "、".join(plain)
    return fields


def _pages(text: str) -> tuple[LoadedPage, ...]:
    pieces = text.split("\f")
    if pieces and not pieces[-1].strip():
        pieces.pop()
    if len(pieces) < 2:
        return (LoadedPage(None, text.replace("\f", "\n")),)
    return tuple(LoadedPage(number, piece) for number, piece in enumerate(pieces, 1))


def _empty(name: str) -> LoadError:
    return LoadError(
        f"“{name}”是空文件，里面没有文字；请检查后换一个文件。",
        f"“{name}” is empty: it holds no text; check it and choose another file.",
    )
