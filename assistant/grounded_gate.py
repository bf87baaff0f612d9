"""The last gate for a model's sentence: nothing that only its own words would carry.

`grounding` weighs whether evidence carries a claim, with room for other words. This gate has
none: each figure, digit, place, title, document number, denial and generality of the sentence
stands in the words that are quoted for it, or names the document they are taken from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claim_figures import claim_figures, figures_agree
from knowledge.figures import Figure
from knowledge.references import find_references, title_key
from knowledge.regions import find_regions
from knowledge.tokenization import fold

_DIGITS = re.compile(r"[0-9０-９]+(?:[.,:/-][0-9]+)*")
# What `claim_figures` leaves alone because it is no exact amount, or often none: 数百, 近千, 八成是, 一半.
_NUMERALS = re.compile(
    r"[二两三四五六七八九十百千万亿]|[几数](?=[十百千万亿])|一(?=[成半倍])|过半|半数"
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_DENIES = re.compile(
    r"不得|不准|严禁|禁止|不应|不可以?|不能|不许|不予|不再|不必|无需|无须|毋须|不需|免予|免于|没有|并非|并未|尚未|"
    r"未(?!来|成年|婚|必|满)|(?<![是时要])不(?!同|断|仅|但|少于|低于|超过|高于|多于|足|良|管|论|只|限)|暂停|停止|取消|除外|拒绝"
)
_GENERAL = re.compile(r"所有|一切|任何|一律|全体|每一[个名位家]|无一例外|全部|统统")
_AS_GENERAL = re.compile(r"所有|一切|任何|一律|全体|每|全部|各|全面|全覆盖|均|都")
_FORCED = re.compile(r"必须|强制|务必|一定要|责令")
_AS_FORCED = re.compile(r"必须|强制|务必|责令|应当?|须|不得|严禁")
# Words that go beyond a rule → what of the evidence says as much.
_BEYOND = ((_DENIES, _DENIES), (_GENERAL, _AS_GENERAL), (_FORCED, _AS_FORCED))


def carries(sentence: str, quotes: Sequence[str], about: Sequence[str]) -> bool:
    """True if `quotes` (with what they are `about`) hold all of the sentence that must be exact.

    Figures must stand in the quotes themselves; places, titles and numbers of documents may
    also be those of the documents.
    """
    said = "\n".join(quotes)
    return (
        not missing_figures(sentence, quotes)
        and names_held(sentence, (*quotes, *about))
        and _words_held(sentence, "\n".join((*quotes, *about)))
        and all(held.search(said) for word, held in _BEYOND if word.search(sentence))
    )


def missing_figures(sentence: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Figures and loose digits of `sentence` that no quote holds."""
    held = [figure for quote in quotes for figure in claim_figures(quote)]
    figures = claim_figures(sentence)
    missing = [f.text for f in figures if not any(figures_agree(f, other) for other in held)]
    joined = fold("\n".join(quotes))
    missing += [
        match.group()
        for match in _DIGITS.finditer(sentence)
        if not _is_covered(match, figures) and fold(match.group()) not in joined
    ]
    return tuple(dict.fromkeys(missing))


def _words_held(sentence: str, text: str) -> bool:
    """True if `text` has each numeral of `sentence` that is in no figure, and each Latin word."""
    figures, held = claim_figures(sentence), fold(text)
    return all(
        _is_covered(match, figures) or fold(match.group()) in held
        for pattern in (_NUMERALS, _LATIN)
        for match in pattern.finditer(sentence)
    )


def goes_beyond(sentence: str) -> bool:
    """True if a sentence denies, forces or speaks of all: it needs evidence that does so too."""
    return any(word.search(sentence) for word, _ in _BEYOND)


def names_held(sentence: str, texts: Sequence[str]) -> bool:
    """True if `texts` name each place, title, article and document number of `sentence`."""
    joined = "。".join(texts)
    return places_held(sentence, joined) and _references_held(sentence, joined)


def places_held(sentence: str, text: str) -> bool:
    """True if each place that `sentence` names is one that `text` names, or lies around it."""
    given = find_regions(text)
    names = {region.name for region in given}
    provinces = {region.province for region in given}
    return all(
        region.level == "country" or region.name in names | provinces
        for region in find_regions(sentence)
    )


def _references_held(sentence: str, text: str) -> bool:
    wanted, known = find_references(sentence), find_references(text)
    held = fold(title_key(text))
    return (
        set(wanted.document_numbers) <= set(known.document_numbers)
        and set(wanted.articles) <= set(known.articles)
        and all(fold(title_key(title)) in held for title in wanted.titles)
    )


def _is_covered(match: re.Match[str], figures: Sequence[Figure]) -> bool:
    """True if a figure that is compared on its own covers the digits."""
    return any(f.start < match.end() and match.start() < f.end for f in figures)
