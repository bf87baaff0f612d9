"""Settings: the only reader of the environment.

Every setting is a variable `POLICY_ASSISTANT_<NAME>` or a line in the file `settings.env` of
the home folder; the environment wins. An unknown name is an error, so that a typing mistake
is never silently ignored.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from assistant.errors import SettingsError

PREFIX = "POLICY_ASSISTANT_"
# Read by the tests and the build, not by the program; they share the prefix.
_NOT_SETTINGS = frozenset({"TEST_HOME"})


class Settings(BaseModel):
    """Everything that can be configured, with its default."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    home: Path = Field(
        default_factory=lambda: Path.home() / ".policy-assistant",
        description="Folder of the catalogue, the indexes and the converted model.",
    )
    language: Literal["zh", "en"] = Field(
        default="zh", description="Language of messages and of the page: zh or en."
    )
    starter: bool = Field(
        default=True, description="Index the starter policies in a new home folder."
    )
    embedding_model: str | None = Field(
        default=None,
        description="A sentence-transformers model, by name or folder; unset: the bundled model.",
    )
    query_prompt: str | None = Field(
        default=None, description="Prompt before a query; unset: the model's own."
    )
    passage_prompt: str | None = Field(
        default=None, description="Prompt before a passage; unset: the model's own."
    )
    threads: int | None = Field(
        default=None, ge=1, le=256, description="Threads of the embedding model; unset: all cores."
    )
    top_k: int = Field(default=12, ge=1, le=100, description="Passages that an answer may use.")
    question_limit: int = Field(
        default=500, ge=20, le=5000, description="Longest question accepted, in characters."
    )
    host: str = Field(default="127.0.0.1", description="Address the page listens on.")
    port: int = Field(default=7860, ge=1, le=65535, description="Port the page listens on.")
    chat_model: str | None = Field(
        default=None,
        description="Chat model that writes the answers, as provider:name; unset: answers are "
        "quoted.",
    )
    chat_base_url: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        description="Address of an OpenAI-compatible model server; unset: the provider's own.",
    )
    chat_api_key: SecretStr | None = Field(
        default=None, description="Key of the chat model; unset: the provider's own variable."
    )
    chat_temperature: float | None = Field(
        default=0.0,
        ge=0,
        le=2,
        description="Temperature of the chat model; empty: the server's own.",
    )
    chat_max_tokens: int | None = Field(
        default=2000,
        ge=50,
        le=100_000,
        description="Longest reply of the chat model, in tokens; empty: the server's own.",
    )
    chat_timeout: float = Field(
        default=120.0, gt=0, le=3600, description="Seconds that a whole reply may take."
    )
    chat_first_token_timeout: float = Field(
        default=30.0, gt=0, le=600, description="Seconds until a reply must begin."
    )
    chat_stall_timeout: float = Field(
        default=20.0, gt=0, le=600, description="Seconds that a reply may pause."
    )
    allow_private_addresses: bool = Field(
        default=False,
        description="Let `ingest` fetch addresses on this machine and its own network.",
    )
    log_questions: bool = Field(
        default=False, description="Reserved; no question text is ever logged."
    )

    @field_validator(
        "chat_model", "chat_base_url", "chat_temperature", "chat_max_tokens", mode="before"
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value


def load_settings(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from the environment, the home folder's `settings.env` and `overrides`.

    `overrides` (from the command line) win over the environment, the environment over the
    file. Raises SettingsError with the name, the value's fault and the known names.
    """
    environ = os.environ if environment is None else environment
    from_environment = {
        key[len(PREFIX) :].lower(): value
        for key, value in environ.items()
        if key.startswith(PREFIX) and key[len(PREFIX) :] not in _NOT_SETTINGS
    }
    given = {key: value for key, value in overrides.items() if value is not None}
    home = Path(str(given.get("home") or from_environment.get("home") or _default_home()))
    home = home.expanduser().absolute()
    values: dict[str, object] = {**_from_file(home / "settings.env"), **from_environment, **given}
    values["home"] = home
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        raise _unknown(unknown[0])
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise _invalid(error) from error


def _default_home() -> Path:
    return Path.home() / ".policy-assistant"


def _from_file(path: Path) -> dict[str, object]:
    """`settings.env` as lower-case names without prefix; empty if there is none."""
    try:
        pairs = dotenv_values(path, interpolate=False) if path.is_file() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"设置文件 {path} 无法读取（{error}）。请检查文件权限与编码（UTF-8）。",
            f"The settings file {path} cannot be read ({error}). Check its permissions and "
            "that it is UTF-8.",
        ) from error
    return {
        key.removeprefix(PREFIX).lower(): value for key, value in pairs.items() if value is not None
    }


def _unknown(name: str) -> SettingsError:
    known = ", ".join(sorted(PREFIX + field.upper() for field in Settings.model_fields))
    shown = PREFIX + name.upper()
    return SettingsError(
        f"没有名为 {shown} 的设置，请检查拼写。可用的设置：{known}。",
        f"There is no setting named {shown}; check its spelling. Known settings: {known}.",
    )


def _invalid(error: ValidationError) -> SettingsError:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else "?"
    shown = PREFIX + field.upper()
    meaning = Settings.model_fields[field].description if field in Settings.model_fields else ""
    return SettingsError(
        f"设置 {shown} 的值 {first.get('input')!r} 无效：{first['msg']}。含义：{meaning}",
        f"The value {first.get('input')!r} of setting {shown} is not valid: {first['msg']}. "
        f"Meaning: {meaning}",
    )
