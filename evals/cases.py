"""Evaluation cases: questions with what a right answer must and must not hold.

A suite is a YAML file with a list of cases. Parsing is strict: an unknown key, a missing
field or a value of the wrong kind is an error, because a misspelt expectation would
otherwise pass unnoticed for ever.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, with_config

from assistant.answer import AnswerStatus
from knowledge.errors import KnowledgeError

Split = Literal["tune", "report"]
Text = Annotated[str, Field(pattern=r"\S")]
"""Text that is not blank; a number must be quoted in YAML, so that 930 stays as written."""
Alternatives = Annotated[
    tuple[Text, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    Field(min_length=1),
]
"""Strings of which one suffices; in YAML a single string or a list."""


class CaseFileError(KnowledgeError):
    """A file of evaluation cases that cannot be read; names file, case and field."""


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer looks like; an empty field is not checked."""

    status: Annotated[tuple[AnswerStatus, ...], Field(min_length=1)]
    """Acceptable statuses; never empty."""
    required: tuple[Alternatives, ...] = ()
    """Of each entry, one string must stand in the answer's text."""
    forbidden: tuple[Text, ...] = ()
    """None of these may stand in the answer's text."""
    quote: tuple[Alternatives, ...] = ()
    """Of each entry, one string must stand in the quote of some citation."""
    first: Text | None = None
    """Must stand in the first line of the answer's text (the value comes first)."""
    verdict: Literal["是", "否"] | None = None
    """An answer that begins with a verdict must begin with this one; it need not give any."""
    regions: tuple[Text, ...] = ()
    """The region of every citation must be one of these."""


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class EvalCase:
    """One question and what is expected of its answer."""

    id: Text
    """Unique within its file."""
    split: Split
    """`tune` cases may guide the work on thresholds; `report` cases only measure it."""
    tags: Annotated[tuple[Text, ...], Field(min_length=1)]
    question: Text
    expect: Expectation
    history: tuple[tuple[Text, Text], ...] = ()
    """Earlier turns, oldest first: (question, answer)."""
    region: Text | None = None
    """The reader's region filter."""
    as_of: date | None = None
    """The day for which the documents in force are wanted."""


_CASE = TypeAdapter(EvalCase)
_PROBLEMS_ZH = {
    "missing": "缺少这个字段",
    "extra_forbidden": "没有这个字段",
    "unexpected_keyword_argument": "没有这个字段",
    "string_type": "应是文字（数字请加引号）",
    "string_pattern_mismatch": "不能为空",
    "literal_error": "不是允许的值",
    "tuple_type": "应是列表，如 [甲, 乙]",
    "too_short": "列表里还缺内容",
    "too_long": "列表里内容过多",
}
"""Chinese wording for pydantic's error types; others are called a wrong form."""


def load_cases(path: Path) -> tuple[EvalCase, ...]:
    """Read the suite at `path`, in the order of the file.

    Raises CaseFileError if the file cannot be read, is not valid YAML, holds no case, or
    holds a case that breaks the schema or repeats an id.
    """
    cases: dict[str, EvalCase] = {}
    for position, entry in enumerate(_read_entries(path), start=1):
        case = _parse_case(path, position, entry)
        if case.id in cases:
            raise _case_error(path, case.id, "id", "编号重复", "the id is used twice")
        cases[case.id] = case
    return tuple(cases.values())


class _UniqueKeyLoader(yaml.SafeLoader):
    """YAML in which a key given twice is an error; plain YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key.value!r} stands twice", key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def _read_entries(path: Path) -> list[object]:
    try:
        # _UniqueKeyLoader is a SafeLoader: no object is ever built from a tag.
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise CaseFileError(
            f"无法读取评测文件 {path.name}。请检查路径，并确认文件是 UTF-8 文本。",
            f"{path.name} cannot be read. Check the path and that the file is UTF-8 text.",
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "syntax error"
        raise CaseFileError(
            f"评测文件 {path.name} 第 {line} 行不是有效的 YAML（{problem}）。请改正后重试。",
            f"{path.name}, line {line}, is not valid YAML ({problem}). Correct it and try again.",
        ) from error
    if not isinstance(entries, list) or not entries:
        raise CaseFileError(
            f"评测文件 {path.name} 里没有用例。请写成以“- id:”开头的列表。",
            f"{path.name} holds no cases. Write a list whose entries begin with '- id:'.",
        )
    return entries


def _parse_case(path: Path, position: int, entry: object) -> EvalCase:
    try:
        return _CASE.validate_python(entry)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    case_id = entry.get("id") if isinstance(entry, dict) else None
    name = case_id if isinstance(case_id, str) else f"#{position}"
    field = ".".join(str(part) for part in first["loc"]) or "-"
    problem_zh = _PROBLEMS_ZH.get(first["type"], "格式不对")
    raise _case_error(path, name, field, problem_zh, first["msg"])


def _case_error(path: Path, case: str, field: str, zh: str, en: str) -> CaseFileError:
    return CaseFileError(
        f"评测文件 {path.name} 的用例 {case}，字段 {field}：{zh}。请改正后重试。",
        f"{path.name}, case {case}, field {field}: {en}. Correct it and try again.",
    )
