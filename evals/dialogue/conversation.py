"""Conversations with what a right answer to their last turn must and must not hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config

from evals.cases import CaseFileError, EvalCase, Expectation, Split, Text

Library = Literal["starter", "laws"]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns put one after the other, and what is expected of the last answer."""

    id: Text
    """Unique within its file."""
    split: Split
    """`tune` conversations may guide the work; `report` ones only measure it."""
    tags: Annotated[tuple[Text, ...], Field(min_length=1)]
    turns: Annotated[tuple[Text, ...], Field(min_length=3)]
    """What the reader says, in order."""
    expect: Expectation
    """Of the answer to the last turn."""
    library: Library = "starter"
    """What must be in the library: the starter policies, or some statutes with them."""

    def last(self, history: tuple[tuple[str, str], ...]) -> EvalCase:
        """The last turn as a case, after the answers that the earlier ones really got."""
        return EvalCase(
            self.id, self.split, self.tags, self.turns[-1], self.expect, history=history
        )


_CONVERSATIONS = TypeAdapter(tuple[Conversation, ...])


def load_conversations(path: Path) -> tuple[Conversation, ...]:
    """Read the conversations in `path`, in the order of the file.

    Raises CaseFileError if it cannot be read, breaks the schema or repeats an id.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        conversations = _CONVERSATIONS.validate_python(entries)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CaseFileError(
            f"评测文件 {path.name} 无法读取，或不是有效的 YAML。请改正后重试。",
            f"{path.name} cannot be read, or is not valid YAML. Correct it and try again.",
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise CaseFileError(
            f"评测文件 {path.name} 的字段 {field} 不对（序号从 0 起）。请改正后重试。",
            f"{path.name}, field {field} (counted from 0): {first['msg']}. Correct it.",
        ) from error
    ids = [conversation.id for conversation in conversations]
    for name in ids:
        if ids.count(name) > 1:
            raise CaseFileError(
                f"评测文件 {path.name} 中编号 {name} 重复。请改正后重试。",
                f"{path.name} uses the id {name} twice. Correct it and try again.",
            )
    return conversations
