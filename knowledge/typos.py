"""Typing mistakes in a question: words that sound like a word of the library.

Chinese is typed by sound, so a wrong character usually has the right pronunciation (射工 for
社工). What neither the library knows nor anybody writes who asks about rules
(`everyday_questions.tsv`) is replaced by the most frequent word of the library that differs in one
character of the same sound; a word of the dictionary (持正) only by one of the field (持证).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache

from knowledge.everyday_questions import asked_articles
from knowledge.synonyms import is_synonym
from knowledge.tokenization import fold, is_dictionary_word, words

_GRAMMAR = frozenset("各都也就还才又是由在有为按和与或被把从向对给")
# The 3,500 characters of daily use lie in this range of GB 2312 (level 1, 3,755 characters).
_COMMON_ROWS = range(0xB0, 0xD8)


def corrected(
    text: str, frequency: Callable[[str], int]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """`text` with its typing mistakes corrected, and what was replaced: (typed, meant).

    `frequency` tells in how many passages of the library a word stands.
    """
    changes: list[tuple[str, str]] = []
    for word in words(text):
        if not _is_suspect(word, text, frequency):
            continue
        meant = _meant(word, frequency)
        if meant and (is_synonym(meant) or not is_dictionary_word(word)):
            changes.append((word, meant))
            text = text.replace(word, meant)
    return text, tuple(changes)


def _is_suspect(word: str, text: str, frequency: Callable[[str], int]) -> bool:
    return (
        2 <= len(word) <= 4
        and not word.isascii()
        and word in text
        and frequency(word) == 0
        # 报给谁: a verb with a particle, not a word mistyped.
        and word[-1] not in "给到在了着过"
        # 不去, 市吗: a word of grammar with its neighbour.
        and (len(word) > 2 or word[0] not in "不没未能要想会被让人")
        # 会怎样: what asks is hardly mistyped.
        and not any(char in "怎谁哪什啥多" for char in word)
        and word[-1] not in "吗呢吧么啊"
        # 能补点, 多领点: a little of it.
        and not (word[-1] == "点" and any(f"{can}{word}" in text for can in "能多少早晚快慢再"))
        # 各是, 都由: words of grammar side by side.
        and not all(char in _GRAMMAR for char in word)
        # 不设会怎样: cut at the wrong place.
        and not any(f"{no}{word}" in text for no in "不没未")
        # 法十一条 is an article's number run into a title, not a word mistyped.
        and not any(char in "零〇一二两三四五六七八九十百千" for char in word)
        # 法援, 老是: as people write.
        and not _is_used(word)
    )


def _meant(word: str, frequency: Callable[[str], int]) -> str:
    """The most frequent word that sounds alike; "" if the library has none.

    Rare readings (能 as nai) make many words alike: they count only where the usual ones give
    none, and for a word of the dictionary.
    """
    for usual in (True, False):
        meant = max(_sounding_alike(word, usual=usual), key=frequency, default="")
        # Of two characters that stand beside each other somewhere (作出是) none need be a word.
        known = len(meant) > 2 if usual else False
        if meant and frequency(meant) > 0 and (known or is_dictionary_word(meant)):
            return meant
    return ""


def _sounding_alike(word: str, *, usual: bool) -> Sequence[str]:
    """Words that differ from `word` in one character of the same sound."""
    return [
        word[:place] + other + word[place + 1 :]
        for place, char in enumerate(word)
        for sound in _sounds().get(char, ())[: 1 if usual else None]
        for other in _by_sound(usual=usual)[sound]
        if other != char
    ]


def _is_used(word: str) -> bool:
    """True if it stands in an everyday question."""
    return word in _everyday()


@lru_cache(maxsize=1)
def _everyday() -> str:
    return "\n".join(asked for line in asked_articles() for asked in line.questions)


@lru_cache(maxsize=1)
def _sounds() -> dict[str, tuple[str, ...]]:
    """How each common simplified character is read, in all its readings, without tone."""
    # Here, because its readings of whole words take a third of a second to load.
    from pypinyin.pinyin_dict import pinyin_dict

    return {
        char: tuple(dict.fromkeys(map(_toneless, readings.split(","))))
        for code, readings in pinyin_dict.items()
        if _is_common(char := chr(code)) and fold(char) == char
    }


@lru_cache(maxsize=2)
def _by_sound(*, usual: bool) -> dict[str, tuple[str, ...]]:
    """The same characters by sound: by the usual reading of each, or by all."""
    groups: dict[str, list[str]] = defaultdict(list)
    for char, sounds in _sounds().items():
        for sound in sounds[: 1 if usual else None]:
            groups[sound].append(char)
    return {sound: tuple(chars) for sound, chars in groups.items()}


def _toneless(reading: str) -> str:
    """lǜ → lv: the diaeresis tells sounds apart, the marks of tone do not."""
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(char for char in plain if not unicodedata.combining(char))


def _is_common(char: str) -> bool:
    try:
        encoded = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and encoded[0] in _COMMON_ROWS
