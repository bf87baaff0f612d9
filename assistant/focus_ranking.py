"""Which paragraph of the rules in focus answers a turn of a conversation, and how sure that is.

A few signs of each paragraph, weighed as `focus_ranking.yaml` says: how near it is in meaning to the
turn behind the question before, how much like this others ask for it, whether it stands near what
the last answer quoted, and whether it says the kind of thing that is asked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from assistant.asked_units import asked_units
from assistant.bare_asks import bare_ask, in_words_of_rules
from assistant.clause_figures import figures_in
from assistant.question import parse_question
from assistant.rule_blocks import Block
from assistant.rule_scope import asks_sanction, sanctions
from knowledge.documents import Passage
from knowledge.references import numeral_value
from knowledge.tokenization import fold

Place = tuple[str, str, int]
"""Document, article, paragraph; 0 for the whole article."""
Similarities = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""Of each of some questions the cosines of some texts."""
AskedFor = Callable[[str], Mapping[Place, float]]
"""Of each place that others ask for how much like a question they do."""

_READ = 200
"""Characters of a paragraph by which its meaning is known."""
# Where nobody has written down what is asked of a paragraph.
_UNKNOWN = 0.55
_LIGHT = 0.3


@dataclass(frozen=True, slots=True)
class TurnAsked:
    """A turn, with what stands before it."""

    text: str
    alone: str
    """Made to stand alone."""
    before: str
    """The question before."""
    quoted: tuple[Passage, ...]
    """The passages that the last answer quotes."""

    @property
    def context(self) -> str:
        """The turn behind the question before, as both were typed."""
        return f"{self.before.rstrip('？?')}，{self.text}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paragraph, and how well it answers."""

    block: Block
    score: float
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FocusRanking:
    """Ranks paragraphs."""

    similarities: Similarities
    asked_for: AskedFor
    rarity: Callable[[str], float]
    """Inverse document frequency of a word."""

    def ranked(self, turn: TurnAsked, blocks: Sequence[Block]) -> list[Ranked]:
        """The paragraphs, best first."""
        signs = self._signs(turn, blocks)
        weights = _weights()["ranking"]
        scored = [
            Ranked(block, sum(weights[name] * own[name] for name in weights), own)
            for block, own in zip(blocks, signs, strict=True)
        ]
        return sorted(scored, key=lambda one: -one.score)

    def _signs(self, turn: TurnAsked, blocks: Sequence[Block]) -> list[dict[str, float]]:
        texts = [f"{b.document.title} {b.whole.text[:_READ]}" for b in blocks]
        asked = fold(turn.text)
        put = (turn.context, in_words_of_rules(turn.text) or turn.text)
        context, near = self.similarities(put, texts)
        own, alone = self.asked_for(turn.text), self.asked_for(turn.alone)
        units = asked_units(asked) or asked_units(fold(turn.alone))
        kind, punished = _kind(turn.text, blocks), asks_sanction(asked)
        pairs = {asked[at : at + 2] for at in range(len(asked) - 1)}
        terms = parse_question(turn.text).terms
        words = {
            t.word: self.rarity(t.word) for t in terms if len(t.word) > 1 and t.weight > _LIGHT
        }
        found = []
        for number, block in enumerate(blocks):
            said = fold(block.whole.text)
            found.append(
                {
                    "context": context[number],
                    "turn": near[number],
                    "everyday": _cosine(own, block),
                    "everyday_alone": _cosine(alone, block),
                    "neighbour": _nearness(block, turn.quoted),
                    "unit": float(bool(units) and _holds(block, units)),
                    "sanction": float(punished and sanctions(block)),
                    "ask": float(bool(kind and kind.search(block.whole.text))),
                    "pairs": sum(pair in said for pair in pairs) / max(len(pairs), 1),
                    "rarity": sum(r for word, r in words.items() if word in said)
                    / (sum(words.values()) or 1.0),
                }
            )
        return found


def probability(ranked: Sequence[Ranked]) -> float:
    """How probably the first of some paragraphs answers, 0 to 1."""
    weights = _weights()["telling"]
    first = ranked[0]
    lead = first.score - ranked[1].score if len(ranked) > 1 else 0.0
    signs = {**first.signs, "lead": lead, "intercept": 1.0}
    return 1 / (1 + math.exp(-sum(weights[name] * signs[name] for name in weights)))


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = (resources.files("assistant") / "focus_ranking.yaml").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = yaml.safe_load(text)
    return weights


def _kind(asked: str, blocks: Sequence[Block]) -> re.Pattern[str] | None:
    """What stands in whatever answers a bare ask; in what answers it best, where a paragraph does."""
    ask = bare_ask(asked)
    if ask is None:
        return None
    best = ask.best
    return best if best and any(best.search(b.whole.text) for b in blocks) else ask.holds


def _cosine(asked: Mapping[Place, float], block: Block) -> float:
    document, article = block.document.id, block.passages[0].article or ""
    whole = asked.get((document, article, 0), _UNKNOWN)
    return asked.get((document, article, block.number), whole)


def _nearness(block: Block, quoted: Sequence[Passage]) -> float:
    """1 in an article that was quoted, less the further from it; 0 in another document."""
    own = block.passages[0]
    distances = [
        abs(_ordinal(own.article) - _ordinal(passage.article))
        for passage in quoted
        if passage.document_id == own.document_id
    ]
    return 1 / (1 + min(distances)) if distances else 0.0


def _ordinal(article: str | None) -> int:
    name = (article or "").split("条")[0]
    return numeral_value(name.removeprefix("第"))


def _holds(block: Block, units: frozenset[str]) -> bool:
    return any(True for sentence, _ in block.sentences() for _ in figures_in(sentence, units))
