"""What may be wrong with a claim, each with what stands in the evidence instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.wording import Language

ProblemKind = Literal[
    "no_evidence",
    "unsupported",
    "figure",
    "bound",
    "region",
    "reference",
    "negation",
    "modality",
    "opposite",
]

_SENTENCES: dict[ProblemKind, tuple[str, str]] = {
    "no_evidence": (
        "没有找到与这句话有关的依据。",
        "Nothing was found that bears on this sentence.",
    ),
    "unsupported": (
        "依据中没有“{said}”。",
        "The evidence does not say “{said}”.",
    ),
    "figure": (
        "“{said}”与依据不符：依据中没有这样说{instead}。",
        "“{said}” differs from the evidence, which does not say so{instead}.",
    ),
    "bound": (
        "“{said}”的界限与依据不符{instead}。",
        "The bound of “{said}” differs from the evidence{instead}.",
    ),
    "region": (
        "依据不是关于{said}的{instead}。",
        "The evidence is not about {said}{instead}.",
    ),
    "reference": (
        "依据中没有出现“{said}”{instead}。",
        "“{said}” does not stand in the evidence{instead}.",
    ),
    "negation": (
        "肯定与否定相反：“{said}”{instead}。",
        "Affirmed and denied are turned round: “{said}”{instead}.",
    ),
    "modality": (
        "要求的程度不同：“{said}”{instead}。",
        "The force of the rule differs: “{said}”{instead}.",
    ),
    "opposite": (
        "意思相反：“{said}”{instead}。",
        "The meaning is turned round: “{said}”{instead}.",
    ),
}
_INSTEAD = ("，依据中是“{}”", ", where the evidence has “{}”")


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a claim goes beyond its evidence."""

    kind: ProblemKind
    said: str = ""
    """The words of the claim, verbatim."""
    instead: str = ""
    """What the evidence has in their place, verbatim; empty where it has nothing like it."""

    def message(self, language: Language) -> str:
        """The problem in one sentence."""
        index = 1 if language == "en" else 0
        instead = _INSTEAD[index].format(self.instead) if self.instead else ""
        return _SENTENCES[self.kind][index].format(said=self.said, instead=instead)
