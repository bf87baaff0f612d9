"""The hotlines of `hotlines.yaml`: fixed, each with the document that it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import ConfigDict, Field, TypeAdapter, with_config

from assistant.wording import Language

HarmKind = Literal["self_harm", "violence", "child", "elder", "missing"]
Words = Annotated[str, Field(pattern=r"\S")]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Hotline:
    """One public hotline of mainland China."""

    number: Annotated[str, Field(pattern=r"^\d{3,5}$")]
    kinds: Annotated[tuple[HarmKind, ...], Field(min_length=1)]
    """Where it is shown."""
    zh: Words
    """What it is for, and what to know before calling."""
    en: Words
    everywhere: bool
    """False: hours, services or the line itself differ from place to place."""
    title: Words
    """The document that it stands on."""
    issuer: Words
    year: Annotated[int, Field(ge=1990, le=2100)]
    url: str | None = None


_ENTRIES = TypeAdapter(tuple[Hotline, ...])


@lru_cache(maxsize=1)
def hotlines() -> tuple[Hotline, ...]:
    """All hotlines, the most urgent first. Raises pydantic.ValidationError on a broken file."""
    text = (resources.files("assistant") / "hotlines.yaml").read_text("utf-8")
    return _ENTRIES.validate_python(yaml.safe_load(text))


def hotlines_for(kinds: tuple[HarmKind, ...]) -> tuple[Hotline, ...]:
    """The hotlines for any of `kinds`, the most urgent first."""
    return tuple(line for line in hotlines() if set(line.kinds) & set(kinds))


def source_line(line: Hotline, language: Language) -> str:
    """Where a hotline is taken from: title, issuer, year, address."""
    words = ("来源：", "Source: ")[language == "en"]
    parts = [line.title, line.issuer, str(line.year), *([line.url] if line.url else [])]
    return words + ("；", "; ")[language == "en"].join(parts)
