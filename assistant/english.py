"""English questions → the Chinese words to look for: `glossary.yaml`, open to additions."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

_CHINESE = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[a-z][a-z'-]*")
_ADVERB = re.compile(r"(?!month|week|dai|year|quarter|elder|fami|ear|on|supp|app)[a-z]{2,}ly")
_INFLECTED = re.compile(r"([a-z]{3,}?)(?:ing|ed|es|s)$")
# English words that ask or join; anything else without a translation counts as unknown.
_FUNCTION_WORDS = frozenset(
    "a an the of to in on at by for from with and or as is are was were be been do does did has have "
    "had will would shall should can could may might must it its this that these those there their "
    "they them he she his her we our you your i me my what which who whom whose when where why how "
    "many much long please tell about into over under than then so such any some all each every "
    "total altogether overall currently now get got give given does between during since until "
    "one two three four five six seven eight nine ten first second s t 's state could you not no according per up out there main say said ask asked gone go goes went put come came".split()
)


def is_english(text: str) -> bool:
    """True for a question without Chinese characters."""
    return not _CHINESE.search(text) and bool(_WORD.search(text.lower()))


@lru_cache(maxsize=1)
def _glossary() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = resources.files("assistant").joinpath("glossary.yaml").read_text("utf-8")
    entries: dict[str, str] = yaml.safe_load(text)
    # The longest phrase first: "social work station" before "social work".
    ordered = sorted(entries.items(), key=lambda entry: len(entry[0]), reverse=True)
    return tuple((re.compile(rf"\b(?:{english})\b"), chinese) for english, chinese in ordered)


def chinese_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Chinese words for an English question, in its order, and the words without one."""
    rest = text.lower()
    found: list[tuple[int, str]] = []
    for pattern, chinese in _glossary():
        for match in pattern.finditer(rest):
            found.extend((match.start(), word) for word in chinese.split())
        rest = pattern.sub(lambda m: " " * len(m.group()), rest)
    unknown = []
    for match in _WORD.finditer(rest):
        if match.group() in _FUNCTION_WORDS or _ADVERB.fullmatch(match.group()):
            continue
        if known := _by_stem(match.group()):
            found.extend((match.start(), word) for word in known.split())
        else:
            unknown.append(match.group())
    return tuple(dict.fromkeys(word for _, word in sorted(found))), tuple(unknown)


def _by_stem(word: str) -> str:
    """The Chinese words for an inflected form of a word that is listed (sending → send), or ''."""
    stems = {
        match.group(1) + end for match in (_INFLECTED.match(word),) if match for end in ("", "e")
    }
    return next(
        (chinese for pattern, chinese in _glossary() if any(map(pattern.fullmatch, stems))), ""
    )
