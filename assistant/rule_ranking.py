"""Which paragraph of the rules that were found answers a turn, and how sure that is.

Some signs of each paragraph, weighed as `rule_ranking.yaml` says: how near it is in meaning to the
turn, and to it behind the question before; how much like these others ask for it, and for its law
like the first question; whether its rule is the one the conversation is on, and of the place asked
about; whether it stands by what was quoted, or punishes its breach; and whether it says the kind of
thing that is asked for, in words of the turn.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.asked_units import asked_units
from assistant.bare_asks import bare_ask, in_words_of_rules
from assistant.clause_figures import figures_in
from assistant.in_focus import unspaced
from assistant.question import parse_question
from assistant.ranked import Closeness, Ranked, Weights, best_first, probability, reread, weights_in
from assistant.rule_blocks import Block
from assistant.rule_scope import asks_sanction, sanctions
from knowledge.documents import Passage
from knowledge.figures import find_figures
from knowledge.references import numeral_value
from knowledge.regions import COUNTRY, applies_to
from knowledge.tokenization import fold

Place = tuple[str, str, int]
"""Document, article, paragraph; 0 for the whole article."""
Similarities = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""Of each of some questions the cosines of some texts."""
AskedFor = Callable[[Sequence[str], Sequence[str]], Sequence[Mapping[Place, float]]]
"""Of each of some questions how much like it others ask for the places of some documents."""

FILE = Path(__file__).with_name("rule_ranking.yaml")
"""Made by `python -m evals.learning.rule_ranking`."""
# Where nobody has written down what is asked of a paragraph, though of others of its law; and of a law
# of which nobody has written down anything: between what right and other paragraphs have.
_UNKNOWN, UNWRITTEN = 0.55, 0.72
_LIGHT = 0.3
# Characters of a quote by which the paragraph it opens in is known.
_OPENING = 14
_REFERRING = r"(?:违反|本[法条例办规定]+|依照|根据|按照)[^。；《》]{0,40}"
_ASKS_DAY = re.compile(r"哪一?天|几月|几号|何日|什么日子")


@dataclass(frozen=True, slots=True)
class TurnAsked:
    """A turn of a conversation, with what stands before it."""

    text: str
    alone: str
    """Made to stand alone."""
    before: tuple[str, ...]
    """The questions before, as they were typed, oldest first."""
    quoted: tuple[Passage, ...]
    """The passages that the last answer quotes."""
    quotes: tuple[str, ...]
    """What it quotes of them."""
    focus: tuple[str, ...]
    """The documents that the conversation is on."""
    places: tuple[str, ...]
    """The places it asks about."""

    @property
    def context(self) -> str:
        """The turn behind the question before, as both were typed."""
        return _behind(self.before[-1], self.text)

    @property
    def opening(self) -> str:
        """The turn behind the first question of the conversation."""
        return _behind(self.before[0], self.text)


@dataclass(frozen=True, slots=True)
class RuleRanking:
    """Ranks paragraphs."""

    similarities: Similarities
    asked_for: AskedFor
    closely: Closeness
    rarity: Callable[[str], float]
    """Inverse document frequency of a word."""
    weights: Weights = field(default_factory=lambda: weights_in(FILE))

    def ranked(self, turn: TurnAsked, blocks: Sequence[Block]) -> list[Ranked]:
        """The paragraphs, best first."""
        ranked = best_first(blocks, self._signs(turn, blocks), self.weights["ranking"])
        return reread(ranked, turn.text, self.closely, self.weights["rereading"])

    def probability(self, ranked: Sequence[Ranked]) -> float:
        """How probably the first of some paragraphs answers, 0 to 1."""
        return probability(ranked, self.weights)

    def _signs(self, turn: TurnAsked, blocks: Sequence[Block]) -> list[dict[str, float]]:
        texts = [block.opening for block in blocks]
        asked = fold(turn.text)
        put = (turn.context, in_words_of_rules(turn.text) or turn.text)
        context, near = self.similarities(put, texts)
        documents = sorted({b.document.id for b in blocks})
        asked_for = self.asked_for((turn.text, turn.opening, turn.alone, turn.before[0]), documents)
        laws = _by_document(asked_for[-1])
        own, opening, alone, _ = asked_for
        units = frozenset(asked_units(asked) or asked_units(fold(turn.alone)))
        kind, punished = asked_kind(turn.text, blocks), asks_sanction(asked)
        asks_day = bool(_ASKS_DAY.search(asked))
        pairs = pairs_of(asked)
        openings = [unspaced(quote)[:_OPENING] for quote in turn.quotes]
        words = self._rare_words(turn.text)
        found = []
        for number, block in enumerate(blocks):
            said, bare = fold(block.whole.text), unspaced(block.whole.text)
            region = block.document.region
            is_local = region not in (None, COUNTRY)
            is_own = is_local and any(applies_to(region, place) for place in turn.places)
            found.append(
                {
                    "turn": near[number],
                    "context": context[number],
                    **_everyday(block, laws, own, opening, alone),
                    "in_focus": float(block.document.id in turn.focus),
                    "neighbour": _nearness(block, turn.quoted),
                    "said": float(any(opened in bare for opened in openings)),
                    "unit": float(bool(units) and _holds(block, units)),
                    "date": float(asks_day and holds_date(block)),
                    "sanction": float(punished and sanctions(block)),
                    "refers": float(
                        sanctions(block)
                        and names_quoted(block.whole.text, block.document.id, turn.quoted)
                    ),
                    "ask": float(bool(kind and kind.search(block.whole.text))),
                    "pairs": share_said(pairs, said),
                    "rarity": sum(r for word, r in words.items() if word in said)
                    / (sum(words.values()) or 1.0),
                    "of_place": float(is_own),
                    "of_other_place": float(is_local and not is_own),
                    "length": math.log(1 + len(block.whole.text)),
                }
            )
        return found

    def _rare_words(self, text: str) -> dict[str, float]:
        terms = parse_question(text).terms
        return {t.word: self.rarity(t.word) for t in terms if len(t.word) > 1 and t.weight > _LIGHT}


def pairs_of(folded: str) -> set[str]:
    """The pairs of characters of a folded question."""
    return {folded[at : at + 2] for at in range(len(folded) - 1)}


def share_said(pairs: set[str], text: str) -> float:
    """The share of some pairs that stands in folded `text`, 0 to 1."""
    return sum(pair in text for pair in pairs) / max(len(pairs), 1)


def _behind(before: str, text: str) -> str:
    return f"{before.rstrip('？?')}，{text}"


def asked_kind(asked: str, blocks: Sequence[Block]) -> re.Pattern[str] | None:
    """What stands in whatever answers a bare ask; in what answers it best, where a paragraph does."""
    ask = bare_ask(asked)
    if ask is None:
        return None
    best = ask.best
    return best if best and any(best.search(b.whole.text) for b in blocks) else ask.holds


def _everyday(
    block: Block,
    laws: Mapping[str, float],
    own: Mapping[Place, float],
    opening: Mapping[Place, float],
    alone: Mapping[Place, float],
) -> dict[str, float]:
    """How much like the turn, as it is put in three ways, others ask for a paragraph; and for its law."""
    names = ("everyday", "everyday_article", "everyday_opening", "everyday_alone", "law")
    if block.document.id not in laws:
        return dict.fromkeys(names, UNWRITTEN)
    signs = (
        of_paragraph(own, block),
        of_article(own, block),
        of_paragraph(opening, block),
        of_article(alone, block),
        laws[block.document.id],
    )
    return dict(zip(names, signs, strict=True))


def of_paragraph(asked: Mapping[Place, float], block: Block) -> float:
    """How much like a question others ask for the paragraph, or else for its article."""
    document, article = block.document.id, block.passages[0].article or ""
    whole = asked.get((document, article, 0), _UNKNOWN)
    return asked.get((document, article, block.number), whole)


def of_article(asked: Mapping[Place, float], block: Block) -> float:
    """The same of the paragraph or its article, whichever more."""
    document, article = block.document.id, block.passages[0].article or ""
    places = ((document, article, number) for number in (0, block.number))
    return max(_UNKNOWN, *(asked.get(place, _UNKNOWN) for place in places))


def _by_document(asked: Mapping[Place, float]) -> dict[str, float]:
    """How much like a question others ask for anything in a document."""
    found: dict[str, float] = {}
    for (document, _, _), cosine in asked.items():
        found[document] = max(found.get(document, _UNKNOWN), cosine)
    return found


def names_quoted(text: str, document: str, quoted: Sequence[Passage]) -> bool:
    """True if `text` names an article of its own `document` that was quoted (违反本条例第八条规定的)."""
    articles = {passage.article for passage in quoted if passage.document_id == document}
    return any(re.search(rf"{_REFERRING}{name}(?!之)", text) for name in articles if name)


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


def holds_date(block: Block) -> bool:
    """True if the paragraph names a day."""
    return any(figure.kind == "date" for figure in find_figures(block.whole.text))
