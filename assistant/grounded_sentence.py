"""One sentence of a model → said as it is, in the evidence's own words, or not at all.

cited passages → their documents → all other documents → part by part → repair → removal
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.claim_alignment import Clause, pairs
from assistant.claim_references import document_names
from assistant.generative_markdown import Marked
from assistant.generative_prompt import NumberedPassage
from assistant.grounded_gate import carries, missing_figures
from assistant.grounded_orders import is_order
from assistant.grounding import Verdict, ground
from assistant.grounding_checks import checked
from knowledge.regions import COUNTRY, find_regions
from knowledge.sentences import sentences

Fate = Literal["kept", "corrected", "removed"]

# Share of a claim's pairs that one sentence must hold, and of the sentence's that the claim must
# hold, before it is said in the claim's place.
_SAME, _SAME_BACK = 0.62, 0.5
_SENTENCES = 3
_ATTRIBUTION = re.compile(r"^(?:根据|依据|按照|依照|参照|见)[^，。]{2,40}[，：]")
_MENDED = frozenset({"figure", "bound", "negation", "modality", "opposite"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the evidence that carries what is said."""

    source: NumberedPassage
    clause: Clause
    """With its place in the passage's text."""


@dataclass(frozen=True, slots=True)
class Said:
    """What becomes of a sentence."""

    fate: Fate
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    is_verbatim: bool = False
    """The text is the evidence's own, in the place of the model's."""


class SentenceGrounding:
    """Grounds the sentences of one reply in its evidence."""

    def __init__(self, evidence: Sequence[NumberedPassage]) -> None:
        self._by_number = {item.number: item for item in evidence}
        self._by_document: dict[str, list[NumberedPassage]] = {}
        for item in evidence:
            self._by_document.setdefault(item.passage.document_id, []).append(item)

    def said(self, parts: Sequence[Marked], context: str = "", place: str | None = None) -> Said:
        """What may be said of a sentence, given by its stretches between marks.

        `context` are words that stand before it and belong to it (the lead-in of an item, the
        headers of a table cell). `place` is the region that the text has been speaking of: a
        sentence without a place of its own is read as one on it.
        """
        text = "".join(part.text for part in parts).strip()
        numbers = tuple(dict.fromkeys(n for part in parts for n in part.numbers))
        found = self._carried(text, numbers, context, place)
        if found is None:
            found = self._in_parts(parts, context, place)
        if found is not None:
            return Said("kept", text, found)
        if (bare := _ATTRIBUTION.sub("", text)) != text:
            # A source that is not the one cited; what is said of it may be right all the same.
            found = self._carried(bare, numbers, context, place)
            if found is not None:
                return Said("corrected", bare, found)
        return self._mended(text, numbers, context, place)

    def _carried(
        self, text: str, numbers: Sequence[int], context: str, place: str | None
    ) -> tuple[Quote, ...] | None:
        """The quotes that carry the sentence; None if no one document does."""
        claim = f"{context}{text}"
        for sources in self._offered(numbers, claim, place):
            verdict = ground(claim, [source.evidence for source in sources])
            if not verdict.supported:
                continue
            quotes = _needed(claim, verdict, sources, self._document_of(sources[0]))
            if quotes is not None:
                return quotes
        return None

    def _in_parts(
        self, parts: Sequence[Marked], context: str, place: str | None
    ) -> tuple[Quote, ...] | None:
        """Quotes from several documents, each for its own stretch of the sentence."""
        stretches = _stretches(parts)
        if len(stretches) < 2:
            return None
        quotes: dict[Quote, None] = {}
        for stretch in stretches:
            here = find_regions(stretch.text)
            found = self._carried(stretch.text, stretch.numbers, context, place)
            if found is None:
                return None
            place = here[-1].name if here else place
            quotes.update(dict.fromkeys(found))
        return tuple(quotes)

    def _mended(self, text: str, numbers: Sequence[int], context: str, place: str | None) -> Said:
        """The evidence's own sentence, where it is the same statement with another figure."""
        claim = f"{context}{text}"
        for sources in self._offered(numbers, claim, place):
            verdict = ground(claim, [source.evidence for source in sources])
            if not verdict.window or not verdict.problems:
                continue
            index, clause = verdict.window[0]
            if any(p.kind not in _MENDED for p in verdict.problems) or _is_order(clause.text):
                continue
            if _is_same_statement(claim, clause.text):
                said = " ".join(clause.text.split())
                return Said("corrected", said, (Quote(sources[index], clause),), True)
        return Said("removed")

    def _offered(
        self, numbers: Sequence[int], claim: str, place: str | None
    ) -> Iterator[list[NumberedPassage]]:
        """Evidence to try, one document at a time: those that are cited, then the others.

        All of a document's passages together: beside its neighbours one sees whose words the
        words of a passage are.
        """
        cited = [self._by_number[number] for number in numbers if number in self._by_number]
        own_place = bool(find_regions(claim))
        documents = dict.fromkeys(item.passage.document_id for item in cited)
        for document in (*documents, *(d for d in self._by_document if d not in documents)):
            group = self._by_document[document]
            if _fits_place(group[0], own_place, place):
                yield group

    def _document_of(self, source: NumberedPassage) -> Sequence[NumberedPassage]:
        return self._by_document[source.passage.document_id]


def _fits_place(source: NumberedPassage, names_place: bool, place: str | None) -> bool:
    """False if the reader would take words of another region for words of `place`."""
    region = source.document.region
    if names_place or place is None or region in (None, COUNTRY):
        return True
    return region == place or place.startswith(region or "") or (region or "").startswith(place)


def _needed(
    claim: str,
    verdict: Verdict,
    sources: Sequence[NumberedPassage],
    document: Sequence[NumberedPassage],
) -> tuple[Quote, ...] | None:
    """The fewest sentences that hold all that must be exact; None if no few do."""
    names = document_names(document[0].document)
    options = [Quote(sources[index], clause) for index, clause in verdict.window]
    chosen: list[Quote] = []
    wanted = set(pairs(claim))
    held: set[str] = set()
    for option in options[:_SENTENCES]:
        gain = (wanted & set(pairs(option.clause.text))) - held
        lacks = missing_figures(claim, [quote.clause.text for quote in chosen])
        helps = lacks and missing_figures(claim, [option.clause.text]) != lacks
        if not chosen or helps or len(gain) > 0.15 * len(wanted):
            chosen.append(option)
            held |= gain
    for figure in missing_figures(claim, [quote.clause.text for quote in chosen]):
        # A year that only the title names stands in some sentence of the document as well.
        if not any(figure in name for source in sources for name in source.evidence.about):
            return None
        more = next(_with_words(figure, document), None)
        if more is None:
            return None
        chosen.append(more)
    quotes = tuple(dict.fromkeys(chosen))
    if any(_is_order(quote.clause.text) for quote in quotes):
        return None
    about = (*names, *(name for quote in quotes for name in quote.source.evidence.about))
    said = [quote.clause.text for quote in quotes]
    return quotes if checked("gate", lambda: carries(claim, said, about), True) else None


def _is_order(text: str) -> bool:
    return checked("orders", lambda: is_order(text), False)


def _with_words(words: str, document: Sequence[NumberedPassage]) -> Iterator[Quote]:
    for source in document:
        for span in sentences(source.passage.text):
            text = span.of(source.passage.text)
            if words in text:
                yield Quote(source, Clause(text, span.start, span.end))


def _is_same_statement(claim: str, sentence: str) -> bool:
    wanted, held = set(pairs(claim)), set(pairs(sentence))
    shared = len(wanted & held)
    return bool(shared) and shared >= _SAME * len(wanted) and shared >= _SAME_BACK * len(held)


def _stretches(parts: Iterable[Marked]) -> tuple[Marked, ...]:
    """The parts of a sentence that may rest on different documents.

    Between marks; without marks inside, between semicolons, or between commas where each part
    names its place.
    """
    marked = [part for part in parts if any(map(str.isalnum, part.text))]
    if len(marked) > 1:
        return tuple(_with_openers(marked))
    if not marked:
        return ()
    (whole,) = marked
    for sign in ("；", "，"):
        pieces = [piece for piece in whole.text.split(sign) if piece.strip("。 ")]
        if len(pieces) > 1 and (sign == "；" or all(map(find_regions, pieces))):
            return tuple(Marked(piece, whole.numbers) for piece in pieces)
    return (whole,)


def _with_openers(parts: Sequence[Marked]) -> Iterator[Marked]:
    """Parts, with the few words before them that say nothing alone (根据资料[1]，…)."""
    opening = Marked("", ())
    for part in parts:
        text, numbers = opening.text + part.text, (*opening.numbers, *part.numbers)
        if len(pairs(part.text)) < 5 and part is not parts[-1]:
            opening = Marked(text, numbers)
            continue
        opening = Marked("", ())
        yield Marked(text, numbers)
