"""The items of the privacy suite: sentences filled with made-up data, and look-alikes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from evals.cases import Split
from evals.privacy.values import Values

TEMPLATES = Path(__file__).parents[1] / "cases" / "privacy.yaml"
LOOK_ALIKES = Path(__file__).parents[1] / "cases" / "privacy_look_alikes.yaml"
ITEMS = 200
"""Pieces of personal data, half of them in each split."""
SEED = 20_240_501
"""Of the values: the items are the same in every run, whatever order a run takes."""
_PLACE = re.compile(r"\{([a-z_]+)\}")
_HALVES: tuple[Split, ...] = ("tune", "report")


@dataclass(frozen=True, slots=True)
class PrivacyItem:
    """One text, what in it is personal, and what must stay."""

    id: str
    split: Split
    text: str
    secrets: tuple[tuple[str, str], ...] = ()
    """Kind and value of each piece; none in a look-alike."""
    place: str = ""
    """A place that must stay, for the policy that applies hangs on it."""


def privacy_items(seed: int = SEED, count: int = ITEMS) -> tuple[PrivacyItem, ...]:
    """Texts that together hold `count` pieces of personal data, half of them in each split."""
    templates = yaml.safe_load(TEMPLATES.read_text("utf-8"))
    items = []
    for split in _HALVES:
        values = Values(seed + len(split))
        own = [template for template in templates if template["split"] == split]
        pieces = turn = 0
        while pieces < count // 2:
            template = own[turn % len(own)]
            filled = _filled(f"{split}-{turn:03}", split, template, values)
            items.append(filled)
            pieces += len(filled.secrets)
            turn += 1
    return tuple(items)


def look_alikes() -> tuple[PrivacyItem, ...]:
    """Texts without personal data that look as if they had some."""
    halves = yaml.safe_load(LOOK_ALIKES.read_text("utf-8"))
    return tuple(
        PrivacyItem(f"alike-{split}-{number:02}", split, text)
        for split in _HALVES
        for number, text in enumerate(halves[split], start=1)
    )


def _filled(id: str, split: Split, template: dict[str, str], values: Values) -> PrivacyItem:
    secrets = list[tuple[str, str]]()
    place = template.get("place", "")

    def value(match: re.Match[str]) -> str:
        if match[1] == "place":
            return place
        secrets.append((match[1], values.draw(match[1])))
        return secrets[-1][1]

    return PrivacyItem(id, split, _PLACE.sub(value, template["text"]), tuple(secrets), place)
